"""
Decide which units are removed, given how likely each is part of the report.

``benchmarks/thresholds.py --only chain`` measures the thresholds one by one, on the development half of a benchmark: around most
of them little changes (0.001 F1), so each is set on the side that removes less of the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import attrs
import numpy as np
import numpy.typing as npt

from newsnorm.page.frame import MANY_SHORT, SHORT
from newsnorm.page.unit_features import Array, Flags, UnitFeatures
from newsnorm.page.units import UnitCues
from newsnorm.records import Caption

KEEP_OF_PAGE, KEEP_AMID_OF_PAGE, KEEP_LONG_OF_PAGE = 0.5, 0.35, 0.1
"""The probability from which a unit of a whole page stays: above or below the report, within it, and within it if it has
`PARAGRAPH` words and there is no known evidence against it."""

KEEP, KEEP_PROSE = 0.35, 0.1
"""The probability from which a unit of any other text stays, and from which a sentence stays, unless its own words are evidence
against it."""

KEEP_AMID = 0.1
"""The probability from which a unit within the report stays; one that ends like a sentence always stays there."""

EVIDENCE = 0.2
"""Smallest share of a stretch's units with known evidence against them for the stretch to be removed."""

SURE, SURE_ABOVE = 0.05, 0.1
"""The probability, weighted by words, below which a stretch under the report, and a headline at the very top, is removed without
further evidence."""

PAGE_SHORT, PAGE_KNOWN = 0.4, 4
"""A text is a whole page if it has at least this share of short units without a stop, and this many units that are removed or
have rules against them. So are 95 and 99 % of whole pages as two tools print them, 1 and 9 % of two extractors' outputs, no
report alone (``benchmarks/thresholds.py``)."""

PROSE = 8
"""Fewest words that make a unit prose if it ends like a sentence."""

PARAGRAPH = 20
"""Fewest words of a unit within the report (or above it, in a text with few links and labels) that stays unless its own words are
evidence against it. Ledes may lack a stop, and so may sentences cut at a link."""

LEAST = 0.7
"""Smallest share of the words that must stay, or else nothing is removed: an extractor's output is mostly the report."""

HEADLINES, HEADLINE = 9, 18
"""Most units, and most words in each, of a block of headlines at the very top that is removed without further evidence."""

TOLD, LISTED, NUMBERED = 0.15, 0.4, 0.15
"""For a stretch within the report of a page without known evidence against it: smallest share of its words that the report also
uses, of units that begin like list items, and of words that are numbers; each makes it a list of the report. Keeping these lists
raises recall by 0.013, 0.006 and 0.002 on the three sets of whole pages, and F1 by 0.007, 0.002 and -0.001."""

MUCH, SENTENCES, HALF = 100, 5, 0.5
"""Fewest words and sentences of a stretch below the report that may be more of it, unless there is known evidence against this
share of its words."""

NEAR = 4
"""Units: the reach of a stretch of which a fifth is known."""


def may_have_boilerplate(cues: UnitCues) -> bool:
    """
    Return whether anything of a page could be removed, whatever the chain says; otherwise the chain need not run.

    Candidates are units with known evidence against them, units beside taken ones that are not sentences, and a headline at the
    very top. They occur in 34 and 87 % of the outputs of two extractors, in all whole pages, and in 15 % of reports alone
    (``benchmarks/thresholds.py``).
    """
    at_top, taken = True, -NEAR - 1
    for number, (unit, size, closed, against) in enumerate(zip(cues.units, cues.sizes, cues.closed, cues.evidence, strict=True)):
        if unit.taken:
            taken = number if against else taken
        elif against or (not closed and number - taken <= NEAR):
            return True
        at_top = at_top and number < HEADLINES and size <= HEADLINE
        if at_top and not unit.taken and not closed:
            return True
    return False


@attrs.frozen(eq=False)
class Decision:
    """Which units stay."""

    keep_mask: Flags
    """Whether each unit stays in the body; taken units don't. Shape (units,)."""
    refused: bool = False
    """Whether everything was kept because too many words would have been removed."""


def apply_policy(features: UnitFeatures, likely: Array) -> Decision:
    """
    Decide which units stay.

    Args:
        features: the features of the units.
        likely: how likely each is part of the report. Shape (units,).

    """
    return _of_page(features, likely) if looks_like_a_page(features) else _of_extract(features, likely)


def looks_like_a_page(features: UnitFeatures) -> bool:
    """Return whether a text looks like a whole page: many short lines, and known evidence against several."""
    signals = features.signals
    known = (signals["removed"] + signals["weak"] > 0).sum()
    return bool(known >= PAGE_KNOWN and (signals["short"] * (1 - signals["closed"])).mean() > PAGE_SHORT)


def _of_page(features: UnitFeatures, likely: Array) -> Decision:
    """Decide for a whole page, by probability alone."""
    free = features.free
    keep_mask = (likely > KEEP_OF_PAGE) & free
    if not keep_mask.any():
        return Decision(free, refused=True)
    first, last = np.flatnonzero(keep_mask)[[0, -1]].tolist()
    spoken_against = features.evidence[first:last]
    long = (features.size[first:last] >= PARAGRAPH) & ~spoken_against
    keep_mask[first:last] = (likely[first:last] > np.where(long, KEEP_LONG_OF_PAGE, KEEP_AMID_OF_PAGE)) & free[first:last]
    against = features.evidence | ~free
    for stretch in _stretches(keep_mask):
        if first < stretch[0] and stretch[-1] < last and not against[stretch].any() and _is_list_of_report(features, stretch):
            keep_mask[stretch] = True
    return Decision(keep_mask)


def _stretches(keep_mask: Flags) -> Iterator[npt.NDArray[np.intp]]:
    """Yield the indices of the units to remove, one array per run of neighbours."""
    first = 0
    for stays, run in groupby(keep_mask.tolist()):
        last = first + len(list(run))
        if not stays:
            yield np.arange(first, last)
        first = last


def _is_list_of_report(features: UnitFeatures, stretch: npt.NDArray[np.intp]) -> bool:
    """Return whether units within the report are a list of its own: results, ingredients, a table, or items after a colon."""
    signals, size = features.signals, features.size[stretch]
    if (signals["colon"][[stretch[0] - 1, stretch[0]]] > 0).any():
        return True
    told = (signals["told"][stretch] * size).sum() / size.sum()
    items = signals["lower"] + signals["bracket"] + [first.isdigit() for first in signals.first_characters]
    return bool(told >= TOLD or items[stretch].mean() >= LISTED or signals["digit_share"][stretch].mean() > NUMBERED)


def _of_extract(features: UnitFeatures, likely: Array) -> Decision:
    """Decide for an extractor's output: a stretch is removed only if there is known evidence against it."""
    free, size = features.free, features.size
    closed = features.signals["closed"] > 0
    prose = (closed | (features.signals["colon"] > 0)) & (size >= PROSE)
    suspect = np.array(features.signals.cues.looks_like_boilerplate, bool)
    keep_mask = (likely > np.where(prose & ~suspect, KEEP_PROSE, KEEP)) & free
    if not keep_mask.any():
        return Decision(free, refused=bool(free.any()))
    first, last = np.flatnonzero(keep_mask)[[0, -1]].tolist()
    known = features.evidence | ~free
    against = features.evidence & ~_captions(features)
    for stretch in _stretches(keep_mask):
        amid = bool(first < stretch[0] and stretch[-1] < last)
        below = bool(stretch[0] > last)
        if (against if amid else known)[stretch].mean() <= EVIDENCE:
            keep_mask[stretch] = free[stretch] & ~_is_sure(features, likely, stretch, below=below)
        elif amid:
            keep_mask[stretch] = free[stretch] & ((likely[stretch] > KEEP_AMID) | closed[stretch])
        elif below and _is_part_of_report(features, stretch):
            keep_mask[stretch] = free[stretch]
    few_links = _links(features) < MANY_SHORT
    places = np.arange(len(size))
    keep_mask |= (places < last) & (few_links | (places > first)) & free & (size >= PARAGRAPH) & ~suspect
    if size[keep_mask].sum() < LEAST * size[free].sum():
        return Decision(free, refused=True)
    return Decision(keep_mask)


def _captions(features: UnitFeatures) -> Flags:
    """Return which units are captions, which occur within any report and say nothing about their neighbours. Shape (units,)."""
    found = features.signals.cues.found
    return np.array([isinstance(found.taken(unit.lines[0].number), Caption) for unit in features.units], bool)


def _links(features: UnitFeatures) -> int:
    """Count the units that may be links or labels: short ones that don't end a sentence, whether taken or not."""
    closed = features.signals["closed"]
    return sum(len(unit.text) < SHORT and not stop for unit, stop in zip(features.units, closed.tolist(), strict=True))


def _is_part_of_report(features: UnitFeatures, stretch: npt.NDArray[np.intp]) -> bool:
    """Return whether units below the report may be its last part: many sentences, most without known evidence against them."""
    size, against = features.size[stretch], features.evidence[stretch]
    sentences = (features.signals["closed"][stretch] > 0) & (size >= PROSE) & features.free[stretch]
    words = size.sum()
    return bool(words >= MUCH and sentences.sum() >= SENTENCES and (size * against).sum() < HALF * words)


def _is_sure(features: UnitFeatures, likely: Array, stretch: npt.NDArray[np.intp], *, below: bool) -> Flags:
    """Return which units of a stretch are removed without further evidence. Shape (units of the stretch,)."""
    size = features.size[stretch]
    if below:
        words = size * features.free[stretch]
        return np.full(len(stretch), (likely[stretch] * words).sum() < SURE * words.sum())
    if stretch[0] == 0 and _are_headlines(size, features.signals["closed"][stretch] > 0):
        return likely[stretch] < SURE_ABOVE
    return np.zeros(len(stretch), bool)


def _are_headlines(size: Array, closed: Flags) -> bool:
    return bool(len(size) <= HEADLINES and (size <= HEADLINE).all() and not closed.all())
