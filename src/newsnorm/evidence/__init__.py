"""
Weigh evidence: linear weights for fields, a chain for the extent of a report, forests for relations and markup.

Each engine has a function ``score``, and a function ``explain``, which returns a `Contribution` for each feature that moved the
score, strongest first. Models are data (``models/``), fitted by the tools that they name.
"""

from __future__ import annotations

from typing import NamedTuple


class Contribution(NamedTuple):
    """What one named feature adds to a score, in log odds. (A page has hundreds; a tuple is made faster than a record.)"""

    feature: str
    amount: float
