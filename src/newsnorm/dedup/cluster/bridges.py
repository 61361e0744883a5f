"""
Correct pairs with cluster evidence: discount templates and furniture, and find round-ups that bridge two stories.

A stretch of a text that occurs in many other clusters is a template: a form, or the frame of a series. It proves little, like
the furniture of a site. Any other stretch that occurs in other clusters is another story. A text that contains part of another
story and only part of its own cluster's story is a round-up, and its pairs bridge the two stories; a report into which a
paragraph of another report was inserted contains its own story whole, on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Floats, Indices, is_member, runs, slices
from newsnorm.dedup.cluster.furniture import furniture_cells
from newsnorm.dedup.cluster.sides import Sides
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.verify.classify import cap_partial_copies
from newsnorm.dedup.verify.measures import CELLS, Bitmaps, count_cells

Scalar = TypeVar("Scalar", bound=np.generic)

TEMPLATE_CLUSTERS = 5
"""The fewest other clusters that make a stretch of a text a template."""
TEMPLATE_DISCOUNT = 2.0
"""Log odds that a pair loses if everything it has in common is template; otherwise it loses in proportion."""
SAME_REPORT_COVER = 0.85
"""The smallest cover of both texts, templates and furniture around the passages aside, with which they print the same report."""
SAME_REPORT_ODDS = 1.0
"""The least log odds of such a pair: the lines around the report were counted against it."""
MIN_STORY_CELLS = 4
"""The fewest cells of a text (an eighth of it) that make another story."""
MIN_STORY_SHARE = 0.2
"""The smallest share of another story's tokens that a round-up contains."""
WHOLE_STORY_SHARE = 0.9
"""The smallest share of another story's tokens with which a text tells it whole; it is then a round-up even if it tells its own
cluster's story whole, too."""
MAX_OWN_SHARE = 0.85
"""The largest share of its own cluster's tokens that a round-up contains."""
MAX_PART_SHARE = 0.9
"""The largest share of a story of which a text holds a part; more is the whole story without its headline."""
MIN_UNINVOLVED_SHARE = 0.65
"""Share of the tokens of the related texts in its cluster that must not tell the other story."""
MAX_SHARED_CELLS = 2
"""The most cells that two parts of a text have in common: where they meet, and by coincidence."""
WHOLE_CELLS = 29
"""The fewest cells of a text (nine in ten) that another text must cover to contain it whole."""


@attrs.frozen(eq=False, kw_only=True)
class CrossClusterOverlap:
    """What texts have in common with clusters other than their own: columns, one entry per text and cluster, ascending."""

    text: Indices
    cluster: Indices
    coverage: Bitmaps
    """Where the text has passages in common with the cluster."""
    share: Floats
    """Share of the tokens in the cluster's texts related to the text that the text contains."""
    template: Bitmaps
    """Cells of the text that are template or furniture; the same bitmap in all entries of a text."""

    @classmethod
    def of(cls, sides: Sides, size: Indices, labels: Indices) -> CrossClusterOverlap:
        """Sum up the pairs of each text with the texts of each other cluster."""
        cluster = labels[sides.other]
        away = np.flatnonzero(labels[sides.text] != cluster)
        away = away[np.lexsort((cluster[away], sides.text[away]))]
        start, _ = runs(sides.text[away] * len(labels) + cluster[away])
        text = sides.text[away][start]
        furniture = furniture_cells(sides, labels)
        coverage = _reduce(np.bitwise_or, sides.coverage[away], start)
        held = _reduce(np.add, sides.held[away], start)
        return cls(
            text=text,
            cluster=cluster[away][start],
            coverage=coverage,
            share=held / _reduce(np.add, size[sides.other[away]], start),
            template=_cells_of_many_clusters(text, coverage) | furniture[text],
        )

    def templates(self, count: int) -> Bitmaps:
        """Return the cells of each of `count` texts that are template or furniture."""
        cells = np.zeros(count, np.uint32)
        cells[self.text] = self.template
        return cells


def weigh_pairs(pairs: RelatedPairs, size: Indices, labels: Indices) -> Floats:
    """
    Return the log odds of each pair, judged on what is neither template nor furniture.

    Where these stand outside the passages, they don't count as text of which too little is in common; where a passage consists of
    them, it proves little.

    Args:
        pairs: related pairs.
        size: number of tokens of each text.
        labels: the present cluster of each text.

    """
    template = CrossClusterOverlap.of(Sides.of(pairs, size), size, labels).templates(len(labels))[pairs.pairs]
    own_share = (count_cells(pairs.coverage & ~template) / np.maximum(1, count_cells(pairs.coverage))).min(axis=1)
    around = count_cells(template & ~pairs.coverage)  # shape (pairs, 2)
    cover = pairs.covers * CELLS / np.maximum(1, CELLS - around)
    same_report = (cover.min(axis=1) >= SAME_REPORT_COVER) & (around.max(axis=1) > 0)
    odds = np.where(same_report, np.maximum(pairs.log_odds, SAME_REPORT_ODDS), pairs.log_odds)
    capped = cap_partial_copies(cover.max(axis=1), odds)
    lowered: Floats = np.round(capped - TEMPLATE_DISCOUNT * (1 - own_share), 4)
    return lowered


def find_bridges(pairs: RelatedPairs, size: Indices, printings: Indices, labels: Indices) -> Indices:
    """
    Return the indices of the pairs within a cluster in which one text is a round-up.

    Args:
        pairs: related pairs.
        size: number of tokens of each text.
        printings: number of texts with the same tokens as each text, itself included.
        labels: the present cluster of each text.

    """
    sides = Sides.of(pairs, size)
    overlap = CrossClusterOverlap.of(sides, size, labels)
    return np.union1d(_bridges_to_other_clusters(sides, overlap, size, labels), _bridges_within(sides, size, printings, labels))


def _bridges_to_other_clusters(sides: Sides, overlap: CrossClusterOverlap, size: Indices, labels: Indices) -> Indices:
    """
    Find the pairs in which one text also tells another cluster's story, and only part of its own cluster's.

    Texts of its cluster that tell the other story as well are copies of the round-up, and are not cut from it. If few others
    remain, the other story was taken from this one. Template cells of the other texts need not be contained.
    """
    story = overlap.coverage & ~overlap.template
    asked = np.flatnonzero((overlap.share >= MIN_STORY_SHARE) & (count_cells(story) >= MIN_STORY_CELLS))
    row, side = _own_cluster_sides(sides, overlap.text[asked], labels)
    entry = asked[row]  # entry of `overlap` and index into `sides`, for each text of the own cluster related to an asked text
    if not len(entry):
        return entry
    tells = overlap.share >= MIN_STORY_SHARE
    involved = is_member(
        sides.other[side] * len(labels) + overlap.cluster[entry], (overlap.text * len(labels) + overlap.cluster)[tells]
    )
    template = overlap.templates(len(labels))[sides.other[side]] & ~sides.other_coverage[side]
    expected = np.maximum(1, size[sides.other[side]] * (CELLS - count_cells(template)))  # tokens times CELLS
    start, length = runs(entry)
    mostly_uninvolved = np.add.reduceat(expected * ~involved, start) > MIN_UNINVOLVED_SHARE * np.add.reduceat(expected, start)
    kept = ~involved & np.repeat(mostly_uninvolved, length)
    entry, side, expected = entry[kept], side[kept], expected[kept]
    start, length = runs(entry)
    own = _reduce(np.bitwise_or, sides.coverage[side], start)
    own_share = CELLS * _reduce(np.add, sides.held[side], start) / _reduce(np.add, expected, start)
    first = entry[start]
    other_story = story[first] & ~own
    tells_other_story = (count_cells(other_story) >= MIN_STORY_CELLS) & ~_lies_between(other_story, own)
    is_round_up = tells_other_story & ((own_share <= MAX_OWN_SHARE) | (overlap.share[first] >= WHOLE_STORY_SHARE))
    return np.unique(sides.pair[side[np.repeat(is_round_up, length)]])


def _own_cluster_sides(sides: Sides, texts: Indices, labels: Indices) -> tuple[Indices, Indices]:
    """Join texts with their sides within their own cluster: return rows of `texts`, and for each an index into `sides`."""
    within = np.flatnonzero(labels[sides.text] == labels[sides.other])
    within = within[np.argsort(sides.text[within], kind="stable")]
    first = np.searchsorted(sides.text[within], texts)
    count = np.searchsorted(sides.text[within], texts, "right") - first
    return np.repeat(np.arange(len(texts)), count), within[slices(first, count)]


@attrs.frozen(eq=False)
class _PossibleRoundUp:
    """A text that connects two groups of texts in its cluster, which share different parts of it."""

    text: int
    groups: tuple[Indices, Indices]
    """Its pairs with the texts of each group, as indices into `Sides`."""


def _bridges_within(sides: Sides, size: Indices, printings: Indices, labels: Indices) -> Indices:
    """
    Find the pairs in which one text has joined two stories into one cluster.

    Two groups of texts share different parts of it, and no relation connects the groups. The text is a round-up if it contains
    both in part. Groups that it contains whole are excerpts of it, unless each was printed more often than the text itself.
    """
    multi_story, part = _find_multi_story_texts(sides, labels)
    if not multi_story.any():
        return sides.pair[:0]
    copies = printings.copy()
    beside = np.flatnonzero((labels[sides.text] == labels[sides.other]) & multi_story[sides.other])
    np.add.at(copies, sides.text[beside], printings[sides.other[beside]])
    related = np.sort(sides.text * len(labels) + sides.other)
    cut = [sides.pair[:0]]
    for each in _possible_round_ups(sides, multi_story, part):
        ours, theirs = (sides.other[group] for group in each.groups)
        shares = [sides.held[group].sum() / max(1, size[sides.other[group]].sum()) for group in each.groups]
        around, inside = (np.bitwise_or.reduce(sides.coverage[group], keepdims=True) for group in each.groups)
        if _lies_between(inside, around)[0]:
            cut.append(sides.pair[each.groups[1]])
            continue
        holds_parts = min(shares) >= MIN_STORY_SHARE and max(shares) <= MAX_PART_SHARE
        if holds_parts or min(printings[ours].sum(), printings[theirs].sum()) > copies[each.text]:
            fewer, more = sorted((ours, theirs), key=len)
            if not any(is_member(one * len(labels) + more, related).any() for one in fewer.tolist()):
                cut += [sides.pair[group] for group in each.groups]
    return np.unique(np.concatenate(cut))


def _lies_between(inner: Bitmaps, outer: Bitmaps) -> Flags:
    """Return whether all inner cells of a text lie between outer ones, like paragraphs that were inserted into a report."""
    before = outer & ~(inner | -inner.astype(np.int64)).astype(np.uint32)
    up_to_last = inner.copy()
    for step in (1, 2, 4, 8, 16):
        up_to_last |= up_to_last >> np.uint32(step)
    behind = outer & ~up_to_last
    between: Flags = np.minimum(count_cells(before), count_cells(behind)) >= MIN_STORY_CELLS
    return between


@attrs.frozen(eq=False)
class _Parts:
    """The sides within a cluster whose text is not covered whole, sorted by text and by descending `held`."""

    side: Indices
    """Indices into `Sides`."""
    is_apart: Flags
    """Whether the other text shares a different part of the text than the first one does."""


def _find_multi_story_texts(sides: Sides, labels: Indices) -> tuple[Flags, _Parts]:
    """Find the texts of which other texts in the cluster share two separate parts."""
    side = np.flatnonzero((labels[sides.text] == labels[sides.other]) & (count_cells(sides.coverage) < WHOLE_CELLS))
    side = side[np.lexsort((sides.other[side], -sides.held[side], sides.text[side]))]
    start, length = runs(sides.text[side])
    first = np.repeat(sides.coverage[side[start]], length)
    coverage = sides.coverage[side]
    is_apart = (count_cells(coverage & first) <= MAX_SHARED_CELLS) & (count_cells(coverage) >= MIN_STORY_CELLS)
    multi_story = np.zeros(len(labels), np.bool_)
    multi_story[sides.text[side[is_apart]]] = True
    return multi_story, _Parts(side, is_apart)


def _possible_round_ups(sides: Sides, multi_story: Flags, parts: _Parts) -> Iterator[_PossibleRoundUp]:
    """Split the texts related to each multi-story text, other multi-story texts aside, by whether they share its first part."""
    kept = multi_story[sides.text[parts.side]] & ~multi_story[sides.other[parts.side]]
    side, is_apart = parts.side[kept], parts.is_apart[kept]
    start, length = runs(sides.text[side])
    for begin, many in zip(start.tolist(), length.tolist(), strict=True):
        some, apart = side[begin : begin + many], is_apart[begin : begin + many]
        yield _PossibleRoundUp(int(sides.text[some[0]]), (some[~apart], some[apart]))


def _cells_of_many_clusters(text: Indices, coverage: Bitmaps) -> Bitmaps:
    """Return for each entry the cells of its text covered by enough entries of that text; entries of a text are neighbours."""
    start, length = runs(text)
    many = np.zeros(len(start), np.uint32)
    for cell in np.arange(CELLS, dtype=np.uint32):
        times = _reduce(np.add, coverage >> cell & np.uint32(1), start)
        many |= (times >= TEMPLATE_CLUSTERS).astype(np.uint32) << cell
    return np.repeat(many, length)


def _reduce(operation: np.ufunc, values: NDArray[Scalar], start: Indices) -> NDArray[Scalar]:
    """Reduce groups of neighbouring values, given where groups start; unlike `reduceat`, accept zero groups."""
    return operation.reduceat(values, start) if len(start) else values[:0]
