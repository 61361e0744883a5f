"""Keep a sample of each host's documents: of every page, the lines that the passes left."""

from __future__ import annotations

import hashlib
import zlib
from bisect import insort
from collections.abc import Sequence

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
"""The longest line that is learned, in code points: some 1,600 words, so that whole paragraphs are, and no text without any."""

MAX_LINES = 500
"""The most lines of a document that are used from either end."""

FREE, SAT_IN, HEADLINE, TAKEN = "+-=."
"""Marks in front of a line for what the passes did: nothing; took a part; took it as the title, by its form; took it."""

_LETTER = lazy_regex(r"[^\W\d_]")
_UNFIT = lazy_regex("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no text file can hold."""


@attrs.frozen
class SampleLine:
    """A line that the passes left."""

    text: str
    key: str
    """The line as `learned_key` folds it; empty if it can't be learned."""
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
    """The lines that the passes left of a page, each after a mark, and the key under which copies of the page are one."""

    key: int
    lines: Sequence[str]


class HostSample:
    """The documents of one host with the smallest keys."""

    def __init__(self) -> None:
        self.pages: int = 0
        self.keys: list[int] = []
        self.partial: bool = False
        self._documents: dict[int, tuple[str, bytes]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, marked: MarkedLines, day: str, limit: int) -> int:
        """
        Add a document, unless it is a copy of one in the sample or `limit` documents have smaller keys.

        Returns:
            By how many documents the sample has grown: 1, or 0.

        """
        self.pages += 1
        key, text = marked.key, "\n".join(marked.lines)
        if key in self._documents:  # of several copies, the one from the earliest day is kept
            known_day, known = self._documents[key]
            if (not day, day, text) < (not known_day, known_day, _unpacked(known)):
                self._documents[key] = (day, _packed(text))
            return 0
        if len(self.keys) >= limit and key > self.keys[-1]:
            self.partial = True
            return 0
        insort(self.keys, key)
        self._documents[key] = (day, _packed(text))
        return 1 - self.shrink(limit)

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
        return [_document(*self._documents[key], calendar) for key in self.keys]


def marked_lines(page: Page, findings: Sequence[Finding]) -> MarkedLines | None:
    """Mark the lines that the findings leave of a page; None if they leave nothing but a title."""
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
    """Hash `text` to 96 bits, alike in every process and version."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest(), "big")


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def _document(day: str, data: bytes, calendar: Calendar) -> Document:
    return Document(day, tuple(_line(row[:1], row[1:], calendar) for row in _unpacked(data).split("\n")))


def _line(mark: str, text: str, calendar: Calendar) -> SampleLine:
    learnable = mark != SAT_IN and len(text) <= MAX_LINE and not _UNFIT.search(text) and not is_template(text)
    key = learned_key(text, calendar) if learnable and len(_LETTER.findall(text)) > 1 else ""
    return SampleLine(text, key, is_prose(text) and mark != HEADLINE, mark == HEADLINE)
