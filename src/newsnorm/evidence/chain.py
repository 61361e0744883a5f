"""
How likely is each line the report, and which go?

``benchmarks/thresholds.py --only chain`` measures the thresholds one by one, on the development half of a benchmark: around most
of them little changes (0.001 F1), so each stands on the side where less of the report goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp

import numpy as np
import numpy.typing as npt

from newsnorm.grammar.tables import Weights
from newsnorm.page.units import Array, Features, Glance

KEEP_OF_PAGE, KEEP_AMID_OF_PAGE = 0.5, 0.35
"""The probability from which a line of a whole page stays: above or below the report, and amid it."""

KEEP, KEEP_PROSE = 0.35, 0.1
"""The probability from which a line of any other text stays; a sentence stays from the second, unless its own words speak
against it."""

KEEP_AMID = 0.1
"""The same for a line amid the report; one that closes as a sentence always stays there."""

EVIDENCE = 0.2
"""The share of a stretch's lines that something known must speak against, for the stretch to go."""

SURE, SURE_ABOVE = 0.05, 0.1
"""The probability, weighed by words, below which a stretch under the report goes without further evidence; and below which a
headline at the very top does."""

PAGE_SHORT, PAGE_KNOWN = 0.4, 4
"""A whole page: this share of short lines without a stop, and this many lines that are removed or that a rule speaks against. So
are 95 and 99 % of whole pages as two tools print them, 1 and 9 % of two extractors' outputs, no report alone
(``benchmarks/thresholds.py``)."""

PROSE = 8
"""Words of a line that closes as a sentence, from which it is prose."""

LEAST = 0.7
"""The share of the words that stays, or nothing goes: an extractor's output is mostly the report."""

HEADLINES, HEADLINE = 9, 25
"""Lines, and words in each, of a block of headlines at the very top, which goes without further evidence."""

NEAR = 4
"""Units: a stretch of which a fifth is known reaches so far."""

TAKEN = -8.0
"""What a line that is something else already scores as the report."""

EMPTY = -3.0
"""What it costs to end in the head or to begin in the tail."""

DIGITS = 6
"""Of a probability: processors differ in the last ones of sixteen, and a line must not stay on one and go on another."""

_CAP = 30.0
"""No score is further from 0, so that no product of odds overflows."""


def may_go(seen: Glance) -> bool:
    """
    Whether anything of a page could go, whatever the chain says: else there is no need to ask it.

    That is what something known speaks against, a line that is no sentence beside what was taken, and a headline at the very top.
    So it is with 34 and 87 % of the outputs of two extractors, all whole pages, and 15 % of reports alone
    (``benchmarks/thresholds.py``).
    """
    at_top, taken = True, -NEAR - 1
    for number, (unit, size, closed, against) in enumerate(zip(seen.units, seen.sizes, seen.closed, seen.evidence, strict=True)):
        if unit.taken:
            taken = number if against else taken
        elif against or (not closed and number - taken <= NEAR):
            return True
        at_top = at_top and number < HEADLINES and size <= HEADLINE
        if at_top and not unit.taken and not closed:
            return True
    return False


def probabilities(features: Features, weights: Weights) -> Array:
    """How likely each unit is the report: the marginals of the chain, by the forward-backward algorithm."""
    count = len(features.units)
    body, hole = _odds(features.line, weights.body, weights.hole)
    start, end = _odds(features.cut, weights.start, weights.end)
    body = [value if free else exp(TAKEN) for value, free in zip(body, features.free.tolist(), strict=True)]
    leave, back, stay = exp(weights.leave), exp(weights.back), exp(weights.stay)
    edge = exp(EMPTY)
    h, b, o, e = 1.0, body[0] * start[0], 0.0, edge
    forward = [(h, b, o, e)]
    for at in range(1, count):
        h, b, o, e = (
            h,
            body[at] * (h * start[at] + b + o * back),
            hole[at] * (b * leave + o * stay),
            b * end[at] + e,
        )
        scale = 1 / (h + b + o + e)
        h, b, o, e = h * scale, b * scale, o * scale, e * scale
        forward.append((h, b, o, e))
    likely = [0.0] * count
    h, b, o, e = edge, 1.0, 0.0, 1.0
    for at in range(count - 1, -1, -1):
        fh, fb, fo, fe = forward[at]
        likely[at] = fb * b / (fh * h + fb * b + fo * o + fe * e)
        if at:
            h, b, o, e = (
                h + start[at] * body[at] * b,
                body[at] * b + leave * hole[at] * o + end[at] * e,
                back * body[at] * b + stay * hole[at] * o,
                e,
            )
            scale = 1 / (h + b + o + e)
            h, b, o, e = h * scale, b * scale, o * scale, e * scale
    return np.round(likely, DIGITS)


def _odds(features: Callable[[tuple[str, ...]], Array], *parts: Mapping[str, float]) -> list[list[float]]:
    """What the features say for each state, as odds."""
    names = tuple(dict.fromkeys(name for part in parts for name in part))
    rows = features(names)
    # row by row, not by a matrix product: that adds in another order on another processor
    total = np.array([(np.array([[part.get(name, 0.0)] for name in names]) * rows).sum(0) for part in parts])
    odds: list[list[float]] = np.exp(np.minimum(np.maximum(total, -_CAP), _CAP)).tolist()
    return odds


def keep(features: Features, likely: Array) -> tuple[npt.NDArray[np.bool_], bool]:
    """Which free units stay, and whether all were kept since more than three tenths of the words would have gone."""
    free, size, evidence = features.free, features.size, features.evidence
    closed = features.signals["closed"] > 0
    prose = closed & (size >= PROSE)
    if looks_like_a_page(features):
        stays = (likely > KEEP_OF_PAGE) & free
        if not stays.any():
            return free, True
        first, last = np.flatnonzero(stays)[[0, -1]].tolist()
        stays[first:last] = (likely[first:last] > KEEP_AMID_OF_PAGE) & free[first:last]
        return stays, False
    spoken = np.array(features.signals.seen.spoken, bool)
    stays = (likely > np.where(prose & ~spoken, KEEP_PROSE, KEEP)) & free
    if not stays.any():
        return free, bool(free.any())
    first, last = np.flatnonzero(stays)[[0, -1]].tolist()
    for stretch in np.split(np.arange(len(size)), np.flatnonzero(np.diff(stays)) + 1):
        if stays[stretch[0]]:
            continue
        if (evidence | ~free)[stretch].mean() <= EVIDENCE:
            sure = np.zeros(len(stretch), bool)
            if stretch[0] > last:
                words = size[stretch] * free[stretch]
                sure[:] = (likely[stretch] * words).sum() < SURE * words.sum()
            elif stretch[0] == 0 and _are_headlines(size[stretch], closed[stretch]):
                sure = likely[stretch] < SURE_ABOVE
            stays[stretch] = free[stretch] & ~sure
        elif first < stretch[0] and stretch[-1] < last:
            stays[stretch] = free[stretch] & ((likely[stretch] > KEEP_AMID) | closed[stretch])
    if size[stays].sum() < LEAST * size[free].sum():
        return free, True
    return stays, False


def looks_like_a_page(features: Features) -> bool:
    """Whether a text looks like a whole page: many short lines, and several that something known speaks against."""
    signals = features.signals
    known = (signals["removed"] + signals["weak"] > 0).sum()
    return bool(known >= PAGE_KNOWN and (signals["short"] * (1 - signals["closed"])).mean() > PAGE_SHORT)


def _are_headlines(size: Array, closed: npt.NDArray[np.bool_]) -> bool:
    return bool(len(size) <= HEADLINES and (size <= HEADLINE).all() and not closed.all())
