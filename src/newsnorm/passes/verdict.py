"""Record what was decided about the units of a page, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.evidence import Contribution
from newsnorm.page.units import Unit

Reasons: TypeAlias = Callable[[Sequence[int], int], Callable[[], Sequence[Sequence[Contribution]]]]
"""Given indices of units and a number of features: returns a function that names the strongest evidence against each unit."""


@attrs.frozen(eq=False, kw_only=True)
class Verdict:
    """Which units of a page stay; arrays have one value per unit."""

    units: Sequence[Unit]
    likely: NDArray[np.float64]
    """Probability of each unit being part of the report."""
    keep_mask: NDArray[np.bool_]
    free: NDArray[np.bool_]
    """Whether each unit is free."""
    reasons: Reasons
    refused: bool = False
    """Whether everything was kept because too many words would have been removed."""
