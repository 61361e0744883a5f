"""Call the work and turn the outcome into data: a value, or a code and a message."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable

import attrs

from newsnorm.corpus.workers.tasks import LossCode, Payload, Value

MAX_MESSAGE = 500
"""The longest message, in code points."""


@attrs.frozen
class Loss:
    """Why there is no result."""

    code: LossCode
    message: str

    def of(self, step: str) -> Loss:
        """Return the loss with the step named in its message."""
        return attrs.evolve(self, message=printable(f"{step}: {self.message}"))


_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
"""The address in the repr of an object, which differs from run to run."""

NO_TASK = "the task can't be passed to a worker"
NO_RESULT = "the result can't be passed from a worker"

NO_MEMORY = Loss("memory", "not enough memory")


def describe(error: BaseException) -> str:
    r"""
    Return the class and the message of an exception in at most 500 printable code points, even if its methods raise.

    >>> describe(ValueError("two\nlines"))
    'ValueError: two\\nlines'
    """
    name = type(error).__name__
    try:
        text = _ADDRESS.sub("", str(error)[: 2 * MAX_MESSAGE])
    except BaseException as second:
        text = f"(its message raises {type(second).__name__})"
    return printable(f"{name}: {text}" if text else name)


def printable(text: str) -> str:
    r"""
    Escape characters that can't be printed or encoded, and cut `text` after 500 code points.

    >>> printable("tab\t, half a pair \ud800")
    'tab\\t, half a pair \\ud800'
    """
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[:MAX_MESSAGE])[:MAX_MESSAGE]


def attempt(work: Callable[[Payload], Value], payload: Payload) -> Value | Loss:
    """Return ``work(payload)``, or the loss if it raises an `Exception`."""
    try:
        return work(payload)
    except MemoryError:
        return NO_MEMORY
    except Exception as error:
        return Loss("parser-error", describe(error))


def describe_status(status: int) -> str:
    """
    Word how a process ended.

    >>> describe_status(3), describe_status(-9)
    ('exit status 3', 'killed by SIGKILL')
    """
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"
