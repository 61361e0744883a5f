"""A template is literal text with `{slots}`; a line fits it as a whole or not at all."""

from __future__ import annotations

from functools import cached_property

import attrs

from newsnorm.catalogue.slots import DIGITS, MAY_CLOSE, MAY_OPEN, SIGNS, SLOTS, Context, Fields, Look
from newsnorm.errors import CatalogueError
from newsnorm.text.lazy_regex import lazy_regex

TEMPLATE_LIMIT = 240
"""Code points. Longer lines fit no template; it also bounds the work, whatever the line holds."""

_SLOT = lazy_regex(r"\{(\w+)\}")
_BULLETS = " *•◦▪■●·+>→»‣-–—"
_MARKS = lazy_regex("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_SIGNS = dict(zip("：（）／｜，；‘’‚“”„–—‐‑−", ":()/|,;'''\"\"\"-----", strict=True))
_SIGN = lazy_regex(f"[{''.join(_SIGNS)}]")


def unify(line: str) -> str:
    """
    The copy of a line that templates are held against.

    One space between words, plain punctuation, no bullet in front, no marks of direction.

    >>> unify("•  Credit： “Example” ")
    'Credit: "Example"'
    """
    return " ".join((line if line.isascii() else _plain_signs(line)).split()).lstrip(_BULLETS)


def _plain_signs(text: str) -> str:
    return _SIGN.sub(lambda sign: _SIGNS[sign.group()], _MARKS.sub("", text))


def lower(text: str) -> str:
    """Lower case of the same length, so that places in it are places in `text`."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@attrs.frozen
class Template:
    """
    Literals and slots in turn: ``literals[0] slots[0] literals[1] …``, the outer literals possibly empty.

    >>> template = Template.of("By {names} | {date}", "example")
    >>> template.literals, template.slots
    (('by', '|', ''), ('names', 'date'))
    """

    literals: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def of(cls, phrase: str, place: str) -> Template:
        """
        Read a phrase.

        Raises:
            CatalogueError: it names an unknown slot, or two slots touch.

        """
        parts = _SLOT.split(phrase)
        slots = tuple(parts[1::2])
        literals = tuple(lower(_plain_signs(" ".join(part.split()))) for part in parts[0::2])
        unknown = [slot for slot in slots if slot not in SLOTS]
        if unknown or not slots:
            raise CatalogueError(
                f"{place}: {phrase!r} names no slot we know ({', '.join(unknown) or 'none'}); known: {', '.join(SLOTS)}"
            )
        if not all(literals[1:-1]) and not all(part for part in parts[2:-2:2]):
            raise CatalogueError(f"{place}: in {phrase!r} two slots touch; put a sign or a space between them")
        return cls(literals, slots)

    @cached_property
    def key(self) -> str:
        """The literal that a line must hold: the first one there is."""
        return next((literal for literal in self.literals if literal), "")

    @cached_property
    def sign(self) -> str:
        """A sign that a line must hold for one of the slots to read anything."""
        return next((SIGNS[slot] for slot in self.slots if slot in SIGNS), "")

    @cached_property
    def needs_digit(self) -> bool:
        """Whether no line without a digit fits."""
        return not DIGITS.isdisjoint(self.slots)

    @cached_property
    def opens(self) -> tuple[Look | None, ...]:
        """A look at how each slot begins, before anything is read."""
        return tuple(map(MAY_OPEN.get, self.slots))

    @cached_property
    def closes(self) -> Look | None:
        """A look at how the last slot ends."""
        return MAY_CLOSE.get(self.slots[-1])

    def match(self, line: str, lowered: str, context: Context) -> Fields | None:
        """What the slots read, if `line` (unified, and `lowered`) fits as a whole."""
        for literal in self.literals:
            if literal not in lowered:
                return None
        first = self.literals[0]
        if first and not (lowered.startswith(first) and _border(lowered, len(first), first[-1])):
            return None
        opens, closes = self.opens[0], self.closes
        if opens is not None and not opens(line[len(first) :], context):
            return None
        if closes is not None and not closes(line[: len(line) - len(self.literals[-1])], context):
            return None
        return self._rest(line, lowered, len(first), 0, context)

    def _rest(self, line: str, lowered: str, start: int, index: int, context: Context) -> Fields | None:
        """Try each place where the next literal stands. Lines and slots are short, so this is bounded."""
        read = SLOTS[self.slots[index]]
        literal = self.literals[index + 1]
        last = index + 1 == len(self.slots)
        if last:
            end = len(line) - len(literal)
            if end <= start or not lowered.endswith(literal) or (literal and not _border(lowered, end, literal[0], before=True)):
                return None
            return read(line[start:end].strip(), context)
        opens = self.opens[index + 1]
        at = lowered.find(literal or " ", start + 1)
        while at >= 0:
            after = at + len(literal or " ")
            text = line[start:at].strip()
            borders = not literal or (_border(lowered, at, literal[0], before=True) and _border(lowered, after, literal[-1]))
            hopeful = borders and text and (opens is None or opens(line[after:], context))
            if hopeful and (fields := read(text, context)) is not None:
                rest = self._rest(line, lowered, after, index + 1, context)
                if rest is not None:
                    return fields | rest
            at = lowered.find(literal or " ", at + 1)
        return None


def _border(text: str, at: int, edge: str, *, before: bool = False) -> bool:
    """Whether a literal that ends (or, `before`, begins) with `edge` is parted from the slot beside it at `at`."""
    beside = text[at - 1 : at] if before else text[at : at + 1]
    if not edge.isalnum() or not beside or not beside.isalnum():
        return True
    return not (spaced(edge) and spaced(beside))


def spaced(letter: str) -> bool:
    """Whether it is a letter or digit of a script that parts words by spaces (Han, kana, hangul labels and Thai don't)."""
    return letter.isalnum() and not (
        "\u2e80" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7a3"
        or "\u0e00" <= letter <= "\u0eff"
        or "\uf900" <= letter <= "\ufaff"
    )


def is_template(phrase: str) -> bool:
    """Whether a phrase names a slot."""
    return _SLOT.search(phrase) is not None
