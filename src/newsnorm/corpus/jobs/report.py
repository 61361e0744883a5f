"""Show a finished run as one file of HTML: count its articles, choose some, find their raw texts, and write the page."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from newsnorm.assemble import ledger_of
from newsnorm.catalogue import Catalogue
from newsnorm.corpus.account import sorted_counts, stable_hash
from newsnorm.corpus.jobs.rule_texts import phrase_hits, rule_texts
from newsnorm.corpus.output.durable import write_file
from newsnorm.corpus.output.guards import refuse_replacing_inputs
from newsnorm.corpus.output.manifest import NAME as MANIFEST
from newsnorm.corpus.sinks.results import RunResults, open_results
from newsnorm.corpus.sources.again import TextKey, records_again
from newsnorm.corpus.sources.discover import Progress, discover
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.dedup import compare, differences
from newsnorm.errors import InputError, NewsnormError
from newsnorm.page.state import host_of
from newsnorm.read import raw_article, read
from newsnorm.records import Article, Cluster, Passage, Relation
from newsnorm.records.accounts import Failure
from newsnorm.report.html.articles import RawText, opened, strata_of
from newsnorm.report.html.figures import Figures
from newsnorm.report.html.index import Contents, ShownArticle, ShownCluster, index_of
from newsnorm.report.html.joins import JoinedMember, cluster_row
from newsnorm.report.html.overview import charts
from newsnorm.report.html.page import packed, render
from newsnorm.report.html.sample import Sample
from newsnorm.report.html.summary import ReportSummary
from newsnorm.text.counting import many

ARTICLES, MAX_BYTES = 1_000, 2_000_000
"""The most articles that are shown unless their number is given, and the size of the page in bytes."""
BYTES_EACH = 3_000
"""What the page may weigh for each article that is asked for."""
ARTICLES_PER_CLUSTER = 10
"""One cluster is shown for so many articles."""
MAX_MEMBERS = 6
"""The most members of a cluster whose texts are shown."""
FAILURES_EACH = 20
"""The most failures of each code that are shown."""


@attrs.frozen(kw_only=True)
class Scan:
    """What one look at all results found."""

    figures: Figures
    sample: Sample
    chosen: tuple[int, ...]
    """The numbers of the articles to show, the most needed first."""
    clusters: tuple[Cluster, ...]
    """The clusters to show."""
    cluster_sizes: Mapping[int, int]
    errors: Mapping[str, int]
    failures: tuple[Failure, ...]


def report(
    out: str | Path,
    html: str | Path | None,
    *,
    inputs: Iterable[str | Path] | None = None,
    catalogue: Catalogue | None = None,
    articles: int | None = None,
    max_bytes: int | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> ReportSummary:
    """
    Count the results of a finished run, and show them as one file of HTML.

    Args:
        out: the folder of the run.
        html: the file to write; None counts only.
        inputs: the files and folders that the run read, where its raw texts are found again; None shows no raw text.
        catalogue: the rules of the run; the shipped ones unless given.
        articles: the most articles to show; 1,000 unless given.
        max_bytes: the largest size of the file; 2 MB unless given, or 3 kB for each of `articles` if that is more.
        overwrite: whether an existing file may be replaced.
        progress: called with the amount done and the total.

    Raises:
        InputError: `out` is not the folder of a finished run, or the file may not be written.
        OSError: the file can't be written.

    """
    results = open_results(Path(out))
    target = None if html is None else Path(html)
    there = _Inputs.of(inputs, results)
    if target is not None:
        _check_target(target, results, there.files, overwrite=overwrite)
    size = ARTICLES if articles is None else articles
    most = max_bytes or max(MAX_BYTES, BYTES_EACH * (articles or 0))
    scan = _scan(results, size, progress)
    if target is None:
        return _summary(scan, None, (), 0)
    shown = _with_raw_texts(results, scan, there.files, progress)
    job = _PageJob(results=results, scan=scan, shown=shown, problem=there.problem, catalogue=catalogue or Catalogue.default())
    text, count = job.fitted(most)
    data = text.encode("utf-8", "replace")
    write_file(target, data)
    return _summary(scan, target, shown[:count], len(data))


def _check_target(target: Path, results: RunResults, files: Iterable[SourceFile], *, overwrite: bool) -> None:
    """
    Check that the page may be written.

    Raises:
        InputError: the file exists, has no folder, or belongs to the run.

    """
    if target.is_dir():
        raise InputError(f"{target} is a folder; name a file such as {target / 'report.html'}")
    if not target.parent.is_dir():
        raise InputError(f"{target.parent}: no such folder")
    if target.exists() and not overwrite:
        raise InputError(f"{target} exists; choose another file or pass --overwrite")
    own = [results.folder / file.name for file in results.manifest.files]
    refuse_replacing_inputs([target], [*own, results.folder / MANIFEST, *(file.path for file in files)])


def _scan(results: RunResults, size: int, progress: Progress | None) -> Scan:
    """Look at every article once: count it, and draw the sample."""
    clusters, cluster_sizes = _drawn_clusters(results, max(1, size // ARTICLES_PER_CLUSTER))
    members = {member for cluster in clusters for member in _shown_members(cluster)}
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
    """Return the host of the URL of an article, else the name of the site that its page states; empty if unknown."""
    return host_of(article.url) or article.site or ""


def _drawn_clusters(results: RunResults, most: int) -> tuple[tuple[Cluster, ...], Mapping[int, int]]:
    """Draw clusters, whatever their order, the largest first of all; and count all of them by their size."""
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


def _shown_members(cluster: Cluster) -> list[str]:
    """Return the representative of a cluster, and the members that are shown beside it."""
    return [cluster.representative, *[member for member in cluster.members if member != cluster.representative][:MAX_MEMBERS]]


# raw texts


def _with_raw_texts(
    results: RunResults, scan: Scan, files: Sequence[SourceFile], progress: Progress | None
) -> list[ShownArticle]:
    """Return the chosen articles, the most needed first, with the raw texts that the inputs still hold."""
    chosen = dict(results.articles(frozenset(scan.chosen)))
    by_key = {_key(article): article for article in chosen.values()}
    needed = _needed(files, results, scan.chosen)
    total = sum(file.path.stat().st_size for file in needed)

    def report_bytes(done: int) -> None:
        if progress is not None:
            progress(done, total)

    found = records_again(needed, by_key.keys(), results.read_options, report_bytes)
    raws = {key: _raw_text(record, by_key[key]) for key, record in found}
    return [
        ShownArticle(number=number, article=article, site=site_of(article), raw=raws.get(_key(article)))
        for number, article in ((number, chosen[number]) for number in scan.chosen)
    ]


def _key(article: Article) -> TextKey:
    return article.id, article.provenance.raw_sha256


def _raw_text(record: SourceRecord, article: Article) -> RawText | None:
    """Return the raw text of an article, or None if this version of newsnorm reads another text from its record."""
    try:
        page = read(raw_article(record.raw, record.metadata))
    except NewsnormError:
        return None
    if len(page.raw.text) != article.provenance.raw_length:
        return None
    return RawText(text=page.raw.text, ledger=ledger_of(article, page), is_page=bool(page.markup.elements))


def _needed(files: Sequence[SourceFile], results: RunResults, chosen: Iterable[int]) -> list[SourceFile]:
    """Return the files that hold the records of some articles: those of their parts, or all if the files have other names now."""
    numbers = frozenset(chosen)
    shards = {shard.name for shard, held in results.numbered_shards() if not numbers.isdisjoint(held)}
    places = {file.name: place for place, file in enumerate(files)}
    if any(part.shard is not None and part.source not in places for part in results.parts):
        return list(files)
    starts = [places.get(part.source, 0) for part in results.parts]
    needed: set[int] = set()
    for part, first, following in zip(results.parts, starts, [*starts[1:], len(files)], strict=True):
        if part.shard in shards:
            needed.update(range(first, max(first + 1, following)))
    return [files[place] for place in sorted(needed)]


@attrs.frozen
class _Inputs:
    """The inputs of a run, as far as they are there."""

    files: tuple[SourceFile, ...]
    problem: str
    """Why there are none, for readers of the page; empty if there are some."""

    @classmethod
    def of(cls, inputs: Iterable[str | Path] | None, results: RunResults) -> _Inputs:
        """Find the files below the inputs of a run."""
        if inputs is None:
            return cls((), "the run does not say where its inputs are; name them with --inputs.")
        try:
            found = discover(inputs, results.read_options).files
        except NewsnormError as error:
            return cls((), f"{error}; name the inputs with --inputs.")
        files = tuple(file for file in found if file.is_on_disk)
        return cls(files, "" if files else "the run read standard input, which can't be read again.")


# the page


@attrs.frozen(kw_only=True)
class _PageJob:
    """Writes the page with as many articles as there is room for."""

    results: RunResults
    scan: Scan
    shown: Sequence[ShownArticle]
    """The chosen articles, the most needed first."""
    problem: str
    """Why raw texts are missing."""
    catalogue: Catalogue

    def fitted(self, most: int) -> tuple[str, int]:
        """
        Return the page and the number of articles in it.

        Args:
            most: the size of the page, in bytes; the figures may exceed it, articles do not.

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
        clusters = list(self._clusters(inside))
        return render(
            title=f"newsnorm: {self.results.folder.resolve().name}",
            lead=self._lead(),
            charts=charts(self.scan.figures, self.scan.cluster_sizes, self.scan.errors),
            index=index_of(self._contents(inside, clusters)),
            articles=packed([opened(each.article, each.raw) for each in inside]),
            clusters=packed([cluster_row(each.cluster, each.members) for each in clusters]),
        )

    def _lead(self) -> str:
        """Sum the run up in a sentence."""
        counts = self.scan.figures
        failed = sum(self.scan.errors.values())
        clusters = sum(self.scan.cluster_sizes.values())
        version = self.results.manifest.settings.get("newsnorm")
        return (
            f"{many(counts.articles, 'article')} of {many(len(counts.sites), 'site')}, {many(failed, 'error')}, "
            f"{many(clusters, 'cluster')} of articles that tell the same report. Made by newsnorm {version}."
        )

    def _contents(self, shown: Sequence[ShownArticle], clusters: Sequence[ShownCluster]) -> Contents:
        taken = [(finding.rule, finding.text) for each in shown for finding in each.article.findings()]
        return Contents(
            key=hashlib.sha256(self.results.manifest.dumps()).hexdigest()[:16],
            total=self.scan.figures.articles,
            articles=shown,
            clusters=clusters,
            all_clusters=sum(self.scan.cluster_sizes.values()),
            coverage=self.scan.sample.coverage(strata_of(each.article, each.site) for each in shown),
            rules=rule_texts({rule for rule, _ in taken}, self.catalogue),
            rule_counts=self.scan.figures.rules,
            hits=phrase_hits(taken, self.catalogue),
            errors=self.scan.errors,
            failures=self.scan.failures,
            without_raw=self.problem or "the inputs have changed since the run, or another version of newsnorm reads them.",
        )

    def _clusters(self, shown: Sequence[ShownArticle]) -> Iterator[ShownCluster]:
        """Yield the clusters whose representatives and at least one other member are on the page."""
        reports = {each.article.id: each.article.text for each in shown}
        for cluster in self.scan.clusters:
            first, *others = _shown_members(cluster)
            members = [_joined(first, other, reports) for other in others if other in reports] if first in reports else []
            if members:
                yield ShownCluster(cluster=cluster, members=members)


def _joined(representative: str, id: str, reports: Mapping[str, str]) -> JoinedMember:
    left, right = (representative, reports[representative]), (id, reports[id])
    return JoinedMember(
        id=id,
        relation=_from_left(compare(left, right), representative),
        left=left[1],
        right=right[1],
        differences=differences(left[1], right[1]),
    )


def _from_left(relation: Relation | None, representative: str) -> Relation | None:
    """Return a relation whose left text is the representative."""
    if relation is None or relation.left == representative:
        return relation
    return attrs.evolve(
        relation,
        left=relation.right,
        right=relation.left,
        left_cover=relation.right_cover,
        right_cover=relation.left_cover,
        passages=tuple(Passage(left=each.right, right=each.left) for each in relation.passages),
    )


def _summary(scan: Scan, target: Path | None, shown: Sequence[ShownArticle], size: int) -> ReportSummary:
    return ReportSummary(
        figures=scan.figures,
        errors=scan.errors,
        clusters=sum(scan.cluster_sizes.values()),
        clustered=sum(size * count for size, count in scan.cluster_sizes.items()),
        html=None if target is None else str(target),
        size=size,
        shown=len(shown),
        without_raw=sum(each.raw is None for each in shown),
        coverage=scan.sample.coverage(strata_of(each.article, each.site) for each in shown),
    )
