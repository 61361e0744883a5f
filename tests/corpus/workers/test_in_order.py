"""Results come in the order of the items, whatever is no task passes through, and items are taken as they are needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions, work_in_order

HERE = WorkerOptions(jobs=0)
FORKS = WorkerOptions(jobs=2, start_method="fork")
ITEMS = st.lists(st.one_of(st.builds(Task, st.integers(-3, 3), st.integers(0, 100)), st.text(max_size=3)))


def invert(number: int) -> float:
    return 1 / number


def slow_twin(items: list[Task[int] | str]) -> list[object]:
    """What must come out."""
    expected: list[object] = []
    for item in items:
        if isinstance(item, str):
            expected.append(item)
        elif item.payload == 0:
            expected.append(Lost(0, "parser-error", "ZeroDivisionError: division by zero"))
        else:
            expected.append(Done(item.payload, 1 / item.payload))
    return expected


@given(ITEMS)
def test_results_take_the_places_of_their_tasks(items: list[Task[int] | str]) -> None:
    assert list(work_in_order(invert, items, HERE)) == slow_twin(items)


@settings(max_examples=10)
@given(ITEMS, st.integers(1, 3), st.integers(1, 4), st.integers(1, 150))
def test_results_of_workers_take_the_places_of_their_tasks(
    items: list[Task[int] | str], jobs: int, ahead: int, ahead_bytes: int
) -> None:
    options = WorkerOptions(jobs=jobs, start_method="fork", ahead=ahead, ahead_bytes=ahead_bytes)
    assert list(work_in_order(invert, items, options)) == slow_twin(items)


@pytest.mark.parametrize(
    ("options", "most"),
    [
        (HERE, 1),
        (WorkerOptions(jobs=2, start_method="fork", ahead=5), 10),
        (WorkerOptions(jobs=2, start_method="fork", ahead_bytes=70), 7),
    ],
)
def test_few_items_are_under_way(options: WorkerOptions, most: int) -> None:
    taken = 0

    def items() -> Iterator[Task[int]]:
        nonlocal taken
        for number in range(1, 100):
            taken += 1
            yield Task(number, size=10)

    highest = max(taken - place for place, _ in enumerate(work_in_order(invert, items(), options)))
    assert highest <= most


@pytest.mark.parametrize("options", [HERE, FORKS])
def test_an_error_of_the_items_comes_after_what_came_before(options: WorkerOptions) -> None:
    def items() -> Iterator[Task[int]]:
        yield Task(4)
        yield Task(5)
        raise OSError("the source is gone")

    found: list[object] = []
    with pytest.raises(OSError, match="the source is gone"):
        found.extend(work_in_order(invert, items(), options))
    assert found == [Done(4, 0.25), Done(5, 0.2)]


@pytest.mark.parametrize("options", [HERE, FORKS])
def test_nothing_is_taken_before_it_is_asked_for(options: WorkerOptions) -> None:
    def items() -> Iterator[Task[int]]:
        raise AssertionError("taken")
        yield Task(1)

    work_in_order(invert, items(), options)


@pytest.mark.parametrize("options", [HERE, FORKS])
def test_an_interrupt_of_the_items_is_raised_at_once(options: WorkerOptions) -> None:
    def items() -> Iterator[Task[int]]:
        yield Task(4)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(work_in_order(invert, items(), options))
