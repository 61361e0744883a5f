"""A rule and the seven ways in which it can match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Literal, TypeAlias, TypeVar, get_args

import attrs

from newsnorm.catalogue.learned import Seen
from newsnorm.catalogue.slots import NOTHING, Context, Fields
from newsnorm.catalogue.templates import TEMPLATE_LIMIT, Template, is_template, lower, spaced, unify
from newsnorm.errors import CatalogueError
from newsnorm.grammar.byline import NO_MARKERS, Markers
from newsnorm.records import CreditKind, DateRole, PersonRole, Reason
from newsnorm.text.folding import fold
from newsnorm.text.lazy_regex import lazy_regex

Kind: TypeAlias = Literal["line", "start", "template", "label", "cut", "run", "hint"]
Table: TypeAlias = Literal["removal", "byline", "date", "credit", "correction"]
Side: TypeAlias = Literal["head", "tail"]
Tier: TypeAlias = Literal[1, 2, 3]

START_LIMIT = 200
"""Code points. A longer line is a paragraph, however it begins."""


FIRST = 60
"""Code points in which the first two words of a line end."""

OPENING = 120
"""Code points of a line that `Rules.opened` looks at."""

COMMON = 4
"""Letters. Many lines open with a shorter word (the, a, this), so a template that does is looked up by a longer one."""

LONGEST_PHRASE = 9
"""Words of a phrase that `Rules.opened` looks for."""

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
    seen: Seen | None = None
    """Of a learned rule: on how many documents, and when."""

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
        if self.origin == "learned" and (self.table, self.kind, bool(self.host), self.only_in) != ("removal", "line", True, ()):
            raise CatalogueError(f"{where}: a learned rule is a removal of kind line that names its host, and no languages")
        if self.seen is not None and self.origin != "learned":
            raise CatalogueError(f"{where}: documents, of, first, last and until belong to rules with origin = learned")
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
    A line in the forms that rules are held against; all are empty, if it is longer than any that a rule could meet.

    >>> form = Form("• No Comments:")
    >>> form.folded, form.words, form.unified
    ('no comments', ('no', 'comments'), 'No Comments:')
    """

    text: str
    words: tuple[str, ...] = attrs.field(init=False)
    """The words of the folded line."""
    folded: str = attrs.field(init=False)
    """The folded line, as by `fold`."""
    unified: str = attrs.field(init=False)
    """What templates are held against."""
    lowered: str = attrs.field(init=False)
    """`unified` in lower case, place by place."""

    @words.default
    def _words(self) -> tuple[str, ...]:
        if len(self.text) > TEMPLATE_LIMIT:
            return ()
        return tuple(_ASCII_WORD.findall(self.text.lower()) if self.text.isascii() else fold(self.text).split())

    @folded.default
    def _folded(self) -> str:
        return " ".join(self.words)

    @unified.default
    def _unified(self) -> str:
        return unify(self.text) if self.words else ""

    @lowered.default
    def _lowered(self) -> str:
        return lower(self.unified)


_ASCII_WORD = lazy_regex("[a-z0-9]+")
_TWO_WORDS = lazy_regex(r"[\W_]*([^\W_]+)(?:[\W_]+([^\W_]+))?")
_LATIN = lazy_regex("[\x00-\u012f\u0131-\u024f\u2010-\u2027]*\\Z")
"""Letters and signs that folding would not change but for their case."""

_DIGIT = lazy_regex(r"\d")
_OPENING = lazy_regex("[^\\W_\u2e80-\u9fff\uac00-\ud7a3\u0e00-\u0eff\uf900-\ufaff]+")
"""Letters that are `spaced`."""


@attrs.frozen(eq=False)
class Candidate:
    """A template that a line may fit."""

    template: Template
    rule: Rule
    strength: tuple[int, str, int, int]
    """Stronger rules first; of one rule, the template with more slots."""


@attrs.frozen(eq=False)
class Index:
    """
    Rules by what a line must hold to meet them.

    A line is looked up by its whole and by its words, never held against all there is: ten thousand phrases cost as much as
    ten. Languages share the index of what holds in all of them.
    """

    whole: Mapping[str, tuple[Rule, ...]]
    """By the folded phrase."""
    starts: Mapping[str, tuple[tuple[str, Rule], ...]]
    """The folded phrase and its rule, by how the phrase opens (see `_opening`)."""
    by_opening: Mapping[str, tuple[Candidate, ...]]
    """Templates that open with a literal, by how it opens, unless many lines do."""
    by_word: Mapping[str, tuple[Candidate, ...]]
    """The others, by the longest word of the literal that a line must hold."""
    by_sign: Mapping[str, tuple[Candidate, ...]]
    """Those whose literal has no word that spaces part from others, by the literal."""
    runs: Mapping[str, Rule]
    """Removals of the kind run, by the folded phrase."""
    run_words: frozenset[str]
    """With which words those begin."""
    hints: Mapping[str, tuple[Rule, ...]]
    openings: frozenset[str]
    """The first two words of the removals that `Rules.opened` looks for, or how they open if they have no two: most lines
    open otherwise."""

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Index:
        """Sort `rules` into the tables."""
        whole: dict[str, list[Rule]] = {}
        starts: dict[str, list[tuple[str, Rule]]] = {}
        by_opening: dict[str, list[Candidate]] = {}
        by_word: dict[str, list[Candidate]] = {}
        by_sign: dict[str, list[Candidate]] = {}
        runs: dict[str, Rule] = {}
        hints: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=_precedence):
            for place, phrase in enumerate(rule.phrases):
                if rule.kind == "hint":
                    hints.setdefault(phrase.lower(), []).append(rule)
                elif is_template(phrase):
                    template = _template(phrase)
                    candidate = Candidate(template, rule, (*_precedence(rule), -len(template.slots), place))
                    opening = _opening_of(phrase, template) if template.literals[0] else ""
                    word = _longest_word(template.key)
                    if word and len(word) > len(opening) and len(opening) <= COMMON:
                        by_word.setdefault(word, []).append(candidate)
                    elif opening:
                        by_opening.setdefault(opening, []).append(candidate)
                    else:
                        by_sign.setdefault(template.key or template.sign, []).append(candidate)
                else:
                    folded = fold(phrase)
                    if rule.kind == "start":
                        starts.setdefault(_opening(folded), []).append((folded, rule))
                    else:
                        whole.setdefault(folded, []).append(rule)
                    if rule.kind == "run" and rule.table == "removal":
                        runs.setdefault(folded, rule)
        return cls(
            _frozen(whole),
            _frozen(starts),
            _frozen(by_opening),
            _frozen(by_word),
            _frozen(by_sign),
            runs,
            frozenset(phrase.split(None, 1)[0] for phrase in runs),
            _frozen(hints),
            frozenset(_first_two(phrase) for phrase, held in whole.items() if phrase.count(" ") > 1 and _removes(held))
            | {_first_two(phrase) for held in starts.values() for phrase, rule in held if _removes((rule,))},
        )


def markers_of(rules: Iterable[Rule]) -> Markers:
    """What the byline templates among `rules` print before their names."""
    return Markers.of(
        (literal, _ROLES.get(slot, rule.person_role))
        for rule in rules
        if rule.table == "byline"
        for phrase in rule.phrases
        for literal, slot in _BEFORE_NAMES.findall(phrase)
    )


_BEFORE_NAMES = lazy_regex(r"(?<![^{}])([^{}]+)\{(names|person|reporters|editors|translators)\}")
_ROLES: Mapping[str, PersonRole] = {"reporters": "reporter", "editors": "editor", "translators": "translator"}


@attrs.frozen(eq=False)
class Rules:
    """The catalogue narrowed to one page's language and site: what passes ask."""

    context: Context
    indexes: tuple[Index, ...]
    """No rule stands in two of them."""
    learned: Mapping[str, tuple[Rule, ...]] = attrs.field(factory=dict)
    """What the documents of the page's host taught, by the phrase with its numbers folded: `find_learned` asks."""
    markers: Markers = NO_MARKERS
    """What marks a byline on the page."""
    _contexts: Mapping[PersonRole, Context] = attrs.field(init=False)

    @_contexts.default
    def _make_contexts(self) -> dict[PersonRole, Context]:
        return {role: attrs.evolve(self.context, person_role=role) for role in get_args(PersonRole)}

    def matches(self, form: Form) -> tuple[Match, ...]:
        """The rules that a line meets, strongest first: whole phrase, then start, then template."""
        if not form.words:
            return ()
        opening = _opening(form.words[0])
        return (*self._equal(form.folded), *self._starting(form, opening), *self._fitting(form, opening))

    def opened(self, text: str) -> tuple[Rule, ...]:
        """
        The removals with a phrase that opens `text`, however long that is: none acts there, but each says what it may be.

        Phrases of kind start, and others of three words or more.
        """
        beginning = text[:FIRST]
        met = _TWO_WORDS.match((beginning if beginning.isascii() or _LATIN.match(beginning) else fold(beginning)).lower())
        if met is None:
            return ()
        opening, two = _opening(met[1]), f"{met[1]} {met[2]}" if met[2] else met[1]
        for index in self.indexes:
            if opening in index.openings or two in index.openings:
                break
        else:
            return ()
        folded = fold(text[:OPENING])
        words = folded.split()
        starts = [rule for index in self.indexes for phrase, rule in index.starts.get(opening, ()) if _starts(folded, phrase)]
        for end in range(3, min(len(words), LONGEST_PHRASE) + 1):
            phrase = " ".join(words[:end])
            starts += [rule for index in self.indexes for rule in index.whole.get(phrase, ()) if rule.kind != "run"]
        return tuple(rule for rule in starts if rule.table == "removal")

    def run(self, phrase: str) -> Rule | None:
        """The removal of the kind run that a folded phrase belongs to."""
        rules = [index.runs[phrase] for index in self.indexes if phrase in index.runs]
        return min(rules, key=_precedence, default=None)

    def opens_run(self, word: str) -> bool:
        """Whether a phrase of a run begins with the word."""
        return any(word in index.run_words for index in self.indexes)

    def hint(self, name: str) -> Rule | None:
        """The rule of a tag or class."""
        return min((rule for index in self.indexes for rule in index.hints.get(name, ())), key=_precedence, default=None)

    def _equal(self, folded: str) -> list[Match]:
        rules = [rule for index in self.indexes for rule in index.whole.get(folded, ())]
        return [Match(rule) for rule in sorted(rules, key=_precedence)] if rules else []

    def _starting(self, form: Form, opening: str) -> list[Match]:
        if len(form.text) > START_LIMIT:
            return []
        found = [each for index in self.indexes for each in index.starts.get(opening, ()) if _starts(form.folded, each[0])]
        if not found:
            return []
        return [Match(rule) for phrase, rule in sorted(found, key=lambda start: (len(start[0]), *_precedence(start[1])))]

    def _fitting(self, form: Form, opening: str) -> list[Match]:
        found = []
        for candidate in sorted(self._candidates(form, opening), key=_strength):
            context = self._contexts[candidate.rule.person_role]
            fields = candidate.template.match(form.unified, form.lowered, context)
            if fields is not None:
                found.append(Match(candidate.rule, fields))
        return found

    def _candidates(self, form: Form, opening: str) -> list[Candidate]:
        """The templates of which the line holds what they can't do without."""
        lowered = form.lowered
        found: list[Candidate] = []
        words, slots = set(form.words), _may_be_slots(lowered)
        for index in self.indexes:
            for key in (opening, lowered[:1]) if opening != lowered[:1] else (opening,):
                found += index.by_opening.get(key, ())
            for word in words & index.by_word.keys():
                found += index.by_word[word]
            if slots:
                for sign, candidates in index.by_sign.items():
                    if sign in lowered:
                        found += candidates
        if not found or _DIGIT.search(form.folded):
            return found
        return [candidate for candidate in found if not candidate.template.needs_digit]


Item = TypeVar("Item")


def _removes(rules: Iterable[Rule]) -> bool:
    return any(rule.table == "removal" and rule.kind != "run" for rule in rules)


def _frozen(table: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(found) for key, found in table.items()}


def _precedence(rule: Rule) -> tuple[int, str]:
    return rule.rank, rule.id


_strength = attrgetter("strength")


def _starts(folded: str, phrase: str) -> bool:
    """Whether a line begins with a phrase, as a whole word where spaces part words."""
    if not folded.startswith(phrase):
        return False
    size = len(phrase)
    return size == len(folded) or not spaced(phrase[-1]) or not spaced(folded[size])


def _may_be_slots(lowered: str) -> bool:
    """Whether slots and signs alone may make up a line: those of the report are longer, or close with a stop."""
    sentence = lowered.endswith(".") and not lowered.endswith("m.")
    return len(lowered) <= (SENTENCE if sentence else SLOT_FIRST_LIMIT)


def _longest_word(literal: str) -> str:
    """The longest word of a literal, folded: few lines hold it; none, if its script does not part words by spaces."""
    words = fold(literal).split()
    return max(words, key=len) if words and all(all(map(spaced, word)) for word in words) else ""


@cache
def _template(phrase: str) -> Template:
    return Template.of(phrase, phrase)


def _opening(folded: str) -> str:
    """How a folded line or phrase opens: its first word, or as much of it as spaces part from others; else its first letter."""
    opening = _OPENING.match(folded)
    return opening.group() if opening else folded[:1]


def _first_two(folded: str) -> str:
    """The first two words of a folded phrase; how it opens, if it has no two or its script does not part them."""
    words = folded.split(None, 2)[:2]
    return " ".join(words) if len(words) == 2 and _opening(folded) == words[0] else _opening(folded)


def _opening_of(phrase: str, template: Template) -> str:
    """How a template that begins with a literal opens: as its first word, or with a sign."""
    folded = fold(phrase.partition("{")[0])
    return _opening(folded) if folded and phrase.lstrip()[:1].isalnum() else template.literals[0][:1]
