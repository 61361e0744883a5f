"""
Cut texts into tokens and hash them: flat arrays for a whole batch of texts, and no Python object per token.

A token is a word, as a 64-bit hash of its letters without case and accents. In scripts that are written without spaces (Chinese,
Japanese, Thai …) each letter is a token, hashed together with the next letter.

The hash of a word is a polynomial over its letters, so that the hashes of all words come from one cumulative sum: with
``sums[i]`` the sum of ``value[j] * base ** j`` over all ``j < i``, the word from `first` to `last` hashes to ``(sums[last] -
sums[first]) * base ** -first``. All arithmetic is modulo 2 ** 64.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Hashes, Indices, offsets
from newsnorm.dedup.hashing import combine_hashes, mix64
from newsnorm.dedup.text.alphabet import (
    DIGIT,
    FIRST_OTHER_SCRIPT,
    IGNORED,
    LETTER,
    OTHER_LETTER,
    PLANE,
    SEPARATOR,
    UNSPACED,
    CharacterKinds,
    alphabet,
    into_first_plane,
)

TextPositions: TypeAlias = NDArray[np.int32]
"""Positions in a text, in code points."""

MAX_TEXT_LENGTH = 2_000_000
"""Number of code points of a text that are compared; `Deduplication.notes` names longer texts."""
_NUL, _NEWLINE, _HYPHEN = 0, 10, 45
_BASE = 0xD6E8FEB86659FD93


@attrs.frozen(eq=False, kw_only=True)
class TokenBatch:
    """The tokens of some texts, one text after the other: columns with one entry a token, and two with one entry a text."""

    hash: Hashes
    start: TextPositions
    """Start of each token in its text, in code points."""
    end: TextPositions
    is_number: Flags
    is_content: Flags
    """Whether the token is long enough to be a content word."""
    is_name: Flags
    """Whether the token begins with a capital (Latin, Greek, Cyrillic) and a single character parts it from the token before, so
    that it does not begin a sentence."""
    offset: Indices
    """Shape (texts + 1,): text `i` has the tokens from ``offset[i]`` to below ``offset[i + 1]``."""
    text_hash: Hashes
    """Shape (texts,): a hash of all tokens of a text in their order."""

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.offset) - 1

    @cached_property
    def sizes(self) -> Indices:
        """Number of tokens of each text."""
        return np.diff(self.offset)

    @cached_property
    def number_indices(self) -> Indices:
        """Indices of the tokens that are numbers."""
        return np.flatnonzero(self.is_number)

    @cached_property
    def name_indices(self) -> Indices:
        """Indices of the tokens that are names."""
        return np.flatnonzero(self.is_name)

    def hashes_of(self, text: int) -> Hashes:
        """Return the token hashes of one text."""
        return self.hash[self.offset[text] : self.offset[text + 1]]

    def only(self, text: int) -> TokenBatch:
        """Return a batch of one of the texts."""
        tokens = slice(self.offset[text], self.offset[text + 1])
        return TokenBatch(
            hash=self.hash[tokens],
            start=self.start[tokens],
            end=self.end[tokens],
            is_number=self.is_number[tokens],
            is_content=self.is_content[tokens],
            is_name=self.is_name[tokens],
            offset=self.offset[text : text + 2] - self.offset[text],
            text_hash=self.text_hash[text : text + 1],
        )


def concatenate(batches: Sequence[TokenBatch]) -> TokenBatch:
    """Concatenate batches, of which there must be at least one."""
    if len(batches) == 1:
        return batches[0]
    return TokenBatch(
        hash=np.concatenate([batch.hash for batch in batches]),
        start=np.concatenate([batch.start for batch in batches]),
        end=np.concatenate([batch.end for batch in batches]),
        is_number=np.concatenate([batch.is_number for batch in batches]),
        is_content=np.concatenate([batch.is_content for batch in batches]),
        is_name=np.concatenate([batch.is_name for batch in batches]),
        offset=offsets(np.concatenate([batch.sizes for batch in batches])),
        text_hash=np.concatenate([batch.text_hash for batch in batches]),
    )


def tokenize(texts: Iterable[str], *, chunk: int = 120_000) -> TokenBatch:
    """
    Cut each text into tokens.

    Args:
        texts: only the first `MAX_TEXT_LENGTH` code points of each are read.
        chunk: code points to hash at once, as many as fit a processor's cache; changes no result.

    >>> tokens = tokenize(["Łódź is cut off.", "LODZ — is cut off"])
    >>> tokens.offset.tolist(), tokens.end[:4].tolist()
    ([0, 4, 8], [4, 7, 11, 15])
    >>> bool((tokens.hash[:4] == tokens.hash[4:]).all())
    True

    """
    return concatenate([_tokenize_chunk(each) for each in _chunks(texts, chunk)] or [_tokenize_chunk(())])


def _chunks(texts: Iterable[str], most: int) -> Iterator[Sequence[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        text = text[:MAX_TEXT_LENGTH]
        if chunk and size + len(text) > most:
            yield chunk
            chunk, size = [], 0
        chunk.append(text.replace("\x00", " ") if "\x00" in text else text)
        size += len(text) + 1
    if chunk:
        yield chunk


@attrs.frozen(eq=False)
class _Characters:
    """The characters of a chunk that are not ignored; every text is followed by a NUL."""

    code: Indices
    """Code points, as 64-bit numbers, which index tables without being converted."""
    kind: CharacterKinds
    position: Indices | None
    """Position of each character in the chunk; None if nothing was ignored, so that indices are positions."""

    def starts(self, first: Indices) -> Indices:
        """Return the positions at which tokens start, given the indices of their first characters."""
        return first if self.position is None else self.position[first]

    def ends(self, last: Indices) -> Indices:
        """Return the positions at which tokens end, given the indices after their last characters."""
        return last if self.position is None else self.position[last - 1] + 1


def _tokenize_chunk(texts: Sequence[str]) -> TokenBatch:
    characters = _read_characters(texts)
    code, kind = characters.code, characters.kind
    first, last = _token_edges(kind)
    hashes = _polynomial_hashes(alphabet().value[code], first, last)
    unspaced = kind[first] == UNSPACED
    if unspaced.any():
        _combine_with_followers(hashes, first, last, unspaced)
    ends = np.searchsorted(first, np.flatnonzero(code == _NUL))  # the token after the last one of each text
    offset = np.append(0, ends)
    counts = np.diff(offset)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    text_start = np.repeat(np.cumsum(lengths) - lengths, counts)
    min_content_length = np.where(code[first] < FIRST_OTHER_SCRIPT, 4, 3)
    start, end = characters.starts(first), characters.ends(last)
    is_name = (kind[first] == LETTER) & ~alphabet().is_lowercase[code[first]]
    is_name[1:] &= start[1:] - end[:-1] == 1
    is_name[offset[:-1][counts > 0]] = False
    return TokenBatch(
        hash=hashes,
        start=(start - text_start).astype(np.int32),
        end=(end - text_start).astype(np.int32),
        is_name=is_name,
        is_number=(kind[first] == DIGIT) & (kind[last - 1] == DIGIT),
        is_content=(last - first >= min_content_length) | unspaced,
        offset=offset,
        text_hash=_polynomial_hashes(hashes, offset[:-1], offset[1:], counts.astype(np.uint64)),
    )


def _read_characters(texts: Sequence[str]) -> _Characters:
    """Classify the characters of a chunk, and drop ignored ones."""
    raw = np.frombuffer("".join(f"{text}\x00" for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    code = (into_first_plane(raw) if raw.max(initial=0) >= PLANE else raw).astype(np.int64)
    kind = alphabet().kind[code]
    ignored = kind == IGNORED
    _ignore_line_hyphens(code, kind, ignored)
    if not ignored.any():
        return _Characters(code, kind, None)
    position = np.flatnonzero(~ignored)
    return _Characters(code[position], kind[position], position)


def _ignore_line_hyphens(code: Indices, kind: CharacterKinds, ignored: Flags) -> None:
    """Mark, in place, hyphen and line break between two letters if the second one is lower-case: they split a word."""
    hyphen = np.flatnonzero((code[1:-2] == _HYPHEN) & (code[2:-1] == _NEWLINE)) + 1
    if len(hyphen):
        is_letter = (kind == LETTER) | (kind == OTHER_LETTER)
        hyphen = hyphen[is_letter[hyphen - 1] & is_letter[hyphen + 2] & alphabet().is_lowercase[code[hyphen + 2]]]
        ignored[hyphen] = ignored[hyphen + 1] = True


def _token_edges(kind: CharacterKinds) -> tuple[Indices, Indices]:
    """Return the index of the first character of each token, and the index after its last one."""
    inside = kind != SEPARATOR
    if not len(kind) or kind.max() <= DIGIT:  # only spaced scripts: tokens are the runs between separators
        edge = np.flatnonzero(inside[1:] != inside[:-1]) + 1
        edge = np.append(0, edge) if len(kind) and inside[0] else edge
        return edge[0::2], edge[1::2]  # the last character is a NUL, a separator
    cut = _is_cut_between(kind[:-1], kind[1:])
    first = np.flatnonzero(inside & np.append(True, ~inside[:-1] | cut))
    return first, np.flatnonzero(inside & np.append(~inside[1:] | cut, True)) + 1


def _is_cut_between(left: CharacterKinds, right: CharacterKinds) -> Flags:
    """Return whether neighbours belong to different tokens: unspaced letters, or a digit beside a letter of another script."""
    unspaced = (left == UNSPACED) | (right == UNSPACED)
    cut: Flags = unspaced | ((left == DIGIT) & (right == OTHER_LETTER)) | ((left == OTHER_LETTER) & (right == DIGIT))
    return cut


def _combine_with_followers(hashes: Hashes, first: Indices, last: Indices, unspaced: Flags) -> None:
    """Hash, in place, each letter of an unspaced script together with the next letter, if that follows directly."""
    followed = np.flatnonzero(unspaced[:-1] & unspaced[1:] & (last[:-1] == first[1:]))
    hashes[followed] = combine_hashes(hashes[followed], hashes[followed + 1])


def _polynomial_hashes(values: Hashes, first: Indices, last: Indices, added: Hashes | None = None) -> Hashes:
    """
    Hash the slices of some values from `first` to below `last`; equal slices have equal hashes, whatever their position.

    `added` is a number per slice that enters its hash as well.
    """
    powers = _powers(1 << max(16, len(values).bit_length()))
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * powers.power[: len(values)], out=sums[1:])
    polynomial = (sums[last] - sums[first]) * powers.inverse[first]
    return mix64(polynomial if added is None else polynomial + added)


@attrs.frozen(eq=False)
class _Powers:
    power: Hashes
    """``_BASE ** i`` for each `i`."""
    inverse: Hashes
    """``_BASE ** -i`` for each `i`, modulo 2 ** 64."""


@cache
def _powers(size: int) -> _Powers:
    def powers_of(base: int) -> Hashes:
        factors = np.append(np.uint64(1), np.full(size - 1, base, np.uint64))
        return np.cumprod(factors, dtype=np.uint64)

    return _Powers(powers_of(_BASE), powers_of(pow(_BASE, -1, 1 << 64)))
