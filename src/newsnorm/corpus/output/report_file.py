"""Keep reports in a file until they are compared: JSON lines, a list of id and text each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

Report: TypeAlias = tuple[str, str]
"""The id and the text of a report."""


def report_line(id: str, text: str) -> bytes:
    """
    Return a report as a line of the file.

    >>> report_line("a", "It rained in Ulm.")
    b'["a", "It rained in Ulm."]\\n'
    """
    return json.dumps([id, text]).encode() + b"\n"


def read_reports(path: Path) -> Iterator[Report]:
    """Yield the reports of a file, in order."""
    with path.open("rb") as file:
        for line in file:
            name, text = json.loads(line)
            yield name, text
