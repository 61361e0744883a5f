"""
Undo what a task may change in its process unintentionally.

Restored are the working directory, the locale, the state of `random`, the standard streams, warning filters, signal handlers, the
alarm clock, and the recursion limit. Environment variables and other changes to modules are not restored.
"""

from __future__ import annotations

import locale
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import attrs

SEED = 0
"""Seed of `random` before each task, so that results don't depend on earlier tasks."""

_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGHUP", "SIGINT", "SIGPIPE", "SIGTERM", "SIGALRM", "SIGCHLD", "SIGUSR1", "SIGUSR2")
    if hasattr(signal, name)
)
"""The signals whose handlers are restored; checking one takes a microsecond."""


@attrs.frozen
class Surroundings:
    """The state of this process that tasks share."""

    folder: str | None
    """The working directory; None if it does not exist."""
    locale: str
    random: tuple[Any, ...]
    streams: tuple[TextIO | None, TextIO | None, TextIO | None]
    filters: tuple[Any, ...]
    handlers: Mapping[int, Any]
    alarm: bool
    """Whether the alarm clock is set."""
    recursion: int

    @classmethod
    def present(cls) -> Surroundings:
        """Record the present state of the process."""
        return cls(
            folder=_folder(),
            locale=locale.setlocale(locale.LC_ALL),
            random=random.getstate(),
            streams=(sys.stdin, sys.stdout, sys.stderr),
            filters=tuple(warnings.filters),
            handlers=_handlers(),
            alarm=_alarm(),
            recursion=sys.getrecursionlimit(),
        )

    def restore(self) -> None:
        """Restore this state of the process."""
        sys.stdin, sys.stdout, sys.stderr = self.streams
        random.setstate(self.random)
        if self.folder is not None and _folder() != self.folder:
            with suppress(OSError):
                os.chdir(self.folder)
        if locale.setlocale(locale.LC_ALL) != self.locale:
            locale.setlocale(locale.LC_ALL, self.locale)
        if tuple(warnings.filters) != self.filters:
            warnings.resetwarnings()
            warnings.filters[:] = self.filters  # type: ignore[index]  # typeshed calls the list a sequence
        if sys.getrecursionlimit() != self.recursion:
            sys.setrecursionlimit(self.recursion)
        if not self.alarm and _alarm():
            signal.setitimer(signal.ITIMER_REAL, 0)
        if _handlers() != self.handlers:
            self._restore_handlers()

    def _restore_handlers(self) -> None:
        """Restore signal handlers, if this thread may."""
        if threading.current_thread() is threading.main_thread():
            for number, handler in self.handlers.items():
                if handler is not None:
                    signal.signal(number, handler)


@contextmanager
def undone(surroundings: Surroundings | None = None) -> Iterator[None]:
    """
    Undo a task's changes after the block; output of the task goes to standard error.

    Args:
        surroundings: the state to restore; by default the present one.

    >>> with undone():
    ...     sys.setrecursionlimit(20_000)
    >>> sys.getrecursionlimit() == 20_000
    False

    """
    before = surroundings or Surroundings.present()
    random.seed(SEED)
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        before.restore()


def _folder() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109  # for each task
    except OSError:
        return None


def _alarm() -> bool:
    return hasattr(signal, "getitimer") and signal.getitimer(signal.ITIMER_REAL)[0] > 0


def _handlers() -> dict[int, Any]:
    """Signal → its handler."""
    return {number: signal.getsignal(number) for number in _SIGNALS}
