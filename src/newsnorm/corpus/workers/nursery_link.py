"""Control the nursery from the main process: start it, ask it for workers, learn how they ended, and stop it."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from newsnorm.corpus.workers.frames import Channel, Frame, Kind
from newsnorm.corpus.workers.nursery import NUMBER, main, main_in_fork, python_command
from newsnorm.corpus.workers.outcome import describe
from newsnorm.corpus.workers.tasks import StartMethod, WorkerOptions
from newsnorm.corpus.workers.worker import TO_ALL, Work
from newsnorm.errors import WorkerStartError

_PATIENCE = 5.0
"""Seconds that the nursery has to kill all workers before it is killed together with them."""

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment that gives linear algebra libraries one thread per worker, unless the user has set it."""


class _Process(Protocol):
    """The interface of a child process."""

    def wait(self, timeout: float) -> object: ...
    def kill(self) -> None: ...


class NurseryLink:
    """
    A nursery and the connection to it.

    Raises:
        WorkerStartError: the work can't be pickled, and workers are not forks of this process.
        OSError: there are too many processes or open files.

    """

    def __init__(self, work: Work, options: WorkerOptions) -> None:
        self._setup = _pickled(work) if options.method != "fork" else b""
        self._method: StartMethod = options.method
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        self.has_answered = False
        """Whether one of its workers has worked, which shows that it has loaded the work and listens."""
        try:
            with theirs, _held_back_signals():
                self._process = _start(theirs, ours, work, options)
        except BaseException:
            self.channel.close()
            raise
        if self._method == "forkserver":
            self.channel.send(Frame(Kind.SETUP, self._setup))

    def start_worker(self, number: int) -> Channel:
        """Ask for a worker, and return the connection to it."""
        ours, theirs = socket.socketpair()
        self.channel.send(Frame(Kind.START, NUMBER.pack(number), passed=theirs))
        channel = Channel(ours)
        if self._method == "spawn":
            channel.send(Frame(Kind.SETUP, self._setup))
        return channel

    def kill_worker(self, number: int) -> None:
        """Ask to kill a worker; does nothing if it has already ended."""
        self.channel.send(Frame(Kind.KILL, NUMBER.pack(number)))

    def explain_refusal(self, message: str) -> str:
        """Return the error for work that a worker can't load, with what to do about it."""
        if b"__main__" in self._setup:
            return (
                f"the work can't be loaded in another process ({message}); move what you defined in your script or notebook to"
                " a module, or choose start_method='fork'"
            )
        return f"the work can't be loaded in another process ({message})"

    def stop(self) -> None:
        """Kill all workers and the nursery, and wait for them."""
        with suppress(OSError):  # it has already ended
            self.channel.link.shutdown(socket.SHUT_RDWR)  # unlike close, this works even if a fork holds the socket open
        self.channel.close()
        if not self.has_answered:
            self._process.kill()
        try:
            self._process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=_PATIENCE)

    def abandon(self) -> None:
        """Close the connection in a fork of the main process, without stopping the nursery."""
        self.channel.close()


def _pickled(work: Work) -> bytes:
    try:
        return pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        raise WorkerStartError(
            f"the work can't be passed to another process ({describe(error)}); define it in a module, or choose"
            " start_method='fork'"
        ) from error


def _start(theirs: socket.socket, ours: socket.socket, work: Work, options: WorkerOptions) -> _Process:
    """Start a nursery at the socket `theirs`."""
    parent = os.getpid()
    if options.method != "fork":
        arguments = f"{theirs.fileno()}, {parent}, {options.method!r}, {options.memory!r}"
        command = python_command(f"from {main.__module__} import main; main({arguments})")
        return subprocess.Popen(command, pass_fds=[theirs.fileno()], env=_ONE_THREAD | os.environ)
    process = os.fork()
    if process == 0:
        try:
            ours.close()
            main_in_fork(theirs, parent, options.memory, work)
        finally:
            os._exit(1)
    return _Fork(process)


class _Fork:
    """A fork of this process."""

    def __init__(self, process: int) -> None:
        self._process = process

    def wait(self, timeout: float) -> None:
        """Wait until it ends."""
        end = time.monotonic() + timeout
        with suppress(ChildProcessError):  # something else has waited for it
            while os.waitpid(self._process, os.WNOHANG)[0] == 0:
                if time.monotonic() > end:
                    raise subprocess.TimeoutExpired("nursery", timeout)
                time.sleep(0.001)

    def kill(self) -> None:
        """End it now."""
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)


@contextmanager
def _held_back_signals() -> Iterator[None]:
    """Block signals that the child will ignore, until it ignores them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, TO_ALL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
