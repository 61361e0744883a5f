"""Define checkpoints at which tests kill the process, to show that no finished work is lost."""

from __future__ import annotations

import os
import signal

VARIABLE = "NEWSNORM_FAULT"
"""Environment variable for tests: ``NAME:N`` kills this process when it passes the checkpoint NAME for the Nth time."""


class _Fault:
    """The checkpoint at which the process is to die, and how often it may still pass it."""

    def __init__(self, wanted: str) -> None:
        self.name, _, times = wanted.partition(":")
        self.left = int(times) if times.isdecimal() else 1


_fault = _Fault(os.environ.get(VARIABLE, ""))


def checkpoint(name: str) -> None:
    """Die here if a test asked for it."""
    if name != _fault.name:
        return
    _fault.left -= 1
    if _fault.left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
