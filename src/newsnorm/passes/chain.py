"""
How likely is each line the report, and which go?

The thresholds were chosen on texts of the development half of a benchmark, and not measured one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

import numpy as np
import numpy.typing as npt

from newsnorm.catalogue.tables import Weights
from newsnorm.passes.features import Array, Features, Glance

KEEP_OF_PAGE = 0.35
"""The probability from which a line of a whole page stays."""

KEEP = 0.2
"""The probability from which a line of any other text stays."""

KEEP_AMID = 0.1
"""The same for a line amid the report; one that closes as a sentence always stays there."""

EVIDENCE = 0.2
"""The share of a stretch's lines that something known must speak against, for the stretch to go."""

PAGE_SHORT, PAGE_EVIDENCE = 0.5, 3
"""A whole page: this share of short lines without a stop, and this many lines that something known speaks against."""

LEAST = 0.5
"""The share of the words that stays, or nothing goes: an extractor's output is mostly the report."""

HEADLINES, HEADLINE = 9, 25
"""Lines, and words in each, of a block of headlines at the very top, which goes without further evidence."""

TAKEN = -8.0
"""What a line that is something else already scores as the report."""

EMPTY = -3.0
"""What it costs to end in the head or to begin in the tail."""

_CAP = 30.0
"""No score is further from 0, so that no product of odds overflows."""


def may_go(seen: Glance) -> bool:
    """
    Whether anything of a page could go, whatever the chain says: else there is no need to ask it.

    Without evidence that is a block of headlines at the very top alone.
    """
    if any(seen.evidence):
        return True
    for unit, size in zip(seen.units[:HEADLINES], seen.sizes, strict=False):
        if size > HEADLINE:
            return False
        if not unit.taken:
            return True
    return False


def probabilities(features: Features, weights: Weights) -> Array:
    """How likely each unit is the report: the marginals of the chain, by the forward-backward algorithm."""
    count = len(features.units)

    def odds(part: Mapping[str, float], values: Mapping[str, Array]) -> list[float]:
        total = np.zeros(count)
        for name, weight in part.items():
            total += weight * values[name]
        scaled: list[float] = np.exp(np.minimum(np.maximum(total, -_CAP), _CAP)).tolist()
        return scaled

    line, cut = features.line, features.cut
    body, hole = odds(weights.body, line), odds(weights.hole, line)
    start, end = odds(weights.start, cut), odds(weights.end, cut)
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
    return np.array(likely)


def keep(features: Features, likely: Array) -> tuple[npt.NDArray[np.bool_], bool]:
    """Which free units stay, and whether all were kept since more than half of the words would have gone."""
    free, size, evidence = features.free, features.size, features.evidence
    closed = features.line["closed"] > 0
    is_page = ((size < 8) & ~closed).mean() > PAGE_SHORT and evidence.sum() + (~free).sum() >= PAGE_EVIDENCE
    if is_page:
        stays = (likely > KEEP_OF_PAGE) & free
        return (stays, False) if stays.any() else (free, True)
    stays = (likely > KEEP) & free
    if not stays.any():
        return free, bool(free.any())
    report = np.flatnonzero(stays)
    edges = np.flatnonzero(np.diff(stays)) + 1
    for stretch in np.split(np.arange(len(size)), edges):
        if stays[stretch[0]]:
            continue
        top = (
            stretch[0] == 0
            and len(stretch) <= HEADLINES
            and bool((size[stretch] <= HEADLINE).all() and not closed[stretch].all())
        )
        if not top and (evidence | ~free)[stretch].mean() <= EVIDENCE:
            stays[stretch] = free[stretch]
        elif report[0] < stretch[0] and stretch[-1] < report[-1]:
            stays[stretch] = free[stretch] & ((likely[stretch] > KEEP_AMID) | closed[stretch])
    if size[stays].sum() < LEAST * size[free].sum():
        return free, True
    return stays, False
