"""
What are the words of some texts? Flat arrays for all of them, with no Python object for a word.

A word is a 64-bit hash of its letters, without case and accents. The scheme is our own and frozen: the letters' classes come
from Unicode 3.2, which Python carries unchanged for ever, and ``tests/fixtures/dedup/golden.json`` holds its results. So an
index written on one machine is read on any other.

A script that is written without spaces (Chinese, Japanese, Thai …) has a word at each letter: the letter with its follower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from unicodedata import ucd_3_2_0 as unicode

import attrs
import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Offsets = NDArray[np.int32]
Flags = NDArray[np.bool_]
Kinds = NDArray[np.uint8]

CHUNK = 120_000
"""Code points that are hashed at once: what fits the cache of a processor."""
LONGEST = 2_000_000
"""Code points of a text that are read; what lies beyond is not compared, and `Deduplication.notes` says so."""

_SEPARATOR, _LETTER, _DROPPED, _DIGIT, _LONE, _FAR = range(6)
_NUL, _NEWLINE, _HYPHEN = 0, 10, 45
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_BASE = 0xD6E8FEB86659FD93
_TABLE = 1 << 16
_LATIN = 0x530
"""Below it lie the letters of Latin, Greek and Cyrillic scripts."""
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),  # ideographs
    (0xE000, 0xF8FF),  # private use; the planes above the first are folded into it
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
)
_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0487),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
)
"""Accents, points and stretching that one outlet prints and another leaves out; the vowel signs of India are letters."""
_WHOLE = dict(zip("łøđħŧı", "lodhti", strict=True))
"""Letters with a stroke or without a dot are letters of their own for Unicode, and often printed plain."""
_IGNORED = "'’‘`´ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SIGNS = ((0x2000, 0x2BFF), (0x2E00, 0x2E7F), (0x3000, 0x303F), (0xD800, 0xDFFF), (0xFE00, 0xFE6F), (0xFFF0, 0xFFFF))


@attrs.frozen(eq=False, kw_only=True)
class Words:
    """The words of some texts, one after the other."""

    hash: Hashes
    start: Offsets
    """Where each begins in its text, in code points."""
    end: Offsets
    number: Flags
    """Whether it is a number."""
    content: Flags
    """Whether it is long enough to mean something by itself."""
    offset: Places
    """Text `i` has the words ``offset[i]`` to ``offset[i + 1]``."""
    whole: Hashes
    """A hash of all words of a text, in their order."""

    def __len__(self) -> int:
        return len(self.offset) - 1

    @cached_property
    def numbers(self) -> Places:
        """Where the numbers stand, found once for all blocks of pairs."""
        return np.flatnonzero(self.number)

    def of(self, text: int) -> Hashes:
        """The words of one text."""
        return self.hash[self.offset[text] : self.offset[text + 1]]

    def only(self, text: int) -> Words:
        """One text alone."""
        some = slice(self.offset[text], self.offset[text + 1])
        return Words(
            hash=self.hash[some],
            start=self.start[some],
            end=self.end[some],
            number=self.number[some],
            content=self.content[some],
            offset=self.offset[text : text + 2] - self.offset[text],
            whole=self.whole[text : text + 1],
        )


def stacked(parts: Sequence[Words]) -> Words:
    """Some words, one after the other."""
    sizes = np.concatenate([np.diff(part.offset) for part in parts])
    return Words(
        hash=np.concatenate([part.hash for part in parts]),
        start=np.concatenate([part.start for part in parts]),
        end=np.concatenate([part.end for part in parts]),
        number=np.concatenate([part.number for part in parts]),
        content=np.concatenate([part.content for part in parts]),
        offset=np.append(0, np.cumsum(sizes)),
        whole=np.concatenate([part.whole for part in parts]),
    )


def words_of(texts: Iterable[str]) -> Words:
    """
    The words of each text.

    >>> words = words_of(["Łódź is cut off.", "LODZ — is cut off"])
    >>> words.offset.tolist(), [int(end) for end in words.end[:4]]
    ([0, 4, 8], [4, 7, 11, 15])
    >>> bool((words.hash[1:4] == words.hash[5:]).all())
    True
    """
    return stacked([_hashed(chunk) for chunk in _chunks(texts)] or [_hashed(())])


def mixed(numbers: Hashes) -> Hashes:
    """Numbers whose every bit depends on every bit of those given."""
    stirred = (numbers ^ (numbers >> np.uint64(30))) * _SECOND
    return stirred ^ (stirred >> np.uint64(29))


def joined(left: Hashes, right: Hashes) -> Hashes:
    """A hash for each pair; the order counts."""
    return mixed(left * _FIRST + right)


def _chunks(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        text = text[:LONGEST]
        if chunk and size + len(text) > CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(text.replace("\x00", " ") if "\x00" in text else text)
        size += len(text) + 1
    if chunk:
        yield chunk


def _hashed(texts: Sequence[str]) -> Words:
    value, kinds, _ = _alphabet()
    letters = np.frombuffer("".join(f"{text}\x00" for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    if letters.size and letters.max() >= _TABLE:
        letters = _within_table(letters)
    kind = kinds[letters]
    kept = None
    dropped = kind == _DROPPED
    _drop_line_hyphens(letters, kind, dropped)
    if dropped.any():
        kept = np.flatnonzero(~dropped)
        letters, kind = letters[kept], kind[kept]
    first, last = _edges(kind)
    size = last - first
    power, inverse = _powers(1 << max(16, len(letters).bit_length()))
    with np.errstate(over="ignore"):
        sums = np.append(np.uint64(0), np.cumsum(value[letters] * power[: len(letters)]))
        hashes = mixed((sums[last] - sums[first]) * inverse[first])
        lone = kind[first] == _LONE
        if lone.any():
            _follow(hashes, first, last, lone)
        ends = np.searchsorted(first, np.flatnonzero(letters == _NUL))
        counts = np.diff(np.append(0, ends))
        total = np.append(np.uint64(0), np.cumsum(hashes * power[: len(hashes)]))
        offset = np.append(0, ends)
        whole = mixed((total[offset[1:]] - total[offset[:-1]]) * inverse[offset[:-1]] + counts.astype(np.uint64))
    latin = letters[first] < _LATIN
    begins = _beginnings(texts)
    shift = np.repeat(begins, counts)
    return Words(
        hash=hashes,
        start=((first if kept is None else kept[first]) - shift).astype(np.int32),
        end=((last if kept is None else kept[last - 1] + 1) - shift).astype(np.int32),
        number=(kind[first] == _DIGIT) & (kind[last - 1] == _DIGIT),
        content=(size >= np.where(latin, 4, 3)) | lone,
        offset=offset,
        whole=whole,
    )


def _beginnings(texts: Sequence[str]) -> Places:
    sizes = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    return np.cumsum(sizes) - sizes


def _within_table(letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Letters beyond the first plane as ones of private use, emoji and tags as separators."""
    sign = ((letters >= 0x1F000) & (letters < 0x20000)) | (letters >= 0xE0000)
    far = letters >= _TABLE
    return np.where(far, np.where(sign, 0x2BFF, 0xE000 + letters % 0x1800), letters).astype(np.uint32)


def _drop_line_hyphens(letters: NDArray[np.uint32], kind: Kinds, dropped: Flags) -> None:
    """A word that a line's end cuts in two is one word: the hyphen and the break between small letters are dropped."""
    place = np.flatnonzero((letters[1:-2] == _HYPHEN) & (letters[2:-1] == _NEWLINE)) + 1
    if len(place):
        letter = (kind == _LETTER) | (kind == _FAR)
        place = place[letter[place - 1] & letter[place + 2] & _alphabet()[2][letters[place + 2]]]
        dropped[place] = dropped[place + 1] = True


def _edges(kind: Kinds) -> tuple[Places, Places]:
    """Where words begin and where they end."""
    word = kind != _SEPARATOR
    if not len(kind) or kind.max() <= _DIGIT:
        edge = np.flatnonzero(word[1:] != word[:-1]) + 1
        edge = np.append(0, edge) if len(kind) and word[0] else edge
        return edge[0::2], edge[1::2]  # the last letter of a chunk is a separator
    parted = _parted(kind[:-1], kind[1:])
    first = np.flatnonzero(word & np.append(True, ~word[:-1] | parted))
    return first, np.flatnonzero(word & np.append(~word[1:] | parted, True)) + 1


def _parted(left: Kinds, right: Kinds) -> Flags:
    """Whether neighbours are two words: letters of a script without spaces, and a number glued to a letter of a far script."""
    lone = (left == _LONE) | (right == _LONE)
    glued: Flags = lone | ((left == _DIGIT) & (right == _FAR)) | ((left == _FAR) & (right == _DIGIT))
    return glued


def _follow(hashes: Hashes, first: Places, last: Places, lone: Flags) -> None:
    """A letter of a script without spaces counts together with the one that follows it."""
    near = np.flatnonzero(lone[:-1] & lone[1:] & (last[:-1] == first[1:]))
    hashes[near] = joined(hashes[near], hashes[near + 1])


@cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Powers of the base of the letters' polynomial, and their inverses."""
    inverse = pow(_BASE, -1, 1 << 64)
    with np.errstate(over="ignore"):
        return tuple(  # type: ignore[return-value]
            np.cumprod(np.append(np.uint64(1), np.full(size - 1, base, np.uint64)), dtype=np.uint64) for base in (_BASE, inverse)
        )


@cache
def _alphabet() -> tuple[Hashes, Kinds, Flags]:
    """For each code point of the first plane: the hash of its small letter without accents, its kind, and whether it is small."""
    base = np.arange(_TABLE, dtype=np.uint64)
    kind = np.full(_TABLE, _LETTER, np.uint8)
    small = np.zeros(_TABLE, np.bool_)
    for code in (*range(0x3400), *range(0xFA00, _TABLE)):
        letter = chr(code)
        category = unicode.category(letter)
        if category == "Nd":
            kind[code], base[code] = _DIGIT, ord("0") + unicode.digit(letter)
        elif category[0] in "LMN":
            base[code] = ord(_folded(letter))
            small[code] = letter.lower() == letter
        elif category != "Cn":
            kind[code] = _SEPARATOR
    kind[_LATIN:][kind[_LATIN:] == _LETTER] = _FAR
    for spans, of in ((_SIGNS, _SEPARATOR), (_WITHOUT_SPACES, _LONE), (_MARKS, _DROPPED)):
        for start, stop in spans:
            stretch = kind[start : stop + 1]
            stretch[(stretch != _SEPARATOR) & (stretch != _DIGIT) if of != _SEPARATOR else slice(None)] = of
    kind[[ord(letter) for letter in _IGNORED]] = _DROPPED
    kind[_NUL] = _SEPARATOR
    with np.errstate(over="ignore"):
        value = mixed((base + np.uint64(1)) * _FIRST) | np.uint64(1)
    value[(kind == _SEPARATOR) | (kind == _DROPPED)] = 0
    return value, kind, small


def _folded(letter: str) -> str:
    """The small letter without accents; itself, if it stands for several."""
    letter = _WHOLE.get(letter.lower(), letter.lower())
    if len(letter) == 1 and not unicode.decomposition(letter):
        return letter
    plain = unicode.normalize("NFKD", letter)
    bare = [sign for sign in plain if unicode.category(sign) != "Mn"]
    return bare[0].lower() if len(bare) == 1 and len(bare[0].lower()) == 1 else letter[0]
