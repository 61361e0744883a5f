"""
Texts in, related pairs of them out: words, features, a join, an alignment and a verdict, block by block.

Texts of the same words are compared with others once; the one with the smallest place stands for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.align import Passages, align
from newsnorm.dedup.features import Features, features_of
from newsnorm.dedup.join import candidates, runs
from newsnorm.dedup.measures import Numbers, measure
from newsnorm.dedup.params import Params
from newsnorm.dedup.relate import NONE, judge
from newsnorm.dedup.words import Places, Words, words_of

Progress = Callable[[int, int], None]

BLOCK = 30_000
"""Pairs that are aligned at once: a bound on memory alone."""
KEPT = 60_000_000
"""Words that are kept in memory (18 bytes each); of a larger corpus the words of related texts are read a second time."""
READ = 2_000
"""Texts that are read between two words on progress."""


@attrs.frozen(eq=False, kw_only=True)
class Pairs:
    """Related pairs of texts of different words, in the order of their places."""

    pairs: Places
    kind: NDArray[np.int8]
    odds: Numbers
    """Log odds that the two are copies; minus infinity, where they have too little in common."""
    left_cover: Numbers
    right_cover: Numbers
    first: Places
    """Pair `i` has the spans ``first[i]`` to ``first[i + 1]``."""
    spans: NDArray[np.int32]
    """For each passage start and end in the left text, start and end in the right one, in code points."""

    def __len__(self) -> int:
        return len(self.pairs)


@attrs.frozen(eq=False, kw_only=True)
class Related:
    """What became of some texts."""

    twin: Places
    """For each text the first one of the same words: its own place, if there is none before it."""
    size: Places
    """Words of each text."""
    extent: NDArray[np.int32]
    """For each text where its first word begins and its last one ends."""
    pairs: Pairs


def related(texts: Sequence[str], params: Params, progress: Progress | None = None) -> Related:
    """
    Every related pair of some texts.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> found = related([report, "Rain in Ulm.", report + " Nobody was hurt, he said."], Params())
    >>> found.pairs.pairs.tolist(), found.pairs.right_cover.round(2).tolist()
    ([[0, 2]], [0.78])
    """
    reading = _Reading(texts, params, progress)
    features = reading.features()
    twin = _twins(reading)
    pairs = candidates(_of_first(features, twin), params)
    blocks = list(_compared(reading, pairs, progress))
    return Related(twin=twin, size=reading.sizes, extent=reading.extent, pairs=_together(blocks))


class _Reading:
    """The words of all texts, kept or read again when asked for."""

    def __init__(self, texts: Sequence[str], params: Params, progress: Progress | None) -> None:
        self._texts = texts
        self._params = params
        self._progress = progress
        self._kept: Words | None = None

    def features(self) -> Features:
        """Read every text once; its features."""
        words, features, kept = [], [], 0
        sizes, extents, wholes = [], [], []
        for begin in range(0, len(self._texts), READ):
            part = words_of(self._texts[begin : begin + READ])
            features.append(features_of(part, self._params))
            sizes.append(np.diff(part.offset))
            wholes.append(part.whole)
            extents.append(_extent(part))
            kept += len(part.hash)
            if kept <= KEPT:
                words.append(part)
            if self._progress:
                self._progress(min(begin + READ, len(self._texts)), 2 * len(self._texts))
        self._kept = _stacked(words) if 0 < kept <= KEPT else None
        self.sizes = np.concatenate([np.zeros(0, np.int64), *sizes])
        self.whole = np.concatenate([np.zeros(0, np.uint64), *wholes])
        self.extent = np.concatenate([np.zeros((0, 2), np.int32), *extents])
        counts = np.concatenate([np.zeros(0, np.int64), *(part.sizes for part in features)])
        hashes = np.concatenate([np.zeros(0, np.uint64), *(part.hash for part in features)])
        return Features(hash=hashes, offset=np.append(0, np.cumsum(counts)))

    def words(self, places: Places) -> tuple[Words, Places]:
        """Words that hold the texts at some places, and where each of these stands in them."""
        if self._kept is not None:
            return self._kept, places
        asked, at = np.unique(places, return_inverse=True)
        return words_of(self._texts[place] for place in asked.tolist()), at.reshape(places.shape)


def _extent(words: Words) -> NDArray[np.int32]:
    extent = np.zeros((len(words), 2), np.int32)
    some = np.flatnonzero(np.diff(words.offset))
    extent[some, 0] = words.start[words.offset[some]]
    extent[some, 1] = words.end[words.offset[some + 1] - 1]
    return extent


def _stacked(parts: Sequence[Words]) -> Words:
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


def _twins(reading: _Reading) -> Places:
    """For each text the first of the same words. Texts without words are like no other."""
    twin = np.arange(len(reading.sizes))
    order = np.argsort(reading.whole, kind="stable")
    start, length = runs(reading.whole[order].view(np.int64))
    for begin, many in zip(start[length > 1].tolist(), length[length > 1].tolist(), strict=True):
        group = order[begin : begin + many]
        if reading.sizes[group[0]]:
            words, at = reading.words(group)
            first = _words_at(words, int(at[0]))
            same = [bool(np.array_equal(first, _words_at(words, place))) for place in at.tolist()]
            twin[group[same]] = group[0]
    return twin


def _words_at(words: Words, text: int) -> NDArray[np.uint64]:
    return words.hash[words.offset[text] : words.offset[text + 1]]


def _of_first(features: Features, twin: Places) -> Features:
    """The features without those of texts that another one stands for."""
    first = twin == np.arange(len(twin))
    sizes = features.sizes
    return Features(hash=features.hash[np.repeat(first, sizes)], offset=np.append(0, np.cumsum(np.where(first, sizes, 0))))


def _compared(reading: _Reading, pairs: Places, progress: Progress | None) -> Iterator[Pairs]:
    """The verdicts over some candidates, without those that have nothing in common."""
    texts = len(reading.sizes)
    for begin in range(0, len(pairs), BLOCK):
        block = pairs[begin : begin + BLOCK]
        words, at = reading.words(block)
        passages = align(words, at)
        measures = measure(words, at, passages)
        verdicts = judge(measures)
        kept = np.flatnonzero(verdicts.kind != NONE)
        first, spans = _spans(words, at, passages, kept)
        yield Pairs(
            pairs=block[kept],
            kind=verdicts.kind[kept],
            odds=verdicts.odds[kept],
            left_cover=measures.left_cover[kept],
            right_cover=measures.right_cover[kept],
            first=first,
            spans=spans,
        )
        if progress:
            progress(texts + texts * min(begin + BLOCK, len(pairs)) // len(pairs), 2 * texts)


def _spans(words: Words, pairs: Places, passages: Passages, kept: Places) -> tuple[Places, NDArray[np.int32]]:
    """The passages of the pairs that are kept, in code points."""
    reported = np.zeros(len(pairs), np.bool_)
    reported[kept] = True
    place = np.flatnonzero(reported[passages.pair])
    columns = (
        words.start[passages.left_start[place]],
        words.end[passages.left_end[place] - 1],
        words.start[passages.right_start[place]],
        words.end[passages.right_end[place] - 1],
    )
    counts = np.bincount(passages.pair[place], minlength=len(pairs))[kept]
    return np.append(0, np.cumsum(counts)), np.stack(columns, 1)


def _together(blocks: Sequence[Pairs]) -> Pairs:
    counts = [np.diff(block.first) for block in blocks]
    return Pairs(
        pairs=np.concatenate([np.zeros((0, 2), np.int64), *(block.pairs for block in blocks)]),
        kind=np.concatenate([np.zeros(0, np.int8), *(block.kind for block in blocks)]),
        odds=np.concatenate([np.zeros(0), *(block.odds for block in blocks)]),
        left_cover=np.concatenate([np.zeros(0), *(block.left_cover for block in blocks)]),
        right_cover=np.concatenate([np.zeros(0), *(block.right_cover for block in blocks)]),
        first=np.append(0, np.cumsum(np.concatenate([np.zeros(0, np.int64), *counts]))),
        spans=np.concatenate([np.zeros((0, 4), np.int32), *(block.spans for block in blocks)]),
    )
