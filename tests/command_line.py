"""Call the command line as a shell does."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from newsnorm.cli import main

RAW = (
    "Fire closes MalmÃ¶ bridge\nBy María Pérez\n\n"
    "MALMO (Reuters) - The bridge was closed on Monday after a fire, the police said in a statement.\nSource link\n"
)
"""An article with one of everything that commands show."""


WITH_WORKERS = ("run", "dedup", "learn")
"""Commands that start workers, unless told not to."""


def invoke(*arguments: str | Path, input: str | bytes | None = None) -> Result:
    """Call a command; it works in this process, unless the arguments say how many workers it has."""
    given = [str(argument) for argument in arguments]
    if given and given[0] in WITH_WORKERS and "--jobs" not in given:
        given += ["--jobs", "0"]
    return CliRunner().invoke(main, given, input=input)
