"""
Store reports in a file until they are compared: JSON lines, each a list of id and text.

Ids and digests of reports are stored beside a flat table, which does not contain whole articles; they allow reports to be removed
from an index.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import attrs

from newsnorm.corpus.account import stable_hash
from newsnorm.corpus.output.id_list import digest_pair

Report: TypeAlias = tuple[str, str]
"""The id and the text of a report."""
ReportDigest: TypeAlias = tuple[str, int]
"""The id of a report, and the `stable_hash` of its text."""


def report_line(id: str, text: str) -> bytes:
    """
    Return a report as a line of the file.

    >>> report_line("a", "It rained in Ulm.")
    b'["a", "It rained in Ulm."]\\n'
    """
    return json.dumps([id, text]).encode() + b"\n"


@attrs.frozen(kw_only=True)
class KeptReport:
    """A report as the files of a part keep it; made in workers."""

    id: str
    line: bytes
    """The report as a line of JSON; without its text if it is not compared with others."""
    digests: bytes
    """The digests of its id and of its text, see `newsnorm.corpus.output.id_list`."""
    compared: int
    """Code points of the text in `line`."""

    @classmethod
    def of(cls, id: str, text: str, *, is_compared: bool) -> KeptReport:
        """Take a report; `is_compared` says whether it will be compared with others."""
        kept = text if is_compared else ""
        return cls(id=id, line=report_line(id, kept), digests=digest_pair(id, text), compared=len(kept))


ADDED = "indexed.jsonl"
"""Name of the file of ids and digests of reports that a run with flat tables added to a shared index."""


def digest_line(id: str, text: str) -> bytes:
    """Return the id and the digest of a report as a line of JSON."""
    return json.dumps([id, stable_hash(text)]).encode() + b"\n"


def read_digests(path: Path) -> Iterator[ReportDigest]:
    """Yield the ids and digests of a file, in order."""
    with path.open("rb") as file:
        for line in file:
            name, digest = json.loads(line)
            yield name, digest


def read_reports(path: Path) -> Iterator[Report]:
    """Yield the reports of a file, in order."""
    with path.open("rb") as file:
        for line in file:
            name, text = json.loads(line)
            yield name, text
