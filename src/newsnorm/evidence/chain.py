"""
Score the units of a page as parts of the report, by a linear-chain model (Lafferty, McCallum and Pereira 2001).

States run head → body ⇄ insertion, body → tail. Features of a unit speak for body or insertion, features of the place before a
unit for the report beginning or ending there. Weights are data (``models/extent.toml``), fitted by ``tools/fit_extent.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import attrs
import numpy as np
import numpy.typing as npt

from newsnorm.evidence import Contribution
from newsnorm.evidence.weights import ExtentWeights

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TAKEN = -8.0
"""Log odds of being body for a unit that was already taken as something else."""

EMPTY = -3.0
"""Log odds of a page that ends in the head or begins in the tail."""

DIGITS = 6
"""Digits of a probability: processors differ in the last of sixteen digits, and a line must not be kept on one and removed on
another."""

_CAP = 30.0
"""No log odds are further from 0, so that no product of odds overflows."""


@attrs.frozen(eq=False)
class FeatureRows:
    """Features of the units of a page."""

    names: tuple[str, ...]
    values: Array
    """Shape (features, units)."""


def score(units: FeatureRows, places: FeatureRows, free: Flags, weights: ExtentWeights) -> Array:
    """
    Return how likely each unit is part of the report: the marginals of the chain, by the forward-backward algorithm.

    Args:
        units: features of the units, named as `ExtentWeights.unit_features` says.
        places: features of the places before them, named as `ExtentWeights.place_features` says.
        free: for each unit, whether it is free.
        weights: the model.

    Returns:
        Probabilities rounded to `DIGITS` digits, shape (units,).

    """
    body, insertion = _odds(units, weights.body_column), _odds(units, weights.insertion_column)
    start, end = _odds(places, weights.start_column), _odds(places, weights.end_column)
    body = [value if is_free else exp(TAKEN) for value, is_free in zip(body, free.tolist(), strict=True)]
    steps = _Steps(exp(weights.leave), exp(weights.back), exp(weights.stay), exp(EMPTY))
    return np.round(_marginals(body, insertion, start, end, steps), DIGITS)


@attrs.frozen
class _Steps:
    """Odds of steps between states."""

    leave: float
    """From the body into an insertion."""
    back: float
    """From an insertion into the body."""
    stay: float
    """From one unit of an insertion to the next."""
    edge: float
    """Beginning in the tail or ending in the head."""


def _marginals(body: list[float], insertion: list[float], start: list[float], end: list[float], steps: _Steps) -> list[float]:
    """
    Return the probability of the body state for each unit.

    In the loops h, b, o and e are head, body, insertion and tail; each step is scaled to sum to 1.
    """
    count = len(body)
    leave, back, stay, edge = steps.leave, steps.back, steps.stay, steps.edge
    h, b, o, e = 1.0, body[0] * start[0], 0.0, edge
    forward = [(h, b, o, e)]
    for at in range(1, count):
        begin = start[at]
        h, b, o, e = h, body[at] * (h * begin + b + o * back), insertion[at] * (b * leave + o * stay), b * end[at] + e
        scale = 1 / (h + b + o + e)
        h, b, o, e = h * scale, b * scale, o * scale, e * scale
        forward.append((h, b, o, e))
    likely = [0.0] * count
    h, b, o, e = edge, 1.0, 0.0, 1.0
    for at in range(count - 1, -1, -1):
        fh, fb, fo, fe = forward[at]
        likely[at] = fb * b / (fh * h + fb * b + fo * o + fe * e)
        if at:
            here, aside = body[at], insertion[at]
            h, b, o, e = (
                h + start[at] * here * b,
                here * b + leave * aside * o + end[at] * e,
                back * here * b + stay * aside * o,
                e,
            )
            scale = 1 / (h + b + o + e)
            h, b, o, e = h * scale, b * scale, o * scale, e * scale
    return likely


def _odds(rows: FeatureRows, weights: Sequence[float]) -> list[float]:
    """Return the odds that features, in the order of their weights, give each unit, capped."""
    column = np.array(weights).reshape(-1, 1)
    # row by row, not by a matrix product: that adds in another order on another processor
    total = (column * rows.values).sum(0)
    odds: list[float] = np.exp(np.minimum(np.maximum(total, -_CAP), _CAP)).tolist()
    return odds


def explain(rows: FeatureRows, weights: ExtentWeights, units: Sequence[int], most: int) -> list[list[Contribution]]:
    """
    Return the strongest evidence against some units being part of the body, compared with the page's other units.

    Args:
        rows: features of the units, named as `ExtentWeights.unit_features` says.
        weights: the model.
        units: the units to explain.
        most: how many contributions to return for each.

    Returns:
        For each of `units` the strongest contributions below 0, in log odds.

    """
    names = weights.explaining
    if not names:
        return [[] for _ in units]
    values = rows.values[weights.explaining_rows]  # shape (names, all units)
    values -= values.mean(1, keepdims=True)
    amounts = np.ascontiguousarray(values[:, units].T)  # shape (units, names)
    amounts *= np.array(weights.explaining_column)
    explained: list[list[Contribution]] = [[] for _ in units]
    row = np.arange(len(units))
    for _ in range(min(most, len(names))):
        column = amounts.argmin(axis=1)  # shape (units,): of equals the first name
        for unit, name, amount in zip(explained, column.tolist(), amounts[row, column].tolist(), strict=True):
            if amount < 0:
                unit.append(Contribution(names[name], amount))
        amounts[row, column] = np.inf
    return explained
