"""A worker answers each task with one message, whatever the work does."""

from __future__ import annotations

import pickle
import random
import sys

import pytest
import worker_tasks

from newsnorm.corpus.workers.frames import Frame, Kind
from newsnorm.corpus.workers.surroundings import SEED, Surroundings, undone
from newsnorm.corpus.workers.worker import answer


def answered(payload: object) -> Frame:
    return answer(worker_tasks.misbehave, pickle.dumps(payload), Surroundings.present())


def test_a_value_is_pickled() -> None:
    frame = answered(21)
    assert frame.kind is Kind.VALUE
    assert pickle.loads(frame.body) == 42


@pytest.mark.parametrize("kind", ["silent", "bottom", "interrupt", "unpicklable"])
def test_whatever_is_raised_is_described(kind: str) -> None:
    frame = answered(kind)
    assert frame.kind is Kind.ERROR
    assert frame.body.decode().isprintable()


def test_a_payload_that_can_t_be_read_is_described() -> None:
    frame = answer(worker_tasks.misbehave, b"no pickle", Surroundings.present())
    assert (frame.kind, frame.body[:16]) == (Kind.ERROR, b"UnpicklingError:")


def test_too_little_memory_has_a_message_of_its_own() -> None:
    def greedy(_: object) -> None:
        raise MemoryError

    assert answer(greedy, pickle.dumps(0), Surroundings.present()) == Frame(Kind.NO_MEMORY)


def test_every_task_draws_the_same_numbers_and_nobody_else_notices() -> None:
    before = random.getstate()
    with undone():
        first = random.random()
    with undone():
        assert random.random() == first == random.Random(SEED).random()
    assert random.getstate() == before


def test_surroundings_are_put_back_after_an_exception() -> None:
    limit, stdout = sys.getrecursionlimit(), sys.stdout

    def disturb() -> None:
        with undone():
            sys.setrecursionlimit(limit + 100)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        disturb()
    assert (sys.getrecursionlimit(), sys.stdout) == (limit, stdout)


def test_the_end_of_the_process_is_no_answer() -> None:
    with pytest.raises(SystemExit):
        answered("leave")
