"""Recognise the format of a file by its ending and its beginning; the beginning wins if they contradict each other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from newsnorm.corpus.sources.compression import BY_ENDING, without_compression
from newsnorm.corpus.sources.formats import parquet, warc
from newsnorm.corpus.sources.formats.listing.head import listing_at
from newsnorm.corpus.sources.formats.listing.lines import lines_of
from newsnorm.corpus.sources.formats.listing.read import LISTINGS
from newsnorm.corpus.sources.formats.office import rtf
from newsnorm.corpus.sources.options import Format
from newsnorm.read import media_type

HEAD = 4 * 1024
"""Bytes at the beginning of a file that are examined."""

RTF = ".rtf"
"""The ending of documents that need the extra ``office``."""

ENDINGS: Mapping[str, Format] = {
    ".txt": "text",
    **dict.fromkeys(media_type.ENDINGS, "text"),
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
    ".docx": "office",
    RTF: "office",
}
"""Ending of a file name, in lower case and without a compression's → its format."""

TEXT = ".txt"
"""The ending of texts, which may also be listings of databases."""

ARCHIVE = ".zip"
"""The ending of an archive of files."""

NOT_READ = {
    ".tar": "unpack it, and pass the folder",
    ".tgz": "unpack it, and pass the folder",
    ".wacz": "unpack it, and pass the WARC files in its folder archive",
    ".arc": "convert it to WARC",
    ".xlsx": "save its sheet as CSV",
    ".xls": "save its sheet as CSV",
    ".ods": "save its sheet as CSV",
    ".odt": "save it as DOCX",
    ".doc": "save it as DOCX",
}
"""Ending of files that are not read although users ask for it → what to do instead."""

_ARRAY = re.compile(rb"\s*\[\s*(?:[\]{]|$)")
_OBJECT = re.compile(rb"\s*\{\s*(?:[\"}]|$)")
_WIDE = (
    (re.compile(rb"\xff\xfe\0\0|[\t-~]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\xfe\xff|\0\0\0[\t-~]"), "utf-32-be"),
    (re.compile(rb"\xff\xfe|[\t-~]\0[\t-~]\0"), "utf-16-le"),
    (re.compile(rb"\xfe\xff|\0[\t-~]\0[\t-~]"), "utf-16-be"),
)


def is_read(name: str) -> bool:
    """
    Return whether a file in a folder is read, judging by its ending.

    >>> is_read("feed.JSONL.gz"), is_read("texts.zip"), is_read("notes.pdf"), is_read("feed.gz")
    (True, True, False, True)
    """
    ending = PurePosixPath(without_compression(name)).suffix.lower()
    return ending in ENDINGS or ending == ARCHIVE or (not ending and PurePosixPath(name).suffix.lower() in BY_ENDING)


def format_of(ending: str, head: bytes) -> Format:
    """
    Return the format of a file.

    Args:
        ending: the ending of its name, in lower case, without a compression's.
        head: its first bytes.

    >>> format_of(".json", b'[\\n {"text": '), format_of(".json", b'{"text": ""}\\n{'), format_of("", b"It rained.")
    ('json', 'jsonl', 'text')

    """
    if head.startswith(parquet.MAGIC):
        return "parquet"
    if head.startswith(warc.MAGIC):
        return "warc"
    named = ENDINGS.get(ending)
    if named in ("jsonl", "json", None):
        found = _json_format(head.removeprefix(b"\xef\xbb\xbf"), named) or named
        return found or _text_format(head)
    return _text_format(head) if named == "text" and ending == TEXT else named


def _text_format(head: bytes) -> Format:
    """Tell listings of databases from other texts."""
    return "office" if head.startswith(rtf.MAGIC) else listing_at(head) or "text"


def listing_in(text: str) -> tuple[str, int] | None:
    """
    Return the database and the number of documents of a listing; None if a text is not a listing.

    >>> listing_in("1 of 2 DOCUMENTS\\n\\nQuay\\n\\n2 of 2 DOCUMENTS\\n\\nPier"), listing_in("It rained.")
    (('Nexis', 2), None)
    """
    name = listing_at(text[:HEAD].encode("utf-8", "replace"))
    return None if name is None else (name.capitalize(), sum(1 for _ in LISTINGS[name](lines_of(text))))


def wide_codec(head: bytes) -> str | None:
    """
    Return the codec of a file of records in UTF-16 or UTF-32; None if it is in neither.

    >>> wide_codec('{"text"'.encode("utf-16")), wide_codec(b'{"text"')
    ('utf-16-le', None)
    """
    return next((codec for pattern, codec in _WIDE if pattern.match(head)), None)


def _json_format(head: bytes, named: Format | None) -> Format | None:
    """Return whether a text is an array, one object over several lines, or one object per line; None if it is not JSON."""
    if _ARRAY.match(head):
        return "json"
    if not _OBJECT.match(head):
        return None
    line, is_ended, rest = head.lstrip().partition(b"\n")
    if not is_ended:
        return named or ("jsonl" if len(head) >= HEAD else "json")
    if named == "jsonl":
        return named
    try:
        json.loads(line)
    except ValueError:
        return "json" if named == "json" or line.strip() == b"{" else None
    return "jsonl" if not rest.strip() or rest.lstrip().startswith(b"{") else named
