"""
Look up the phrases of rules by what a line must contain to match them.

No line is compared with all phrases: it is looked up as a whole, by its opening, by its words and by its signs, and compared only
with the phrases found there. So ten thousand phrases cost as much as ten. This is safe because a phrase that matches a line is
always found by one of these look-ups.
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
from newsnorm.catalogue.slots import NOTHING, SLOTS, Context, Fields, Test
from newsnorm.catalogue.templates import Template, is_template
from newsnorm.grammar import Grammar
from newsnorm.text.folding import fold, fold_words, longest_word, sign_variants
from newsnorm.text.scripts import QUOTES, is_spaced

START_LIMIT = 200
"""Code points of the longest line that a phrase of kind start matches; a longer one is a paragraph."""

FREQUENT_LENGTH = 4
"""Code points of words (of, the, this) that are too frequent to look a template up by, if there is another way."""

SHORT_WORD = 2
"""Code points of words (of, by) that occur in more lines than digits do."""

OPENING_WORDS = range(3, 10)
"""Numbers of words that a whole phrase may have to count as an opening."""

SLOTS_ONLY_LIMIT = 140
"""Code points of the longest line that matches a template without words of its own (NAME | DATE, NAME / PLACE)."""

SENTENCE_LIMIT = 60
"""Code points of the longest such line that ends with a full stop (of a sentence, not of ``p.m.``)."""

Strength: TypeAlias = tuple[int, int, int, str, int, int]
"""A sort key, strongest first: kind of entry, length of its phrase, precedence of its rule, slots, place in the file."""


@attrs.frozen(eq=False)
class Entry:
    """A whole phrase of a rule: it matches the lines that equal it when folded."""

    rule: Rule
    strength: Strength

    def read(self, forms: LineForms, context: Context) -> Fields | None:  # noqa: ARG002
        """Return the fields of a line that the index found, or None if the line does not match."""
        return NOTHING


@attrs.frozen(eq=False)
class StartEntry(Entry):
    """
    A phrase of kind start: it matches lines of up to `START_LIMIT` code points that begin with it and contain what its rule
    needs.
    """

    phrase: str
    """Folded."""
    needs: tuple[str, ...]
    """`Rule.needs`, folded."""

    def read(self, forms: LineForms, context: Context) -> Fields | None:
        """Match the beginning of a line; if the rule has `needs`, require one of them, and refuse quoted words."""
        if len(forms.text) > START_LIMIT or not starts_with(forms.folded, self.phrase):
            return None
        if self.needs and (not _holds_one(forms.folded, self.needs) or _is_reported(forms, context)):
            return None
        return NOTHING


@attrs.frozen(eq=False)
class TemplateEntry(Entry):
    """A template: it matches lines that fit it as a whole."""

    template: Template
    is_bare: bool
    """Whether it consists of slots and signs only; then only short lines match."""

    def read(self, forms: LineForms, context: Context) -> Fields | None:
        """Read the slots."""
        if self.template.needs_digit and not forms.has_digit:
            return None
        if self.is_bare and not _may_lack_words(forms.lowered):
            return None
        if self.rule.person_role != context.person_role:
            context = attrs.evolve(context, person_role=self.rule.person_role)
        return self.template.match(forms.normalised, forms.lowered, context)


@attrs.frozen(eq=False)
class Opening:
    """A phrase of a removal that is evidence against any line that begins with it, however long the line is."""

    phrase: str
    """Folded; a whole phrase is followed by a space, because its last word must be complete in the line."""
    rule: Rule
    needs: tuple[str, ...] = ()
    """`Rule.needs`, folded."""

    def opens(self, folded: str) -> bool:
        """Return whether a folded text begins with the phrase and contains what its rule needs."""
        if not (starts_with(folded, self.phrase) if self.phrase[-1] != " " else f"{folded} ".startswith(self.phrase)):
            return False
        return _holds_one(folded, self.needs)


@attrs.frozen(eq=False)
class PhraseIndex:
    """The phrases of some rules, indexed by what a line must contain to match them."""

    by_line: Mapping[str, Sequence[Entry]]
    """Entries by a whole folded line: whole phrases, and templates of one slot that reads a closed list of texts."""
    by_opening: Mapping[str, Sequence[Entry]]
    """Entries by how lines open (the last of their `opening_keys`, or a sign): starts, and templates with a literal in front."""
    opening_words: frozenset[str]
    """The first words of the keys of `by_opening`, and its signs."""
    by_word: Mapping[str, Sequence[TemplateEntry]]
    """Templates by the longest word of their literals, or by each word of a list from which a slot needs one."""
    by_character: Sequence[tuple[Test | None, Sequence[TemplateEntry]]]
    """Other templates, by the condition of their first slot on the beginning of a line; they have a sign, a digit, or neither."""
    characters: re.Pattern[str]
    """Finds a sign or a digit in every line, as printed, that matches an entry of `by_character`."""
    evidence: Mapping[str, Sequence[Opening]]
    """Phrases that are evidence against lines that begin with them, by the last of their `opening_keys`."""
    evidence_words: frozenset[str]
    """The first words of the keys of `evidence`."""
    runs: Mapping[str, Rule]
    """Removals of kind run by folded phrase."""
    run_words: frozenset[str]
    """The first of the `opening_keys` of each phrase of `runs`."""
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
        """Whether the index has no rules, so that no line matches."""
        return not (self.by_line or self.by_opening or self.by_word or self.by_character or self.hints)

    def look_up(self, lines: Sequence[LineForms], context: Context) -> list[tuple[LineForms, Entry]]:
        """
        Return pairs of an entry and a line that may match; no matching pair is left out.

        Each look-up handles all lines of a page at once, because hardly any line contains what an entry needs.

        Args:
            lines: lines with words.
            context: what slots read with.

        """
        by_line, by_opening, opening_words = self.by_line, self.by_opening, self.opening_words
        by_word, has_character = self.by_word.keys(), self.characters.search
        signed = [line for line in lines if not line.text[0].isalnum() and line.sign != line.first]
        return [
            *((line, entry) for line in lines if line.folded in by_line for entry in by_line[line.folded]),
            *(
                (line, entry)
                for line in lines
                if line.first in opening_words
                for key in opening_keys(line.words)
                for entry in by_opening.get(key, ())
            ),
            *((line, entry) for line in signed for entry in by_opening.get(line.sign, ())),
            *((line, entry) for line in lines if not by_word.isdisjoint(line.words) for entry in self._worded(line)),
            *((line, entry) for line in lines if has_character(line.text) for entry in self._of_slots(line, context)),
        ]

    def _worded(self, forms: LineForms) -> list[TemplateEntry]:
        """Return the templates that a line may fit by one of its words."""
        found: list[TemplateEntry] = []
        has_digit = forms.has_digit
        for word in forms.words:
            for entry in self.by_word.get(word, ()):
                template = entry.template
                if (has_digit or not template.needs_digit) and template.key in forms.lowered and entry not in found:
                    found.append(entry)
        return found

    def _of_slots(self, forms: LineForms, context: Context) -> list[TemplateEntry]:
        """Return the templates that a line may fit by its characters."""
        lowered = forms.lowered
        found: list[TemplateEntry] = []
        for may_open, entries in self.by_character:
            held = [entry for entry in entries if entry.template.key in lowered]
            if held and (may_open is None or may_open(forms.normalised, context)):
                found += held
        return found


class _Builder:
    """Sorts the phrases of rules, given strongest first, into the tables of an index."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.by_line: dict[str, list[Entry]] = {}
        self.by_opening: dict[str, list[Entry]] = {}
        self.by_word: dict[str, list[TemplateEntry]] = {}
        self.by_character: dict[str, list[TemplateEntry]] = {}
        self.evidence: dict[str, list[Opening]] = {}
        self.runs: dict[str, Rule] = {}
        self.hints: dict[str, list[Rule]] = {}

    def add(self, rule: Rule) -> None:
        """Index every phrase of a rule."""
        whole, needs = Entry(rule, (0, 0, *rule.precedence, 0, 0)), tuple(map(fold, rule.needs))
        for place, phrase in enumerate(rule.phrases):
            if rule.kind == "hint":
                self.hints.setdefault(phrase.lower(), []).append(rule)
            elif is_template(phrase):
                self._add_template(phrase, rule, place)
            else:
                self._add_phrase(fold_words(phrase), whole, needs)

    def _add_phrase(self, words: list[str], whole: Entry, needs: tuple[str, ...]) -> None:
        """Index the folded words of a phrase without slots, by the whole line or, for kind start, by how the line opens."""
        rule, folded = whole.rule, " ".join(words)
        if rule.kind == "start":
            start = StartEntry(rule, (1, len(folded), *rule.precedence, 0, 0), folded, needs)
            self.by_opening.setdefault(opening_keys(words)[-1], []).append(start)
        else:
            self.by_line.setdefault(folded, []).append(whole)
        if rule.table != "removal":
            return
        if rule.kind == "run":
            self.runs.setdefault(folded, rule)
        elif len(folded) <= OPENING_LIMIT and (rule.kind == "start" or len(words) in OPENING_WORDS):
            opening = Opening(folded if rule.kind == "start" else f"{folded} ", rule, needs)
            self.evidence.setdefault(opening_keys(words)[-1], []).append(opening)

    def _add_template(self, phrase: str, rule: Rule, place: int) -> None:
        """Index a template by its rarest requirement: an opening, a long word, a listed text or word, or a character."""
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
            self.by_character.setdefault(template.slots[0], []).append(entry)

    def index(self) -> PhraseIndex:
        """Return the index."""
        return PhraseIndex(
            by_line=_frozen(self.by_line),
            by_opening=_frozen(self.by_opening),
            opening_words=_first_words(self.by_opening),
            by_word=_frozen(self.by_word),
            by_character=[(SLOTS[slot].may_open, tuple(entries)) for slot, entries in self.by_character.items()],
            characters=_pattern_for(entry.template for entries in self.by_character.values() for entry in entries),
            evidence=_frozen(self.evidence),
            evidence_words=_first_words(self.evidence),
            runs=self.runs,
            run_words=_first_words(opening_keys(phrase.split())[0] for phrase in self.runs),
            hints=_frozen(self.hints),
        )


Item = TypeVar("Item")


def _frozen(table: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(found) for key, found in table.items()}


def _first_words(keys: Iterable[str]) -> frozenset[str]:
    """Return the first word of each key."""
    return frozenset(key.partition(" ")[0] for key in keys)


@cache
def _template(phrase: str) -> Template:
    return Template.of(phrase, phrase)


def _pattern_for(templates: Iterable[Template]) -> re.Pattern[str]:
    """Compile a pattern that finds a character, as printed, in every line that fits one of some templates."""
    found: set[str] = set()
    for template in templates:
        if template.needs_digit:
            found.add(r"\d")
        elif template.key:
            found.update(map(re.escape, sign_variants(template.key[0])))
        else:
            return re.compile("")  # any line may fit
    return re.compile(f"[{''.join(sorted(found))}]" if found else r"(?!)")


def starts_with(folded: str, phrase: str) -> bool:
    """
    Return whether a folded line begins with a phrase; in scripts with spaces, the phrase must end at the end of a word.

    >>> starts_with("read more here", "read more"), starts_with("read moreover", "read more")
    (True, False)
    >>> starts_with("転載禁止です", "転載禁止")
    True
    """
    if not folded.startswith(phrase):
        return False
    size = len(phrase)
    return size == len(folded) or not is_spaced(phrase[-1]) or not is_spaced(folded[size])


def _holds_one(folded: str, texts: tuple[str, ...]) -> bool:
    """Return whether a folded line contains one of some texts at the beginning of a word; true if there are no texts."""
    return not texts or any(_begins_word(folded, text) for text in texts)


def _is_reported(forms: LineForms, context: Context) -> bool:
    """Return whether a line begins with a quotation, or names its speaker."""
    return forms.text[0] in QUOTES or context.grammar.attribution.stands_in(forms.folded)


def _begins_word(folded: str, text: str) -> bool:
    """Return whether a folded line contains a text; in scripts with spaces, only at the beginning of a word."""
    at = folded.find(text)
    while at > 0 and is_spaced(text[0]) and is_spaced(folded[at - 1]):
        at = folded.find(text, at + 1)
    return at >= 0


def _may_lack_words(lowered: str) -> bool:
    """Return whether a line is short enough to match a template of slots and signs only."""
    is_sentence = lowered.endswith(".") and not lowered.endswith("m.")
    return len(lowered) <= (SENTENCE_LIMIT if is_sentence else SLOTS_ONLY_LIMIT)


def _longest_spaced_word(literal: str) -> str:
    """Return the longest folded word of a literal; empty in scripts without spaces between words."""
    folded = fold(literal)
    return longest_word(folded) if all(map(is_spaced, folded.replace(" ", ""))) else ""


def _is_rare(word: str, opening: str, template: Template) -> bool:
    """Return whether a template's longest word is rarer than its opening, or than a digit if it needs one."""
    if opening:
        return len(word) > max(len(opening), FREQUENT_LENGTH)
    return word != "" and (len(word) > SHORT_WORD or not template.needs_digit)


def _listed_texts(template: Template, grammar: Grammar) -> set[str]:
    """Return all folded lines that fit a template whose only slot reads a closed list of texts; none for other templates."""
    texts = SLOTS[template.slots[0]].texts
    return set(map(fold, texts(grammar))) if texts is not None and not template.key and len(template.slots) == 1 else set()


def _listed_words(template: Template, grammar: Grammar) -> set[str]:
    """
    Return folded words, one of which is in every line that fits, because a slot needs one from a list; none for other
    templates.
    """
    lists = (SLOTS[slot].words for slot in template.slots)
    words = next(filter(None, lists), None)
    return set(map(longest_word, words(grammar))) if words is not None else set()


def _template_opening(phrase: str, template: Template) -> str:
    """Return the opening key of lines that fit a template beginning with a literal: its first words, or a sign."""
    folded = fold(phrase.partition("{")[0])
    return opening_keys(folded.split())[-1] if folded and phrase.lstrip()[:1].isalnum() else template.literals[0][:1]
