"""
Faults of workers and of the tasks they are given; the names begin with the row of the fault matrix.

Rows A are about death and pauses, B about limits, C about one bad task, F about equal results.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from typing import Never, cast

import processes
import pytest
import worker_tasks
from folders import ROOT

import newsnorm
from newsnorm.corpus.workers import Done, Lost, StartMethod, Task, WorkerOptions, work_in_order
from newsnorm.corpus.workers.tasks import START_METHODS
from newsnorm.errors import WorkerStartError
from newsnorm.testing import cases, shipped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    """No process, zombie or open file is left by a test."""
    files, before = processes.open_files(), processes.descendants()
    yield
    assert processes.open_files() == files
    assert processes.descendants() <= before


def misbehave(
    *kinds: str | int, seconds: float = 30, memory: int | None = None, start_method: StartMethod = "fork"
) -> list[object]:
    """The results of `kinds`, each between two good tasks; asserts that those are done."""
    options = WorkerOptions(jobs=2, seconds=seconds, memory=memory, start_method=start_method)
    items: list[str | int] = [1]
    for kind in kinds:
        items += [kind, 2, 3]
    results = list(work_in_order(worker_tasks.misbehave, [Task(item) for item in items], options))
    assert [result.payload for result in results] == items
    good = [result for result in results if isinstance(result.payload, int)]
    assert good == [Done(result.payload, 2 * int(result.payload)) for result in good]
    return [result for result in results if not isinstance(result.payload, int)]


def run_python(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a script in a process group of its own."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def rest_of(run: subprocess.Popen[str]) -> tuple[str, str]:
    """What a script prints from now on; (`communicate` would lose what has been read ahead)."""
    assert run.stdout is not None
    assert run.stderr is not None
    result = run.stdout.read(), run.stderr.read()
    run.wait()
    return result


# A


def survive_kills(kills: int, distance: int = 50) -> None:
    """Kill a random worker, or sometimes their nursery, after every so many results."""
    chance = random.Random(17)
    count = (kills + 1) * distance
    options = WorkerOptions(jobs=2, ahead=16)
    results = []
    for result in work_in_order(worker_tasks.brief_nap, (Task(number) for number in range(count)), options):
        results.append(result)
        if len(results) % distance == 0:
            there = processes.descendants() if len(results) % (5 * distance) == 0 else processes.workers()
            os.kill(chance.choice(sorted(there)), signal.SIGKILL)
    assert results == [Done(number, number) for number in range(count)]


def test_a2_killed_workers_cost_nothing() -> None:
    survive_kills(10)


@pytest.mark.slow
def test_a2_killed_workers_cost_nothing_at_length() -> None:
    survive_kills(50)


PAUSED = """
import sys, worker_tasks
from newsnorm.corpus.workers import *
tasks = [Task(float(sys.argv[2]))] * 12
for result in work_in_order(worker_tasks.nap, tasks, WorkerOptions(jobs=2, seconds=float(sys.argv[1]))):
    print(type(result).__name__, flush=True)
"""


def survive_pause(limit: float, nap: float, pause: float) -> None:
    """Stop a whole group of processes for longer than a task may take."""
    with run_python(PAUSED, str(limit), str(nap)) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "Done\n"
        os.killpg(run.pid, signal.SIGSTOP)
        time.sleep(pause)
        os.killpg(run.pid, signal.SIGCONT)
        rest, errors = rest_of(run)
    assert (rest, errors, run.returncode) == ("Done\n" * 11, "", 0)


@pytest.mark.slow
def test_a5_a_pause_is_no_timeout() -> None:
    survive_pause(limit=2, nap=0.1, pause=4)


@pytest.mark.slow
def test_a5_a_pause_of_30_seconds_is_no_timeout() -> None:
    survive_pause(limit=3, nap=0.5, pause=30)


def test_a5_a_slow_reader_causes_no_timeout() -> None:
    """A finished result that waits to be read, even one larger than the socket holds, is not late."""
    tasks = [Task(1 << 21) for _ in range(4)]
    options = WorkerOptions(jobs=2, seconds=0.2, start_method="fork")
    for result in work_in_order(worker_tasks.many_bytes, tasks, options):
        assert isinstance(result, Done)
        time.sleep(0.25)


FOLLOWED = """
import sys, worker_tasks
from newsnorm.corpus.workers import *
tasks = [Task(1), Task("regex"), Task("sleep"), Task(2)]
for result in work_in_order(worker_tasks.misbehave, tasks, WorkerOptions(jobs=2, start_method=sys.argv[1])):
    print("started", flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("method", START_METHODS)
@pytest.mark.parametrize("victim", ["parent", "nursery"])
def test_a1_workers_end_with_their_parent(method: StartMethod, victim: str) -> None:
    """Even those that hang in C."""
    with run_python(FOLLOWED, method) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "started\n"
        (nursery,) = processes.children_of(run.pid)
        there = processes.descendants(run.pid)
        assert len(there) == 3
        if victim == "nursery":
            os.kill(nursery, signal.SIGKILL)
            assert not processes.wait_for_end(there)
            there = processes.descendants(run.pid)
        os.kill(run.pid, signal.SIGKILL)
        assert not processes.wait_for_end(there)


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a4_a_signal_to_all_is_left_to_the_parent(sent: signal.Signals) -> None:
    script = """
    import signal, sys, worker_tasks
    from newsnorm.corpus.workers import *
    caught = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: caught.append(number))
    for result in work_in_order(worker_tasks.nap, [Task(0.01)] * 100, WorkerOptions(jobs=2)):
        print(type(result).__name__, flush=True)
    print(*map(int, caught))
    """
    with run_python(script) as run:
        assert run.stdout is not None
        run.stdout.readline()
        os.killpg(run.pid, sent)
        rest, errors = rest_of(run)
    assert (rest, errors, run.returncode) == ("Done\n" * 99 + f"{int(sent)}\n", "", 0)


@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.0, 0.05, 0.1, 0.15, 0.3])
def test_a4_an_interrupt_leaves_no_process_and_prints_one_traceback(wait: float) -> None:
    script = """
    import worker_tasks
    from newsnorm.corpus.workers import *
    print("ready", flush=True)
    for result in work_in_order(worker_tasks.nap, [Task(0.01)] * 1000, WorkerOptions(jobs=2)):
        pass
    """
    with run_python(script) as run:
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(wait)
        there = processes.descendants(run.pid)
        os.killpg(run.pid, signal.SIGINT)
        _, errors = rest_of(run)
    assert errors.count("Traceback") == 1
    assert errors.endswith("KeyboardInterrupt\n")
    assert not processes.wait_for_end(there)


# B


LIMITED = """
import os, resource, sys, worker_tasks
from newsnorm.corpus.workers import *
from newsnorm.errors import WorkerStartError
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
highest = 0
try:
    for place, result in enumerate(work_in_order(worker_tasks.double, map(Task, range(500)), WorkerOptions(jobs=8))):
        assert result == Done(place, 2 * place)
        highest = max(highest, len(os.listdir("/proc/self/fd")))
    print("done", highest)
except WorkerStartError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (64, r"done (1\d|2\d)"),  # 8 workers, their nursery, standard streams
        (12, r"done 1[0-2]"),  # fewer workers than asked for
        (6, r"a worker can't be started: Too many open files \(limits: 6 open files, .* processes\)"),
    ],
)
@pytest.mark.slow
def test_b6_few_open_files(limit: int, expected: str) -> None:
    with run_python(LIMITED, str(limit)) as run:
        output, errors = rest_of(run)
    assert (errors, run.returncode) == ("", 0)
    assert re.fullmatch(expected, output.strip()), output


def test_b7_c4_too_much_memory() -> None:
    lost = misbehave("memory", "memory", memory=1 << 30)
    assert lost == [Lost("memory", "memory", "not enough memory")] * 2


def test_b7_a_payload_or_result_too_large_for_its_worker() -> None:
    options = WorkerOptions(jobs=1, memory=1 << 30, start_method="fork")
    size = 1 << 29
    big, result, small = work_in_order(worker_tasks.many_bytes, [Task(size), Task(size), Task(5)], options)
    assert big == result == Lost(size, "memory", "not enough memory")
    assert small == Done(5, bytes(5))


# C


@pytest.mark.parametrize("kind", worker_tasks.HANGS)
def test_c1_c2_a_task_that_hangs_is_lost_in_time(kind: str) -> None:
    before = time.monotonic()
    assert misbehave(kind, seconds=0.3) == [Lost(kind, "timeout", "no result after 0.3 s")]
    assert time.monotonic() - before < 20  # a task hangs for a minute or for ever; a busy machine may be slow to stop it


def test_c1_a_worker_stopped_while_it_writes() -> None:
    """A result of which only the beginning came does not block."""
    before = processes.descendants()

    def items() -> Iterator[Task[int]]:
        yield Task(1 << 25)
        end = time.monotonic() + 30
        while not processes.workers() - before and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(1)  # then the pipe is full
        for worker in processes.workers() - before:
            os.kill(worker, signal.SIGSTOP)
        yield Task(10)

    options = WorkerOptions(jobs=2, seconds=3, start_method="fork")
    stopped, other = work_in_order(worker_tasks.many_bytes, items(), options)
    assert stopped == Lost(1 << 25, "timeout", "no result after 3 s")
    assert other == Done(10, bytes(10))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("abort", "killed by SIGABRT"),
        ("exit", "exit status 0"),
        ("leave", "exit status 3"),
        ("leave with a word", "exit status 1"),
        ("segfault", "killed by SIGSEGV"),
        ("kill", "killed by SIGKILL"),
        ("close", "killed by SIGKILL"),
    ],
)
def test_c3_a_task_that_ends_its_worker(kind: str, message: str) -> None:
    assert misbehave(kind) == [Lost(kind, "worker-died", message)]


def test_c3_recursion_without_end_in_c() -> None:
    """Some versions of Python notice it in time."""
    (lost,) = misbehave("recursion")
    assert isinstance(lost, Lost)
    assert (lost.code, lost.message) == ("worker-died", "killed by SIGSEGV") or lost.message.startswith("RecursionError")


def test_c3_a_task_that_writes_to_the_socket_of_its_worker() -> None:
    """In a fresh process; a fork of this one would write to files of this one."""
    assert misbehave("write", start_method="forkserver") == [Lost("write", "worker-died", "killed by SIGKILL")]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("two arguments", "TwoArgumentsError: onetwo"),
        ("silent", "SilentError: (its message raises SystemExit)"),
        ("surrogates", r"ValueError: half a pair: \ud83d\n"),
        ("bottom", "BottomError: no Exception"),
        ("interrupt", "KeyboardInterrupt"),
        ("long", "ValueError: " + "x" * 488),
        ("unpicklable", None),  # Python's own words, different in each version
        ("unreadable", "the result can't be passed from a worker: ValueError: invalid literal for int() with base 10: 'no'"),
    ],
)
def test_c5_exceptions_and_results_that_can_t_be_pickled(kind: str, message: str | None) -> None:
    (lost,) = misbehave(kind)
    assert isinstance(lost, Lost)
    assert lost.code == "parser-error"
    assert (
        lost.message == message if message is not None else lost.message.startswith("the result can't be passed from a worker:")
    )


def test_c5_a_task_that_can_t_be_pickled() -> None:
    options = WorkerOptions(jobs=1, start_method="fork")
    tasks: list[Task[object]] = [Task(1), Task(lambda: 0), Task(2)]
    first, lost, last = work_in_order(worker_tasks.double, tasks, options)  # type: ignore[arg-type]  # on purpose
    assert (first, last) == (Done(1, 2), Done(2, 4))
    assert isinstance(lost, Lost)
    assert lost.code == "parser-error"


def test_c6_poison_everywhere() -> None:
    assert misbehave(*["exit"] * 50) == [Lost("exit", "worker-died", "exit status 0")] * 50


@pytest.mark.slow
def test_c6_poison_everywhere_at_length() -> None:
    assert misbehave(*["abort"] * 500) == [Lost("abort", "worker-died", "killed by SIGABRT")] * 500


@pytest.mark.parametrize("jobs", [0, 1])
@pytest.mark.parametrize("kind", worker_tasks.TRACES)
def test_c7_c8_tasks_leave_no_trace(kind: str, jobs: int, capfd: pytest.CaptureFixture[str]) -> None:
    options = WorkerOptions(jobs=jobs, start_method="fork")
    if jobs == 0 and kind in ("alarm", "fork"):
        pytest.skip("would harm this process")
    before, trace, after = work_in_order(worker_tasks.look_around, [Task(None), Task(kind), Task(None)], options)
    assert isinstance(before, Done)
    assert trace == Done(kind, None)
    assert after == before
    assert "printed" not in capfd.readouterr().out


def article_texts(count: int) -> list[str | bytes]:
    return [case.raw for case in cases(shipped() / "articles")[:count]]


def check_order_does_not_matter(count: int, shuffles: int, method: StartMethod) -> None:
    """Articles don't depend on what a process has parsed before."""
    texts = article_texts(count)
    expected = [newsnorm.parse(text) for text in texts]
    options = WorkerOptions(jobs=2, start_method=method)
    chance = random.Random(8)
    places = list(range(len(texts)))
    for _ in range(shuffles):
        chance.shuffle(places)
        results = work_in_order(newsnorm.parse, [Task(texts[place]) for place in places], options)
        for place, result in zip(places, results, strict=True):
            assert isinstance(result, Done)
            assert result.value == expected[place], f"text {place} differs"


@pytest.mark.slow
def test_c8_order_does_not_matter() -> None:
    check_order_does_not_matter(count=150, shuffles=1, method="forkserver")


def test_c8_order_does_not_matter_in_short() -> None:
    check_order_does_not_matter(count=40, shuffles=2, method="fork")


# F


@pytest.mark.slow
def test_f2_f3_results_don_t_depend_on_jobs_or_start_method() -> None:
    tasks = [Task(text, len(text)) for text in article_texts(20)]
    here = list(work_in_order(newsnorm.parse, tasks, WorkerOptions(jobs=0)))
    ways: list[tuple[int, StartMethod]] = [(2, "spawn"), (2, "forkserver"), (1, "fork"), (2, "fork"), (3, "fork"), (8, "fork")]
    for jobs, method in ways:
        assert list(work_in_order(newsnorm.parse, tasks, WorkerOptions(jobs=jobs, start_method=method))) == here


@pytest.mark.slow
def test_a_script_needs_no_guard() -> None:
    """Work of a module works from a script without ``if __name__ == "__main__":``; work of the script itself is refused."""
    script = """
    from newsnorm.corpus.workers import *
    from newsnorm.errors import WorkerStartError
    import json, worker_tasks
    def own(number): return number
    print([done.value for done in work_in_order(worker_tasks.double, [Task(1), Task(2)], WorkerOptions(jobs=2))])
    print([done.value for done in work_in_order(own, [Task(1), Task(2)], WorkerOptions(jobs=2, start_method="fork"))])
    try:
        list(work_in_order(own, [Task(1)], WorkerOptions(jobs=2)))
    except WorkerStartError as error:
        print(error)
    """
    with run_python(script) as run:
        output, errors = rest_of(run)
    assert errors == ""
    assert output.splitlines()[:2] == ["[2, 4]", "[1, 2]"]
    assert "move what you defined in your script or notebook to a module, or choose start_method='fork'" in output


@pytest.mark.parametrize("method", START_METHODS)
def test_work_is_warmed_before_the_first_task(method: StartMethod) -> None:
    (done,) = work_in_order(worker_tasks.Warmed(), [Task(None)], WorkerOptions(jobs=1, start_method=method))
    assert isinstance(done, Done)
    assert done.value != os.getpid()


@pytest.mark.parametrize("method", START_METHODS)
def test_work_that_can_t_be_warmed_is_refused(method: StartMethod) -> None:
    with pytest.raises(WorkerStartError, match=r"can't be loaded in another process \(ValueError: no tables\)"):
        list(work_in_order(worker_tasks.ColdError(), [Task(None)], WorkerOptions(jobs=1, start_method=method)))


def test_work_that_can_t_be_pickled_is_refused() -> None:
    with pytest.raises(WorkerStartError, match="define it in a module"):
        list(work_in_order(lambda _: None, [cast("Task[Never]", Task(1))], WorkerOptions(jobs=1, start_method="forkserver")))


def test_closing_the_iterator_kills_the_workers() -> None:
    results = work_in_order(worker_tasks.misbehave, [Task(1), Task("regex"), Task(2)], WorkerOptions(jobs=2, start_method="fork"))
    assert next(results) == Done(1, 2)
    assert processes.workers()
    results.close()
    assert not processes.workers()


def test_two_pools_at_once() -> None:
    options = WorkerOptions(jobs=1, start_method="fork")
    first = work_in_order(worker_tasks.own_process, [Task(0)] * 3, options)
    second = work_in_order(worker_tasks.own_process, [Task(0)] * 3, options)
    assert len({str(result) for pair in zip(first, second, strict=True) for result in pair}) == 2


def test_a_fork_of_the_parent_leaves_the_workers_alone() -> None:
    results = work_in_order(worker_tasks.double, [Task(1), Task(2)], WorkerOptions(jobs=1, start_method="fork", ahead=1))
    assert next(results) == Done(1, 2)
    child = os.fork()
    if child == 0:
        results.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert list(results) == [Done(2, 4)]
