"""What was decided of the units of a page, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.evidence import Contribution
from newsnorm.page.units import Unit

Reasons: TypeAlias = Callable[[Sequence[int], int], Callable[[], Sequence[Sequence[Contribution]]]]
"""For units, by index: a function that names the features that speak most against each, so many at most."""


@attrs.frozen(eq=False, kw_only=True)
class Verdict:
    """Which units of a page stay; arrays have one value for each unit."""

    units: Sequence[Unit]
    likely: NDArray[np.float64]
    """How likely each is part of the report."""
    keep_mask: NDArray[np.bool_]
    free: NDArray[np.bool_]
    """Whether nobody took it before."""
    reasons: Reasons
    refused: bool = False
    """Whether all were kept because too many words would have gone."""
