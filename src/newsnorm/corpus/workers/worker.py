"""
Run a worker, a process that works on one task after another from a socket.

It dies with the process that started it, is killed first when the machine runs out of memory, leaves interrupts to the main
process, and never writes to standard output.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias, TypeVar

import attrs

from newsnorm.corpus.workers.frames import Frame, Kind, receive, send
from newsnorm.corpus.workers.outcome import NO_MEMORY, NO_RESULT, attempt, describe
from newsnorm.corpus.workers.surroundings import Surroundings, undone

try:
    import ctypes
    import resource
except ImportError:  # not on every system
    pass

Loaded = TypeVar("Loaded")
Work: TypeAlias = Callable[[Any], object]

_SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

TO_ALL = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals that a terminal or a service manager sends to all processes of a run."""


@attrs.frozen
class Habits:
    """How a worker behaves in its system."""

    memory: int | None
    """The largest address space, in bytes; None for no limit."""

    def adopt(self, parent: int) -> None:
        """
        Apply these habits to this process.

        Args:
            parent: the process to die with.

        """
        die_with(parent)
        ignore_signals()
        _volunteer_for_the_oom_killer()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self.memory is not None:
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            most = self.memory if hard == resource.RLIM_INFINITY else min(self.memory, hard)
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def die_with(parent: int) -> None:
    """Have this process killed when `parent` ends (on Linux); end it if `parent` has already ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def ignore_signals() -> None:
    """Ignore signals that are sent to all processes of a run, and reset the handlers of other signals."""
    for number in TO_ALL:
        signal.signal(number, signal.SIG_IGN)
    for number in (signal.SIGCHLD, signal.SIGALRM, signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _volunteer_for_the_oom_killer() -> None:
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123
            file.write("1000")
    except OSError:
        pass


def redirect_streams() -> None:
    """Make standard input empty, and redirect standard output to standard error."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # standard error is closed
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
    if nothing > 2:
        os.close(nothing)
    sys.stdin, sys.stdout = open(0, encoding="utf-8", closefd=False), sys.stderr  # noqa: SIM115


def load(pickled: bytes) -> Work:
    """Unpickle the work, and call ``work.warm()``, if it exists, to load tables."""
    work: Work = pickle.loads(pickled)
    warm(work)
    return work


def warm(work: Work) -> None:
    """Call ``work.warm()`` if it exists."""
    if (call := getattr(work, "warm", None)) is not None:
        with undone():
            call()


def load_or_refuse(link: socket.socket, make: Callable[[], Loaded]) -> Loaded:
    """Return ``make()``; if it fails, report why and end this process."""
    try:
        return make()
    except BaseException as error:
        send(link, Frame(Kind.REFUSED, describe(error).encode()))
        os._exit(1)


def serve(link: socket.socket, work: Work) -> NoReturn:
    """Work on tasks from `link` until it is closed, then end this process."""
    try:
        process, surroundings = os.getpid(), Surroundings.present()
        send(link, Frame(Kind.READY))
        while (frame := receive(link)) is not None:
            result = answer(work, frame.body, surroundings)
            if os.getpid() != process:
                break  # a task has forked this process, and the fork must not answer as well
            send(link, result)
    except MemoryError:  # even the payload is too large
        send(link, _NO_MEMORY)
    except SystemExit as error:
        os._exit(_status(error))
    finally:
        os._exit(0)


_NO_MEMORY = Frame(Kind.NO_MEMORY)


def answer(work: Work, pickled: bytes, surroundings: Surroundings) -> Frame:
    """
    Work on a pickled payload; exceptions become data.

    Raises:
        SystemExit: the work asked to end its process.

    """
    try:
        with undone(surroundings):
            return _packed(work(pickle.loads(pickled)))
    except MemoryError:
        return _NO_MEMORY
    except SystemExit:
        raise
    except BaseException as error:
        return Frame(Kind.ERROR, describe(error).encode())


def _status(error: SystemExit) -> int:
    """Return the exit status that `error` requests, as Python interprets it."""
    if error.code is None:
        return 0
    return error.code & 0xFF if isinstance(error.code, int) else 1


def _packed(value: object) -> Frame:
    """Pickle a result."""
    pickled = attempt(pickle.dumps, value)
    if isinstance(pickled, bytes):
        return Frame(Kind.VALUE, pickled)
    return _NO_MEMORY if pickled == NO_MEMORY else Frame(Kind.ERROR, pickled.of(NO_RESULT).message.encode())


def main(descriptor: int) -> NoReturn:
    """Be a worker in a fresh process: load the work from the socket, then serve."""
    try:
        link = socket.socket(fileno=descriptor)
        redirect_streams()
        setup = receive(link)
        if setup is not None:
            serve(link, load_or_refuse(link, lambda: load(setup.body)))
    finally:
        os._exit(0)
