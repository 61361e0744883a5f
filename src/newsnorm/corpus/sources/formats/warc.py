"""
Read WARC files of crawlers, and WET files of extracted texts.

The framing is read here and not by a library, since none of the libraries tried distinguishes a cut record from a whole one. A
record counts only if its content has the stated length and is followed by the next record or the end. Otherwise, reading
continues at the next header.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping

import attrs

from newsnorm.corpus.sources.fields import complete
from newsnorm.corpus.sources.formats.http import HttpError, read_response
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.notes import note
from newsnorm.read.media_type import HTML, TEXT, XHTML, bare_type
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure, FailureCode

MAGIC = b"WARC/"

MAX_HEADER = 64 * 1024
"""Bytes of the longest header of a record."""

MAX_SKIPPED = 1024 * 1024
"""Bytes that are searched at once for the next record."""

_VERSION = re.compile(rb"WARC/(?:0\.\d\d?|1\.\d)\s*")
_NEXT_RECORD = re.compile(rb"(?=WARC/\d+\.\d+[ \t]*\r?\n[A-Za-z][A-Za-z-]{1,40}:)")
"""Where a record may begin."""

_SEPARATOR = b"\r\n\r\n"
"""The bytes after the content of a record; some programs write fewer."""

_LONGEST_START = 128
"""Bytes that are kept while looking for the beginning of a record, which may be read in two pieces."""

ARTICLES = frozenset(("response", "resource", "conversion"))
"""The types of records that hold pages or texts."""

OTHERS = frozenset(("warcinfo", "request", "metadata", "revisit", "continuation"))
"""The other types of records of the standard."""

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.A)


@attrs.frozen
class _Block:
    """One record as it is framed: its headers and its content."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def place(self) -> str:
        """The id of the record, without brackets."""
        return self.headers.get("warc-record-id", "").strip("<> ")


@attrs.frozen
class _Broken:
    """A stretch that is not a whole record."""

    code: FailureCode
    message: str
    data: bytes
    place: str = ""


def read(stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> Iterator[SourceRecord | Failure]:
    """Read one record per page or text; its place is the id of the record. Other records are counted as skipped."""
    for number, block in enumerate(_blocks(_Rewindable(stream), options.limits.record), start=1):
        place = block.place or number
        if isinstance(block, _Broken):
            yield failure(file.name, place, block.code, block.message, block.data)
            continue
        try:
            record = _record(block, place, file, options, counter)
        except HttpError as error:
            yield failure(file.name, place, error.code, str(error), block.content)
            continue
        if record is not None:
            yield record


def _record(block: _Block, place: int | str, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> SourceRecord | None:
    """
    Make the record of a page or a text; None if the block is neither.

    Raises:
        HttpError: the response can't be read.

    """
    headers = block.headers
    kind = headers.get("warc-type", "").lower()
    if kind in OTHERS:
        counter.skipped[kind] += 1
        return None
    if kind not in ARTICLES:
        raise HttpError("damaged", f"a record of type {kind[:80]!r}")
    content_type, body = headers.get("content-type", ""), block.content
    if bare_type(content_type) == "application/http" or (kind == "response" and body.startswith(b"HTTP/")):
        response = read_response(block.content, options.limits)
        content_type, body = response.content_type, response.body
        if not 200 <= response.status < 300:
            counter.skipped[f"status {response.status}"] += 1
            return None
    candidates = (bare_type(content_type), bare_type(headers.get("warc-identified-payload-type", "")))
    media_type = next((each for each in candidates if _MEDIA_TYPE.fullmatch(each)), "")
    if media_type not in (HTML, XHTML, TEXT, ""):
        counter.skipped[media_type] += 1
        return None
    known = Metadata(
        id=block.place or None,
        url=headers.get("warc-target-uri", "").strip("<> ") or None,
        fetched=headers.get("warc-date"),
        media_type=media_type or None,
        encoding=_charset(content_type),
    )
    default = known.url or f"{file.name}:{place}"
    return SourceRecord(
        source=file.name, place=place, raw=body, metadata=complete(known, default, file, options), notes=_notes(block)
    )


def _charset(content_type: str) -> str | None:
    """
    Return the charset of a content type.

    >>> _charset('text/html; charset="ISO-8859-1"')
    'ISO-8859-1'
    """
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.I)
    return found[1] if found else None


def _notes(block: _Block) -> tuple[str, ...]:
    """Return notes on a record that states that it was cut, or that appears to be damaged."""
    notes = []
    if any("\ufffd" in value for value in (*block.headers, *block.headers.values())):
        notes.append(note("source-header"))
    if reason := block.headers.get("warc-truncated"):
        notes.append(note("source-truncated", reason=reason))
    algorithm, _, stated = block.headers.get("warc-block-digest", "").partition(":")
    if algorithm.lower() == "sha1" and stated and stated.strip().lower() not in _sha1(block.content):
        notes.append(note("source-digest"))
    return tuple(notes)


def _sha1(content: bytes) -> tuple[str, str]:
    """Return a digest in base 32, as crawlers write it, and in hex."""
    digest = hashlib.sha1(content, usedforsecurity=False)
    return base64.b32encode(digest.digest()).decode().lower(), digest.hexdigest()


class _Rewindable:
    """A stream to which bytes can be given back."""

    def __init__(self, stream: SourceStream) -> None:
        self.stream = stream
        self._back = b""
        self._place = 0
        """Number of bytes of `_back` that were read again."""

    def read(self, size: int) -> bytes:
        """Read `size` bytes, or up to the end."""
        data = self._back[self._place : self._place + size]
        self._place += len(data)
        if self._place == len(self._back):
            self._back, self._place = b"", 0
        return data + self.stream.read(size - len(data)) if len(data) < size else data

    def readline(self, limit: int) -> bytes:
        """Read a line of at most `limit` bytes."""
        known = len(self._back) - self._place
        end = self._back.find(b"\n", self._place, self._place + limit) + 1
        if end or known >= limit:
            return self.read(end - self._place if end else limit)
        start = self.read(known)
        return start + self.stream.readline(limit - len(start))

    def give_back(self, data: bytes) -> None:
        """Put bytes before the next ones to be read."""
        self._back, self._place = data + self._back[self._place :], 0

    def is_at_end(self) -> bool:
        """Return whether nothing follows before the end or a fault."""
        return not self._back and not self.stream.peek(1)


def _blocks(source: _Rewindable, limit: int) -> Iterator[_Block | _Broken]:
    """Yield the records of a file, and the stretches between them that are not records."""
    while True:
        line = source.readline(MAX_HEADER)
        if line in (b"\r\n", b"\n"):
            continue
        if line:
            yield _verified(_block(source, line, limit), source)
        elif (fault := source.stream.take_fault()) is not None:
            yield _Broken(fault.code, fault.message, b"")
        else:
            return


def _verified(block: _Block | _Broken, source: _Rewindable) -> _Block | _Broken:
    """Return a record, or the fault at the end of its compressed data, such as a wrong checksum."""
    if not source.is_at_end() or (fault := source.stream.fault) is None or fault.is_apart:
        return block
    source.stream.take_fault()
    data = block.content if isinstance(block, _Block) else block.data
    return _Broken(fault.code, fault.message, data, block.place)


def _block(source: _Rewindable, line: bytes, limit: int) -> _Block | _Broken:
    """Read the record that begins with `line`."""
    if _VERSION.fullmatch(line) is None:
        source.give_back(line[1:])
        return _Broken("damaged", "not the header of a record", line[:1] + _skip_to_record(source))
    lines = _header_lines(source)
    if lines is None:
        return _Broken("too-long", f"a header over {MAX_HEADER:,} bytes", line + _skip_to_record(source))
    headers = _headers(lines)
    place = headers.get("warc-record-id", "").strip("<> ")
    stated = headers.get("content-length", "").strip()
    if not (stated.isascii() and stated.isdecimal()):
        return _Broken("damaged", f"no length of the content: {stated[:80]!r}", line + _skip_to_record(source), place)
    if len(stated) > 18 or int(stated) > limit:
        return _Broken("too-long", f"over {limit:,} bytes: {stated[:80]}", line + _skip_to_record(source), place)
    return _content(source, headers, int(stated), place)


def _content(source: _Rewindable, headers: Mapping[str, str], length: int, place: str) -> _Block | _Broken:
    """Read the content of a record, and check that it is as long as stated."""
    content = source.read(length)
    after = source.read(len(_SEPARATOR)) if len(content) == length else b""
    begun = after.lstrip(b"\r\n")
    if len(content) == length and (
        after == _SEPARATOR or (begun and MAGIC.startswith(begun)) or (source.is_at_end() and not begun)
    ):
        source.give_back(begun)
        return _Block(headers, content)
    source.give_back(content + after)
    skipped = _skip_to_record(source)
    if len(content) < length and source.is_at_end():
        return _Broken("cut", f"{len(skipped):,} of {length:,} bytes, then the file ends", skipped, place)
    return _Broken("damaged", f"the content is not {length:,} bytes long, as its header states", skipped, place)


def _header_lines(source: _Rewindable) -> list[bytes] | None:
    """Read the lines of a header, without the blank one; None if it is too long."""
    lines: list[bytes] = []
    size = 0
    while (line := source.readline(MAX_HEADER)) not in (b"\r\n", b"\n", b""):
        lines.append(line)
        size += len(line)
        if size > MAX_HEADER:
            return None
    return lines


def _headers(lines: list[bytes]) -> dict[str, str]:
    """Return the fields of a header by their names in lower case; the first one of repeated fields counts."""
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon and not line[:1].isspace():
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _skip_to_record(source: _Rewindable) -> bytes:
    """Skip to the first line of the next record, or to the end; return what was skipped, or the first 2 MiB of it."""
    kept, data = bytearray(), source.read(MAX_SKIPPED)
    while (found := _NEXT_RECORD.search(data)) is None:
        more = source.read(MAX_SKIPPED)
        if not more:
            break
        if len(kept) < MAX_SKIPPED:
            kept += data[:-_LONGEST_START]
        data = data[-_LONGEST_START:] + more
    end = found.end() if found else len(data)
    source.give_back(data[end:])
    return bytes(kept + data[:end])[: 2 * MAX_SKIPPED]
