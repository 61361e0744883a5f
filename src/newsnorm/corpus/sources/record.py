"""Define records to parse, and failures that say why a record can't be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TypeVar

import attrs

from newsnorm.corpus.sources.compression import without_compression
from newsnorm.errors import InputError, MissingExtraError
from newsnorm.parser import Parser, parse_page, read_page
from newsnorm.records import Article, Metadata, Page
from newsnorm.records.accounts import Failure, FailureCode, Stage
from newsnorm.records.page import StatedField

Result = TypeVar("Result")

STANDARD_INPUT = Path("-")
"""The path that stands for standard input."""


@attrs.frozen
class SourceFile:
    """A file to read."""

    path: Path
    name: str
    """Its path in reports and ids, with forward slashes: it begins with the input folder, or with the folder of an input file."""
    media_type: str | None = None
    """The media type of records that don't state one; None recognises pages of HTML by their content."""
    is_container: bool = False
    """Whether its format contains many records, like JSON lines; a text or a page is one record."""
    is_on_disk: bool = True
    """Whether it is a file of its own, not a member of an archive or standard input."""

    @property
    def ending(self) -> str:
        """The ending that shows its format, in lower case: ``.jsonl`` for ``feed.JSONL.gz``."""
        return PurePosixPath(without_compression(self.name)).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without its endings."""
        name = without_compression(self.name)
        return name.removesuffix(PurePosixPath(name).suffix)


NOWHERE = SourceFile(Path("-"), "")
"""The source of rows that come from no file; a text without an id is named by its content when it is parsed."""


@attrs.frozen(kw_only=True)
class SourceRecord:
    """A raw text and where it came from."""

    source: str
    """The name of its `SourceFile`."""
    place: int | str | None
    """The line or row of the file, from 1; the id of a WARC record or the member of an archive; None if the whole file is one
    text."""
    raw: str | bytes
    metadata: Metadata
    """Its id is the one in the file, or is made from the record's place."""
    normalised: bool = False
    """Whether newsnorm wrote the record, so that its text is already a report."""
    notes: tuple[str, ...] = ()
    """Doubts from reading the record, which `page` passes on."""
    stated: tuple[StatedField, ...] = ()
    """The lines of the text that state fields for machines, if the format has such lines."""

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.metadata.id or self.source

    def page(self) -> Page:
        """
        Decode the text, split it into lines, and identify its language.

        Raises:
            InputError: the record is not text or too long, or its media type has no reader.
            MissingExtraError: it is a page of HTML, and the extra ``html`` is not installed.

        """
        page = read_page(self.raw, self.metadata, self.stated)
        return attrs.evolve(page, notes=(*self.notes, *page.notes)) if self.notes else page

    def parse(self, parser: Parser | None = None) -> Article:
        """
        Parse the record, as `newsnorm.parse` does.

        Args:
            parser: by default the default parser.

        Raises:
            InputError: the record is not text or too long, or its media type has no reader.
            MissingExtraError: it is a page of HTML, and the extra ``html`` is not installed.

        """
        from newsnorm.parser import default_parser

        return parse_page(self.page(), parser or default_parser())


def failure(source: str, place: int | str | None, code: FailureCode, message: str, data: bytes = b"") -> Failure:
    """Make the failure for a record that can't be read; `data` is its bytes, as far as known."""
    return _failure(source, place, "read", code, message, data)


def _failure(source: str, place: int | str | None, stage: Stage, code: FailureCode, message: str, data: bytes) -> Failure:
    sha256 = hashlib.sha256(data).hexdigest() if data else ""
    return Failure(source=source, place=place, stage=stage, code=code, message=message, sha256=sha256, length=len(data))


def attempt(record: SourceRecord, call: Callable[[SourceRecord], Result]) -> Result | Failure:
    """
    Return ``call(record)``, or a failure if it raises, so that one record never stops a job.

    Raises:
        MissingExtraError: it needs an extra that is not installed, as all records of its kind do.

    """
    try:
        return call(record)
    except MissingExtraError:
        raise
    except InputError as error:
        return parse_failure(record, "not-text", str(error))
    except Exception as error:  # a user's own pass or reader may raise anything
        return parse_failure(record, "parser-error", f"{type(error).__name__}: {error}")


def parse_failure(record: SourceRecord, code: FailureCode, message: str) -> Failure:
    """Make the failure for a record that was read, but could not be turned into an article."""
    data = record.raw if isinstance(record.raw, bytes) else record.raw.encode("utf-8", "surrogatepass")
    return _failure(record.source, record.place, "parse", code, message, data)
