"""
Which units go, given how likely each is part of the report?

``benchmarks/thresholds.py --only chain`` measures the thresholds one by one, on the development half of a benchmark: around most
of them little changes (0.001 F1), so each stands on the side where less of the report goes.
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
"""The probability from which a unit of a whole page stays: above or below the report, amid it, and amid it if it has `PARAGRAPH`
words and nothing known speaks against it."""

KEEP, KEEP_PROSE = 0.35, 0.1
"""The probability from which a unit of any other text stays; a sentence stays from the second, unless its own words speak
against it."""

KEEP_AMID = 0.1
"""The same for a unit amid the report; one that closes as a sentence always stays there."""

EVIDENCE = 0.2
"""The share of a stretch's units that something known must speak against, for the stretch to go."""

SURE, SURE_ABOVE = 0.05, 0.1
"""The probability, weighed by words, below which a stretch under the report goes without further evidence; and below which a
headline at the very top does."""

PAGE_SHORT, PAGE_KNOWN = 0.4, 4
"""A whole page: this share of short units without a stop, and this many units that are removed or that a rule speaks against. So
are 95 and 99 % of whole pages as two tools print them, 1 and 9 % of two extractors' outputs, no report alone
(``benchmarks/thresholds.py``)."""

PROSE = 8
"""Words of a unit that closes as a sentence, from which it is prose."""

PARAGRAPH = 20
"""Words of a unit amid the report, and above it in a text with few links and labels, that stays unless its own words speak
against it. Ledes may lack a stop, and so do sentences cut at a link."""

LEAST = 0.7
"""The share of the words that stays, or nothing goes: an extractor's output is mostly the report."""

HEADLINES, HEADLINE = 9, 18
"""Units, and words in each, of a block of headlines at the very top, which goes without further evidence."""

TOLD, LISTED, NUMBERED = 0.15, 0.4, 0.15
"""Of a stretch amid the report of a page that nothing known speaks against: the share of its words that the report uses too, of
units that open as items of a list do, and of words that are numbers, from each of which it is a list of the report. Keeping
these lists raises recall by 0.013, 0.006 and 0.002 on the three sets of whole pages, and F1 by 0.007, 0.002 and -0.001."""

MUCH, SENTENCES, HALF = 100, 5, 0.5
"""Words and sentences of a stretch below the report from which it may be more of the report, unless something known speaks
against this share of its words."""

NEAR = 4
"""Units: a stretch of which a fifth is known reaches so far."""


def may_have_boilerplate(cues: UnitCues) -> bool:
    """
    Return whether anything of a page could go, whatever the chain says: else there is no need to ask it.

    That is what something known speaks against, a unit that is no sentence beside what was taken, and a headline at the very top.
    So it is with 34 and 87 % of the outputs of two extractors, all whole pages, and 15 % of reports alone
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
    """Whether each unit stays in the body; one that was taken does not. Shape (units,)."""
    refused: bool = False
    """Whether all were kept because too many words would have gone."""


def apply_policy(features: UnitFeatures, likely: Array) -> Decision:
    """
    Decide which units stay.

    Args:
        features: of the units.
        likely: how likely each is part of the report. Shape (units,).

    """
    return _of_page(features, likely) if looks_like_a_page(features) else _of_extract(features, likely)


def looks_like_a_page(features: UnitFeatures) -> bool:
    """Return whether a text looks like a whole page: many short lines, and several that something known speaks against."""
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
    """Yield the indices of the units that go, one array for each run of neighbours."""
    first = 0
    for stays, run in groupby(keep_mask.tolist()):
        last = first + len(list(run))
        if not stays:
            yield np.arange(first, last)
        first = last


def _is_list_of_report(features: UnitFeatures, stretch: npt.NDArray[np.intp]) -> bool:
    """Return whether units amid the report are a list of its own: results, ingredients, a table, what a colon announces."""
    signals, size = features.signals, features.size[stretch]
    if (signals["colon"][[stretch[0] - 1, stretch[0]]] > 0).any():
        return True
    told = (signals["told"][stretch] * size).sum() / size.sum()
    items = signals["lower"] + signals["bracket"] + [first.isdigit() for first in signals.first_characters]
    return bool(told >= TOLD or items[stretch].mean() >= LISTED or signals["digit_share"][stretch].mean() > NUMBERED)


def _of_extract(features: UnitFeatures, likely: Array) -> Decision:
    """Decide for an extractor's output, with restraint: a stretch goes only where something known speaks against it."""
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
    """Return which units are captions: a picture stands amid any report, and says nothing of its neighbours. Shape (units,)."""
    found = features.signals.cues.found
    return np.array([isinstance(found.taken(unit.lines[0].number), Caption) for unit in features.units], bool)


def _links(features: UnitFeatures) -> int:
    """Count the units that may be links or labels: short ones that end no sentence, whoever took them."""
    closed = features.signals["closed"]
    return sum(len(unit.text) < SHORT and not stop for unit, stop in zip(features.units, closed.tolist(), strict=True))


def _is_part_of_report(features: UnitFeatures, stretch: npt.NDArray[np.intp]) -> bool:
    """Return whether units below the report may be its last part: many sentences, against most of which nothing is known."""
    size, against = features.size[stretch], features.evidence[stretch]
    sentences = (features.signals["closed"][stretch] > 0) & (size >= PROSE) & features.free[stretch]
    words = size.sum()
    return bool(words >= MUCH and sentences.sum() >= SENTENCES and (size * against).sum() < HALF * words)


def _is_sure(features: UnitFeatures, likely: Array, stretch: npt.NDArray[np.intp], *, below: bool) -> Flags:
    """Return which units of a stretch go without further evidence. Shape (units of the stretch,)."""
    size = features.size[stretch]
    if below:
        words = size * features.free[stretch]
        return np.full(len(stretch), (likely[stretch] * words).sum() < SURE * words.sum())
    if stretch[0] == 0 and _are_headlines(size, features.signals["closed"][stretch] > 0):
        return likely[stretch] < SURE_ABOVE
    return np.zeros(len(stretch), bool)


def _are_headlines(size: Array, closed: Flags) -> bool:
    return bool(len(size) <= HEADLINES and (size <= HEADLINE).all() and not closed.all())
