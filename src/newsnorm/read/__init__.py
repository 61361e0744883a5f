"""Raw text becomes a page; the only room in which characters change."""

from __future__ import annotations

from newsnorm.errors import InputError
from newsnorm.read import fix
from newsnorm.read.decode import decode, digest
from newsnorm.read.limits import check_length
from newsnorm.read.plain import read_plain
from newsnorm.records import Page, RawArticle

READERS = {"text/plain": read_plain}
"""Which reader takes which media type."""


def raw_article(
    raw: str | bytes,
    *,
    id: str | None = None,
    url: str | None = None,
    title: str | None = None,
    site: str | None = None,
    fetched: str | None = None,
    media_type: str = "text/plain",
    encoding: str | None = None,
) -> RawArticle:
    """
    What came in, decoded.

    Raises:
        InputError: it is neither text nor bytes, too long, or no text at all.

    >>> raw_article(b"Caf\\xe9 \\xe2\\x80\\x93 ouvert").text
    'Café – ouvert'

    """
    if isinstance(raw, (bytes, bytearray, memoryview)):
        data = bytes(raw)
        text, used, notes = decode(data, encoding)
        sha256 = digest(data)
    elif isinstance(raw, str):
        check_length(len(raw))
        text, used, notes = raw, None, ()
        sha256 = digest(raw.encode("utf-8", "surrogatepass"))
    else:
        raise InputError(f"raw is a {type(raw).__name__}: pass str, or bytes with encoding= where it is known")
    return RawArticle(
        text=text,
        sha256=sha256,
        id=_said(id),
        media_type=media_type,
        url=_said(url),
        fetched=_said(fetched),
        title=_said(title),
        site=_said(site),
        encoding=used,
        notes=notes,
    )


def _said(text: str | None) -> str | None:
    """What the caller says, repaired like a line; empty is none."""
    return None if text is None else fix.fix(text, 0).text or None


def read(raw: RawArticle) -> Page:
    """
    Cut `raw` into lines of readable text.

    Raises:
        InputError: there is no reader for its media type.

    """
    reader = READERS.get(raw.media_type.partition(";")[0].strip().lower())
    if reader is None:
        raise InputError(f"no reader for media type {raw.media_type!r}; known: {', '.join(sorted(READERS))}")
    return reader(raw)
