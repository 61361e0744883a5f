"""Read an HTTP response as crawlers store it: its status, its type, and its body without chunks and compression."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

import attrs

from newsnorm.corpus.sources.compression import compression_of, zst
from newsnorm.corpus.sources.compression.parts import CHUNK, Fault, Part
from newsnorm.corpus.sources.options import Limits
from newsnorm.records.accounts import FailureCode

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_NO_FIELD = re.compile(rb"\n(?:[^:\r\n]*[\x80-\xff]|<)")
_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


class HttpError(Exception):
    """A response can't be read; the message says why."""

    def __init__(self, code: FailureCode, message: str) -> None:
        super().__init__(message)
        self.code: FailureCode = code


@attrs.frozen
class Response:
    """A response."""

    status: int
    content_type: str
    """Empty if the server stated none."""
    body: bytes


def read_response(data: bytes, limits: Limits) -> Response:
    """
    Read a response.

    Crawlers may remove chunks or compression but leave the headers that announce them; the body is then taken as it is.

    Args:
        data: the response, including its headers.
        limits: how large the body may become.

    Raises:
        HttpError: it has no status line, is damaged, has an unsupported compression, or is too large.

    >>> read_response(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4\\r\\nRain\\r\\n0\\r\\n\\r\\n", Limits()).body
    b'Rain'

    """
    status = _STATUS.match(data)
    if status is None:
        raise HttpError("damaged", "no status line of HTTP")
    end = _END.search(data)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    if _NO_FIELD.search(head):
        raise HttpError("damaged", "the header has a line that is not a field")
    headers = _headers(head)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    encodings = [part.strip().lower() for part in headers.get("content-encoding", "").split(",")]
    for encoding in reversed([each for each in encodings if each not in ("", "identity", "none")]):
        body = _unpacked(body, encoding, limits)
    return Response(int(status[1]), headers.get("content-type", ""), body)


def _headers(head: bytes) -> dict[str, str]:
    """Return the header fields by their names in lower case; the last one of repeated fields counts."""
    fields = (line.partition(":") for line in head.decode("latin-1").splitlines()[1:])
    return {name.strip().lower(): value.strip() for name, colon, value in fields if colon}


def _without_chunks(body: bytes) -> bytes:
    """
    Return a body without chunk sizes; a body that does not begin with one is returned as it is.

    Raises:
        HttpError: a later chunk has no size, or a size that is larger than what follows.

    """
    pieces: list[bytes] = []
    place = 0
    while (found := _CHUNK_SIZE.match(body, place)) is not None:
        size = int(found[1], 16)
        if not size:
            return b"".join(pieces)
        piece = body[found.end() : found.end() + size]
        if len(piece) < size:
            raise HttpError("cut", f"a chunk of {size:,} bytes has {len(piece):,}")
        pieces.append(piece)
        place = found.end() + size
        place += 2 if body[place : place + 2] == b"\r\n" else body[place : place + 1] == b"\n"
    if not place:
        return body
    raise HttpError("cut" if place >= len(body) else "damaged", "the last chunk is missing")


def _unpacked(body: bytes, encoding: str, limits: Limits) -> bytes:
    """
    Unpack a body; one that is not compressed in spite of its header is returned as it is.

    Raises:
        HttpError: it is damaged, cut, too large, or compressed in another way.

    """
    if encoding == "deflate":
        return _joined(_inflated(body), body, limits) if body else body
    found = compression_of(body)
    if found is not None and not (found.name == "zstd" and not zst.is_installed()):
        return _joined(found.unpack(BytesIO(body)), body, limits)
    if found is None and encoding in ("gzip", "x-gzip", "zstd"):
        return body
    raise HttpError("unsupported", f"the body is compressed with {encoding}")


def _joined(parts: Iterator[Part], body: bytes, limits: Limits) -> bytes:
    """Join the unpacked pieces of a body."""
    pieces, size = [], 0
    for part in parts:
        if isinstance(part, Fault):
            raise HttpError(part.code, part.message)
        size += len(part)
        if size > limits.record or (size > limits.harmless and size > limits.ratio * len(body)):
            raise HttpError("too-large", f"the body of {len(body):,} bytes unpacks to more than {size:,}")
        pieces.append(part)
    return b"".join(pieces)


def _inflated(body: bytes) -> Iterator[Part]:
    """Unpack ``deflate``, which servers send with or without a header; any other body is yielded as it is."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflate = zlib.decompressobj(bits)
        try:
            first = inflate.decompress(body, CHUNK)
        except zlib.error:
            continue
        yield first
        yield from _rest(inflate)
        return
    yield body


def _rest(inflate: zlib._Decompress) -> Iterator[Part]:
    while not inflate.eof and inflate.unconsumed_tail:
        try:
            yield inflate.decompress(inflate.unconsumed_tail, CHUNK)
        except zlib.error as error:
            yield Fault("damaged", str(error))
            return
    if not inflate.eof:
        yield Fault("cut", "the compressed body ends too early")
