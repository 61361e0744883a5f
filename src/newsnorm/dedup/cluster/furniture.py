"""
Tell the furniture of a site from what reports say: by where two texts share it, and by who else has what stands between.

Furniture surrounds reports: two texts of one site share the ends of both, and each has a report of its own in between. A
round-up has the beginning of another story, and mostly elsewhere than that story's own texts. And what else the texts share
decides: copies of a story have all of it, but not the furniture of the site on which another copy stands.
"""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Flags, Floats, Indices
from newsnorm.dedup.cluster.sides import Sides
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.verify.measures import CELLS, Bitmaps, count_cells

MIN_OWN_CELLS = 4
"""The fewest cells, an eighth of a text, that its own report takes up between the furniture of its site."""
MIN_OWN_WORDS = 20
"""The fewest tokens of that report: about a sentence."""
MAX_STRAY_CELLS = 3
"""The most cells outside the report that two texts of a site don't share: a title, a date, what the site changes."""
MAX_HEAD_CELLS = 4
"""The most cells that furniture above the report takes up in one text if the other has none; more is a lead."""
MAX_CONFIRMED_SHARE = 0.5
"""The largest share of furniture that copies of the report have too: cells are coarse, and passages run on by coincidence."""
MIN_TOLD_SHARE = 0.5
"""The smallest share of a report that its copies have, if they are to tell it from the furniture around it."""
MIN_REST_SHARE = 0.75
"""The smallest share of the rest of a text that its copies have, if what they lack is furniture."""
MIN_SITE_TEXTS = 2
"""The fewest texts with which a text without copies must share its furniture, and nothing else."""

MAX_SITE_ODDS = 4.0
"""Log odds of a pair above which several texts with the same ends are copies nevertheless, such as texts that begin with repeated
words, which can't be aligned."""


@attrs.frozen(eq=False)
class _Ends:
    """The covered cells of some texts before and after their longest uncovered stretch: columns, one entry per text."""

    head: Indices
    tail: Indices
    own: Indices
    """Cells of the longest uncovered stretch."""
    stray: Indices
    """Other uncovered cells."""

    @classmethod
    def of(cls, bitmaps: Bitmaps) -> _Ends:
        """Find the longest uncovered stretch of each bitmap, the first of equal ones, cell by cell."""
        run, own, end = (np.zeros(len(bitmaps), np.uint8) for _ in range(3))  # of small numbers more fit the cache
        for cell in range(CELLS):
            run = (run + np.uint8(1)) * (bitmaps & np.uint32(1 << cell) == 0)
            end = np.where(run > own, np.uint8(cell + 1), end)
            own = np.maximum(own, run)
        below_end = ((np.uint64(1) << end.astype(np.uint64)) - np.uint64(1)).astype(np.uint32)
        total, head = count_cells(bitmaps), count_cells(bitmaps & below_end)
        return cls(head=head, tail=total - head, own=own.astype(np.int64), stray=CELLS - total - own)

    def leave_a_report(self) -> Flags:
        """Return whether the uncovered stretch may be a report, with little else uncovered."""
        leaves: Flags = (self.own >= MIN_OWN_CELLS) & (self.stray <= MAX_STRAY_CELLS)
        return leaves


def surrounds(left: Bitmaps, right: Bitmaps) -> Flags:
    """
    Return whether the passages of each pair stand at the same ends of both texts, around reports of their own.

    Args:
        left: where the passages are in one text of each pair.
        right: where they are in the other one.

    >>> tail, head, lead = np.array([0xFFFF0000, 0b11, 0xFFFF], np.uint32)
    >>> surrounds(np.array([tail, tail | head, tail, lead]), np.array([tail, tail, head, lead])).tolist()
    [True, True, False, False]

    """
    ours, theirs = _Ends.of(left), _Ends.of(right)
    shortest_head, longest_head = np.minimum(ours.head, theirs.head), np.maximum(ours.head, theirs.head)
    below = np.minimum(ours.tail, theirs.tail) > 0
    only_above = (ours.tail + theirs.tail == 0) & (shortest_head > 0) & (longest_head <= MAX_HEAD_CELLS)
    heads_agree = (shortest_head > 0) | (longest_head <= MAX_HEAD_CELLS)
    around: Flags = ours.leave_a_report() & theirs.leave_a_report() & heads_agree & (below | only_above)
    return around


def furniture_cells(sides: Sides, labels: Indices) -> Bitmaps:
    """
    Return the cells of each text that are furniture of its site.

    A text shares furniture with a text of another cluster if the copies of that text have most of the rest of it, but not this;
    if it has no copies, if it surrounds two reports. Cells that the text's own copies have are not furniture, nor are cells that
    another text shares as part of its story.

    Args:
        sides: related pairs from both sides.
        labels: the present cluster of each text, shape (texts,).

    """
    is_away = labels[sides.text] != labels[sides.other]
    away, count = np.flatnonzero(is_away), len(labels)
    by_copies = sides.union_by_text(np.flatnonzero(~is_away), count)
    shared, shared_there, by_theirs = sides.coverage[away], sides.other_coverage[away], by_copies[sides.other[away]]
    has_copies = by_theirs != 0
    is_unconfirmed = count_cells(shared_there & by_theirs) <= MAX_CONFIRMED_SHARE * count_cells(shared_there)
    have_the_rest = count_cells(by_theirs & ~shared_there) >= MIN_REST_SHARE * (CELLS - count_cells(shared_there))
    is_furniture = has_copies & is_unconfirmed & have_the_rest
    alone = np.flatnonzero(~has_copies)
    is_furniture[alone] = surrounds(shared[alone], shared_there[alone])
    furniture = sides.union_by_text(away[is_furniture], count)
    stories = sides.union_by_text(away[~is_furniture], count)
    cells: Bitmaps = furniture & ~by_copies & ~stories
    return cells


def find_site_pairs(pairs: RelatedPairs, size: Indices, log_odds: Floats) -> Indices:
    """
    Return the indices of likely copies that share nothing but the furniture of a site, as the other pairs of their texts show.

    Each of the two texts has the furniture around a report of its own. Either copies of the report confirm it, which lack the
    furniture; or the pair is doubtful, several texts share the furniture with the text, and no likely copy shares anything else.

    Args:
        pairs: related pairs.
        size: number of tokens of each text.
        log_odds: log odds of each pair.

    """
    sides = Sides.of(pairs, size)
    count, shared = len(size), sides.coverage
    own = CELLS - count_cells(shared)
    around = surrounds(shared, sides.other_coverage) & (own * size[sides.text] >= MIN_OWN_WORDS * CELLS)
    is_likely = (log_odds > 0)[sides.pair]
    by_copies = sides.union_by_text(np.flatnonzero(is_likely & ~around), count)[sides.text]
    is_told = count_cells(by_copies & ~shared) >= MIN_TOLD_SHARE * own
    is_told &= count_cells(by_copies & shared) <= MAX_CONFIRMED_SHARE * count_cells(shared)
    texts_of_site = np.bincount(sides.text[around], minlength=count)[sides.text]
    is_doubtful = (log_odds < MAX_SITE_ODDS)[sides.pair]
    is_told |= is_doubtful & (by_copies == 0) & (texts_of_site >= MIN_SITE_TEXTS)
    both = (around & is_told).reshape(2, -1).all(axis=0)  # left sides first
    return np.flatnonzero(both & (log_odds > 0))
