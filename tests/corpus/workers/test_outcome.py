"""Whatever is raised becomes a short line of printable text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.corpus.workers.outcome import MAX_MESSAGE, NO_MEMORY, attempt, describe, describe_status, printable


@given(st.text(st.characters(), max_size=600))
def test_text_can_be_printed_and_encoded(text: str) -> None:
    shown = printable(text)
    assert len(shown) <= MAX_MESSAGE
    assert shown.isprintable()
    shown.encode("utf-8")
    if text.isprintable():
        assert shown == text[:MAX_MESSAGE]


def test_addresses_differ_from_run_to_run_and_are_left_out() -> None:
    class Nameless:
        pass

    assert "0x" not in describe(ValueError(f"can't pickle {Nameless()}"))


def test_a_message_that_is_no_text() -> None:
    class Numeric(Exception):  # noqa: N818
        def __str__(self) -> str:
            return 5  # type: ignore[return-value]  # on purpose

    assert describe(Numeric()) == "Numeric: (its message raises TypeError)"


def test_memory_has_a_code_of_its_own() -> None:
    def greedy(_: object) -> None:
        raise MemoryError

    assert attempt(greedy, 0) == NO_MEMORY


@pytest.mark.parametrize(("status", "words"), [(0, "exit status 0"), (-11, "killed by SIGSEGV"), (-99, "killed by signal 99")])
def test_how_a_process_ended(status: int, words: str) -> None:
    assert describe_status(status) == words
