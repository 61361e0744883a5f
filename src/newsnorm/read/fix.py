"""
Repair characters; only this module does, and only it imports ftfy.

Correct text must not change. So a line is repaired only if it contains something suspicious; it is then repaired as a whole,
since ftfy needs context, and aligned with the raw text word by word, in linear time.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import attrs

from newsnorm.read.limits import blocks
from newsnorm.records import Fix, Piece, Span
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import SOUTH_EAST_ASIAN

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

ENTITY_LEVELS = 2
"""How often entities are read: enough for ``&amp;amp;eacute;`` and no more (ftfy takes 29 s for 40 KB of ``&amp;amp;amp;…``)."""

SYNC = 12
"""Number of words to search ahead if repaired and raw text differ, since ftfy occasionally joins two words."""

SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
)
"""White space other than the plain space."""

FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
"""Hangul and Braille letters that are invisible."""

BLANK = f" {SPACES}{FILLERS}"
"""Invisible characters."""

_MARKS = "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_UNSEEN = lazy_regex(f"[{BLANK}{_MARKS}\u034f\u061c\u180b-\u180f\U000e0000-\U000e0fff]+")
"""Characters that are invisible by themselves: spaces, joiners, direction marks, variation selectors, tags."""
_SURROGATE = lazy_regex("[\ud800-\udfff]")
_ENTITY = lazy_regex(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPE = lazy_regex(r"\x1b\[[0-9;?]{0,32}[@-~]")
_CONTROL = lazy_regex("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
_INVISIBLE = lazy_regex("[\xad\u200b\u2060-\u2064\u206a-\u206f\ufeff\u180e\u202d\u202e]")
_INVISIBLE_AMID_THAI = lazy_regex(_INVISIBLE.pattern.replace("\u200b", ""))
_DIRECTION = lazy_regex("[\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_RIGHT_TO_LEFT = lazy_regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NO_SPACES = lazy_regex(f"[{SOUTH_EAST_ASIAN}]")  # U+200B parts their words

_SINGLE = "\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u180e\ufff9-\ufffb\ud800-\udfff"
_SINGLE_ASCII = lazy_regex("[\x00-\x08\x0e-\x1b\x7f]")

# Mojibake is a lead character followed by one that stands for a byte from 0x80 to 0xBF, which is nearly always a symbol. A text
# without such a pair would pass ftfy's own, slower test; `tests/read/test_fix.py` makes sure that the two agree.
_POINTS = "‘’“”–—…„«»‹›•"
_SYMBOLS = "¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊�ªº│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓¡¿©΄΅‚®˝™¢£¥₧€²³¹±¼½¾×µ÷⁄∂∆∏∑√∞∩∫≈≠≡≤≥№¶§°·´"
_CAPITALS = "À-ÑØÙÚÜÝÞĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒŘŚŞŠŢŤŮŰŸŹŻŽҐ"
_LEADS = f"{_CAPITALS}√‚≈\u2500-\u257f"
_CAUSE = lazy_regex(  # first one class, which `re` finds quickly; then a look back at which member of it was met
    f"[{_SINGLE}{_SYMBOLS}{_POINTS}{_LEADS}œŒв](?:(?<=[{_SINGLE}])|(?<=[^\x00-\x7f{_POINTS}][{_SYMBOLS}{_POINTS}])"
    f"|(?<=[{_LEADS}])[^\x00-\x7f]|(?<=[œŒ])[^A-Za-z]|(?<=в)Ђ|(?<=[ÂÃ]) )"
)


class Causes:
    """
    Finds, from left to right, where a text may need repair.

    >>> causes = Causes("Malmö, MalmÃ¶, R&amp;D")
    >>> causes.next(0), causes.next(13), causes.next(17)
    (11, 16, 22)
    """

    def __init__(self, text: str) -> None:
        pattern = _SINGLE_ASCII if text.isascii() else _CAUSE
        self._text = text
        self._patterns = (pattern, _ENTITY) if "&" in text else (pattern,)
        self._places = [-1] * len(self._patterns)

    def next(self, start: int) -> int:
        """Return the place of the first cause from `start` on, or the length of the text; `start` may only grow."""
        text, places = self._text, self._places
        for number, pattern in enumerate(self._patterns):
            if places[number] < start:
                match = pattern.search(text, start)
                places[number] = match.start() if match else len(text)
        return min(places)


def suspicious(text: str) -> bool:
    """
    Return False only if nothing in `text` needs repair; True is not certain.

    >>> suspicious("MalmÃ¶"), suspicious("Malmö"), suspicious("R&amp;D")
    (True, False, True)
    """
    pattern = _SINGLE_ASCII if text.isascii() else _CAUSE
    return pattern.search(text) is not None or ("&" in text and _ENTITY.search(text) is not None)


def seen(text: str) -> str:
    """
    Return a line, or an empty text if all of it is invisible.

    >>> seen("\\u200d\\ufe0f"), seen("می\\u200cرود") == "می\\u200cرود"
    ('', True)
    """
    return "" if text and not text[0].isalnum() and _UNSEEN.fullmatch(text) else text


def plain_spaces(text: str) -> str:
    """Turn each white space character into a plain space, keeping the length."""
    for space in SPACES:  # over all lines of a page at once; `re` and str.translate take three and twenty times as long
        text = text.replace(space, " ")
    return text


@attrs.frozen
class Change:
    """The result of one or more repair steps."""

    text: str
    steps: tuple[str, ...] = ()
    """The names of the steps, in order; meaningless if the text is unchanged."""


def repair(text: str) -> Change:
    """
    Repair a line.

    Surrogates are joined or become U+FFFD, entities are read, mojibake is undone by ftfy, and control and invisible characters
    are dropped. Curly quotes, dashes, ligatures and widths are left alone.

    Returns:
        The repaired line, and the names of the steps that changed it.

    >>> repair("Caf\u00c3\u00a9 &amp; bar")
    Change(text='Café & bar', steps=('entity', 'encode latin-1', 'decode utf-8'))

    """
    steps: list[str] = []
    for step in STEPS:
        change = step(text)
        if change.text != text:
            text = change.text
            steps.extend(change.steps)
    return Change(text, tuple(steps))


def _join_surrogates(text: str) -> Change:
    """Join pairs of surrogates; a lone one becomes U+FFFD."""
    if _SURROGATE.search(text) is None:
        return Change(text)
    return Change(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), ("surrogate",))


def _read_entities(text: str) -> Change:
    """Read entities, except in a line with a tag, which is markup or about markup (ftfy has the same rule)."""
    if "&" not in text or "<" in text:
        return Change(text)
    for _ in range(ENTITY_LEVELS):
        text = _ENTITY.sub(_entity, text)
    return Change(text, ("entity",))


def _entity(match: re.Match[str]) -> str:
    """Read one entity; unknown ones are left alone."""
    name = match.group()[1:]
    if name.startswith("#"):
        return html.unescape(match.group()) or match.group()
    return html.entities.html5.get(name, match.group())


_FINE = lazy_regex(
    r"(?<![^\W\d_])[ÅØ][²³½¼¾]"  # 20 Å², Ø½: a unit, a diameter
    r"|“[^“”]{0,120}Ã”|‘[^‘’]{0,120}Ã’"  # “A IRMÃ”: a word that ends on Ã before the quote that closes
)
"""Correct pairs that ftfy takes for mojibake. A line that is suspicious for no other reason is left alone."""


_MEETING_QUOTES = lazy_regex(r"(?<=[^\W\d_][à-ï][”’»…–—])(?=[“‘«”’])|(?<=[^\W\d_][à-ï])(?=[”’»…–—][“‘«”’])")
"""Between an accented letter and adjacent quotes after it (``la cité”“C’est``): ftfy takes the
three for the bytes of ``锓``."""
_APART = "\u2063"
"""An invisible separator that no text needs; the step after the next one drops it."""


def _undo_mojibake(text: str) -> Change:
    """Undo wrong decoding, except for adjacent quotes after an accented letter."""
    if _MEETING_QUOTES.search(text) is None:
        return _undo_in_blocks(text)
    change = _undo_in_blocks(_MEETING_QUOTES.sub(_APART, text))
    return attrs.evolve(change, text=change.text.replace(_APART, ""))


def _undo_in_blocks(text: str) -> Change:
    """Undo wrong decoding, block by block."""
    if text.isascii() or (_FINE.search(text) is not None and not suspicious(_FINE.sub("", text))):
        return Change(text)
    fixed: list[str] = []
    steps: list[str] = []
    for start, end in blocks(text):
        change = _decode_again(text[start:end])
        fixed.append(change.text)
        steps += change.steps
    return Change("".join(fixed), tuple(dict.fromkeys(steps)))


_LOST_BYTE = lazy_regex(r"â€(?=[\s.,;:!?)\]]|\Z)")
"""A closing quote (``â€`` and U+009D) whose control character a tool dropped. ftfy takes the space after it for the
lost byte, and reads a dagger."""


def _restore_lost_byte(text: str) -> Change:
    """Restore the control character that a tool dropped from the mojibake of closing quotes."""
    return Change(_LOST_BYTE.sub("â€\x9d", text), ("restore byte 9d",))


def _decode_again(text: str) -> Change:
    """
    Undo wrong decoding with ftfy until nothing changes.

    ftfy's last resort, reading C1 controls as cp1252, is done here, since ftfy calls a function for each control.
    """
    import ftfy

    steps: list[str] = []
    while True:
        explained = ftfy.fix_encoding_and_explain(text, _config())
        steps.extend(f"{step.action} {step.parameter}" for step in explained.explanation or ())
        if _C1.search(explained.text) is None:
            return Change(explained.text, tuple(steps))
        steps.append("transcode fix_c1_controls")
        text = explained.text.translate(_c1_letters())
        if text == explained.text:
            return Change(text, tuple(steps))


_C1 = lazy_regex("[\x80-\x9f]")


@cache
def _c1_letters() -> dict[int, str]:
    """C1 control → the character at its place in cp1252; five have none."""
    return {code: letter for code in range(0x80, 0xA0) if (letter := bytes([code]).decode("cp1252", "ignore"))}


@cache
def _config() -> TextFixerConfig:
    """Return an ftfy configuration that only undoes wrong decoding."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(unescape_html=False, normalization=None, fix_c1_controls=False)


def _drop_controls(text: str) -> Change:
    """Drop terminal escape sequences, then control characters."""
    return Change(_CONTROL.sub("", _ESCAPE.sub("", text)), ("control",))


def _drop_invisible(text: str) -> Change:
    """Drop invisible characters, except direction marks in right-to-left text and spaces between Thai words."""
    invisible = _INVISIBLE if _NO_SPACES.search(text) is None else _INVISIBLE_AMID_THAI
    text = invisible.sub("", text)
    if _RIGHT_TO_LEFT.search(text) is None:
        text = _DIRECTION.sub("", text)
    return Change(text, ("invisible",))


STEPS: tuple[Callable[[str], Change], ...] = (
    _join_surrogates,  # first: nothing else can handle a lone one
    _read_entities,  # before mojibake: an entity may hide half of it
    _restore_lost_byte,  # before mojibake, which it completes
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
_MATERIAL_NAMES = frozenset(name for name, _ in _MATERIAL)


@attrs.frozen
class Repaired:
    """A line's readable text, the origin of each stretch, and the repairs."""

    text: str
    pieces: tuple[Piece, ...]
    fixes: tuple[Fix, ...]

    def moved(self, offset: int) -> Repaired:
        """Return this repair for an equal line that starts `offset` code points further on."""
        pieces = tuple(Piece(piece.text, _moved(piece.raw, offset)) for piece in self.pieces)
        fixes = tuple(
            Fix(span=_moved(fix.span, offset), before=fix.before, after=fix.after, steps=fix.steps) for fix in self.fixes
        )
        return Repaired(self.text, pieces, fixes)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


class LineRepairs:
    """Repairs the lines of one page; repeated lines are repaired once."""

    def __init__(self) -> None:
        self._done: dict[str, tuple[int, Repaired]] = {}  # a line: where it first stood, and its repair there

    def fix(self, raw: str, offset: int) -> Repaired:
        """Repair a line as `fix` does."""
        if raw in self._done:
            first, repaired = self._done[raw]
            return repaired.moved(offset - first)
        repaired = fix(raw, offset)
        self._done[raw] = offset, repaired
        return repaired


def fix(raw: str, offset: int) -> Repaired:
    """
    Make the readable text of one suspicious line.

    Args:
        raw: the raw line, without its line break.
        offset: where it starts in the raw text, in code points.

    >>> fixed = fix("In MalmÃ¶ today", 100)
    >>> fixed.text, fixed.fixes[0].span
    ('In Malmö today', Span(start=103, end=109))

    """
    change = repair(raw)
    text = plain_spaces(change.text)
    front = len(text) - len(text.lstrip(BLANK))
    text = seen(text.strip(BLANK))
    if not change.steps or change.text == raw:
        start = offset + front
        pieces = (Piece(Span(0, len(text)), Span(start, start + len(text))),) if text else ()
        return Repaired(text, pieces, ())
    spaced = _spaced(raw)
    described = _WordFixes(change.steps)
    pieces_list: list[Piece] = []
    fixes: list[Fix] = []
    for begin, end, raw_begin, raw_end in _stretches(text, spaced):
        span = Span(raw_begin + offset, raw_end + offset)
        before, after = spaced[raw_begin:raw_end], text[begin:end]
        if before != after and (before.strip(BLANK) or after.strip(BLANK)):
            broken, its_steps = described[raw[raw_begin:raw_end]]
            fixes.append(Fix(span=span, before=broken, after=after, steps=its_steps))
        if end > begin:
            pieces_list.append(Piece(Span(begin, end), span))
    return Repaired(text, tuple(pieces_list), tuple(fixes))


def _spaced(raw: str) -> str:
    """Turn white space of the raw text into plain spaces for the alignment, except U+0085, which is half of a broken ``Å``."""
    return plain_spaces(raw.replace("\x85", "\x84"))


class _WordFixes(dict[str, tuple[str, tuple[str, ...]]]):
    """Maps each broken word of a line to its visible form, and to the repair steps of the line that apply to it."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__()
        self._steps = steps

    def __missing__(self, word: str) -> tuple[str, tuple[str, ...]]:
        described = self[word] = shown(word), _steps_of(_spaced(word), self._steps)
        return described


class _Pictures(dict[int, str]):
    """Maps letters to themselves, and unprintable characters to a picture or their number (for str.translate)."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if _UNSHOWN.search(letter):
            letter = chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"<U+{code:04X}>"
        self[code] = letter
        return letter


_UNSHOWN = lazy_regex("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xad\ufff9-\ufffb\u180e]")
_PICTURES = _Pictures()


def shown(text: str) -> str:
    """
    Make everything in `text` visible and safe for a terminal: controls become pictures, other unprintable characters numbers.

    >>> shown("a\\x1b[31mb\\u202e")
    'a␛[31mb<U+202E>'
    """
    return text.translate(_PICTURES) if _UNSHOWN.search(text) else text


def _steps_of(word: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the repair steps of a line that apply to one of its broken words."""
    named = {name for name, material in _MATERIAL if material.search(word)}
    coded = not word.isascii() or "entity" in named
    return tuple(step for step in steps if (step in named if step in _MATERIAL_NAMES else coded)) or steps


_WORD = lazy_regex(r"\S+")

_Stretch: TypeAlias = tuple[int, int, int, int]
"""Start and end in the repaired text, then in the raw text. A tuple, since a long line has hundreds of thousands."""


def _stretches(text: str, raw: str) -> Iterator[_Stretch]:
    """
    Pair the stretches of a repaired text with stretches of its raw text, in order; together they cover both.

    Words that are equal in both texts are anchors. Neighbouring equal words form one stretch.
    """
    equal: _Stretch | None = None  # a growing stretch that is the same on both sides
    for stretch in _aligned(text, raw):
        begin, end, raw_begin, raw_end = stretch
        if text[begin:end] == raw[raw_begin:raw_end]:
            equal = stretch if equal is None else (equal[0], end, equal[2], raw_end)
            continue
        if equal is not None:
            yield equal
            equal = None
        yield stretch
    if equal is not None:
        yield equal


def _aligned(text: str, raw: str) -> Iterator[_Stretch]:
    """Pair anchored words and the gaps between them, in order; neighbouring stretches touch."""
    here = [word.span() for word in _WORD.finditer(text)]
    there = [word.span() for word in _WORD.finditer(raw)]
    done = raw_done = 0
    for i, j in _anchors([text[a:b] for a, b in here], [raw[a:b] for a, b in there]):
        begin, end = here[i]
        raw_begin, raw_end = there[j]
        yield from _trimmed(text, raw, (done, begin, raw_done, raw_begin))
        yield begin, end, raw_begin, raw_end
        done, raw_done = end, raw_end
    yield from _trimmed(text, raw, (done, len(text), raw_done, len(raw)))


def _trimmed(text: str, raw: str, gap: _Stretch) -> Iterator[_Stretch]:
    """Trim common white space off a gap between anchors, so that a fix covers only the word; drop empty gaps."""
    a, b, c, d = gap
    if text[a:b] == raw[c:d]:
        if a < b:
            yield gap
        return
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
    Pair the places of corresponding words, in order.

    Usually both texts have equally many words, and words without cause for repair are at the same places; then all are paired.
    Otherwise only equal words are paired, and a stretch without any within `SYNC` words is skipped word by word.
    """
    if len(here) == len(there) and all(one == other or suspicious(other) for one, other in set(zip(here, there, strict=True))):
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
