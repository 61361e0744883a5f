"""Write the summary of a job as JSON."""

from __future__ import annotations

import json

import attrs

from newsnorm.records.accounts import DedupSummary, ExportSummary, LearnSummary, RunSummary


def dumps_summary(summary: RunSummary | DedupSummary | LearnSummary | ExportSummary) -> str:
    """Write the summary of any job as indented JSON."""
    return json.dumps(attrs.asdict(summary), ensure_ascii=False, indent=2)
