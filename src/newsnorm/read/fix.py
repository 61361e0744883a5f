"""
The one place where characters are repaired, and the only one that imports ftfy.

Text that is right must come out as it went in. So a line is touched only if it holds something suspicious; the repair is
done on the whole line (ftfy wants context), and the result is aligned to the raw text word by word, in linear time.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import attrs

from newsnorm.read.limits import blocks
from newsnorm.records import Fix, Piece, Span
from newsnorm.text.lazy_regex import lazy_regex

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

ENTITY_LEVELS = 2
"""``&amp;amp;eacute;`` is read twice, never more: ftfy takes 29 s for 40 KB of ``&amp;amp;amp;…``."""

SYNC = 12
"""Words. So far apart two texts may run before a stretch is aligned as a whole; ftfy joins two words now and then."""

_SPACE = lazy_regex("[\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\r\n]")
BLANK = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u115f\u1160\u3164\uffa0\u2800" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""Characters that show nothing: white space, and the fillers that pretend to be letters."""

_SURROGATE = lazy_regex("[\ud800-\udfff]")
_ENTITY = lazy_regex(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPE = lazy_regex(r"\x1b\[[0-9;?]{0,32}[@-~]")
_CONTROL = lazy_regex("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
_INVISIBLE = lazy_regex("[\xad\u200b\u2060-\u2064\u206a-\u206f\ufeff\u180e\u202d\u202e]")
_DIRECTION = lazy_regex("[\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_RIGHT_TO_LEFT = lazy_regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NO_SPACES = lazy_regex("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer: U+200B parts their words

_SINGLE = "\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u180e\ufff9-\ufffb\ud800-\udfff"
_SINGLE_ASCII = lazy_regex("[\x00-\x08\x0e-\x1b\x7f]")

# Mojibake is a lead character followed by one that stands for a byte of 0x80 to 0xBF, which is nearly always a symbol. Where
# no such pair stands, ftfy's own, slower test would say no; `tests/read/test_fix.py` holds
# the two together.
_POINTS = "‘’“”–—…„«»‹›•"
_SYMBOLS = "¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊�ªº│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓¡¿©΄΅‚®˝™¢£¥₧€²³¹±¼½¾×µ÷⁄∂∆∏∑√∞∩∫≈≠≡≤≥№¶§°·´"
_CAPITALS = "À-ÑØÙÚÜÝÞĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒŘŚŞŠŢŤŮŰŸŹŻŽҐ"
_LEADS = f"{_CAPITALS}√‚≈\u2500-\u257f"
_CAUSE = lazy_regex(  # one class in front, which `re` looks for quickly; then, what of it was met
    f"[{_SINGLE}{_SYMBOLS}{_POINTS}{_LEADS}œŒв](?:(?<=[{_SINGLE}])|(?<=[^\x00-\x7f{_POINTS}][{_SYMBOLS}{_POINTS}])"
    f"|(?<=[{_LEADS}])[^\x00-\x7f]|(?<=[œŒ])[^A-Za-z]|(?<=в)Ђ|(?<=[ÂÃ]) )"
)


def suspicious(text: str) -> bool:
    """
    Whether anything in `text` may want repair. False is certain, True is not.

    >>> suspicious("MalmÃ¶"), suspicious("Malmö"), suspicious("R&amp;D")
    (True, False, True)
    """
    return next(_causes(text), None) is not None


def causes(text: str) -> list[int]:
    """Where in `text` something may want repair, in order."""
    return sorted(_causes(text))


def _causes(text: str) -> Iterator[int]:
    cause = _SINGLE_ASCII if text.isascii() else _CAUSE
    for pattern in (cause, _ENTITY) if "&" in text else (cause,):
        yield from (match.start() for match in pattern.finditer(text))


def plain_spaces(text: str) -> str:
    """Each white space character as a plain space; the length stays."""
    return _SPACE.sub(" ", text)


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """
    Repair a line.

    Surrogates are joined or become U+FFFD, entities are read, mojibake is undone by ftfy, and characters that control or
    hide are dropped. Curly quotes, dashes, ligatures and widths stay as they are.

    Returns:
        The repaired line and the names of the steps that changed it.

    >>> repair("Caf\u00c3\u00a9 &amp; bar")
    ('Café & bar', ('entity', 'encode latin-1', 'decode utf-8'))

    """
    steps: list[str] = []
    for step in STEPS:
        changed, names = step(text)
        if changed != text:
            text = changed
            steps.extend(names)
    return text, tuple(steps)


def _join_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    if _SURROGATE.search(text) is None:
        return text, ()
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), ("surrogate",)


def _read_entities(text: str) -> tuple[str, tuple[str, ...]]:
    if "&" not in text or "<" in text:  # with a tag in it, it is markup or a text about markup: ftfy's rule too
        return text, ()
    for _ in range(ENTITY_LEVELS):
        text = _ENTITY.sub(_entity, text)
    return text, ("entity",)


def _entity(match: re.Match[str]) -> str:
    name = match.group()[1:]
    if name.startswith("#"):
        return html.unescape(match.group()) or match.group()
    return html.entities.html5.get(name, match.group())


_FINE = lazy_regex(
    r"(?<![^\W\d_])[ÅØ][²³½¼¾]"  # 20 Å², Ø½: a unit, a diameter
    r"|“[^“”]{0,120}Ã”|‘[^‘’]{0,120}Ã’"  # “A IRMÃ”: a word that ends on Ã before the quote that closes
)
"""Correct pairs that ftfy takes for mojibake. A line that is suspicious for nothing else is left alone."""


def _undo_mojibake(text: str) -> tuple[str, tuple[str, ...]]:
    if text.isascii() or (_FINE.search(text) is not None and not suspicious(_FINE.sub("", text))):
        return text, ()
    import ftfy

    fixed: list[str] = []
    steps: list[str] = []
    for start, end in blocks(text):
        block = text[start:end]
        explained = ftfy.fix_encoding_and_explain(block, _config())
        fixed.append(explained.text)
        steps.extend(f"{step.action} {step.parameter}" for step in explained.explanation or ())
    return "".join(fixed), tuple(dict.fromkeys(steps))


@cache
def _config() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(unescape_html=False, normalization=None)


def _drop_controls(text: str) -> tuple[str, tuple[str, ...]]:
    return _CONTROL.sub("", _ESCAPE.sub("", text)), ("control",)


def _drop_invisible(text: str) -> tuple[str, tuple[str, ...]]:
    spaced = _NO_SPACES.search(text) is not None
    text = _INVISIBLE.sub(lambda match: match.group() if spaced and match.group() == "\u200b" else "", text)
    if _RIGHT_TO_LEFT.search(text) is None:
        text = _DIRECTION.sub("", text)
    return text, ("invisible",)


STEPS: tuple[Callable[[str], tuple[str, tuple[str, ...]]], ...] = (
    _join_surrogates,  # first: nothing else can handle a lone one
    _read_entities,  # before mojibake: an entity may hide half of it
    _undo_mojibake,  # before controls: half of a broken Å is one
    _drop_controls,
    _drop_invisible,
)

_MATERIAL = (
    ("surrogate", _SURROGATE),
    ("entity", _ENTITY),
    ("control", _CONTROL),
    ("invisible", lazy_regex(_INVISIBLE.pattern[:-1] + _DIRECTION.pattern[1:])),
)


@attrs.frozen
class Repaired:
    """A line's readable text, where each stretch came from, and what was repaired."""

    text: str
    pieces: tuple[Piece, ...]
    fixes: tuple[Fix, ...]


def fix(raw: str, offset: int) -> Repaired:
    """
    The readable text of one suspicious line.

    Args:
        raw: the line as it came in, without its line break.
        offset: where it starts in the raw text.

    >>> fixed = fix("In MalmÃ¶ today", 100)
    >>> fixed.text, fixed.fixes[0].span
    ('In Malmö today', Span(start=103, end=109))

    """
    spaced = plain_spaces(raw.replace("\x85", "\x84"))  # half of a broken Å is no space to align by
    repaired, steps = repair(raw)
    text = plain_spaces(repaired)
    front = len(text) - len(text.lstrip(BLANK))
    text = text.strip(BLANK)
    if not steps or repaired == raw:
        start = offset + front
        pieces = (Piece(Span(0, len(text)), Span(start, start + len(text))),) if text else ()
        return Repaired(text, pieces, ())
    pieces_list: list[Piece] = []
    fixes: list[Fix] = []
    for here, there in _stretches(text, spaced):
        span = Span(there.start + offset, there.end + offset)
        before, after = spaced[there.start : there.end], text[here.start : here.end]
        if before != after and (before.strip(BLANK) or after.strip(BLANK)):
            fixes.append(Fix(span=span, before=shown(raw[there.start : there.end]), after=after, steps=_steps_of(before, steps)))
        if here.end > here.start:
            pieces_list.append(Piece(here, span))
    return Repaired(text, tuple(pieces_list), tuple(fixes))


_UNSHOWN = lazy_regex("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xad\ufff9-\ufffb\u180e]")


def shown(text: str) -> str:
    """
    `text` with everything visible and nothing that a terminal obeys: controls as their pictures, the rest by number.

    >>> shown("a\\x1b[31mb\\u202e")
    'a␛[31mb<U+202E>'
    """
    return _UNSHOWN.sub(lambda match: _picture(match.group()), text)


def _picture(letter: str) -> str:
    code = ord(letter)
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"<U+{code:04X}>"


def _steps_of(before: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a line's steps that this word gave material for."""
    named = {name for name, material in _MATERIAL if material.search(before)}
    known = {name for name, _ in _MATERIAL}
    coded = not before.isascii() or "entity" in named
    return tuple(step for step in steps if (step in named if step in known else coded)) or steps


_WORD = lazy_regex(r"\S+")


def _stretches(text: str, raw: str) -> Iterator[tuple[Span, Span]]:
    """
    Pair the stretches of a repaired text with those of its raw text, in order; together they cover both.

    Words that are equal on both sides anchor the rest. Two equally long, equal stretches are one piece.
    """
    here, there = list(_WORD.finditer(text)), list(_WORD.finditer(raw))
    done_here = done_there = 0
    equal: tuple[int, int, int, int] | None = None  # a growing stretch that is the same on both sides
    for i, j in _anchors([word.group() for word in here], [word.group() for word in there]):
        gap = (done_here, here[i].start(), done_there, there[j].start())
        word = (here[i].start(), here[i].end(), there[j].start(), there[j].end())
        for stretch in (*_trimmed(text, raw, gap), word):
            same = text[stretch[0] : stretch[1]] == raw[stretch[2] : stretch[3]]
            if same and equal is not None and equal[1] == stretch[0] and equal[3] == stretch[2]:
                equal = (equal[0], stretch[1], equal[2], stretch[3])
                continue
            if equal is not None:
                yield Span(equal[0], equal[1]), Span(equal[2], equal[3])
            equal = stretch if same else None
            if not same:
                yield Span(stretch[0], stretch[1]), Span(stretch[2], stretch[3])
        done_here, done_there = word[1], word[3]
    rest = list(_trimmed(text, raw, (done_here, len(text), done_there, len(raw))))
    if equal is not None:
        yield Span(equal[0], equal[1]), Span(equal[2], equal[3])
    for stretch in rest:
        yield Span(stretch[0], stretch[1]), Span(stretch[2], stretch[3])


def _trimmed(text: str, raw: str, gap: tuple[int, int, int, int]) -> Iterator[tuple[int, int, int, int]]:
    """A gap between anchors, its common white space apart, so that a fix holds the word alone."""
    a, b, c, d = gap
    start = 0
    while a + start < b and c + start < d and text[a + start] == raw[c + start] == " ":
        start += 1
    end = 0
    while a + start < b - end and c + start < d - end and text[b - end - 1] == raw[d - end - 1] == " ":
        end += 1
    for stretch in ((a, a + start, c, c + start), (a + start, b - end, c + start, d - end), (b - end, b, d - end, d)):
        if stretch[0] < stretch[1] or stretch[2] < stretch[3]:
            yield stretch


def _anchors(here: list[str], there: list[str]) -> Iterator[tuple[int, int]]:
    """
    Pairs of words that are the same word, in order.

    As a rule there are as many words on both sides, and those that gave no cause for repair stand at the same places: then
    all are pairs. Else only equal words are, and a stretch without any within `SYNC` words is skipped word by word.
    """
    if len(here) == len(there) and all(one == other or suspicious(other) for one, other in zip(here, there, strict=True)):
        yield from ((place, place) for place in range(len(here)))
        return
    i = j = 0
    while i < len(here) and j < len(there):
        if here[i] == there[j]:
            yield i, j
            i, j = i + 1, j + 1
            continue
        near: dict[str, int] = {}
        for ahead, word in enumerate(there[j : j + SYNC]):
            near.setdefault(word, ahead)
        ways = ((ahead + near[word], ahead, near[word]) for ahead, word in enumerate(here[i : i + SYNC]) if word in near)
        found = min(ways, default=(0, 1, 1))
        i, j = i + found[1], j + found[2]
