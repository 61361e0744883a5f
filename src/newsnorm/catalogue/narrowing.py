"""Select the rules that hold on a page by its language and host, and share their indexes between pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from newsnorm.catalogue.index import PhraseIndex
from newsnorm.catalogue.learned_key import learned_key
from newsnorm.catalogue.matching import LineMemory, Rules
from newsnorm.catalogue.rules import UNTRANSLATED, Rule, Site, is_host_of
from newsnorm.catalogue.slots import Context
from newsnorm.grammar import Grammar
from newsnorm.grammar.byline_markers import Markers
from newsnorm.records import PersonRole
from newsnorm.text.lazy_regex import lazy_regex

MOST_VIEWS = 1_000
"""Most pairs of language and host whose rules are cached (least recently used go first); a run that goes host by host needs
few."""

MOST_MEMORIES = 16
"""Most line caches that are kept (least recently used go first)."""

_BEFORE_NAMES = lazy_regex(r"(?<![^{}])([^{}]+)\{(names|person|reporters|editors|translators)\}")
_ROLES: Mapping[str, PersonRole] = {"reporters": "reporter", "editors": "editor", "translators": "translator"}


class Narrowing:
    """
    Selects the rules of a catalogue for a page, and caches the indexes it builds; it makes no decisions of its own.

    Args:
        rules: the rules. There may be a million learned ones, so only those of the page's host are indexed.
        sites: the sites; if several hold for a host, the first one counts.
        grammar: the tables that slots read with.

    """

    def __init__(self, rules: Iterable[Rule], sites: Sequence[Site], grammar: Grammar) -> None:
        self.sites: Sequence[Site] = sites
        self.grammar: Grammar = grammar
        self.curated: list[Rule] = []
        self.learned: dict[str, list[Rule]] = {}
        for rule in rules:
            (self.learned.setdefault(rule.host, []) if rule.origin == "learned" else self.curated).append(rule)
        self.rules_for: Callable[[str, str], Rules] = lru_cache(MOST_VIEWS)(self._rules_for)
        self._local_index = lru_cache(MOST_VIEWS)(self._make_local_index)
        self._markers = lru_cache(MOST_VIEWS)(self._make_markers)
        self._memory = lru_cache(MOST_MEMORIES)(self._make_memory)

    def _rules_for(self, code: str, host: str) -> Rules:
        """Return the rules that hold on pages of a host, in a language given by its primary subtag."""
        site = next((site for site in self.sites if site.holds_for(host)), None)
        if site is not None and site.language:
            code = site.language.partition("-")[0].lower()
        languages, day_first = _date_languages(code, host), site.day_first if site is not None else None
        indexes = self._indexes(code, host, site)
        return Rules(
            context=Context(grammar=self.grammar, languages=languages, day_first=day_first),
            indexes=indexes,
            learned=self._learned_for(host, site),
            markers=self._markers(code),
            memory=self._memory(indexes, languages, day_first),
        )

    def _make_memory(self, *_: object) -> LineMemory:
        """Make the line cache shared by rules with the same indexes and the same reading of dates."""
        return LineMemory()

    def _indexes(self, code: str, host: str, site: Site | None) -> tuple[PhraseIndex, ...]:
        """
        Return the index shared by all pages and the index of the language and host; a site that disables rules gets an index
        of its own.
        """
        if site is not None and site.without:
            held = (rule for rule in self.curated if rule.id not in site.without and rule.holds_on(code, host))
            return (self._index(held),)
        has_own = any(is_host_of(own, host) for own in self._own_hosts)
        return self._universal_index, self._local_index(code, host if has_own else "")

    def _index(self, rules: Iterable[Rule]) -> PhraseIndex:
        """Index rules with the tables of the catalogue."""
        return PhraseIndex.of(rules, self.grammar)

    @cached_property
    def _universal_index(self) -> PhraseIndex:
        """The index of the rules that hold on every page, that is most rules."""
        return self._index(rule for rule in self.curated if rule.is_universal)

    @cached_property
    def _local(self) -> tuple[Rule, ...]:
        """The rules that hold in some languages or on some sites only."""
        return tuple(rule for rule in self.curated if not rule.is_universal)

    @cached_property
    def _own_hosts(self) -> frozenset[str]:
        """The hosts that have rules of their own."""
        return frozenset(rule.host for rule in self._local if rule.host)

    def _make_local_index(self, code: str, host: str) -> PhraseIndex:
        """Index the rules that hold in a language or on a site, but not on every page."""
        return self._index(rule for rule in self._local if rule.holds_on(code, host))

    def _make_markers(self, code: str) -> Markers:
        """Collect the byline markers of a language and of English, and the unambiguous ones of all other languages."""
        own = markers_of(rule for rule in self.curated if code == "und" or rule.language in ("", UNTRANSLATED, code))
        return own | self._distinctive_markers

    @cached_property
    def _distinctive_markers(self) -> Markers:
        """The byline markers that mean the same in every language."""
        return markers_of(self.curated).language_independent()

    def _learned_for(self, host: str, site: Site | None) -> dict[str, tuple[Rule, ...]]:
        """Return the learned rules of a host, by their phrases folded as `learned_key` does."""
        if not self.learned:
            return {}
        parents = (f".{host.split('.', cut)[cut]}" for cut in range(host.count(".") + 1))
        by_phrase: dict[str, tuple[Rule, ...]] = {}
        for rule in (rule for name in (host, *parents) for rule in self.learned.get(name, ())):
            if site is None or rule.id not in site.without:
                for phrase in dict.fromkeys(learned_key(phrase, self.grammar.calendar) for phrase in rule.phrases):
                    by_phrase[phrase] = (*by_phrase.get(phrase, ()), rule)
        return by_phrase


def markers_of(rules: Iterable[Rule]) -> Markers:
    """Collect the words that the byline templates among `rules` print before their names."""
    return Markers.of(
        (literal, _ROLES.get(slot, rule.person_role))
        for rule in rules
        if rule.table == "byline"
        for phrase in rule.phrases
        for literal, slot in _BEFORE_NAMES.findall(phrase)
    )


def _date_languages(code: str, host: str) -> tuple[str, ...]:
    """
    Return the codes of the languages in which dates are read; none for ``und``.

    The order of day and month in English follows the country of the host, and the United States if the host names none.
    """
    if code == "und":
        return ()
    country = host.rpartition(".")[2]
    return (f"en-{country.upper() if len(country) == 2 else 'US'}",) if code == "en" else (code,)
