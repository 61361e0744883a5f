"""Work for workers, good and bad; workers import it by name."""

from __future__ import annotations

import ctypes
import locale
import os
import random
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import attrs

from newsnorm.errors import NewsnormError
from newsnorm.parser import Parser
from newsnorm.records import Page
from newsnorm.records.schema import to_dict


def double(number: int) -> int:
    return 2 * number


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def brief_nap(number: int) -> int:
    time.sleep(0.002)
    return number


def many_bytes(count: int) -> bytes:
    return bytes(count)


def own_process(_: object) -> int:
    return os.getpid()


class TwoArgumentsError(Exception):
    """Can be pickled, but not unpickled."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


class SilentError(Exception):
    def __str__(self) -> str:
        raise SystemExit(5)


class BottomError(BaseException):
    pass


class Unreadable:
    """Can be pickled, but not unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return int, ("no",)


def raise_error(error: BaseException) -> NoReturn:
    raise error


def recurse_in_c() -> None:
    """Recurse without end in C: each level compares two lists that contain each other."""
    sys.setrecursionlimit(1 << 30)
    first: list[object] = []
    second: list[object] = []
    first.append(second)
    second.append(first)
    assert first == second


def allocate_without_end() -> None:
    pieces = []
    while True:
        pieces.append(bytes(1 << 24))


DEATHS: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "exit": lambda: os._exit(0),
    "leave": lambda: sys.exit(3),
    "leave with a word": lambda: sys.exit("no"),
    "segfault": lambda: ctypes.string_at(0),
    "recursion": recurse_in_c,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "write": lambda: write_everywhere(),
    "close": lambda: [os.closerange(3, 256), time.sleep(60)],  # type: ignore[func-returns-value]
}


def write_everywhere() -> None:
    """Write nonsense to whatever is open."""
    for descriptor in range(3, 64):
        with suppress(OSError):
            os.write(descriptor, b"\xff" * 64)


HANGS: dict[str, Callable[[], object]] = {
    "sleep": lambda: time.sleep(60),
    "regex": lambda: re.match(r"(a+)+$", "a" * 40 + "b"),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
}
EXCEPTIONS: dict[str, Callable[[], object]] = {
    "two arguments": lambda: raise_error(TwoArgumentsError("one", "two")),
    "silent": lambda: raise_error(SilentError()),
    "surrogates": lambda: raise_error(ValueError("half a pair: \ud83d\n")),
    "bottom": lambda: raise_error(BottomError("no Exception")),
    "interrupt": lambda: raise_error(KeyboardInterrupt()),
    "unpicklable": lambda: lambda: 0,
    "unreadable": Unreadable,
    "long": lambda: raise_error(ValueError("x" * 100_000)),
}
TRACES: dict[str, Callable[[], object]] = {
    "fork": lambda: os.fork() and None,
    "print": lambda: (print("printed by a task"), os.write(1, b"written by a task\n")),
    "stdout": lambda: setattr(sys, "stdout", None),
    "folder": lambda: os.chdir("/"),
    "locale": lambda: locale.setlocale(locale.LC_ALL, "C"),
    "random": lambda: random.seed(7),
    "warnings": lambda: warnings.simplefilter("ignore" if warnings.filters else "error"),
    "signals": lambda: (signal.signal(signal.SIGTERM, signal.SIG_DFL), signal.signal(signal.SIGCHLD, signal.SIG_IGN)),
    "alarm": lambda: signal.setitimer(signal.ITIMER_REAL, 0.05),
    "recursion limit": lambda: sys.setrecursionlimit(100),
}
KINDS = DEATHS | HANGS | EXCEPTIONS | TRACES | {"memory": allocate_without_end}


def misbehave(kind: str | int) -> object:
    """Do what is named; a number is doubled."""
    if isinstance(kind, int):
        return 2 * kind
    return KINDS[kind]()


def look_around(kind: str | None) -> object:
    """Leave a trace, or describe the process without the traces that others left."""
    if kind is not None:
        TRACES[kind]()
        return None
    time.sleep(0.01)
    try:
        warnings.warn("nothing", FutureWarning, stacklevel=1)
        warned = "shown"
    except FutureWarning:
        warned = "raised"
    return (
        str(Path.cwd()),
        locale.setlocale(locale.LC_ALL),
        random.random(),
        sys.stdout is sys.stderr,
        warned,
        [str(signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGCHLD)],
        signal.getitimer(signal.ITIMER_REAL),
        sys.getrecursionlimit(),
    )


@attrs.frozen
class Warmed:
    """Work that must be warmed first."""

    tables: dict[str, int] = attrs.field(factory=dict)

    def warm(self) -> None:
        self.tables["process"] = os.getpid()

    def __call__(self, _: object) -> int:
        return self.tables["process"]


@attrs.frozen
class ColdError(Exception):
    """Work that can't be warmed."""

    def warm(self) -> None:
        raise ValueError("no tables")

    def __call__(self, _: object) -> None:
        raise NotImplementedError


def exit_on_poison(page: Page, found: object, rules: object) -> tuple[()]:
    """A pass that ends its process when it sees the text "poison"."""
    if page.raw.text == "poison":
        os._exit(3)
    return ()


class Host:
    """A program that spreads texts over processes of its own, in partitions; what is wrong with one text becomes a row."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser

    def __call__(self, partition: Sequence[Mapping[str, str]]) -> list[Mapping[str, object]]:
        return [self._row(**record) for record in partition]

    def _row(self, id: str, text: str, url: str, fetched: str) -> Mapping[str, object]:
        try:
            return to_dict(self.parser.parse(text, id=id, url=url, fetched=fetched))
        except NewsnormError as error:
            return {"id": id, "error": str(error)}
