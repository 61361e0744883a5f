"""Count the articles of a corpus, for the charts and for ``--json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import attrs

from newsnorm.notes import code_of
from newsnorm.records import Article
from newsnorm.records.schema import Json

NO_MONTH, MONTH = "unknown", len("2024-06")
"""The month of an article without a date, and the code points of a month."""


@attrs.define(kw_only=True)
class Figures:
    """Counts of articles, of what was found in them, and of what was removed."""

    articles: int = 0
    empty: int = 0
    """Number of articles without a report."""
    languages: Counter[str] = attrs.field(factory=Counter)
    sites: Counter[str] = attrs.field(factory=Counter)
    """Host of the URL, or name of the site → number of articles."""
    months: Counter[str] = attrs.field(factory=Counter)
    """Month of publication, a year if the month is unknown, or ``unknown`` → number of articles."""
    kinds: Counter[str] = attrs.field(factory=Counter)
    """Kind of text → number of articles."""
    fields: Counter[str] = attrs.field(factory=Counter)
    """Field → number of articles that have it."""
    removals: dict[str, Counter[str]] = attrs.field(factory=dict)
    """Reason, the family of rules → rule → number of lines removed."""
    rules: Counter[str] = attrs.field(factory=Counter)
    """Rule → number of its findings, removals included."""
    notes: Counter[str] = attrs.field(factory=Counter)
    """Code of a note → number of articles that have it."""
    fixed: int = 0
    """Number of articles with repaired characters."""

    def add(self, article: Article, site: str) -> None:
        """Count an article; `site` is the name of its site, or empty."""
        self.articles += 1
        self.empty += not article.paragraphs
        self.fixed += bool(article.fixes)
        self.languages[article.language.code] += 1
        self.sites.update((site,) if site else ())
        self.months[month_of(article)] += 1
        self.kinds[article.layout.kind] += 1
        self.fields.update(name for name, value in FIELDS.items() if value(article))
        self.rules.update(finding.rule for finding in article.findings())
        self.notes.update({code_of(note) for note in article.notes})
        for removal in article.removals:
            self.removals.setdefault(removal.reason, Counter())[removal.rule] += 1

    @property
    def reasons(self) -> Mapping[str, int]:
        """Reason → number of lines removed."""
        return {reason: rules.total() for reason, rules in self.removals.items()}

    def to_dict(self) -> dict[str, Json]:
        """Convert to data for `json.dumps`, sorted by key."""
        counts = {name: _sorted(getattr(self, name)) for name in ("languages", "sites", "months", "kinds", "fields", "notes")}
        removals: dict[str, Json] = {reason: _sorted(rules) for reason, rules in sorted(self.removals.items())}
        return {"articles": self.articles, "empty": self.empty, "fixed": self.fixed, **counts, "removals": removals}


def month_of(article: Article) -> str:
    """Return the month in which an article was published, its year if no month is known, or ``unknown``."""
    return article.published.value[:MONTH] if article.published else NO_MONTH


FIELDS: Mapping[str, Callable[[Article], object]] = {
    "title": lambda article: article.title,
    "authors": lambda article: article.authors,
    "published": lambda article: article.published,
    "updated": lambda article: article.updated,
    "agency": lambda article: article.agency,
    "dateline": lambda article: article.dateline,
    "standfirst": lambda article: article.standfirst,
    "credits": lambda article: article.credits,
    "captions": lambda article: article.captions,
    "corrections": lambda article: article.corrections,
    "site": lambda article: article.site,
    "section": lambda article: article.about.section,
    "tags": lambda article: article.about.tags,
}
"""The fields that are counted, in the order shown → test of whether an article has the field."""


def _sorted(counts: Mapping[str, int]) -> dict[str, Json]:
    return {key: count for key, count in sorted(counts.items()) if count}
