"""
Look up the phrases of rules by what a line must hold to match them.

Nothing is compared with all phrases: a line is looked up whole, by its opening, by its words and by its signs, and only the
phrases found there are held against it. So ten thousand phrases cost as much as ten. The law that makes this safe: a phrase
that matches a line is always found by one of these looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import TypeAlias, TypeVar

import attrs

from newsnorm.catalogue.forms import OPENING_LIMIT, LineForms, opening_keys
from newsnorm.catalogue.rules import Rule
from newsnorm.catalogue.slots import NOTHING, SLOTS, Context, Fields
from newsnorm.catalogue.templates import Template, is_template
from newsnorm.grammar import Grammar
from newsnorm.text.folding import fold, longest_word, sign_variants
from newsnorm.text.scripts import is_spaced

START_LIMIT = 200
"""Code points of the longest line that a phrase of kind start matches; a longer one is a paragraph."""

FREQUENT_LENGTH = 4
"""Code points of words that too many lines hold (of, the, this) to look a template up by them, if there is another way."""

OPENING_WORDS = range(3, 10)
"""Numbers of words of the whole phrases that count as openings."""

SLOTS_ONLY_LIMIT = 140
"""Code points of the longest line that matches a template without words of its own (NAME | DATE, NAME / PLACE)."""

SENTENCE_LIMIT = 60
"""Code points of the longest such line that closes with a full stop, as sentences do and ``p.m.`` does not."""

Strength: TypeAlias = tuple[int, int, int, str, int, int]
"""A sort key, strongest first: kind of entry, length of its phrase, precedence of its rule, slots, place in the file."""


@attrs.frozen(eq=False)
class Entry:
    """A whole phrase of a rule: it matches the lines that equal it when folded."""

    rule: Rule
    strength: Strength

    def read(self, forms: LineForms, context: Context) -> Fields | None:  # noqa: ARG002
        """Return the fields that a line states if it matches, else None; the line was found by a look-up in the index."""
        return NOTHING


@attrs.frozen(eq=False)
class StartEntry(Entry):
    """A phrase of kind start: it matches the lines that begin with it, up to `START_LIMIT`."""

    phrase: str
    """Folded."""

    def read(self, forms: LineForms, context: Context) -> Fields | None:  # noqa: ARG002
        """Match the beginning of a line."""
        return NOTHING if len(forms.text) <= START_LIMIT and starts_with(forms.folded, self.phrase) else None


@attrs.frozen(eq=False)
class TemplateEntry(Entry):
    """A template: it matches the lines that fit it."""

    template: Template
    is_bare: bool
    """Whether it has no words of its own; then only lines that are short enough for slots and signs match."""

    def read(self, forms: LineForms, context: Context) -> Fields | None:
        """Read the slots."""
        if self.template.needs_digit and not forms.has_digit:
            return None
        if self.is_bare and not _may_lack_words(forms.lowered):
            return None
        return self.template.match(forms.normalised, forms.lowered, context)


@attrs.frozen(eq=False)
class Opening:
    """A phrase of a removal that speaks against a line that it opens, however long that line is."""

    phrase: str
    """Folded; a whole phrase is followed by a space, because it opens a line only with its last word complete."""
    rule: Rule

    def opens(self, folded: str) -> bool:
        """Return whether the phrase opens a folded text."""
        return starts_with(folded, self.phrase) if self.phrase[-1] != " " else f"{folded} ".startswith(self.phrase)


@attrs.frozen(eq=False)
class PhraseIndex:
    """The phrases of some rules, by what a line must hold to match them."""

    by_line: Mapping[str, Sequence[Entry]]
    """Entries by a whole folded line: whole phrases, and templates of one slot that reads a closed list of texts."""
    by_opening: Mapping[str, Sequence[Entry]]
    """Entries by how lines open (the last of their `opening_keys`, or a sign): starts, and templates with a literal in front."""
    by_word: Mapping[str, Sequence[TemplateEntry]]
    """Templates by the longest word of their literals, or by each word of which a slot needs one."""
    by_character: Sequence[TemplateEntry]
    """Other templates, which have a sign, a slot that needs a digit, or neither."""
    characters: re.Pattern[str]
    """Finds a sign or a digit in every line, as printed, that matches an entry of `by_character`."""
    openings: Mapping[str, Sequence[Opening]]
    """Openings by the last of their `opening_keys`."""
    runs: Mapping[str, Rule]
    """Removals of kind run by folded phrase."""
    run_words: frozenset[str]
    """The first words of `runs`."""
    hints: Mapping[str, Sequence[Rule]]
    """Rules by tag or class name in lower case, strongest first."""

    @classmethod
    def of(cls, rules: Iterable[Rule], grammar: Grammar) -> PhraseIndex:
        """
        Index rules.

        Args:
            rules: the rules, in any order.
            grammar: the tables that slots read with.

        """
        builder = _Builder(grammar)
        for rule in sorted(rules, key=attrgetter("precedence")):
            builder.add(rule)
        return builder.index()

    @property
    def is_empty(self) -> bool:
        """Whether no line matches, because the index was made of no rules."""
        return not (self.by_line or self.by_opening or self.by_word or self.by_character or self.hints)

    def entries(self, forms: LineForms) -> list[Entry]:
        """Return all entries that a line with words may match; no entry is left out that does."""
        found: list[Entry] = []
        if (entries := self.by_line.get(forms.folded)) is not None:
            found += entries
        for key in forms.opening_keys:
            if (entries := self.by_opening.get(key)) is not None:
                found += entries
        if not self.by_word.keys().isdisjoint(forms.words):
            lowered = forms.lowered
            worded = (entry for word in self.by_word.keys() & forms.words for entry in self.by_word[word])
            found += dict.fromkeys(entry for entry in worded if entry.template.key in lowered)
        if self.characters.search(forms.text) is not None:
            lowered = forms.lowered
            found += [entry for entry in self.by_character if entry.template.key in lowered]
        return found


class _Builder:
    """Sorts the phrases of rules, which come strongest first, into the tables of an index."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.by_line: dict[str, list[Entry]] = {}
        self.by_opening: dict[str, list[Entry]] = {}
        self.by_word: dict[str, list[TemplateEntry]] = {}
        self.by_character: list[TemplateEntry] = []
        self.openings: dict[str, list[Opening]] = {}
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

    def _add_phrase(self, folded: str, rule: Rule) -> None:
        """Index a phrase without slots, by the whole line or, for kind start, by how the line opens."""
        if rule.kind == "start":
            start = StartEntry(rule, (1, len(folded), *rule.precedence, 0, 0), folded)
            self.by_opening.setdefault(opening_keys(folded.split())[-1], []).append(start)
        else:
            self.by_line.setdefault(folded, []).append(Entry(rule, (0, 0, *rule.precedence, 0, 0)))
        if rule.table == "removal" and rule.kind == "run":
            self.runs.setdefault(folded, rule)
        elif rule.table == "removal" and len(folded) <= OPENING_LIMIT:
            self._add_opening(folded, rule)

    def _add_opening(self, folded: str, rule: Rule) -> None:
        words = folded.split()
        if rule.kind == "start" or len(words) in OPENING_WORDS:
            opening = Opening(folded if rule.kind == "start" else f"{folded} ", rule)
            self.openings.setdefault(opening_keys(words)[-1], []).append(opening)

    def _add_template(self, phrase: str, rule: Rule, place: int) -> None:
        """Index a template by what the fewest lines hold: how the line opens, a long word, a listed text or word, a character."""
        template = _template(phrase)
        opening = _template_opening(phrase, template) if template.literals[0] else ""
        word = max(map(_longest_spaced_word, template.literals), key=len)
        strength = (2, 0, *rule.precedence, -len(template.slots), place)
        entry = TemplateEntry(rule, strength, template, is_bare=not (word or opening))
        if _is_rare(word, opening, template):
            self.by_word.setdefault(word, []).append(entry)
        elif opening:
            self.by_opening.setdefault(opening, []).append(entry)
        elif texts := _listed_texts(template, self.grammar):
            for text in texts:
                self.by_line.setdefault(text, []).append(entry)
        elif words := _listed_words(template, self.grammar):
            for word in words:
                self.by_word.setdefault(word, []).append(entry)
        else:
            self.by_character.append(entry)

    def index(self) -> PhraseIndex:
        """Return the index."""
        return PhraseIndex(
            by_line=_frozen(self.by_line),
            by_opening=_frozen(self.by_opening),
            by_word=_frozen(self.by_word),
            by_character=tuple(self.by_character),
            characters=_pattern_for(entry.template for entry in self.by_character),
            openings=_frozen(self.openings),
            runs=self.runs,
            run_words=frozenset(phrase.split(None, 1)[0] for phrase in self.runs),
            hints=_frozen(self.hints),
        )


Item = TypeVar("Item")


def _frozen(table: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(found) for key, found in table.items()}


@cache
def _template(phrase: str) -> Template:
    return Template.of(phrase, phrase)


def _pattern_for(templates: Iterable[Template]) -> re.Pattern[str]:
    """Compile a pattern that finds a character, as printed, in every line that fits one of some templates."""
    options: set[str] = set()
    for template in templates:
        if template.needs_digit:
            options.add(r"\d")
        else:
            options.add(f"[{re.escape(''.join(sign_variants(template.key[0])))}]" if template.key else "")
    return re.compile("|".join(sorted(options)) if options else r"(?!)")


def starts_with(folded: str, phrase: str) -> bool:
    """
    Return whether a folded line begins with a phrase, which must end a word where spaces part words.

    >>> starts_with("read more here", "read more"), starts_with("read moreover", "read more")
    (True, False)
    >>> starts_with("転載禁止です", "転載禁止")
    True
    """
    if not folded.startswith(phrase):
        return False
    size = len(phrase)
    return size == len(folded) or not is_spaced(phrase[-1]) or not is_spaced(folded[size])


def _may_lack_words(lowered: str) -> bool:
    """Return whether a line is short enough for a template of slots and signs alone."""
    is_sentence = lowered.endswith(".") and not lowered.endswith("m.")
    return len(lowered) <= (SENTENCE_LIMIT if is_sentence else SLOTS_ONLY_LIMIT)


def _longest_spaced_word(literal: str) -> str:
    """Return the longest folded word of a literal; empty if its script does not part words by spaces."""
    folded = fold(literal)
    return longest_word(folded) if all(map(is_spaced, folded.replace(" ", ""))) else ""


def _is_rare(word: str, opening: str, template: Template) -> bool:
    """Return whether fewer lines hold the longest word of a template than open, or begin with a slot, as it does."""
    if len(word) > max(len(opening), FREQUENT_LENGTH):
        return True
    return word != "" and opening == "" and SLOTS[template.slots[0]].may_open is None


def _listed_texts(template: Template, grammar: Grammar) -> set[str]:
    """Return all folded lines that fit a template of one slot that reads a list of texts; none for other templates."""
    texts = SLOTS[template.slots[0]].texts
    return set(map(fold, texts(grammar))) if texts is not None and not template.key and len(template.slots) == 1 else set()


def _listed_words(template: Template, grammar: Grammar) -> set[str]:
    """Return folded words of which a line holds one if it fits, because a slot needs one of a list; none for other templates."""
    lists = (SLOTS[slot].words for slot in template.slots)
    words = next(filter(None, lists), None)
    return set(map(longest_word, words(grammar))) if words is not None else set()


def _template_opening(phrase: str, template: Template) -> str:
    """Return the key of lines that fit a template with a literal in front: that of its first words, or a sign."""
    folded = fold(phrase.partition("{")[0])
    return opening_keys(folded.split())[-1] if folded and phrase.lstrip()[:1].isalnum() else template.literals[0][:1]
