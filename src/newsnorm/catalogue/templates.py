"""A template is literal text with `{slots}`; a line fits it as a whole or not at all."""

from __future__ import annotations

from functools import cached_property

import attrs

from newsnorm.catalogue.slots import DIGITS, MAY_CLOSE, MAY_OPEN, SIGNS, SLOTS, Context, Fields, Look
from newsnorm.errors import CatalogueError
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import plain_punctuation
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import is_spaced

TEMPLATE_LIMIT = 240
"""Code points of the longest line that fits a template; this also bounds the work."""

_SLOT = lazy_regex(r"\{(\w+)\}")


@attrs.frozen
class Template:
    """
    Literals and slots in turn: ``literals[0] slots[0] literals[1] …``; the outer literals may be empty.

    >>> template = Template.of("By {names} | {date}", "example")
    >>> template.literals, template.slots
    (('by', '|', ''), ('names', 'date'))
    """

    literals: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def of(cls, phrase: str, place: str) -> Template:
        """
        Parse a phrase.

        Args:
            phrase: literal text with `{slots}`.
            place: the name of its file and rule, for the message.

        Raises:
            CatalogueError: it has no slot or an unknown one, or two slots touch.

        """
        parts = check_template(phrase, place)
        literals = tuple(lower_same_length(plain_punctuation(" ".join(part.split()))) for part in parts[0::2])
        return cls(literals, tuple(parts[1::2]))

    @cached_property
    def key(self) -> str:
        """The first literal with text, which a line must hold; empty if there is none."""
        return next((literal for literal in self.literals if literal), "")

    @cached_property
    def only_slot(self) -> str:
        """The slot of a template that consists of one slot alone; else empty."""
        return self.slots[0] if not self.key and len(self.slots) == 1 else ""

    @cached_property
    def sign(self) -> str:
        """A sign that a line must hold for one of the slots to read anything; empty if none needs one."""
        return next((SIGNS[slot] for slot in self.slots if slot in SIGNS), "")

    @cached_property
    def needs_digit(self) -> bool:
        """Whether no line without a digit fits."""
        return not DIGITS.isdisjoint(self.slots)

    @cached_property
    def opens(self) -> tuple[Look | None, ...]:
        """For each slot, a quick test of how its text begins."""
        return tuple(map(MAY_OPEN.get, self.slots))

    @cached_property
    def closes(self) -> Look | None:
        """A quick test of how the text of the last slot ends."""
        return MAY_CLOSE.get(self.slots[-1])

    def match(self, line: str, lowered: str, context: Context) -> Fields | None:
        """
        Return what the slots read in a line that fits as a whole, else None.

        Args:
            line: the line as `normalise_for_template` makes it.
            lowered: the same by `lower`.
            context: what slots read with.

        """
        first, last = self.literals[0], self.literals[-1]
        if first and not (lowered.startswith(first) and _is_parted_after(lowered, len(first), first[-1])):
            return None
        for literal in self.literals[1:]:
            if literal not in lowered:
                return None
        opens, closes = self.opens[0], self.closes
        if opens is not None and not opens(line[len(first) :], context):
            return None
        if closes is not None and not closes(line[: len(line) - len(last)], context):
            return None
        return self._match_from(line, lowered, len(first), 0, context)

    def _match_from(self, line: str, lowered: str, start: int, index: int, context: Context) -> Fields | None:
        """
        Match slot `index`, which begins at `start`, and all behind it: try each place where the next literal stands.

        Lines and slots are short, so this is bounded.
        """
        if index + 1 == len(self.slots):
            return self._match_last(line, lowered, start, context)
        read, opens = SLOTS[self.slots[index]], self.opens[index + 1]
        literal = self.literals[index + 1]
        size = len(literal or " ")
        at = lowered.find(literal or " ", start + 1)
        while at >= 0:
            after = at + size
            text = line[start:at].strip()
            if text and _is_parted(lowered, at, literal) and (opens is None or opens(line[after:], context)):
                fields = read(text, context)
                rest = self._match_from(line, lowered, after, index + 1, context) if fields is not None else None
                if fields is not None and rest is not None:
                    return fields | rest
            at = lowered.find(literal or " ", at + 1)
        return None

    def _match_last(self, line: str, lowered: str, start: int, context: Context) -> Fields | None:
        """Match the last slot, from `start` to the last literal."""
        literal = self.literals[-1]
        end = len(line) - len(literal)
        if end <= start or not lowered.endswith(literal):
            return None
        if literal and not _is_parted_before(lowered, end, literal[0]):
            return None
        return SLOTS[self.slots[-1]](line[start:end].strip(), context)


def _is_parted(text: str, at: int, literal: str) -> bool:
    """Return whether a literal at offset `at` is parted from the slots on both sides."""
    return not literal or (_is_parted_before(text, at, literal[0]) and _is_parted_after(text, at + len(literal), literal[-1]))


def _is_parted_before(text: str, at: int, edge: str) -> bool:
    """Return whether a literal that begins with `edge` at offset `at` is parted from the slot before it."""
    return _is_border(text[at - 1 : at], edge)


def _is_parted_after(text: str, at: int, edge: str) -> bool:
    """Return whether a literal that ends with `edge` before offset `at` is parted from the slot behind it."""
    return _is_border(text[at : at + 1], edge)


def _is_border(beside: str, edge: str) -> bool:
    """Return whether two characters are no letters of one word; `beside` may be empty."""
    if not edge.isalnum() or not beside or not beside.isalnum():
        return True
    return not (is_spaced(edge) and is_spaced(beside))


def check_template(phrase: str, place: str) -> list[str]:
    """
    Return literals and slots of a phrase in turn, as they are written.

    Raises:
        CatalogueError: it has no slot or an unknown one, or two slots touch; the message begins with `place`.

    """
    parts = _SLOT.split(phrase)
    slots = parts[1::2]
    if not slots or not SLOTS.keys() >= set(slots):
        unknown = [slot for slot in slots if slot not in SLOTS]
        raise CatalogueError(
            f"{place}: {phrase!r} names no slot we know ({', '.join(unknown) or 'none'}); known: {', '.join(SLOTS)}"
        )
    if not all(parts[2:-2:2]):
        raise CatalogueError(f"{place}: in {phrase!r} two slots touch; put a sign or a space between them")
    return parts


def is_template(phrase: str) -> bool:
    """Return whether a phrase names a slot."""
    return "{" in phrase and _SLOT.search(phrase) is not None
