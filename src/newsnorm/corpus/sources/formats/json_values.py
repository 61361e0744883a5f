"""
Read JSON that is not in lines: an array of objects, one object over several lines, or objects one after another.

Only one value is in memory at a time. The bounds of values are found by brackets outside strings, so that a value that is not
JSON does not affect others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from newsnorm.corpus.sources.compression.parts import CHUNK, Fault
from newsnorm.corpus.sources.fields import BadRecordError, record_of
from newsnorm.corpus.sources.formats.json_objects import BOM, parse_object
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.records.accounts import Failure, FailureCode

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(")?|([\[{])|[\]}]', re.S)
"""A string, whose end is group 1; an opening bracket, which is group 2; or a closing one."""

_SCALAR = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[^,\]\s]+', re.S)
_BETWEEN = re.compile(rb"[\s,]*")
_BLANK = re.compile(rb"\s*")
_NEXT_LINE = re.compile(rb"\n(?=\{)")
_NEXT_OBJECT = re.compile(rb"\}\s*,\s*(?=\{)|\n(?=\{)")

UNENDED = "the file ends within a value"


@attrs.frozen
class _Value:
    """A value, or the beginning of one."""

    data: bytes
    code: FailureCode | None = None
    """Why it can't be read."""
    message: str = ""


def read(stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> Iterator[SourceRecord | Failure]:
    """Read one record per object; its place is its number from 1, or the whole file if there is one object in it."""
    values = _Values(stream, options.limits.record)
    for number, value in enumerate(values, start=1):
        place = None if number == 1 and values.is_single else number
        if value.code is not None:
            yield failure(file.name, place, value.code, value.message, value.data)
            continue
        try:
            yield record_of(parse_object(value.data), file, place, options)
        except BadRecordError as error:
            yield failure(file.name, place, error.code, str(error), value.data)


class _Values:
    """Iterates over the values of a stream; those of an array one by one."""

    def __init__(self, stream: SourceStream, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._data = b""
        self._in_array = False
        self.is_single = False
        """Whether the value yielded last is the only one, outside any array."""

    def __iter__(self) -> Iterator[_Value]:
        self._fill()
        self._data = self._data.removeprefix(BOM)
        first = True
        while (byte := self._next_byte()) is not None:
            if byte == b"[" and not self._in_array:
                self._in_array, self._data = True, self._data[1:]
            elif byte == b"]" and self._in_array:
                self._in_array, self._data = False, self._data[1:]
            else:
                value = self._value()
                self.is_single = first and not self._in_array and self._next_byte() is None and self._stream.fault is None
                yield value
            first = False
        if (fault := self._stream.take_fault()) is not None:
            yield _Value(b"", fault.code, fault.message)
        elif self._in_array:
            yield _Value(b"", "cut", "the file ends within the array")

    def _fill(self) -> bool:
        """Read more; return whether there is more."""
        more = self._stream.read(CHUNK)
        self._data += more
        return bool(more)

    def _next_byte(self) -> bytes | None:
        """Return the next byte that is not between values; None at the end."""
        between = _BETWEEN if self._in_array else _BLANK
        while True:
            found = between.match(self._data)
            self._data = self._data[found.end() if found else 0 :]
            if self._data or not self._fill():
                return self._data[:1] or None

    def _value(self) -> _Value:
        """Take the next value."""
        if self._data[:1] in (b"{", b"["):
            return self._bracketed()
        if not self._in_array:
            return self._garbage()
        while (found := _SCALAR.match(self._data)) is None or (found.end() == len(self._data) and len(self._data) < self._limit):
            if not self._fill():
                break
        end = found.end() if found else 1
        return self._take(end)

    def _take(self, end: int, code: FailureCode | None = None, message: str = "") -> _Value:
        value, self._data = _Value(self._data[:end], code, message), self._data[end:]
        return value

    def _garbage(self) -> _Value:
        """Take text that is not a value, up to the next line that begins like one."""
        kept = self._data[:CHUNK]
        while (found := re.search(rb"\n\s*(?=[\[{])", self._data)) is None:
            self._data = self._data[-CHUNK:]
            if not self._fill():
                self._data = b""
                return _Value(kept, "bad-json", "neither an object nor an array of objects")
        self._data = self._data[found.end() :]
        return _Value(kept, "bad-json", "neither an object nor an array of objects")

    def _bracketed(self) -> _Value:
        """Take an object or an array up to the bracket that closes it."""
        place = depth = 0
        while True:
            for token in _TOKEN.finditer(self._data, place):
                if token.group()[:1] == b'"' and token.group(1) is None:
                    place = token.start()
                    break
                if token.group(1) is None:
                    depth += 1 if token.group(2) else -1
                    if depth == 0:
                        return self._checked(token.end())
            else:
                place = len(self._data)
            if len(self._data) > self._limit:
                return self._unended("too-long", f"over {self._limit:,} bytes")
            if not self._grow():
                return self._unended("cut", UNENDED)

    def _grow(self) -> bool:
        """Double the buffer, so that a long string is scanned only a few times; return whether there is more."""
        more = self._stream.read(max(CHUNK, len(self._data)))
        self._data += more
        return bool(more)

    def _checked(self, end: int) -> _Value:
        """Take a value; if it is not JSON, only up to a line on which the next object begins."""
        if end > self._limit:
            return self._take(end, "too-long", f"over {self._limit:,} bytes")
        found = _NEXT_LINE.search(self._data, 1, end)
        if found is not None:
            try:
                parse_object(self._data[:end])
            except BadRecordError as error:
                return self._take(found.end(), error.code, str(error))
        return self._take(end)

    def _unended(self, code: FailureCode, message: str) -> _Value:
        """Take the beginning of a value that does not end, up to where another object appears to begin."""
        found = _NEXT_OBJECT.search(self._data, 1)
        if found is None and code == "cut" and (fault := self._fault()) is not None:
            code, message = fault.code, fault.message
        return self._take(found.end() if found else len(self._data), code, message)

    def _fault(self) -> Fault | None:
        self._in_array = False
        return self._stream.take_fault()
