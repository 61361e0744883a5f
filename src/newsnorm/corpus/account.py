"""Count the records and articles of a job while it runs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

import attrs

from newsnorm.notes import code_of
from newsnorm.page.state import host_of
from newsnorm.records import Article
from newsnorm.records.accounts import Failure

NAMED_FAILURES = 10
"""Most failures that a tally keeps in full; others are only counted."""


class FailureTally:
    """Counts failures by their code, and keeps the first few."""

    def __init__(self) -> None:
        self._codes: Counter[str] = Counter()
        self._first: list[Failure] = []

    def add(self, failure: Failure) -> None:
        """Count a failure."""
        self._codes[failure.code] += 1
        if len(self._first) < NAMED_FAILURES:
            self._first.append(failure)

    @property
    def total(self) -> int:
        """Number of failures."""
        return self._codes.total()

    @property
    def by_code(self) -> Mapping[str, int]:
        """Code → number of failures, by code."""
        return sorted_counts(self._codes)

    @property
    def first(self) -> tuple[Failure, ...]:
        """The first failures, at most ten."""
        return tuple(self._first)


@attrs.frozen(kw_only=True)
class Traits:
    """What is counted of one article; made in workers, and small, since each article sends one to the process that counts."""

    is_page: bool
    """Whether it was read from a page of HTML."""
    is_empty: bool
    """Whether it has no report."""
    is_fixed: bool
    """Whether characters were repaired."""
    rules: tuple[str, ...]
    """The rule of each finding."""
    reasons: tuple[str, ...]
    """The reason of each removal."""
    language: str
    layout: str
    site: str
    """The host of its URL; empty without a URL."""
    notes: tuple[str, ...]
    """The codes of its notes, each once."""

    @classmethod
    def of(cls, article: Article, *, is_page: bool = False) -> Traits:
        """Take what is counted of an article; `is_page` says whether it was read from a page of HTML."""
        return cls(
            is_page=is_page,
            is_empty=not article.paragraphs,
            is_fixed=bool(article.fixes),
            rules=tuple([finding.rule for finding in article.findings()]),
            reasons=tuple([removal.reason for removal in article.removals]),
            language=article.language.code,
            layout=article.layout.kind,
            site=host_of(article.url),
            notes=tuple(dict.fromkeys(map(code_of, article.notes))),
        )


@attrs.define(kw_only=True)
class Tally:
    """
    Counts of records, articles and findings, which can be added to each other.

    >>> tally = Tally(read=1, articles=1, sites=Counter({"example.com": 1}))
    >>> tally.add(Tally(read=2, articles=1, errors=Counter({"no-text": 1}), sites=Counter({"example.com": 1})))
    >>> tally.articles, tally.failed, tally.sites["example.com"]
    (2, 1, 2)
    """

    read: int = 0
    """Number of records, failures included."""
    articles: int = 0
    pages: int = 0
    """Number of articles that were read from a page of HTML."""
    empty: int = 0
    """Number of articles without a report."""
    fixed: int = 0
    """Number of articles with repaired characters."""
    rules: Counter[str] = attrs.field(factory=Counter)
    reasons: Counter[str] = attrs.field(factory=Counter)
    languages: Counter[str] = attrs.field(factory=Counter)
    layouts: Counter[str] = attrs.field(factory=Counter)
    sites: Counter[str] = attrs.field(factory=Counter)
    """Host of the URL → number of articles; articles without a URL are not counted."""
    notes: Counter[str] = attrs.field(factory=Counter)
    errors: Counter[str] = attrs.field(factory=Counter)
    """Failure code → number of records."""

    def count_article(self, traits: Traits) -> None:
        """Count one article."""
        self.read += 1
        self.articles += 1
        self.pages += traits.is_page
        self.empty += traits.is_empty
        self.fixed += traits.is_fixed
        self.rules.update(traits.rules)
        self.reasons.update(traits.reasons)
        self.languages[traits.language] += 1
        self.layouts[traits.layout] += 1
        if traits.site:
            self.sites[traits.site] += 1
        self.notes.update(traits.notes)

    def count_failure(self, failure: Failure) -> None:
        """Count one record that could not be turned into an article."""
        self.read += 1
        self.errors[failure.code] += 1

    @property
    def failed(self) -> int:
        """Number of records that could not be turned into an article."""
        return self.errors.total()

    def add(self, other: Tally) -> None:
        """Add the counts of another tally to this one."""
        for field in attrs.fields(Tally):
            mine, others = getattr(self, field.name), getattr(other, field.name)
            if isinstance(mine, Counter):
                mine.update(others)
            else:
                setattr(self, field.name, mine + others)

    def to_dict(self) -> dict[str, int | dict[str, int]]:
        """Convert to data for `json.dumps`; counts are sorted by key, so that equal tallies are written in the same form."""
        row = attrs.asdict(self, recurse=False)
        return {name: sorted_counts(value) if isinstance(value, Counter) else value for name, value in row.items()}

    @classmethod
    def from_dict(cls, row: Mapping[str, int | Mapping[str, int]]) -> Tally:
        """Rebuild a tally from the data that `to_dict` returned."""
        counts = {name: Counter(value) if isinstance(value, Mapping) else value for name, value in row.items()}
        return cls(**counts)  # type: ignore[arg-type]


def sorted_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Sort counts by key, so that equal counts are written in the same form."""
    return dict(sorted(counts.items()))


def stable_hash(text: str) -> int:
    """Hash `text` to 64 bits, with the same result in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
