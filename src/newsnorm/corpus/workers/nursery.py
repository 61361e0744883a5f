"""
Run the nursery, a process that starts workers, kills them, and reports how they ended.

It has one thread and few files open, so that a fork of it is safe and takes milliseconds; tables loaded before the forks are
shared. It never works on tasks itself, so it always answers; when the main process ends, it kills all workers and ends, too.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import warnings
from collections.abc import Callable
from typing import NoReturn

from newsnorm.corpus.workers.frames import Frame, Kind, receive, send
from newsnorm.corpus.workers.tasks import StartMethod
from newsnorm.corpus.workers.worker import Habits, Work, ignore_signals, load, load_or_refuse, redirect_streams, serve, warm

NUMBER = struct.Struct("!Q")
NUMBER_AND_STATUS = struct.Struct("!Qq")

_LOOK_UP = 1.0
"""Seconds between checks that the main process is still there, in case another process holds its socket open."""


class Nursery:
    """Starts and kills workers on commands from a socket."""

    def __init__(self, link: socket.socket, parent: int, begin: Callable[[socket.socket], NoReturn]) -> None:
        self._link = link
        self._parent = parent
        self._begin = begin
        self._processes: dict[int, int] = {}
        """Number of a worker → its process."""
        self._ended, self._ending = socket.socketpair()
        """Receives a byte when a process has ended."""

    def run(self) -> None:
        """Serve until the main process ends or closes its socket."""
        for end in (self._ended, self._ending):
            end.setblocking(False)
        signal.set_wakeup_fd(self._ending.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._link, selectors.EVENT_READ, self._obey)
                selector.register(self._ended, selectors.EVENT_READ, self._bury)
                while os.getppid() == self._parent and all(key.data() for key, _ in selector.select(_LOOK_UP)):
                    pass
        finally:
            self._kill_all()

    def _obey(self) -> bool:
        """Execute the next message; return whether there was one."""
        frame = receive(self._link)
        if frame is None:
            return False
        (number,) = NUMBER.unpack(frame.body)
        if frame.kind is Kind.START and frame.passed is not None:
            with frame.passed as link:
                self._start(number, link)
        elif number in self._processes:
            os.kill(self._processes[number], signal.SIGKILL)  # not yet waited for, so the process still has this id
        return True

    def _start(self, number: int, link: socket.socket) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # fork warns about idle threads that libraries keep
                process = os.fork()
        except OSError as error:
            send(self._link, Frame(Kind.NOT_STARTED, NUMBER_AND_STATUS.pack(number, error.errno or 0)))
            return
        if process == 0:
            try:
                signal.set_wakeup_fd(-1)
                for end in (self._link, self._ended, self._ending):
                    end.close()
                self._begin(link)
            finally:
                os._exit(1)
        self._processes[number] = process

    def _bury(self) -> bool:
        """Report which workers ended."""
        self._ended.recv(1 << 12)
        for number, process in list(self._processes.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                del self._processes[number]
                exitcode = os.waitstatus_to_exitcode(status)
                send(self._link, Frame(Kind.ENDED, NUMBER_AND_STATUS.pack(number, exitcode)))
        return True

    def _kill_all(self) -> None:
        for process in self._processes.values():
            os.kill(process, signal.SIGKILL)
        for process in self._processes.values():
            os.waitpid(process, 0)


def run(link: socket.socket, parent: int, habits: Habits, work: Work) -> None:
    """Be the nursery of workers that are forks of this process."""
    gc.collect()
    gc.freeze()  # so that garbage collections in workers don't copy shared pages
    gc.enable()
    here = os.getpid()

    def begin(worker_link: socket.socket) -> NoReturn:
        habits.adopt(here)
        serve(worker_link, work)

    Nursery(link, parent, begin).run()


def run_spawning(link: socket.socket, parent: int, habits: Habits) -> None:
    """Be the nursery of workers that are fresh processes."""
    here = os.getpid()

    def begin(worker_link: socket.socket) -> NoReturn:
        habits.adopt(here)
        worker_link.set_inheritable(True)
        command = python_command(f"from {serve.__module__} import main; main({worker_link.fileno()})")
        os.execv(command[0], command)

    Nursery(link, parent, begin).run()


def main(descriptor: int, parent: int, method: StartMethod, memory: int | None) -> NoReturn:
    """Be the nursery in a fresh process; load the work from the socket, unless workers are fresh processes, too."""
    try:
        ignore_signals()
        redirect_streams()
        link, habits = socket.socket(fileno=descriptor), Habits(memory)
        if method == "spawn":
            run_spawning(link, parent, habits)
        elif (setup := receive(link)) is not None:
            gc.disable()  # tables are not garbage, and collecting would take a quarter of the time; `run` collects once
            run(link, parent, habits, load_or_refuse(link, lambda: load(setup.body)))
    finally:
        os._exit(0)


def main_in_fork(link: socket.socket, parent: int, memory: int | None, work: Work) -> NoReturn:
    """Be the nursery in a fork of the main process."""
    try:
        stdout = sys.stdout  # kept, so that output buffered by the main process is not printed here
        faulthandler.disable()
        ignore_signals()
        redirect_streams()
        gc.disable()
        load_or_refuse(link, lambda: warm(work))
        run(link, parent, Habits(memory), work)
        del stdout
    finally:
        os._exit(0)


def python_command(statement: str) -> list[str]:
    """Return the command that executes a statement in a fresh Python with the module path of this one."""
    flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]  # as multiprocessing does
    return [sys.executable, *flags, "-c", f"import sys; sys.path[:] = {sys.path!a}; {statement}"]
