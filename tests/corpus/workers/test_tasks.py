"""Options say how many workers there are, and refuse what makes no sense."""

from __future__ import annotations

from typing import Any

import pytest

from newsnorm.corpus.workers import WorkerOptions
from newsnorm.errors import InputError


@pytest.mark.parametrize(
    "wrong",
    [
        {"jobs": -1},
        {"seconds": 0},
        {"seconds": float("nan")},
        {"memory": 0},
        {"start_method": "thread"},
        {"ahead": 0},
        {"ahead_bytes": -5},
    ],
)
def test_wrong_options_are_refused(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(InputError, match=name):
        WorkerOptions(**wrong)


def test_there_is_a_worker_for_each_processor_unless_said_otherwise() -> None:
    assert WorkerOptions().workers >= 1
    assert WorkerOptions(jobs=0).workers == 0
    assert WorkerOptions(jobs=7).workers == 7
