"""
Run the program ``newsnorm``, also as ``python -m newsnorm``.

Loading the commands takes a tenth of a second. Ctrl-C during that time ends the program as at any other time: with one line and
status 130.
"""

from __future__ import annotations

import os
import signal

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 plus the number of the signal."""


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGINT, _end)
    from newsnorm.cli import main as commands

    try:
        commands()
    finally:  # Python removes signal handlers before the process ends
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)


def _end(_: int, __: object) -> None:
    """
    End this process at once, since there is nothing to clean up yet; jobs install their own handlers
    (`newsnorm.cli.terminal`).
    """
    os.write(2, b"interrupted\n")
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
