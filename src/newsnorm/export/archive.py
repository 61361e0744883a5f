"""Write documents into a zip archive without times, so that equal documents give equal bytes."""

from __future__ import annotations

import re
import zipfile

from newsnorm.export.output import Output, WhileOpen

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the earliest that the format can express."""

MAX_NAME = 60
"""Most characters of an id in the name of a member."""

_ODD = re.compile(r"[^A-Za-z0-9._-]+")


class ZipDocuments:
    """
    Writes documents as members of a zip archive.

    >>> import io
    >>> file = io.BytesIO()
    >>> documents = ZipDocuments(file)
    >>> documents.write("00000-quay.md", b"# Quay to close")
    >>> documents.finish()
    >>> zipfile.ZipFile(file).namelist()
    ['00000-quay.md']
    """

    def __init__(self, file: Output) -> None:
        self._archive = zipfile.ZipFile(WhileOpen(file), "w", zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]

    def write(self, name: str, data: bytes) -> None:
        """Add a document."""
        member = zipfile.ZipInfo(name, EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        self._archive.writestr(member, data)

    def finish(self) -> None:
        """Write the list of members; the file stays open."""
        self._archive.close()


def member_name(number: int, id: str, ending: str) -> str:
    """
    Return the name of a document: its number, and the safe characters of its article's id.

    >>> member_name(7, "scraped/2024-06-20/001", "xml"), member_name(8, "../東京", "md")
    ('00007-scraped-2024-06-20-001.xml', '00008.md')
    """
    name = _ODD.sub("-", id)[:MAX_NAME].strip(".-")
    return f"{number:05d}{'-' if name else ''}{name}.{ending}"
