"""``summary.json``: the counts of a run as one JSON object."""

from __future__ import annotations

import json

import attrs

from newsnorm.corpus.sinks.folder import OutputFolder
from newsnorm.records.accounts import DedupSummary, LearnSummary, RunSummary

NAME = "summary.json"


def write_summary(folder: OutputFolder, summary: RunSummary) -> None:
    """Write the summary of a run."""
    with folder.open(NAME) as file:
        file.write(dumps_summary(summary) + "\n")


def dumps_summary(summary: RunSummary | DedupSummary | LearnSummary) -> str:
    """Write the summary of any job as indented JSON."""
    return json.dumps(attrs.asdict(summary), ensure_ascii=False, indent=2)
