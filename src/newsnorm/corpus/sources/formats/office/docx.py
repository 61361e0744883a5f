"""
Extract the text of a DOCX file: the paragraphs of ``word/document.xml`` in its zip archive.

The standard library reads both. A document with a DTD is refused, so that no entity can expand; text deleted under change
tracking, and field codes, are left out.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, BinaryIO
from xml.parsers import expat

from newsnorm.corpus.sources.compression.parts import CHUNK
from newsnorm.corpus.sources.fields import BadRecordError
from newsnorm.corpus.sources.options import Limits

MAGIC = b"PK"
DOCUMENT = "word/document.xml"
MAX_DEPTH = 512
"""Deepest nesting of elements."""

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_BETWEEN = "}"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


class _Paragraphs:
    """Gathers the text of a document from the events of its parser."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._depth = 0
        self._in_text = False

    def start(self, name: str, _: object) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadRecordError("damaged", f"elements nested deeper than {MAX_DEPTH}")
        namespace, _, tag = name.rpartition(_BETWEEN)
        if namespace in _NAMESPACES:
            self._in_text = tag == "t"
            if tag in _BREAKS:
                self.parts.append(_BREAKS[tag])

    def end(self, name: str) -> None:
        self._depth -= 1
        self._in_text = False
        if name.rpartition(_BETWEEN)[2] == "p" and name.startswith(_NAMESPACES):
            self.parts.append("\n")

    def data(self, text: str) -> None:
        if self._in_text:
            self.parts.append(text)

    def doctype(self, *_: object) -> None:
        raise BadRecordError("unsupported", "the document has a DTD")


def text_of(data: BinaryIO, limits: Limits) -> str:
    """
    Return the text of a DOCX file, one line per paragraph.

    Args:
        data: the file.
        limits: the size limits.

    Raises:
        BadRecordError: it is not a DOCX file, is damaged, or unpacks to more than the limits.

    """
    size = data.seek(0, 2)
    try:
        with zipfile.ZipFile(data) as archive, archive.open(DOCUMENT) as document:
            return _read(document, size, limits)
    except KeyError:
        raise BadRecordError("unsupported", f"not a DOCX file: it has no {DOCUMENT}") from None
    except RuntimeError:
        raise BadRecordError("unsupported", "the file is encrypted") from None
    except EOFError:
        raise BadRecordError("cut", "the file ends within the document") from None
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError) as error:
        raise BadRecordError("damaged", str(error) or type(error).__name__) from error
    except expat.ExpatError as error:
        raise BadRecordError("damaged", f"the document is not XML: {error}") from error


def _read(document: IO[bytes], size: int, limits: Limits) -> str:
    """Parse a document piece by piece, up to the limits."""
    found = _Paragraphs()
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.data
    parser.StartDoctypeDeclHandler = found.doctype
    unpacked = 0
    while piece := document.read(CHUNK):
        unpacked += len(piece)
        if unpacked > limits.record or (unpacked > limits.harmless and unpacked > limits.ratio * size):
            raise BadRecordError(
                "too-large", f"the document unpacks to more than {limits.record:,} bytes, or {limits.ratio:,} times its size"
            )
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return "".join(found.parts)
