"""Build the lists of the page: articles, rules, clusters, errors, and the coverage of the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from newsnorm.records import Article, Cluster
from newsnorm.records.accounts import Failure
from newsnorm.records.schema import Json
from newsnorm.report.html.articles import RawText, list_row
from newsnorm.report.html.joins import JoinedMember
from newsnorm.report.html.page import CHUNK
from newsnorm.report.html.related import NONE_RELATED, Related
from newsnorm.report.html.sample import Coverage


@attrs.frozen(kw_only=True)
class ShownArticle:
    """An article of the sample."""

    number: int
    """Its number in the corpus, from 0."""
    article: Article
    site: str
    raw: RawText | None
    """None if the raw text is not available."""
    related: Related = NONE_RELATED
    """Its relations beyond its cluster."""


@attrs.frozen(kw_only=True)
class ShownCluster:
    """A cluster of the sample, and the members whose texts are shown beside the representative's."""

    cluster: Cluster
    members: Sequence[JoinedMember]

    @property
    def ids(self) -> list[str]:
        """The ids of the articles whose texts are shown."""
        return [self.cluster.representative, *(member.id for member in self.members)]


@attrs.frozen(kw_only=True)
class RuleText:
    """A rule in words, and as a table for a rule file."""

    id: str
    says: str
    origin: str
    """``code``, ``curated`` or ``learned``."""
    table: Mapping[str, Json] | None = None
    """The keys of a curated rule, plus ``table``, the name of its table."""


@attrs.frozen(kw_only=True)
class Contents:
    """Everything that the page holds."""

    key: str
    """Digest of the results; flags stored by a browser belong to this digest."""
    total: int
    """Number of articles of the corpus."""
    articles: Sequence[ShownArticle]
    clusters: Sequence[ShownCluster]
    all_clusters: int
    coverage: Mapping[str, Coverage]
    rules: Sequence[RuleText]
    rule_counts: Mapping[str, int]
    hits: Mapping[str, Mapping[str, Sequence[int]]]
    """Rule → line that it took → numbers of the phrases that match the line."""
    errors: Mapping[str, int]
    failures: Sequence[Failure]
    """The failures that are shown."""
    without_raw: str
    """Why raw texts are not available; empty if they are."""


def index_of(contents: Contents) -> Json:
    """Return the lists as data for the page."""
    numbers = {rule.id: number for number, rule in enumerate(contents.rules)}
    in_cluster = {member: each.cluster.id for each in contents.clusters for member in each.cluster.members}
    rows: list[Json] = []
    shown: Counter[str] = Counter()
    for each in contents.articles:
        row = list_row(each.article, each.site)
        rules = {finding.rule for finding in each.article.findings()}
        shown.update(rules)
        row["rules"] = list[Json](sorted(numbers[rule] for rule in rules))
        row["cluster"] = in_cluster.get(each.article.id)
        if each.related.kinds:
            row["relations"] = list[Json](sorted(each.related.kinds))
        rows.append(row)
    return {
        "key": contents.key,
        "chunk": CHUNK,
        "sample": {
            "shown": len(contents.articles),
            "of": contents.total,
            "clusters": [len(contents.clusters), contents.all_clusters],
            "coverage": {name: [each.shown, each.of, list(each.missing)] for name, each in contents.coverage.items()},
            "withoutRaw": sum(each.raw is None for each in contents.articles),
            "withoutRawWhy": contents.without_raw,
        },
        "articles": rows,
        "rules": [
            {
                "id": rule.id,
                "says": rule.says,
                "origin": rule.origin,
                "count": contents.rule_counts[rule.id],
                "shown": shown[rule.id],
                "toml": dict(rule.table) if rule.table is not None else None,
            }
            for rule in contents.rules
        ],
        "hits": {rule: {line: list(found) for line, found in lines.items()} for rule, lines in contents.hits.items()},
        "clusters": [_cluster(each) for each in contents.clusters],
        "errors": dict(contents.errors),
        "failures": [_failure(each) for each in contents.failures],
    }


def _cluster(shown: ShownCluster) -> Json:
    kinds = [member.relation.kind for member in shown.members if member.relation]
    return {
        "id": shown.cluster.id,
        "representative": shown.cluster.representative,
        "size": len(shown.cluster.members),
        "kinds": list(dict.fromkeys(kinds)),
    }


def _failure(failure: Failure) -> Json:
    return {"source": failure.source, "place": failure.place, "code": failure.code, "message": failure.message}
