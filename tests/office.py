"""Make DOCX and RTF files of a text, a paragraph for each line."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(text: str, *, document: str | None = None, name: str = "word/document.xml") -> bytes:
    """Return a DOCX file; `document` is another XML than that of the text."""
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' if line else "<w:p/>" for line in text.split("\n")
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{NAMESPACE}"><w:body>{paragraphs}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, document if document is not None else xml)
    return file.getvalue()


def rtf(text: str) -> bytes:
    """Return an RTF file with a font table, and letters beyond ASCII as its escapes."""
    letters = (
        letter if letter.isascii() and letter not in "\\{}" else f"\\{letter}" if letter.isascii() else f"\\u{ord(letter)}?"
        for letter in text
    )
    body = "".join(letters).replace("\n", "\\par\n")
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil Arial;}}\\f0 " + body + "\\par}").encode("ascii")
