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


def invoke(*arguments: str | Path, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=input)
