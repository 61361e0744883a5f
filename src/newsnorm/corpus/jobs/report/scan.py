"""Read every article of a run once, count it, and draw the articles and clusters to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from newsnorm.corpus.account import sorted_counts, stable_hash
from newsnorm.corpus.jobs.report.related import drawn_pairs
from newsnorm.corpus.sinks.results import RunResults
from newsnorm.corpus.sources.discover import Progress
from newsnorm.page.state import host_of
from newsnorm.records import Article, Cluster
from newsnorm.records.accounts import Failure
from newsnorm.report.html.articles import strata_of
from newsnorm.report.html.figures import Figures
from newsnorm.report.html.sample import Sample

ARTICLES_PER_CLUSTER = 10
"""Number of shown articles per shown cluster."""
ARTICLES_PER_PAIR = 20
"""One pair of articles that are related beyond clusters is shown for so many articles."""
MAX_MEMBERS = 6
"""Most members of a cluster whose texts are shown."""
FAILURES_EACH = 20
"""Most failures of each code that are shown."""


@attrs.frozen(kw_only=True)
class Scan:
    """The result of reading all results once."""

    figures: Figures
    sample: Sample
    chosen: tuple[int, ...]
    """The numbers of the articles to show, most needed first."""
    clusters: tuple[Cluster, ...]
    """The clusters to show."""
    cluster_sizes: Mapping[int, int]
    errors: Mapping[str, int]
    failures: tuple[Failure, ...]


def scan_results(results: RunResults, size: int, progress: Progress | None) -> Scan:
    """Read every article once, count it, and draw the sample."""
    clusters, cluster_sizes = _drawn_clusters(results, max(1, size // ARTICLES_PER_CLUSTER))
    members = {member for cluster in clusters for member in shown_members(cluster)}
    members |= drawn_pairs(results, max(1, size // ARTICLES_PER_PAIR))
    figures, sample = Figures(), Sample(size)
    for number, article in results.articles():
        site = site_of(article)
        figures.add(article, site)
        sample.add(number, article.id, strata_of(article, site), wanted=article.id in members)
        if progress is not None:
            progress(number + 1, results.count)
    errors: Counter[str] = Counter()
    failures: list[Failure] = []
    for failure in results.failures():
        errors[failure.code] += 1
        if errors[failure.code] <= FAILURES_EACH:
            failures.append(failure)
    return Scan(
        figures=figures,
        sample=sample,
        chosen=tuple(sample.chosen()),
        clusters=clusters,
        cluster_sizes=cluster_sizes,
        errors=sorted_counts(errors),
        failures=tuple(failures),
    )


def site_of(article: Article) -> str:
    """Return the host of an article's URL, or else the site name stated by its page; empty if unknown."""
    return host_of(article.url) or article.site or ""


def _drawn_clusters(results: RunResults, most: int) -> tuple[tuple[Cluster, ...], Mapping[int, int]]:
    """Draw clusters independent of their order, always including the largest; and count all clusters by size."""
    sizes: Counter[int] = Counter()
    drawn: list[tuple[int, str, Cluster]] = []
    largest: Cluster | None = None
    for cluster in results.clusters():
        sizes[len(cluster.members)] += 1
        if largest is None or (-len(cluster.members), cluster.id) < (-len(largest.members), largest.id):
            largest = cluster
        drawn.append((stable_hash(cluster.id), cluster.id, cluster))
        if len(drawn) >= 4 * most:
            drawn = sorted(drawn)[:most]
    first = [] if largest is None else [largest]
    chosen = dict.fromkeys([*first, *(cluster for _, _, cluster in sorted(drawn)[:most])])
    return tuple(sorted(list(chosen)[:most], key=lambda cluster: cluster.id)), dict(sizes)


def shown_members(cluster: Cluster) -> list[str]:
    """Return the representative of a cluster, and the members that are shown beside it."""
    return [cluster.representative, *[member for member in cluster.members if member != cluster.representative][:MAX_MEMBERS]]
