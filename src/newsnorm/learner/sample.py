"""Keep a sample of each host's documents, each with the lines that the passes left."""

from __future__ import annotations

import hashlib
import zlib
from bisect import insort
from collections.abc import Iterator, Mapping, Sequence

import attrs

from newsnorm.catalogue.learned_key import learned_key
from newsnorm.catalogue.templates import is_template
from newsnorm.grammar.dates.calendar import Calendar
from newsnorm.page.prose import is_prose
from newsnorm.passes.title import FIRST_LINE, WEIGHED
from newsnorm.records import Finding, Page, Title
from newsnorm.text.folding import fold_numbers
from newsnorm.text.lazy_regex import lazy_regex

MAX_LINE = 10_000
"""Code points of the longest line that is learned: some 1,600 words, enough for a paragraph but not for a text without line
breaks."""

MAX_LINES = 500
"""Most lines of a document that are used from either end."""

FREE, SAT_IN, HEADLINE, TAKEN = "+-=."
"""Marks before a line for what the passes did with it: nothing; took a part; took it as the title, by its form; took it."""

_LETTER = lazy_regex(r"[^\W\d_]")
_UNFIT = lazy_regex("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that a text file can't contain."""


@attrs.frozen
class SampleLine:
    """A line that the passes left."""

    text: str
    key: str
    """The `learned_key` of the line; empty if it can't be learned."""
    prose: bool
    title: bool = False
    """Whether it was taken for the title by its form."""


@attrs.frozen
class Document:
    """The lines that the passes left of a page."""

    day: str
    """ISO 8601; empty if unknown."""
    lines: tuple[SampleLine, ...]


@attrs.frozen
class MarkedLines:
    """The lines that the passes left of a page, each after a mark, and a key that copies of the page share."""

    key: int
    lines: Sequence[str]


class HostSample:
    """The documents of one host with the smallest keys."""

    def __init__(self) -> None:
        self.pages: int = 0
        self.keys: list[int] = []
        self.partial: bool = False
        self._documents: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, marked: MarkedLines, day: str, limit: int) -> int:
        """
        Add a document, unless it is a copy of one in the sample or `limit` documents have smaller keys.

        Returns:
            By how many documents the sample has grown: 1 or 0.

        """
        self.pages += 1
        return self.add_row(marked.key, sample_row(marked, day), limit)

    def add_row(self, key: int, row: bytes, limit: int) -> int:
        """Add a document as bytes, as `add` does, without counting a page."""
        if key in self._documents:
            if row < _unpacked(self._documents[key]):
                self._documents[key] = _packed(row)
            return 0
        if len(self.keys) >= limit and key > self.keys[-1]:
            self.partial = True
            return 0
        insort(self.keys, key)
        self._documents[key] = _packed(row)
        return 1 - self.shrink(limit)

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """Yield the key of each document, and the document as bytes."""
        return ((key, _unpacked(self._documents[key])) for key in self.keys)

    def shrink(self, limit: int) -> int:
        """Drop all documents beyond `limit`; return their number."""
        gone = self.keys[limit:]
        del self.keys[limit:]
        for key in gone:
            del self._documents[key]
        self.partial = self.partial or bool(gone)
        return len(gone)

    def documents(self, calendar: Calendar) -> list[Document]:
        """Return the documents in the order of their keys; `calendar` has the names of months and weekdays."""
        return [_document(row, calendar) for _, row in self.rows()]


def marked_lines(page: Page, findings: Sequence[Finding]) -> MarkedLines | None:
    """Mark the lines that the findings leave of a page; None if they leave only a title."""
    marks = {finding.line: _mark(finding) for finding in findings}
    marked = [(marks.get(line.number, FREE), line.text) for line in page.lines if line.text]
    lines = [(mark, text) for mark, text in marked if mark != TAKEN]
    key = "\n".join(fold_numbers(text) for mark, text in lines if mark != HEADLINE)
    if not key:
        return None
    edges = lines if len(lines) <= 2 * MAX_LINES else [*lines[:MAX_LINES], *lines[-MAX_LINES:]]
    return MarkedLines(_hash(key), [mark + text[: MAX_LINE + 1] for mark, text in edges])


def _mark(finding: Finding) -> str:
    if isinstance(finding, Title) and finding.rule in (WEIGHED.id, FIRST_LINE.id):
        return HEADLINE
    return TAKEN if finding.takes_line else SAT_IN


def _hash(text: str) -> int:
    """Hash `text` to 96 bits, with equal results in every process and version."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest(), "big")


def sample_row(marked: MarkedLines, day: str) -> bytes:
    r"""
    Return a document as bytes, ordered so that the least of several copies has the earliest day; those without a day come last.

    >>> lines = MarkedLines(1, ["+Rain."])
    >>> sample_row(lines, "2024-03"), sample_row(lines, "2024-03-01") < sample_row(lines, "")
    (b'02024-03\n+Rain.', True)
    """
    return "\n".join((f"{int(not day)}{day}", *marked.lines)).encode("utf-8", "surrogatepass")


def _packed(row: bytes) -> bytes:
    return zlib.compress(row, 1)


def _unpacked(data: bytes) -> bytes:
    return zlib.decompress(data)


def _document(row: bytes, calendar: Calendar) -> Document:
    day, *lines = row.decode("utf-8", "surrogatepass").split("\n")
    return Document(day[1:], tuple(_line(line[:1], line[1:], calendar) for line in lines))


def fitting_limit(hosts: Mapping[int, int], limit: int, kept: int, least: int) -> int:
    """
    Return how many documents may be kept of each host, so that all hosts together keep at most `kept`.

    Args:
        hosts: number of documents → number of hosts with that many.
        limit: largest result.
        kept: most documents of all hosts.
        least: smallest result, however many hosts there are.

    >>> fitting_limit({3: 2, 100: 1}, limit=50, kept=20, least=5), fitting_limit({100: 10}, limit=50, kept=20, least=5)
    (14, 5)

    """
    while limit > least and sum(min(size, limit) * many for size, many in hosts.items()) > kept:
        limit -= 1
    return limit


def _line(mark: str, text: str, calendar: Calendar) -> SampleLine:
    learnable = mark != SAT_IN and len(text) <= MAX_LINE and not _UNFIT.search(text) and not is_template(text)
    key = learned_key(text, calendar) if learnable and len(_LETTER.findall(text)) > 1 else ""
    return SampleLine(text, key, is_prose(text) and mark != HEADLINE, mark == HEADLINE)
