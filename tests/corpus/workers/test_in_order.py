"""Results come in the order of the items, and whatever is no task passes through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions, work_in_order

ITEMS = st.lists(st.one_of(st.builds(Task, st.integers(-3, 3), st.integers(0, 100)), st.text(max_size=3)))


def invert(number: int) -> float:
    return 1 / number


@given(ITEMS)
def test_results_take_the_places_of_their_tasks(items: list[Task[int] | str]) -> None:
    expected: list[object] = []
    for item in items:
        if isinstance(item, str):
            expected.append(item)
        elif item.payload == 0:
            expected.append(Lost(0, "parser-error", "ZeroDivisionError: division by zero"))
        else:
            expected.append(Done(item.payload, 1 / item.payload))
    assert list(work_in_order(invert, items, WorkerOptions(jobs=0))) == expected
