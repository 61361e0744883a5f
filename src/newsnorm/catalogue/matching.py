"""
Hold a line against rules.

A line is looked up by its whole, its first words and its other words, and never compared with all there is: ten thousand
phrases cost as much as ten. Only the few templates whose literals the line may hold are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import TypeVar, get_args

import attrs

from newsnorm.catalogue.rules import Rule
from newsnorm.catalogue.slots import NOTHING, Context, Fields
from newsnorm.catalogue.templates import TEMPLATE_LIMIT, Template, is_template
from newsnorm.grammar.byline import NO_MARKERS, Markers
from newsnorm.records import PersonRole
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import fold, normalise_for_template, sign_variants
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import is_spaced

START_LIMIT = 200
"""Code points of the longest line that a rule of kind start matches; a longer one is a paragraph."""

FIRST_WORDS_LIMIT = 60
"""Code points within which the first two words of a line end."""

OPENING_LIMIT = 120
"""Code points of a line that `Rules.opening_matches` reads."""

FREQUENT_LENGTH = 4
"""Code points of an opening word (the, a, this) too frequent to look a template up by, if a literal has a longer one."""

OPENING_WORDS = range(3, 10)
"""Numbers of words of the whole phrases that `Rules.opening_matches` looks for."""

SLOT_FIRST_LIMIT = 140
"""Code points of the longest line that matches a template without words of its own (NAME | DATE, NAME / PLACE)."""

SENTENCE_LIMIT = 60
"""Code points of the longest such line that closes with a full stop, as sentences do and ``p.m.`` does not."""

_TWO_WORDS = lazy_regex(r"[\W_]*([^\W_]+)(?:[\W_]+([^\W_]+))?")
_CASE_FOLDED = lazy_regex("[\x00-\u012f\u0131-\u024f\u2010-\u2027]*\\Z")
"""Text of letters and signs that folding changes in nothing but case."""

_DIGIT = lazy_regex(r"\d")
_SPACED_LETTERS = lazy_regex("[^\\W_\u2e80-\u9fff\uac00-\ud7a3\u0e00-\u0eff\uf900-\ufaff]+")
"""Letters that are `is_spaced`."""


@attrs.frozen
class Match:
    """A rule that a line matches, and what its slots read."""

    rule: Rule
    fields: Fields = NOTHING


class LineForms:
    """
    A line in the forms that rules are held against; all are empty for a line of more than `TEMPLATE_LIMIT` code points.

    Args:
        text: the line.

    >>> forms = LineForms("• No Comments:")
    >>> forms.folded, forms.words, forms.normalised
    ('no comments', ['no', 'comments'], 'No Comments:')

    """

    __slots__ = ("_lowered", "_normalised", "folded", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text) if len(text) <= TEMPLATE_LIMIT else ""
        """The line as `fold` makes it."""
        self.words: Sequence[str] = self.folded.split()
        """The words of the folded line."""
        self._normalised: str | None = None
        self._lowered: str | None = None

    @property
    def normalised(self) -> str:
        """The line as templates read it; most lines are done without it."""
        if self._normalised is None:
            self._normalised = normalise_for_template(self.text) if self.folded else ""
        return self._normalised

    @property
    def lowered(self) -> str:
        """`normalised` in lower case, of equal length."""
        if self._lowered is None:
            self._lowered = lower_same_length(self.normalised)
        return self._lowered


@attrs.frozen(eq=False)
class Candidate:
    """A template that a line may fit."""

    template: Template
    rule: Rule
    strength: tuple[int, str, int, int]
    """A sort key: stronger rules first; within a rule, templates with more slots, then in the order of the file."""


@attrs.frozen(eq=False)
class PhraseIndex:
    """The phrases of some rules, by what a line must hold to match them."""

    whole: Mapping[str, tuple[Rule, ...]]
    """Rules by folded phrase, the strongest first."""
    starts: Mapping[str, tuple[tuple[str, Rule], ...]]
    """Folded phrases of kind start with their rules, by how they open (see `_opening`)."""
    by_opening: Mapping[str, tuple[Candidate, ...]]
    """Templates that open with a literal, by how it opens, unless that word is frequent."""
    by_word: Mapping[str, tuple[Candidate, ...]]
    """Templates by the longest word of a literal."""
    by_sign: Mapping[str, tuple[Candidate, ...]]
    """Templates whose literal has no `is_spaced` word, by that literal or by a sign that a slot needs."""
    sign_starts: re.Pattern[str]
    """Any character that a line holds, as printed, if it holds a sign of `by_sign`."""
    by_line: Mapping[str, tuple[Candidate, ...]]
    """Templates of one slot alone that reads a closed list, by every folded text of the list."""
    wordless: Sequence[Candidate]
    """Templates that a line may fit without any of these; those that need a digit are apart."""
    wordless_with_digit: Sequence[Candidate]
    runs: Mapping[str, Rule]
    """Removals of kind run by folded phrase."""
    run_words: frozenset[str]
    """The first words of `runs`."""
    hints: Mapping[str, tuple[Rule, ...]]
    """Rules by tag or class name in lower case."""
    openings: frozenset[str]
    """The first two words of the phrases that `Rules.opening_matches` looks for, or how those open that have no two."""

    @classmethod
    def of(cls, rules: Iterable[Rule], closed_slots: Mapping[str, Iterable[str]] | None = None) -> PhraseIndex:
        """
        Index rules.

        Args:
            rules: the rules, in any order.
            closed_slots: for slots that read nothing but the texts of a list, case aside, these texts.

        """
        builder = _IndexBuilder(closed_slots or {})
        for rule in sorted(rules, key=_precedence):
            builder.add(rule)
        return builder.index()


class _IndexBuilder:
    """Sorts the phrases of rules, which come strongest first, into the tables of an index."""

    def __init__(self, closed_slots: Mapping[str, Iterable[str]]) -> None:
        self.closed_slots = closed_slots
        self.by_line: dict[str, list[Candidate]] = {}
        self.wordless: list[Candidate] = []
        self.whole: dict[str, list[Rule]] = {}
        self.starts: dict[str, list[tuple[str, Rule]]] = {}
        self.by_opening: dict[str, list[Candidate]] = {}
        self.by_word: dict[str, list[Candidate]] = {}
        self.by_sign: dict[str, list[Candidate]] = {}
        self.runs: dict[str, Rule] = {}
        self.hints: dict[str, list[Rule]] = {}

    def add(self, rule: Rule) -> None:
        """Index every phrase of a rule."""
        for place, phrase in enumerate(rule.phrases):
            if rule.kind == "hint":
                self.hints.setdefault(phrase.lower(), []).append(rule)
            elif is_template(phrase):
                self._add_template(phrase, rule, place)
            else:
                self._add_phrase(fold(phrase), rule)

    def _add_template(self, phrase: str, rule: Rule, place: int) -> None:
        """Index a template by what fewest lines hold: a long word, how the line opens, or a sign."""
        template = _template(phrase)
        candidate = Candidate(template, rule, (*rule.precedence, -len(template.slots), place))
        opening = _template_opening(phrase, template) if template.literals[0] else ""
        word = _longest_word(template.key)
        if word and len(word) > len(opening) and len(opening) <= FREQUENT_LENGTH:
            self.by_word.setdefault(word, []).append(candidate)
        elif opening:
            self.by_opening.setdefault(opening, []).append(candidate)
        elif sign := template.key or template.sign:
            self.by_sign.setdefault(sign, []).append(candidate)
        elif template.only_slot in self.closed_slots:
            for text in {fold(text) for text in self.closed_slots[template.only_slot]}:
                self.by_line.setdefault(text, []).append(candidate)
        else:
            self.wordless.append(candidate)

    def _add_phrase(self, folded: str, rule: Rule) -> None:
        if rule.kind == "start":
            self.starts.setdefault(_opening(folded), []).append((folded, rule))
        else:
            self.whole.setdefault(folded, []).append(rule)
        if rule.kind == "run" and rule.table == "removal":
            self.runs.setdefault(folded, rule)

    def index(self) -> PhraseIndex:
        """Return the index."""
        return PhraseIndex(
            whole=_frozen(self.whole),
            starts=_frozen(self.starts),
            by_opening=_frozen(self.by_opening),
            by_word=_frozen(self.by_word),
            by_sign=_frozen(self.by_sign),
            sign_starts=_any_of({variant for sign in self.by_sign for variant in sign_variants(sign[0])}),
            by_line=_frozen(self.by_line),
            wordless=tuple(candidate for candidate in self.wordless if not candidate.template.needs_digit),
            wordless_with_digit=tuple(candidate for candidate in self.wordless if candidate.template.needs_digit),
            runs=self.runs,
            run_words=frozenset(phrase.split(None, 1)[0] for phrase in self.runs),
            hints=_frozen(self.hints),
            openings=frozenset(map(_first_two_words, self._opening_phrases())),
        )

    def _opening_phrases(self) -> Iterator[str]:
        """Yield the phrases of removals that `Rules.opening_matches` may find."""
        for phrase, rules in self.whole.items():
            if phrase.count(" ") >= OPENING_WORDS.start - 1 and any(_is_removal(rule) and rule.kind != "run" for rule in rules):
                yield phrase
        for starts in self.starts.values():
            yield from (phrase for phrase, rule in starts if _is_removal(rule))


@attrs.frozen(eq=False)
class Rules:
    """
    The rules that hold on a page, which passes ask what a line matches.

    >>> from newsnorm.catalogue import Catalogue
    >>> rules = Catalogue.default().narrow("de")
    >>> [match.rule.table for match in rules.matches(LineForms("Von Anna Weber"))]
    ['byline']
    """

    context: Context
    """What slots read with."""
    indexes: tuple[PhraseIndex, ...]
    """No rule stands in two of them."""
    learned: Mapping[str, tuple[Rule, ...]] = attrs.field(factory=dict)
    """Learned rules of the page's host, by their phrases folded as `fold_numbers` does."""
    markers: Markers = NO_MARKERS
    """The words that mark a byline on the page."""
    _contexts: Mapping[PersonRole, Context] = attrs.field(init=False)
    _wholes: Sequence[Mapping[str, tuple[Rule, ...]]] = attrs.field(init=False)
    _starts: Sequence[Mapping[str, tuple[tuple[str, Rule], ...]]] = attrs.field(init=False)
    _by_opening: Sequence[Mapping[str, tuple[Candidate, ...]]] = attrs.field(init=False)
    _by_word: Sequence[Mapping[str, tuple[Candidate, ...]]] = attrs.field(init=False)
    _signed: Sequence[PhraseIndex] = attrs.field(init=False)
    """The tables of the indexes, empty ones left out: most languages have few phrases of their own."""

    def __attrs_post_init__(self) -> None:
        for name, value in (
            ("_contexts", {role: attrs.evolve(self.context, person_role=role) for role in get_args(PersonRole)}),
            ("_wholes", [index.whole for index in self.indexes if index.whole]),
            ("_starts", [index.starts for index in self.indexes if index.starts]),
            ("_by_opening", [index.by_opening for index in self.indexes if index.by_opening]),
            ("_by_word", [index.by_word for index in self.indexes if index.by_word]),
            (
                "_signed",
                [
                    index
                    for index in self.indexes
                    if index.by_sign or index.by_line or index.wordless or index.wordless_with_digit
                ],
            ),
        ):
            object.__setattr__(self, name, value)

    def matches(self, forms: LineForms) -> tuple[Match, ...]:
        """Return the rules that a line matches, strongest first: by whole phrase, then by start, then by template."""
        if not forms.words:
            return ()
        first = forms.words[0]
        opening = first if first.isascii() else _opening(first)
        equal, starting, fitting = self._equal(forms.folded), self._starting(forms, opening), self._fitting(forms, opening)
        return (*equal, *starting, *fitting) if equal or starting or fitting else ()

    def opening_matches(self, text: str) -> tuple[Rule, ...]:
        """
        Return the removals with a phrase that opens `text`, however long that is; none acts there, but each is evidence.

        Phrases of kind start are looked for, and others of `OPENING_WORDS` words.
        """
        opening, two_words = _first_words(text)
        if not any(opening in index.openings or two_words in index.openings for index in self.indexes):
            return ()
        folded = fold(text[:OPENING_LIMIT])
        words = folded.split()
        beginnings = [" ".join(words[:count]) for count in OPENING_WORDS if count <= len(words)]
        found = [rule for index in self.indexes for phrase, rule in index.starts.get(opening, ()) if _starts(folded, phrase)]
        for phrase in beginnings:
            found += [rule for index in self.indexes for rule in index.whole.get(phrase, ()) if rule.kind != "run"]
        return tuple(rule for rule in found if rule.table == "removal")

    def run(self, phrase: str) -> Rule | None:
        """Return the removal of kind run that a folded phrase belongs to."""
        rules = [index.runs[phrase] for index in self.indexes if phrase in index.runs]
        return min(rules, key=_precedence, default=None)

    def opens_run(self, word: str) -> bool:
        """Return whether a phrase of a run begins with a folded word."""
        return any(word in index.run_words for index in self.indexes)

    def hint(self, name: str) -> Rule | None:
        """Return the strongest rule for a tag or class, by its name in lower case."""
        return min((rule for index in self.indexes for rule in index.hints.get(name, ())), key=_precedence, default=None)

    def _equal(self, folded: str) -> Sequence[Match]:
        """Return the rules with the whole line as a phrase."""
        rules = [rule for whole in self._wholes if folded in whole for rule in whole[folded]]
        return [Match(rule) for rule in sorted(rules, key=_precedence)] if rules else ()

    def _starting(self, forms: LineForms, opening: str) -> Sequence[Match]:
        """Return the rules of kind start that the line begins with, the shortest phrase first."""
        starts = [start for table in self._starts if opening in table for start in table[opening]]
        if not starts or len(forms.text) > START_LIMIT:
            return ()
        found = [start for start in starts if _starts(forms.folded, start[0])]
        return [Match(rule) for _, rule in sorted(found, key=lambda start: (len(start[0]), *start[1].precedence))]

    def _fitting(self, forms: LineForms, opening: str) -> Sequence[Match]:
        """Return the rules with a template that the line fits."""
        candidates = [*self._worded(forms, opening), *self._signed_or_wordless(forms)]
        if candidates and _DIGIT.search(forms.folded) is None:
            candidates = [candidate for candidate in candidates if not candidate.template.needs_digit]
        found: list[tuple[Candidate, Fields]] = []
        for candidate in candidates:
            fields = candidate.template.match(forms.normalised, forms.lowered, self._contexts[candidate.rule.person_role])
            if fields is not None:
                found.append((candidate, fields))
        if not found:
            return ()
        return [Match(candidate.rule, fields) for candidate, fields in sorted(found, key=lambda fit: fit[0].strength)]

    def _worded(self, forms: LineForms, opening: str) -> list[Candidate]:
        """Return the templates that open as the line does, or have their longest word in it."""
        found: list[Candidate] = []
        for by_opening in self._by_opening:
            found += by_opening.get(opening, ())
        if not forms.text[0].isalnum() and (first := forms.lowered[:1]) != opening:
            for by_opening in self._by_opening:
                found += by_opening.get(first, ())
        for by_word in self._by_word:
            if not by_word.keys().isdisjoint(forms.words):
                lowered = forms.lowered
                for word in by_word.keys() & forms.words:
                    found += [candidate for candidate in by_word[word] if lowered.startswith(candidate.template.literals[0])]
        return found

    def _signed_or_wordless(self, forms: LineForms) -> list[Candidate]:
        """Return the templates of slots and signs that a short line may fit."""
        found: list[Candidate] = []
        for index in self._signed:
            found += index.by_line.get(forms.folded, ())
            found += index.wordless
            if index.wordless_with_digit and _DIGIT.search(forms.folded):
                found += index.wordless_with_digit
            if index.sign_starts.search(forms.text):
                found += [candidate for sign, held in index.by_sign.items() if sign in forms.lowered for candidate in held]
        return found if found and _may_lack_words(forms.lowered) else []


Item = TypeVar("Item")

_precedence = attrgetter("precedence")


def _is_removal(rule: Rule) -> bool:
    return rule.table == "removal"


def _frozen(table: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(found) for key, found in table.items()}


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern that finds any of some characters."""
    given = re.escape("".join(sorted(characters)))
    return re.compile(f"[{given}]" if given else r"(?!)")


def _starts(folded: str, phrase: str) -> bool:
    """Return whether a folded line begins with a phrase, which ends a word where spaces part words."""
    if not folded.startswith(phrase):
        return False
    size = len(phrase)
    return size == len(folded) or not is_spaced(phrase[-1]) or not is_spaced(folded[size])


def _may_lack_words(lowered: str) -> bool:
    """Return whether a line is short enough for a template of slots and signs alone."""
    is_sentence = lowered.endswith(".") and not lowered.endswith("m.")
    return len(lowered) <= (SENTENCE_LIMIT if is_sentence else SLOT_FIRST_LIMIT)


def _longest_word(literal: str) -> str:
    """Return the longest folded word of a literal; empty if its script does not part words by spaces."""
    words = fold(literal).split()
    return max(words, key=len) if words and all(all(map(is_spaced, word)) for word in words) else ""


@cache
def _template(phrase: str) -> Template:
    return Template.of(phrase, phrase)


def _opening(folded: str) -> str:
    """Return how a folded text opens: the `is_spaced` letters of its first word; its first letter in scripts without spaces."""
    opening = _SPACED_LETTERS.match(folded)
    return opening.group() if opening else folded[:1]


def _first_words(text: str) -> tuple[str, str]:
    """Return how a line opens (see `_opening`) and its first two words, folded; both are empty for a line without words."""
    beginning = text[:FIRST_WORDS_LIMIT]
    is_folded = beginning.isascii() or _CASE_FOLDED.match(beginning) is not None
    met = _TWO_WORDS.match((beginning if is_folded else fold(beginning)).lower())
    if met is None:
        return "", ""
    first, second = met.groups()
    return _opening(first), f"{first} {second}" if second else first


def _first_two_words(folded: str) -> str:
    """Return the first two words of a folded phrase; how it opens if it has no two, or its script does not part words."""
    words = folded.split(None, 2)[:2]
    return " ".join(words) if len(words) == 2 and _opening(folded) == words[0] else _opening(folded)


def _template_opening(phrase: str, template: Template) -> str:
    """Return how lines open that fit a template with a literal in front: with its first word, or with a sign."""
    folded = fold(phrase.partition("{")[0])
    return _opening(folded) if folded and phrase.lstrip()[:1].isalnum() else template.literals[0][:1]
