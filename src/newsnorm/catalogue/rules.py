"""A rule and the seven ways in which it can match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Literal, TypeAlias, TypeVar, get_args

import attrs

from newsnorm.catalogue.slots import NOTHING, Context, Fields
from newsnorm.catalogue.templates import TEMPLATE_LIMIT, Template, is_template, lower, spaced, unify
from newsnorm.errors import CatalogueError
from newsnorm.folding import fold
from newsnorm.records import CreditKind, DateRole, PersonRole, Reason

Kind: TypeAlias = Literal["line", "start", "template", "label", "cut", "run", "hint"]
Table: TypeAlias = Literal["removal", "byline", "date", "credit", "correction"]
Side: TypeAlias = Literal["head", "tail"]
Tier: TypeAlias = Literal[1, 2, 3]

START_LIMIT = 200
"""Code points. A longer line is a paragraph, however it begins."""


SLOT_FIRST_LIMIT = 140
"""Code points. A template of slots and signs alone (NAME | DATE, NAME / PLACE) is met by short lines only."""

SENTENCE = 60
"""Code points. The same for a line that closes with a full stop, as sentences do (and ``p.m.`` does not)."""


@attrs.frozen(kw_only=True)
class Example:
    """A line that a rule matches, with what its slots read there."""

    line: str
    names: tuple[str, ...] = ()
    agency: str | None = None
    source: str | None = None
    place: str | None = None
    date: str | None = None
    updated: str | None = None


@attrs.frozen(kw_only=True)
class Rule:
    """One piece of knowledge: which phrases, how they match, what they mean, and the lines that prove it."""

    id: str
    table: Table
    """The finding that it makes."""
    kind: Kind
    phrases: tuple[str, ...]
    examples: tuple[Example, ...] = ()
    never: tuple[str, ...] = ()
    """Lines it must not match."""
    reason: Reason | None = None
    zone: Side | None = None
    """Where it holds: above the first or below the last line of prose. None: anywhere."""
    tier: Tier = 1
    """How much a removal needs besides its line: 1 nothing; 2 its zone or one neighbour; 3 such neighbours on both sides."""
    side: Side = "tail"
    """Which way a cut goes."""
    only_in: tuple[str, ...] = ()
    """Primary language subtags; empty: whatever the page's language."""
    language: str = ""
    """The language of its file, in which alone its templates hold; empty: any."""
    host: str = ""
    """The site whose pages it holds for; empty: any."""
    truncates: bool = False
    role: DateRole = "published"
    credit: CreditKind = "source"
    person_role: PersonRole = "author"
    origin: Literal["curated", "learned"] = "curated"

    @property
    def rank(self) -> int:
        """Its precedence: site, CMS, language, common, learned."""
        if self.origin == "learned":
            return 4
        if self.host:
            return 0
        return 2 if self.language else 3 if self.id.startswith("common.") else 1

    def check(self, place: str) -> None:
        """
        Whether the rule says enough about itself.

        Raises:
            CatalogueError: it names the place and what is missing.

        """
        where = f"{place}: {self.id}"
        for value, known, name in (
            (self.kind, get_args(Kind), "kind"),
            (self.table, get_args(Table), "table"),
            (self.reason, (*get_args(Reason), None), "reason"),
            (self.zone, (*get_args(Side), None), "zone"),
            (self.tier, get_args(Tier), "tier"),
            (self.side, get_args(Side), "side"),
            (self.role, get_args(DateRole), "role"),
            (self.credit, get_args(CreditKind), "credit"),
            (self.person_role, get_args(PersonRole), "person_role"),
            (self.origin, ("curated", "learned"), "origin"),
        ):
            if value not in known:
                raise CatalogueError(f"{where}: {name} = {value!r}; one of {', '.join(map(str, known))} is meant")
        if not self.phrases:
            raise CatalogueError(f"{where}: it has no phrases")
        if self.tier > 1 and (self.table != "removal" or self.kind in ("run", "hint")):
            raise CatalogueError(f"{where}: a tier is for removals, other than run and hint")
        if self.table == "removal" and self.reason is None:
            raise CatalogueError(f"{where}: a removal needs a reason")
        if self.kind in ("line", "start", "cut", "run"):
            empty = [phrase for phrase in self.phrases if not fold(phrase) or is_template(phrase)]
            if empty:
                raise CatalogueError(f"{where}: {empty[0]!r} has no letters, or slots, which only template and label may have")
        for phrase in self.phrases:
            if self.kind == "template" or (self.kind == "label" and is_template(phrase)):
                Template.of(phrase, where)


@attrs.frozen
class Match:
    """A rule that a line meets, and what its slots read."""

    rule: Rule
    fields: Fields = NOTHING


@attrs.frozen(eq=False)
class Form:
    """
    A line in the forms that rules are held against; each is made when it is first asked for.

    >>> form = Form("• No Comments:")
    >>> form.folded, form.words
    ('no comments', ('no', 'comments'))
    """

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the folded line; none, if the line is longer than any that a rule could meet."""
        if len(self.text) > TEMPLATE_LIMIT:
            return ()
        if self.text.isascii():
            return tuple(_ASCII_WORD.findall(self.text.lower()))
        return tuple(fold(self.text).split())

    @cached_property
    def folded(self) -> str:
        """The folded line, as by `fold`."""
        return " ".join(self.words)

    @cached_property
    def unified(self) -> str:
        """What templates are held against."""
        return unify(self.text)

    @cached_property
    def lowered(self) -> str:
        """`unified` in lower case, place by place."""
        return lower(self.unified)


_ASCII_WORD = re.compile("[a-z0-9]+")


@attrs.frozen(eq=False)
class Rules:
    """
    The catalogue narrowed to one page's language and site: what passes ask.

    Phrases stand in one table by folded text, so ten thousand cost as much as ten.
    """

    context: Context
    whole: Mapping[str, tuple[Rule, ...]]
    starts: Mapping[str, tuple[Rule, ...]]
    start_lengths: Mapping[str, tuple[int, ...]]
    """How long the phrases are that begin with a letter."""
    by_literal: Mapping[str, tuple[tuple[Template, Rule], ...]]
    """Templates that begin with a literal, by its first word; where nothing parts words, by its first two letters."""
    by_word: Mapping[str, tuple[tuple[Template, Rule], ...]]
    """The others, by the first word of the literal that a line must hold."""
    by_sign: Mapping[str, tuple[tuple[Template, Rule], ...]]
    """Those whose literal has no word that spaces part from others, by the literal."""
    hints: Mapping[str, Rule]
    openings: frozenset[str]
    """The words that phrases and literals begin with: most lines begin with another, and are done."""
    run_words: frozenset[str]
    """With which words the phrases of run rules begin."""

    @classmethod
    def of(cls, rules: tuple[Rule, ...], context: Context) -> Rules:
        """Sort `rules` into the tables, the stronger first."""
        whole: dict[str, list[Rule]] = {}
        starts: dict[str, list[Rule]] = {}
        by_literal: dict[str, list[tuple[Template, Rule]]] = {}
        by_word: dict[str, list[tuple[Template, Rule]]] = {}
        by_sign: dict[str, list[tuple[Template, Rule]]] = {}
        hints: dict[str, Rule] = {}
        for rule in sorted(rules, key=lambda rule: (rule.rank, rule.id)):
            for phrase in rule.phrases:
                if rule.kind == "hint":
                    hints.setdefault(phrase.lower(), rule)
                elif is_template(phrase):
                    template = _template(phrase)
                    if template.literals[0]:
                        by_literal.setdefault(_opening_word(phrase) or template.literals[0][:2], []).append((template, rule))
                    elif word := _first_word(template.key):
                        by_word.setdefault(word, []).append((template, rule))
                    else:
                        by_sign.setdefault(template.key, []).append((template, rule))
                else:
                    (starts if rule.kind == "start" else whole).setdefault(_phrase(phrase), []).append(rule)
        lengths: dict[str, set[int]] = {}
        for phrase in starts:
            lengths.setdefault(phrase[:1], set()).add(len(phrase))
        return cls(
            context,
            _frozen(whole),
            _frozen(starts),
            {letter: tuple(sorted(found)) for letter, found in lengths.items()},
            _frozen(by_literal),
            _frozen(by_word),
            _frozen(by_sign),
            hints,
            frozenset(_opening(phrase) for rule in rules for phrase in rule.phrases),
            frozenset(_phrase(phrase).split()[0] for rule in rules if rule.kind == "run" for phrase in rule.phrases),
        )

    def matches(self, form: Form) -> tuple[Match, ...]:
        """The rules that a line meets, strongest first: whole phrase, then start, then template."""
        words = form.words
        if not words:
            return ()
        # where nothing parts words, or a sign opens the line, the first word says little
        opens = words[0] in self.openings or not spaced(words[0][0]) or not form.lowered[:1].isalnum()
        if not opens and self.by_word.keys().isdisjoint(words) and not self._signs(form):
            return ()
        found = [Match(rule) for rule in self.whole.get(form.folded, ())]
        if len(form.text) <= START_LIMIT:
            found.extend(self._starting(form.folded))
        found.extend(self._fitting(form))
        return tuple(found)

    def _signs(self, form: Form) -> list[str]:
        """The signs that part slots in the line, if it is none of the report: those are longer, or close with a stop."""
        sentence = form.lowered.endswith(".") and not form.lowered.endswith("m.")
        if len(form.text) > (SENTENCE if sentence else SLOT_FIRST_LIMIT):
            return []
        return [sign for sign in self.by_sign if sign in form.lowered]

    def _starting(self, folded: str) -> Iterator[Match]:
        for length in self.start_lengths.get(folded[:1], ()):
            if length > len(folded):
                return
            if length == len(folded) or not spaced(folded[length - 1]) or not spaced(folded[length]):
                yield from (Match(rule) for rule in self.starts.get(folded[:length], ()))

    def _fitting(self, form: Form) -> Iterator[Match]:
        lowered = form.lowered
        keys = dict.fromkeys((form.words[0], lowered[:2], lowered[:1]))
        candidates = [pair for key in keys for pair in self.by_literal.get(key, ())]
        for word in self.by_word.keys() & set(form.words):
            candidates.extend(self.by_word[word])
        for sign in self._signs(form):
            candidates.extend(self.by_sign[sign])
        if len(candidates) > 1:
            candidates.sort(key=_strength)  # by rank, then id: what the tables hold is in this order, but there are several
        for template, rule in candidates:
            context = self.context if rule.person_role == "author" else attrs.evolve(self.context, person_role=rule.person_role)
            fields = template.match(form.unified, lowered, context)
            if fields is not None:
                yield Match(rule, fields)


Item = TypeVar("Item")


def _frozen(table: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(found) for key, found in table.items()}


def _strength(pair: tuple[Template, Rule]) -> tuple[int, str, int]:
    """Stronger rules first; of one rule, the template with more slots."""
    return pair[1].rank, pair[1].id, -len(pair[0].slots)


def _first_word(literal: str) -> str:
    """The first word of a literal, folded; none, if its script does not part words by spaces."""
    words = fold(literal).split()
    return words[0] if words and all(map(spaced, words[0])) else ""


@cache
def _phrase(phrase: str) -> str:
    """The folded phrase: the same in the tables of every language, so made once."""
    return fold(phrase)


@cache
def _template(phrase: str) -> Template:
    return Template.of(phrase, phrase)


@cache
def _opening(phrase: str) -> str:
    """The first word of a phrase, or of the literal that opens a template; nothing, if it opens with a slot or a sign."""
    words = fold(phrase.partition("{")[0]).split()
    return words[0] if words else ""


def _opening_word(phrase: str) -> str:
    word = _opening(phrase)
    return word if word and all(map(spaced, word)) and phrase.lstrip()[:1].isalnum() else ""
