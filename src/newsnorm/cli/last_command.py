"""Store the arguments of a run beside its results, so that it can be repeated."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import click

from newsnorm.corpus.output.guards import refuse_links
from newsnorm.errors import InputError

NAME = "log/command.json"
"""Path of the file below the output folder; files in ``log`` may differ between equal runs."""


@attrs.frozen
class LastCommand:
    """The arguments of a command, and the folder that relative paths in them start from."""

    arguments: tuple[str, ...]
    folder: Path


def write_command(out: Path, ctx: click.Context) -> None:
    """Write the arguments of a command that has finished."""
    refuse_links([out / "log"])
    path = out / NAME
    path.parent.mkdir(exist_ok=True)
    row = {"arguments": ctx.meta.get(NAME, []), "folder": str(Path.cwd())}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8", errors="surrogateescape")


def read_command(out: Path) -> LastCommand:
    """
    Read the arguments of the last run into a folder.

    Raises:
        InputError: no arguments are stored, or they are damaged.

    """
    path = out / NAME
    try:
        row = json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
        return LastCommand(tuple(map(str, row["arguments"])), Path(row["folder"]))
    except FileNotFoundError as error:
        raise InputError(f"{out}: no run into this folder has finished; run newsnorm run again") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: can't be read: {error}; run newsnorm run again, with --overwrite --retry") from error
