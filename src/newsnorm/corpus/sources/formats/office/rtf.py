"""Extract the text of an RTF file, using the extra ``office``."""

from __future__ import annotations

import re
from importlib.util import find_spec

from newsnorm.corpus.sources.fields import BadRecordError
from newsnorm.errors import MissingExtraError

MAGIC = b"{\\rtf"

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_PICTURE = re.compile(rb"[0-9A-Fa-f\s]{4000,}")
"""The digits of a picture, which are not text."""
_LINK = re.compile(rb"(fldinst[^{}]{0,60}(?:\{[^{}]{0,60})?)HYPERLINK")
"""The address of a link, which the library would put into the text."""


def require_office() -> None:
    """
    Check that the extra ``office`` is installed.

    Raises:
        MissingExtraError: it is not installed.

    """
    if find_spec("striprtf") is None:
        raise MissingExtraError.of("RTF files", "office")


def text_of(data: bytes) -> str:
    r"""
    Return the text of an RTF file, one line per paragraph.

    Raises:
        BadRecordError: it is damaged.
        MissingExtraError: the extra ``office`` is not installed.

    >>> text_of(rb"{\rtf1\ansi\ansicpg1252 Quay closed\par It closes on Monday, caf\'e9 and all.}")
    'Quay closed\nIt closes on Monday, café and all.'

    """
    require_office()
    from striprtf.striprtf import rtf_to_text

    if not data.rstrip(b"\0 \r\n\t").endswith(b"}"):
        raise BadRecordError("cut", "the file ends within the document")
    stated = _CODE_PAGE.search(data[:2_000])
    try:
        return str(
            rtf_to_text(_LINK.sub(rb"\1", _PICTURE.sub(b"", data)).decode("latin-1"), encoding=_codec(stated), errors="replace")
        )
    except Exception as error:  # the library states none of its own
        raise BadRecordError("damaged", f"{type(error).__name__}: {error}") from error


def _codec(stated: re.Match[bytes] | None) -> str:
    """Return the codec of the code page that a file states."""
    return f"cp{stated[1].decode()}" if stated is not None else "cp1252"
