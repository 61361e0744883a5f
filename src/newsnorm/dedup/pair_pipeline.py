"""
Relate texts: tokenize, sample features, propose pairs, align them and classify them, block by block.

Of several texts with the same tokens, only the first one, the canonical text, is compared with other texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Floats, Indices, blocks, distinct, offsets, runs, slices
from newsnorm.dedup.params import BatchSizes, Params
from newsnorm.dedup.propose.candidates import candidate_pairs
from newsnorm.dedup.propose.features import FeatureBatch, sample_features
from newsnorm.dedup.text.tokens import TokenBatch, concatenate, tokenize
from newsnorm.dedup.verify.align import Bigrams, Passages, align, unique_bigrams
from newsnorm.dedup.verify.classify import UNRELATED, classify, is_scored, overlaps
from newsnorm.dedup.verify.measures import Bitmaps, measure, measure_common

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the amount of work done and the total, in the same unit."""
Extents: TypeAlias = NDArray[np.int32]
"""Shape (texts, 2): where the first token of each text starts and its last one ends, in code points."""


@attrs.frozen(eq=False, kw_only=True)
class RelatedPairs:
    """Related pairs of texts with different tokens: columns, one entry a pair."""

    pairs: Indices
    """Indices of the left and the right text, shape (pairs, 2)."""
    kind: NDArray[np.int8]
    log_odds: Floats
    """Log odds that the two are copies of one report, not capped by cover; minus infinity if they have too little in common to
    be scored."""
    left_cover: Floats
    right_cover: Floats
    coverage: Bitmaps
    """Shape (pairs, 2): where the passages are in the left and in the right text."""
    span_offset: Indices
    """Shape (pairs + 1,): pair `i` has the spans from ``span_offset[i]`` to below ``span_offset[i + 1]``."""
    spans: NDArray[np.int32]
    """Shape (passages, 4): start and end in the left text, start and end in the right text, in code points."""

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def covers(self) -> Floats:
        """Shape (pairs, 2): the covers of the left and of the right text."""
        return np.stack([self.left_cover, self.right_cover], 1)


@attrs.frozen(eq=False, kw_only=True)
class RelatedTexts:
    """Some texts, as columns with one entry per text, and their related pairs."""

    canonical: Indices
    """Index of the first text with the same tokens; the text's own index if there is none before it."""
    size: Indices
    """Number of tokens."""
    extent: Extents
    pairs: RelatedPairs


def relate_texts(
    texts: Sequence[str], params: Params, progress: Progress | None = None, sizes: BatchSizes | None = None
) -> RelatedTexts:
    """
    Find every related pair of some texts.

    Args:
        texts: the texts.
        params: how candidates are found.
        progress: called from time to time.
        sizes: how much to process at once.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> found = relate_texts([report, "Rain in Ulm.", report + " Nobody was hurt, he said."], Params())
    >>> found.pairs.pairs.tolist(), found.pairs.right_cover.round(2).tolist()
    ([[0, 2]], [0.78])

    """
    sizes = sizes or BatchSizes()
    tokenized = _tokenize_all(texts, params, progress, sizes)
    canonical = _find_exact_duplicates(tokenized)
    pairs = candidate_pairs(_features_of_canonical(tokenized.features, canonical), params, sizes)
    compared = list(_compare_blocks(tokenized, pairs, progress, sizes))
    return RelatedTexts(canonical=canonical, size=tokenized.size, extent=tokenized.extent, pairs=_concatenate(compared))


@attrs.frozen(eq=False, kw_only=True)
class _Tokenized:
    """Texts with their features and sizes; their tokens are kept in memory if they fit, and otherwise made again on request."""

    texts: Sequence[str]
    features: FeatureBatch
    size: Indices
    text_hash: NDArray[np.uint64]
    extent: Extents
    kept: TokenBatch | None

    def tokens_of(self, texts: Indices) -> tuple[TokenBatch, Indices]:
        """Return a batch that includes the tokens of some distinct, ascending texts, and the index of each text in the batch."""
        if self.kept is not None:
            return self.kept, texts
        return tokenize(self.texts[text] for text in texts.tolist()), np.arange(len(texts))


def _tokenize_all(texts: Sequence[str], params: Params, progress: Progress | None, sizes: BatchSizes) -> _Tokenized:
    kept: list[TokenBatch] = []
    features: list[FeatureBatch] = []
    size, text_hash, extent = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)], [np.zeros((0, 2), np.int32)]
    count = 0
    for begin in range(0, len(texts), sizes.texts):
        tokens = tokenize(texts[begin : begin + sizes.texts])
        features.append(sample_features(tokens, params))
        size.append(tokens.sizes)
        text_hash.append(tokens.text_hash)
        extent.append(text_extents(tokens))
        count += len(tokens.hash)
        kept.append(tokens)
        if count > sizes.kept_tokens:
            kept.clear()
        if progress:
            progress(min(begin + sizes.texts, len(texts)), 2 * len(texts))
    feature_counts = np.concatenate([np.zeros(0, np.int64), *(part.sizes for part in features)])
    hashes = np.concatenate([np.zeros(0, np.uint64), *(part.hash for part in features)])
    return _Tokenized(
        texts=texts,
        features=FeatureBatch(hash=hashes, offset=offsets(feature_counts)),
        size=np.concatenate(size),
        text_hash=np.concatenate(text_hash),
        extent=np.concatenate(extent),
        kept=concatenate(kept) if 0 < count <= sizes.kept_tokens else None,
    )


def text_extents(tokens: TokenBatch) -> Extents:
    """Return where the first token of each text starts and its last one ends; zeros for a text without tokens."""
    extent = np.zeros((len(tokens), 2), np.int32)
    some = np.flatnonzero(tokens.sizes)
    extent[some, 0] = tokens.start[tokens.offset[some]]
    extent[some, 1] = tokens.end[tokens.offset[some + 1] - 1]
    return extent


def _find_exact_duplicates(tokenized: _Tokenized) -> Indices:
    """Return the canonical text of each text. A text without tokens duplicates no other."""
    canonical = np.arange(len(tokenized.size))
    order = np.argsort(tokenized.text_hash, kind="stable")
    start, length = runs(tokenized.text_hash[order].view(np.int64))
    for begin, many in zip(start[length > 1].tolist(), length[length > 1].tolist(), strict=True):
        group = order[begin : begin + many]  # ascending, since the sort is stable
        if tokenized.size[group[0]]:
            tokens, at = tokenized.tokens_of(group)
            first = tokens.hashes_of(int(at[0]))
            equal = [bool(np.array_equal(first, tokens.hashes_of(each))) for each in at.tolist()]
            canonical[group[equal]] = group[0]
    return canonical


def _features_of_canonical(features: FeatureBatch, canonical: Indices) -> FeatureBatch:
    """Drop the features of exact duplicates, so that they are in no proposed pair."""
    is_canonical = canonical == np.arange(len(canonical))
    sizes = features.sizes
    return FeatureBatch(hash=features.hash[np.repeat(is_canonical, sizes)], offset=offsets(np.where(is_canonical, sizes, 0)))


def _compare_blocks(
    tokenized: _Tokenized, pairs: Indices, progress: Progress | None, sizes: BatchSizes
) -> Iterator[RelatedPairs]:
    """Compare proposed pairs of texts: all at once if the tokens are in memory, and block by block otherwise."""
    texts_count = len(tokenized.size)

    def report(done: int) -> None:
        if progress:
            progress(texts_count + texts_count * done // len(pairs), 2 * texts_count)

    if tokenized.kept is not None:
        yield compare_pairs(tokenized.kept, pairs, sizes.aligned_tokens, report)[1]
        return
    for begin in range(0, len(pairs), sizes.pairs):
        block = pairs[begin : begin + sizes.pairs]
        texts, row = np.unique(block, return_inverse=True)
        tokens = tokenized.tokens_of(texts)[0]
        _, found = compare_pairs(tokens, row.reshape(block.shape), sizes.aligned_tokens)
        yield attrs.evolve(found, pairs=texts[found.pairs])
        report(begin + len(block))


def compare_pairs(
    tokens: TokenBatch,
    pairs: Indices,
    aligned_tokens: int = BatchSizes().aligned_tokens,
    report: Callable[[int], None] | None = None,
) -> tuple[Indices, RelatedPairs]:
    """
    Align and classify some pairs.

    The shorter text of each pair is aligned to the longer one, so that neither ids nor the order of arrival change a relation.
    Pairs with the same longer text are aligned side by side, and the results are converted back to the given order.

    Args:
        tokens: the tokens of all texts.
        pairs: indices of texts with different tokens, shape (pairs, 2).
        aligned_tokens: tokens of the shorter texts to align at once.
        report: called from time to time with the number of pairs compared.

    Returns:
        the rows of `pairs` that are related, ascending, and the related pairs themselves.

    """
    size, text_hash = tokens.sizes, tokens.text_hash
    left, right = pairs[:, 0], pairs[:, 1]
    is_turned = (size[left] > size[right]) | ((size[left] == size[right]) & (text_hash[left] > text_hash[right]))
    ordered = np.where(is_turned[:, None], pairs[:, ::-1], pairs)
    row_of = np.lexsort((ordered[:, 0], ordered[:, 1]))  # row of `pairs` that holds each aligned pair
    aligned = ordered[row_of]
    bigrams = unique_bigrams(tokens, distinct(pairs, len(tokens)))
    rows, found = [np.zeros(0, np.int64)], []
    for begin, end in blocks(size[aligned[:, 0]], aligned_tokens):
        related, block = _compare_block(tokens, bigrams, aligned[begin:end], is_turned[row_of[begin:end]])
        rows.append(row_of[begin:end][related])
        found.append(block)
        if report:
            report(end)
    row = np.concatenate(rows)
    order = np.argsort(row)
    return row[order], _take(_concatenate(found), order)


def _compare_block(tokens: TokenBatch, bigrams: Bigrams, aligned: Indices, is_turned: Flags) -> tuple[Indices, RelatedPairs]:
    """
    Align and classify pairs of a shorter and a longer text, and swap the sides of results that are turned.

    Args:
        tokens: the tokens of all texts.
        bigrams: their bigrams.
        aligned: indices of texts, shape (pairs, 2), the shorter text left.
        is_turned: for each pair, whether its left text was given as the right one.

    Returns:
        the rows of `aligned` that are related, ascending, and the related pairs as they were given.

    """
    passages = align(tokens, aligned, bigrams)
    common = measure_common(tokens, aligned, passages)
    measured = np.flatnonzero(is_scored(common) | overlaps(common))
    aligned, is_turned, passages = aligned[measured], is_turned[measured], passages.only(measured)
    measures = measure(tokens, aligned, passages)
    verdicts = classify(measures)
    row = np.flatnonzero(verdicts.kind != UNRELATED)
    turned = is_turned[row]
    pairs, coverage = aligned[row], np.stack([measures.left_coverage[row], measures.right_coverage[row]], 1)
    pairs[turned], coverage[turned] = pairs[turned, ::-1], coverage[turned, ::-1]
    span_offset, spans = _passage_spans(tokens, passages, row, turned)
    return measured[row], RelatedPairs(
        pairs=pairs,
        kind=verdicts.kind[row],
        log_odds=verdicts.log_odds[row],
        left_cover=np.where(turned, measures.right_cover[row], measures.left_cover[row]),
        right_cover=np.where(turned, measures.left_cover[row], measures.right_cover[row]),
        coverage=coverage,
        span_offset=span_offset,
        spans=spans,
    )


def _passage_spans(tokens: TokenBatch, passages: Passages, rows: Indices, turned: Flags) -> tuple[Indices, NDArray[np.int32]]:
    """
    Convert passages to code points, by pair and then by their position in the left text.

    Args:
        tokens: the tokens of all texts.
        passages: aligned passages.
        rows: the aligned pairs to convert, in the order of the result.
        turned: for each of these pairs, whether left and right have to be swapped.

    """
    place = np.full(len(passages.swapped), -1, np.int64)  # place in the result of each aligned pair
    place[rows] = np.arange(len(rows))
    wanted = np.flatnonzero(place[passages.pair] >= 0)
    owner = place[passages.pair[wanted]]
    ours = (tokens.start[passages.left_start[wanted]], tokens.end[passages.left_end[wanted] - 1])
    theirs = (tokens.start[passages.right_start[wanted]], tokens.end[passages.right_end[wanted] - 1])
    swap = turned[owner]
    columns = [np.where(swap, other, own) for own, other in zip((*ours, *theirs), (*theirs, *ours), strict=True)]
    order = np.lexsort((columns[0], owner))
    return offsets(np.bincount(owner, minlength=len(rows))), np.stack(columns, 1)[order].astype(np.int32)


def _concatenate(parts: Sequence[RelatedPairs]) -> RelatedPairs:
    span_counts = [np.diff(part.span_offset) for part in parts]
    return RelatedPairs(
        pairs=np.concatenate([np.zeros((0, 2), np.int64), *(part.pairs for part in parts)]),
        kind=np.concatenate([np.zeros(0, np.int8), *(part.kind for part in parts)]),
        log_odds=np.concatenate([np.zeros(0), *(part.log_odds for part in parts)]),
        left_cover=np.concatenate([np.zeros(0), *(part.left_cover for part in parts)]),
        right_cover=np.concatenate([np.zeros(0), *(part.right_cover for part in parts)]),
        coverage=np.concatenate([np.zeros((0, 2), np.uint32), *(part.coverage for part in parts)]),
        span_offset=offsets(np.concatenate([np.zeros(0, np.int64), *span_counts])),
        spans=np.concatenate([np.zeros((0, 4), np.int32), *(part.spans for part in parts)]),
    )


def _take(pairs: RelatedPairs, rows: Indices) -> RelatedPairs:
    """Return some of the related pairs, in the order of `rows`."""
    start, count = pairs.span_offset[rows], np.diff(pairs.span_offset)[rows]
    return RelatedPairs(
        pairs=pairs.pairs[rows],
        kind=pairs.kind[rows],
        log_odds=pairs.log_odds[rows],
        left_cover=pairs.left_cover[rows],
        right_cover=pairs.right_cover[rows],
        coverage=pairs.coverage[rows],
        span_offset=offsets(count),
        spans=pairs.spans[slices(start, count)],
    )
