"""Summarise what a report counted and what it shows, as lines for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import attrs

from newsnorm.report.html.figures import Figures
from newsnorm.report.html.sample import Coverage
from newsnorm.text.counting import many

STRATA = {"rule": "rules", "site": "sites", "note": "kinds of notes", "language": "languages", "kind": "kinds of text"}
"""Kind of stratum → its plural."""


@attrs.frozen(kw_only=True)
class ReportSummary:
    """The figures of a corpus, and how much of it the page shows."""

    figures: Figures
    errors: Mapping[str, int]
    """Failure code → number of records."""
    clusters: int
    clustered: int
    """Number of articles that belong to a cluster."""
    html: str | None
    """The file that was written; None if the corpus was only counted."""
    size: int
    """Size of the file in bytes."""
    shown: int
    """Number of articles that can be opened in the page."""
    without_raw: int
    """Number of shown articles whose raw text was not available."""
    coverage: Mapping[str, Coverage]
    """Kind of stratum (``rule``, ``site``, ``note``, ``language``, ``kind``) → how many of them are shown."""

    def dumps(self) -> str:
        """Write the summary as indented JSON, with the same keys in the same order for equal corpora."""
        row = attrs.asdict(self, filter=attrs.filters.exclude("figures"))
        return json.dumps({"figures": self.figures.to_dict(), **row}, ensure_ascii=False, indent=2)

    def lines(self) -> Iterator[str]:
        """Word the summary in a few lines."""
        counted = self.figures
        articles = f"{many(counted.articles, 'article')} of {many(len(counted.sites), 'site')}"
        clusters = f"{many(self.clusters, 'cluster')} with {many(self.clustered, 'article')}"
        yield f"{articles}, {many(sum(self.errors.values()), 'error')}, {clusters}"
        if self.html is None:
            yield "nothing was written; pass --html FILE to write the report"
            return
        yield f"{self.html}: {self.size / 1e6:.2f} MB, with {self.shown:,} of {many(counted.articles, 'article')}"
        covered = (f"{each.shown:,} of {each.of:,} {STRATA[name]}" for name, each in self.coverage.items())
        if self.coverage:
            yield f"shown: {', '.join(covered)}"
        if self.without_raw:
            yield f"shown without raw text, which was not available: {many(self.without_raw, 'article')}"
