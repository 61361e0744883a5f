"""
Templates: literal text with `{slots}`, which a line fits as a whole or not at all.

Matching reads slots from left to right and tries every occurrence of the next literal. The work is bounded, because lines longer
than `TEMPLATE_LIMIT` are never compared with a template; most lines fail a cheap condition first.
"""

from __future__ import annotations

from functools import cached_property

import attrs

from newsnorm.catalogue.slots import SLOTS, Context, Fields, Slot
from newsnorm.errors import CatalogueError
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import plain_punctuation, spaced_once
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import is_spaced

TEMPLATE_LIMIT = 240
"""Code points of the longest line that fits a template; this also bounds the work."""

_SLOT = lazy_regex(r"\{(\w+)\}")


@attrs.frozen
class Template:
    """
    Literals and slots in turn: ``literals[0] slots[0] literals[1] …``.

    There is one more literal than there are slots. The outer literals may be empty; an empty one between two slots is a space.

    >>> template = Template.of("By {names} | {date}", "example")
    >>> template.literals, template.slots
    (('by', '|', ''), ('names', 'date'))
    """

    literals: tuple[str, ...]
    """In lower case, with plain punctuation, without spaces around them."""
    slots: tuple[str, ...]
    """Names of slots, keys of `SLOTS`."""

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
        literals = tuple(lower_same_length(spaced_once(plain_punctuation(part))) for part in parts[0::2])
        return cls(literals, tuple(parts[1::2]))

    @cached_property
    def key(self) -> str:
        """A text that a line must contain: the longest literal, or a sign that a slot needs; empty if there is neither."""
        return max(self.literals, key=len) or next((slot.sign for slot in self._slots if slot.sign), "")

    @cached_property
    def needs_digit(self) -> bool:
        """Whether a line must hold a digit."""
        return any(slot.needs_digit for slot in self._slots)

    @cached_property
    def _slots(self) -> tuple[Slot, ...]:
        return tuple(SLOTS[name] for name in self.slots)

    def match(self, line: str, lowered: str, context: Context) -> Fields | None:
        """
        Read a line that fits as a whole.

        Args:
            line: the line as `normalise_for_template` makes it, of at most `TEMPLATE_LIMIT` code points.
            lowered: `line` as `lower_same_length` makes it.
            context: what slots read with.

        Returns:
            The values of the slots; None if the line does not fit.

        >>> from newsnorm.grammar import Grammar
        >>> template = Template.of("Source: {agency}", "example")
        >>> context = Context(grammar=Grammar.default())
        >>> template.match("Source: Reuters", "source: reuters", context).agency
        'Reuters'

        """
        first, last = self.literals[0], self.literals[-1]
        if first and not (lowered.startswith(first) and _is_parted_after(lowered, len(first), first[-1])):
            return None
        for literal in self.literals[1:]:
            if literal not in lowered:
                return None
        may_open, may_close = self._slots[0].may_open, self._slots[-1].may_close
        if may_open is not None and not may_open(line[len(first) :], context):
            return None
        if may_close is not None and not may_close(line[: len(line) - len(last)], context):
            return None
        return self._match_from(0, len(first), line, lowered, context)

    def _match_from(self, index: int, start: int, line: str, lowered: str, context: Context) -> Fields | None:
        """Match slot `index`, whose text begins at offset `start`, and everything after it."""
        if index + 1 == len(self.slots):
            return self._match_last(start, line, lowered, context)
        read, may_open = self._slots[index].read, self._slots[index + 1].may_open
        literal = self.literals[index + 1]
        at = lowered.find(literal or " ", start + 1)
        while at >= 0:
            after = at + len(literal or " ")
            text = line[start:at].strip()
            if text and _is_parted(lowered, at, literal) and (may_open is None or may_open(line[after:], context)):
                fields = read(text, context)
                rest = None if fields is None else self._match_from(index + 1, after, line, lowered, context)
                if fields is not None and rest is not None:
                    return fields | rest
            at = lowered.find(literal or " ", at + 1)
        return None

    def _match_last(self, start: int, line: str, lowered: str, context: Context) -> Fields | None:
        """Match the last slot, whose text reaches from offset `start` to the last literal."""
        literal = self.literals[-1]
        end = len(line) - len(literal)
        if end <= start or not lowered.endswith(literal):
            return None
        if literal and not _is_parted_before(lowered, end, literal[0]):
            return None
        return self._slots[-1].read(line[start:end].strip(), context)


def _is_parted(text: str, at: int, literal: str) -> bool:
    """Return whether a literal at offset `at` is separated from the slots on both sides."""
    return not literal or (_is_parted_before(text, at, literal[0]) and _is_parted_after(text, at + len(literal), literal[-1]))


def _is_parted_before(text: str, at: int, edge: str) -> bool:
    """Return whether a literal that begins with `edge` at offset `at` is separated from the slot before it."""
    return _is_border(text[at - 1 : at], edge)


def _is_parted_after(text: str, at: int, edge: str) -> bool:
    """Return whether a literal that ends with `edge` before offset `at` is separated from the slot after it."""
    return _is_border(text[at : at + 1], edge)


def _is_border(beside: str, edge: str) -> bool:
    """Return whether two characters, the first of which may be empty, do not belong to one word."""
    if not edge.isalnum() or not beside or not beside.isalnum():
        return True
    return not (is_spaced(edge) and is_spaced(beside))


def check_template(phrase: str, place: str) -> list[str]:
    """
    Return the literals and slots of a phrase in turn, as written.

    Raises:
        CatalogueError: it has no slot or an unknown one, or two slots touch; the message begins with `place`.

    """
    parts = _SLOT.split(phrase)
    slots = parts[1::2]
    if not slots or not SLOTS.keys() >= set(slots):
        unknown = [slot for slot in slots if slot not in SLOTS]
        raise CatalogueError(f"{place}: {phrase!r} has no known slot ({', '.join(unknown) or 'none'}); known: {', '.join(SLOTS)}")
    if not all(parts[2:-2:2]):
        raise CatalogueError(f"{place}: two slots touch in {phrase!r}; put a sign or a space between them")
    return parts


def is_template(phrase: str) -> bool:
    """Return whether a phrase names a slot."""
    return "{" in phrase and _SLOT.search(phrase) is not None
