"""Fill the page of a report with as many articles as its size limit allows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from newsnorm.catalogue import Catalogue
from newsnorm.corpus.jobs.report.rule_texts import TakenLine, phrase_hits, rule_texts
from newsnorm.corpus.jobs.report.scan import Scan, shown_members
from newsnorm.corpus.sinks.results import RunResults
from newsnorm.dedup import compare, differences
from newsnorm.records import Cluster
from newsnorm.report.html.articles import opened, strata_of
from newsnorm.report.html.index import Contents, ShownArticle, ShownCluster, index_of
from newsnorm.report.html.joins import JoinedMember, cluster_row
from newsnorm.report.html.overview import charts
from newsnorm.report.html.page import packed, render
from newsnorm.report.html.related import seen_from
from newsnorm.text.counting import many


@attrs.frozen(kw_only=True)
class PageJob:
    """Writes the page with as many articles as its size limit allows."""

    results: RunResults
    scan: Scan
    shown: Sequence[ShownArticle]
    """The chosen articles, most needed first."""
    problem: str
    """Why raw texts are missing."""
    catalogue: Catalogue
    _clusters: Sequence[ShownCluster] = attrs.field(init=False)

    @_clusters.default
    def _compared(self) -> Sequence[ShownCluster]:
        return list(_shown_clusters(self.scan.clusters, self.shown))

    def fitted(self, most: int) -> tuple[str, int]:
        """
        Return the page and the number of articles in it.

        Args:
            most: size limit of the page in bytes; articles never exceed it, but the figures may.

        """
        count = len(self.shown)
        while True:
            text = self.render(self.shown[:count])
            size = len(text.encode("utf-8", "replace"))
            if size <= most or not count:
                return text, count
            count = min(count - 1, int(count * most / size))

    def render(self, shown: Sequence[ShownArticle]) -> str:
        """Return the page with these articles."""
        inside = sorted(shown, key=lambda each: each.number)
        ids = {each.article.id for each in inside}
        clusters = [each for each in self._clusters if ids.issuperset(each.ids)]
        return render(
            title=f"newsnorm: {self.results.folder.resolve().name}",
            lead=self._lead(),
            charts=charts(self.scan.figures, self.scan.cluster_sizes, self.scan.errors),
            index=index_of(self._contents(inside, clusters)),
            articles=packed([opened(each.article, each.raw, each.related) for each in inside]),
            clusters=packed([cluster_row(each.cluster, each.members) for each in clusters]),
        )

    def _lead(self) -> str:
        """Summarise the run in a sentence."""
        counts = self.scan.figures
        failed = sum(self.scan.errors.values())
        clusters = sum(self.scan.cluster_sizes.values())
        version = self.results.manifest.settings.get("newsnorm")
        return (
            f"{many(counts.articles, 'article')} of {many(len(counts.sites), 'site')}, {many(failed, 'error')}, "
            f"{many(clusters, 'cluster')} of articles that carry the same report. Made by newsnorm {version}."
        )

    def _contents(self, shown: Sequence[ShownArticle], clusters: Sequence[ShownCluster]) -> Contents:
        taken = [
            TakenLine(finding.rule, finding.text, each.article.language.code)
            for each in shown
            for finding in each.article.findings()
        ]
        return Contents(
            key=hashlib.sha256(self.results.manifest.dumps()).hexdigest()[:16],
            total=self.scan.figures.articles,
            articles=shown,
            clusters=clusters,
            all_clusters=sum(self.scan.cluster_sizes.values()),
            coverage=self.scan.sample.coverage(strata_of(each.article, each.site) for each in shown),
            rules=rule_texts({each.rule for each in taken}, self.catalogue),
            rule_counts=self.scan.figures.rules,
            hits=phrase_hits(taken, self.catalogue),
            errors=self.scan.errors,
            failures=self.scan.failures,
            without_raw=self.problem or "the inputs have changed since the run, or another version of newsnorm reads them.",
        )


def _shown_clusters(clusters: Iterable[Cluster], shown: Iterable[ShownArticle]) -> Iterator[ShownCluster]:
    """Yield the clusters whose representative and at least one other member are among the articles."""
    reports = {each.article.id: each.article.text for each in shown}
    for cluster in clusters:
        first, *others = shown_members(cluster)
        members = [_joined(first, other, reports) for other in others if other in reports] if first in reports else []
        if members:
            yield ShownCluster(cluster=cluster, members=members)


def _joined(representative: str, id: str, reports: Mapping[str, str]) -> JoinedMember:
    left, right = (representative, reports[representative]), (id, reports[id])
    relation = compare(left, right)
    return JoinedMember(
        id=id,
        relation=None if relation is None else seen_from(relation, representative),
        left=left[1],
        right=right[1],
        differences=differences(left[1], right[1]),
    )
