"""Count the records and articles of a job while it runs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

from newsnorm.notes import code_of
from newsnorm.records import Article
from newsnorm.records.accounts import Failure

NAMED_FAILURES = 10
"""Number of failures that a tally keeps in full; further ones are only counted."""


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
        """The first failures, ten at most."""
        return tuple(self._first)


class ArticleTally:
    """Counts articles and their findings."""

    def __init__(self) -> None:
        self.articles = self.pages = self.empty = self.fixed = 0
        self.rules: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.layouts: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self._reports: dict[int, int] = {}
        """Hash of an id → hash of its first report."""
        self._repeated_ids: set[str] = set()

    def add(self, article: Article, *, is_page: bool = False) -> None:
        """Count an article, and whether it was read from a page of HTML."""
        self.articles += 1
        self.pages += is_page
        self.empty += not article.paragraphs
        self.fixed += bool(article.fixes)
        report = stable_hash(article.text)
        if self._reports.setdefault(stable_hash(article.id), report) != report:
            self._repeated_ids.add(article.id)
        self.rules.update(finding.rule for finding in article.findings())
        self.reasons.update(removal.reason for removal in article.removals)
        self.languages[article.language.code] += 1
        self.layouts[article.layout.kind] += 1
        self.notes.update({code_of(note) for note in article.notes})

    @property
    def repeated_ids(self) -> tuple[str, ...]:
        """Ids that several articles with different reports have, sorted."""
        return tuple(sorted(self._repeated_ids))


def sorted_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Sort counts by key, so that equal counts are written in the same form."""
    return dict(sorted(counts.items()))


def stable_hash(text: str) -> int:
    """Hash `text` to 64 bits, with the same result in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
