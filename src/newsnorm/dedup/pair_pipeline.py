"""
Texts in, related pairs of them out: words, features, a join, an alignment and a verdict, block by block.

Texts of the same words are compared with others once; the one with the smallest place stands for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import parts, runs
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import Features, features_of
from newsnorm.dedup.propose.join import candidates
from newsnorm.dedup.text.tokens import Flags, Places, Words, stacked, words_of
from newsnorm.dedup.verify.align import Passages, align
from newsnorm.dedup.verify.classify import NONE, judge
from newsnorm.dedup.verify.measures import Cells, Numbers, measure

Progress = Callable[[int, int], None]

BLOCK = 30_000
"""Pairs whose words are read at once: a bound on memory alone."""
ALIGNED = 2_000_000
"""Words of the shorter texts that are aligned at once: the same."""
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
    cells: Cells
    """Where in the left and in the right text the passages lie."""
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
        sizes, places, wholes = [], [], []
        for begin in range(0, len(self._texts), READ):
            part = words_of(self._texts[begin : begin + READ])
            features.append(features_of(part, self._params))
            sizes.append(np.diff(part.offset))
            wholes.append(part.whole)
            places.append(extents(part))
            kept += len(part.hash)
            words.append(part)
            if kept > KEPT:
                words.clear()
            if self._progress:
                self._progress(min(begin + READ, len(self._texts)), 2 * len(self._texts))
        self._kept = stacked(words) if 0 < kept <= KEPT else None
        self.sizes = np.concatenate([np.zeros(0, np.int64), *sizes])
        self.whole = np.concatenate([np.zeros(0, np.uint64), *wholes])
        self.extent = np.concatenate([np.zeros((0, 2), np.int32), *places])
        counts = np.concatenate([np.zeros(0, np.int64), *(part.sizes for part in features)])
        hashes = np.concatenate([np.zeros(0, np.uint64), *(part.hash for part in features)])
        return Features(hash=hashes, offset=np.append(0, np.cumsum(counts)))

    def words(self, places: Places) -> tuple[Words, Places]:
        """Words that hold the texts at some places, and where each of these stands in them."""
        if self._kept is not None:
            return self._kept, places
        asked, at = np.unique(places, return_inverse=True)
        return words_of(self._texts[place] for place in asked.tolist()), at.reshape(places.shape)


def extents(words: Words) -> NDArray[np.int32]:
    """For each text where its first word begins and its last one ends, in code points."""
    extent = np.zeros((len(words), 2), np.int32)
    some = np.flatnonzero(np.diff(words.offset))
    extent[some, 0] = words.start[words.offset[some]]
    extent[some, 1] = words.end[words.offset[some + 1] - 1]
    return extent


def _twins(reading: _Reading) -> Places:
    """For each text the first of the same words. Texts without words are like no other."""
    twin = np.arange(len(reading.sizes))
    order = np.argsort(reading.whole, kind="stable")
    start, length = runs(reading.whole[order].view(np.int64))
    for begin, many in zip(start[length > 1].tolist(), length[length > 1].tolist(), strict=True):
        group = order[begin : begin + many]
        if reading.sizes[group[0]]:
            words, at = reading.words(group)
            same = [bool(np.array_equal(words.of(int(at[0])), words.of(place))) for place in at.tolist()]
            twin[group[same]] = group[0]
    return twin


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
        found = judged(words, at)
        yield attrs.evolve(found, pairs=block[found.pairs])
        if progress:
            progress(texts + texts * min(begin + BLOCK, len(pairs)) // len(pairs), 2 * texts)


def judged(words: Words, pairs: Places) -> Pairs:
    """The verdicts over some pairs, block by block; see `_judged`."""
    size = np.diff(words.offset)
    blocks = []
    for begin, end in parts(np.minimum(size[pairs[:, 0]], size[pairs[:, 1]]), ALIGNED):
        found = _judged(words, pairs[begin:end])
        blocks.append(attrs.evolve(found, pairs=found.pairs + begin))
    return _together(blocks, (0,))


def _judged(words: Words, pairs: Places) -> Pairs:
    """
    What some pairs of texts have in common; those that have nothing are left out.

    Which text is aligned to which depends on their words alone, so that neither ids nor the order of adding change a verdict.

    Returns:
        the verdicts; their `pairs` are places in what was given, one column.

    """
    size = np.diff(words.offset)
    left, right = pairs[:, 0], pairs[:, 1]
    longer = (size[left] > size[right]) | ((size[left] == size[right]) & (words.whole[left] > words.whole[right]))
    ordered = np.where(longer[:, None], pairs[:, ::-1], pairs)
    by_left = np.lexsort((ordered[:, 1], ordered[:, 0]))
    turned = ordered[by_left]
    passages = align(words, turned)
    measures = measure(words, turned, passages)
    verdicts = judge(measures)
    place = np.empty(len(pairs), np.int64)
    place[by_left] = np.arange(len(pairs))
    kept = np.flatnonzero(verdicts.kind[place] != NONE)
    at, flipped = place[kept], longer[kept]
    cells = np.stack([measures.left_cells[at], measures.right_cells[at]], 1)
    cells[flipped] = cells[flipped, ::-1]
    first, spans = _spans(words, passages, at, flipped, len(pairs))
    return Pairs(
        pairs=kept,
        kind=verdicts.kind[at],
        odds=verdicts.odds[at],
        left_cover=np.where(flipped, measures.right_cover[at], measures.left_cover[at]),
        right_cover=np.where(flipped, measures.left_cover[at], measures.right_cover[at]),
        cells=cells,
        first=first,
        spans=spans,
    )


def _spans(words: Words, passages: Passages, at: Places, flipped: Flags, many: int) -> tuple[Places, NDArray[np.int32]]:
    """The passages of the pairs that are kept, in code points, in the order of the pairs and of their left texts."""
    row = np.full(many, -1, np.int64)
    row[at] = np.arange(len(at))
    owner = row[passages.pair]
    held = np.flatnonzero(owner >= 0)
    owner = owner[held]
    short = (words.start[passages.left_start[held]], words.end[passages.left_end[held] - 1])
    long = (words.start[passages.right_start[held]], words.end[passages.right_end[held] - 1])
    turn = flipped[owner]
    columns = [np.where(turn, theirs, ours) for ours, theirs in zip((*short, *long), (*long, *short), strict=True)]
    order = np.lexsort((columns[0], owner))
    counts = np.bincount(owner, minlength=len(at))
    return np.append(0, np.cumsum(counts)), np.stack(columns, 1)[order].astype(np.int32)


def _together(blocks: Sequence[Pairs], shape: tuple[int, ...] = (0, 2)) -> Pairs:
    counts = [np.diff(block.first) for block in blocks]
    return Pairs(
        pairs=np.concatenate([np.zeros(shape, np.int64), *(block.pairs for block in blocks)]),
        kind=np.concatenate([np.zeros(0, np.int8), *(block.kind for block in blocks)]),
        odds=np.concatenate([np.zeros(0), *(block.odds for block in blocks)]),
        left_cover=np.concatenate([np.zeros(0), *(block.left_cover for block in blocks)]),
        right_cover=np.concatenate([np.zeros(0), *(block.right_cover for block in blocks)]),
        cells=np.concatenate([np.zeros((0, 2), np.uint32), *(block.cells for block in blocks)]),
        first=np.append(0, np.cumsum(np.concatenate([np.zeros(0, np.int64), *counts]))),
        spans=np.concatenate([np.zeros((0, 4), np.int32), *(block.spans for block in blocks)]),
    )
