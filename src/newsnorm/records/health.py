"""Define the findings of `newsnorm doctor` as data; `newsnorm.report.health` words them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs

Value: TypeAlias = "str | int"


@attrs.frozen(kw_only=True)
class Diagnosis:
    """One finding about one thing."""

    topic: str
    """What was checked: ``installation``, ``extras``, ``processes``, or the path of a file or folder."""
    code: str
    """What was found; ``report/health.toml`` says what it means, and what to do about it."""
    is_problem: bool = False
    values: Mapping[str, Value] = attrs.field(factory=dict)
    """The values of the slots of its sentences."""
