"""
What do the clusters say of a pair? What pairs alone can't tell: that words are a template, and that a text tells two stories.

A stretch that many other clusters have too is a form, a series' frame or a site's furniture: it says little for one report. What
few have is another story: a text that holds part of it and part of its own cluster's is a round-up, and a bridge between the two.
A report into which a paragraph of another was inserted holds its own one whole.
"""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import among, runs, stretches
from newsnorm.dedup.pair_pipeline import Pairs
from newsnorm.dedup.text.tokens import Places
from newsnorm.dedup.verify.measures import CELLS, Cells, Numbers, filled

TEMPLATE = 5
"""Clusters beside its own that have a stretch of a text make it a template."""
DISCOUNT = 2.0
"""Log odds that a pair loses, if all it has in common is template; of less the share."""
ANOTHER = 4
"""Cells of a text, an eighth of it, that another story fills at least."""
WHOLE = 0.9
"""A text that holds so much of the other story tells it, even if it holds its own cluster's whole."""
PART, HELD = 0.2, 0.85
"""A round-up holds so much of the other story at least, and so much of its own cluster's at most, counted in words."""
ALONE = 0.65
"""Share of its cluster, in words, that is not related to the other story, if a text is a round-up."""
FULL = 29
"""Cells of a text, nine in ten, that another has too, if it is a copy of it or holds it whole."""


@attrs.frozen(eq=False)
class _Sides:
    """Each pair from both sides."""

    pair: Places
    text: Places
    other: Places
    cells: Cells
    """Where the text has something in common with the other one."""
    theirs: Cells
    """The same in the other one."""
    held: Places
    """How many of the other text's words these are."""


@attrs.frozen(eq=False)
class _Echoes:
    """What each text has in common with each cluster but its own; by text and cluster."""

    text: Places
    cluster: Places
    cells: Cells
    held: Numbers
    """Share of the cluster's words, of those of its texts that are related to this one."""
    many: Cells
    """Cells of the text that `TEMPLATE` clusters have, or more."""


def without_templates(pairs: Pairs, odds: Numbers, size: Places, labels: Places) -> Numbers:
    """
    The log odds of each pair, less for those that have templates in common.

    Args:
        pairs: related texts.
        odds: their log odds so far.
        size: words of each text.
        labels: the cluster of each text so far.

    """
    many = _templates(_echoes(_sides(pairs, size), size, labels), len(labels))
    lying, own = pairs.cells, pairs.cells & ~many[pairs.pairs]
    share = (filled(own) / np.maximum(1, filled(lying))).min(axis=1)
    less: Numbers = np.round(odds - DISCOUNT * (1 - share), 4)
    return less


def bridges(pairs: Pairs, size: Places, times: Places, labels: Places) -> Places:
    """
    The pairs within a cluster, of which one is a round-up, by their places.

    Args:
        pairs: related texts.
        size: words of each text.
        times: how many articles have the words of each.
        labels: the cluster of each text so far.

    """
    sides = _sides(pairs, size)
    return np.union1d(_to_other_clusters(sides, size, labels), _within_clusters(sides, size, times, labels))


def _to_other_clusters(sides: _Sides, size: Places, labels: Places) -> Places:
    """
    The pairs of which one text tells another cluster's story too, and its own in part.

    Texts of its cluster that are related to the other story as well are copies of the round-up, and not cut from it; where the
    others are few, the other story has taken from this one. What is template in a text of its cluster need not be held.
    """
    echoes = _echoes(sides, size, labels)
    story = echoes.cells & ~echoes.many
    asked = np.flatnonzero((echoes.held >= PART) & (filled(story) >= ANOTHER))
    within = np.flatnonzero(labels[sides.text] == labels[sides.other])
    within = within[np.argsort(sides.text[within], kind="stable")]
    first = np.searchsorted(sides.text[within], echoes.text[asked])
    count = np.searchsorted(sides.text[within], echoes.text[asked], "right") - first
    echo, side = np.repeat(asked, count), within[stretches(first, count)]
    if not len(echo):
        return echo
    known = echoes.text * len(labels) + echoes.cluster
    alone = ~among(sides.other[side] * len(labels) + echoes.cluster[echo], known)
    template = _templates(echoes, len(labels))[sides.other[side]] & ~sides.theirs[side]
    words = np.maximum(1, size[sides.other[side]] * (CELLS - filled(template)))
    start, length = runs(echo)
    most = np.add.reduceat(words * alone, start) > ALONE * np.add.reduceat(words, start)
    kept = alone & np.repeat(most, length)
    echo, side, words = echo[kept], side[kept], words[kept]
    start, length = runs(echo)
    if not len(start):
        return start
    own = np.bitwise_or.reduceat(sides.cells[side], start)
    held = CELLS * np.add.reduceat(sides.held[side], start) / np.add.reduceat(words, start)
    bridging = (filled(story[echo[start]] & ~own) >= ANOTHER) & ((held <= HELD) | (echoes.held[echo[start]] >= WHOLE))
    return np.unique(sides.pair[side[np.repeat(bridging, length)]])


def _within_clusters(sides: _Sides, size: Places, times: Places, labels: Places) -> Places:
    """
    The pairs of which one text has joined two stories to one cluster.

    Different parts of it are what two camps of texts have, and nothing is related across the camps. Camps that it holds whole
    are excerpts of it, if it was printed as often as they were; what was printed once may always be an excerpt.
    """
    rows = np.flatnonzero((labels[sides.text] == labels[sides.other]) & (filled(sides.cells) < FULL))
    rows = rows[np.lexsort((sides.other[rows], -sides.held[rows], sides.text[rows]))]
    start, length = runs(sides.text[rows])
    first = np.repeat(sides.cells[rows[start]], length)
    apart = (filled(sides.cells[rows] & first) <= 1) & (filled(sides.cells[rows]) >= ANOTHER)
    double = np.zeros(len(labels), np.bool_)
    double[sides.text[rows[apart]]] = True
    if not double.any():
        return rows[:0]
    kept = double[sides.text[rows]] & ~double[sides.other[rows]]
    rows, apart = rows[kept], apart[kept]
    beside = np.flatnonzero((labels[sides.text] == labels[sides.other]) & double[sides.other])
    copies = times.copy()
    np.add.at(copies, sides.text[beside], times[sides.other[beside]])
    known = np.sort(sides.text * len(labels) + sides.other)
    cut = [rows[:0]]
    start, length = runs(sides.text[rows])
    for begin, many in zip(start.tolist(), length.tolist(), strict=True):
        some, far = rows[begin : begin + many], apart[begin : begin + many]
        camps = some[~far], some[far]
        ours, theirs = (sides.other[camp] for camp in camps)
        held = [sides.held[camp].sum() / max(1, size[sides.other[camp]].sum()) for camp in camps]
        in_part = min(held) >= PART and max(held) <= HELD
        if in_part or min(times[ours].sum(), times[theirs].sum()) > copies[sides.text[some[0]]]:
            few, others = sorted((ours, theirs), key=len)
            if not any(among(one * len(labels) + others, known).any() for one in few.tolist()):
                cut.append(some)
    return np.unique(sides.pair[np.concatenate(cut)])


def _sides(pairs: Pairs, size: Places) -> _Sides:
    left, right = pairs.pairs[:, 0], pairs.pairs[:, 1]
    return _Sides(
        np.tile(np.arange(len(pairs)), 2),
        np.concatenate([left, right]),
        np.concatenate([right, left]),
        np.concatenate([pairs.cells[:, 0], pairs.cells[:, 1]]),
        np.concatenate([pairs.cells[:, 1], pairs.cells[:, 0]]),
        np.rint(np.concatenate([pairs.right_cover * size[right], pairs.left_cover * size[left]])).astype(np.int64),
    )


def _echoes(sides: _Sides, size: Places, labels: Places) -> _Echoes:
    text, cluster = sides.text, labels[sides.other]
    away = np.flatnonzero(labels[text] != cluster)
    away = away[np.lexsort((cluster[away], text[away]))]
    start, _ = runs(text[away] * len(labels) + cluster[away])
    if not len(start):
        return _Echoes(start, start, np.zeros(0, np.uint32), np.zeros(0), np.zeros(0, np.uint32))
    text, cluster = text[away][start], cluster[away][start]
    cells = np.bitwise_or.reduceat(sides.cells[away], start)
    held = np.add.reduceat(sides.held[away], start) / np.add.reduceat(size[sides.other[away]], start)
    return _Echoes(text, cluster, cells, held, _shared(text, cells))


def _templates(echoes: _Echoes, many: int) -> Cells:
    """The cells of each text that are template."""
    cells = np.zeros(many, np.uint32)
    cells[echoes.text] = echoes.many
    return cells


def _shared(text: Places, cells: Cells) -> Cells:
    """The cells of each text that many clusters have; texts in a row are one."""
    start, length = runs(text)
    many = np.zeros(len(start), np.uint32)
    for cell in np.arange(CELLS, dtype=np.uint32):
        times = np.add.reduceat(cells >> cell & np.uint32(1), start)
        many |= (times >= TEMPLATE).astype(np.uint32) << cell
    return np.repeat(many, length)
