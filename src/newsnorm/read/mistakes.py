"""Recognise input that is not the plain text of one article: markup, tables, JSON, binary files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from newsnorm.notes import note
from newsnorm.read.extras import is_html_installed
from newsnorm.read.media_type import opens_as_page
from newsnorm.read.signatures import recognise
from newsnorm.text.lazy_regex import lazy_regex

BEGINNING = 4_000
"""Number of code points at the beginning of a text to check."""

SIGNATURE = 300
"""Number of code points within which a signature must be."""

TAGS = 3
"""The fewest closing tags of HTML that make a text markup; a report about HTML may quote one."""

MARKS = 3
"""The fewest marks of Markdown."""

ROWS = 3
"""The fewest lines of a table."""

HEADERS = 3
"""The fewest headers of a message."""

CONTROLS = 0.05
"""The largest share of control and replaced characters in a text."""

_CLOSING = r"/(?:html|head|body|div|p|a|span|article|section|h[1-6]|li|ul|script|style|title|td|tr)\s*"
_TAG = lazy_regex(rf"<{_CLOSING}>|&lt;{_CLOSING}&gt;", re.I)
_DOCUMENT = lazy_regex(r"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml\s|<head[\s>]|(?:<meta\s[^<>]{1,300}>\s*){0,20}<title>)", re.I)
_XML = lazy_regex(r"\s*<([A-Za-z][\w:.-]{0,60})[\s>]")
_FIELD = r"[^\W\d][\w \"]{0,40}"
_HEADER = lazy_regex(rf"[\ufeff\"]?{_FIELD}(?:([,;\t])\"?{_FIELD}){{1,60}}\Z")
_MARKDOWN = lazy_regex(
    r"^#{1,6} \S|\[[^\]\n]{1,200}\]\(\S{1,500}\)|\*\*[^*\n]{1,200}\*\*|^```|^\s{0,3}\[[^\]\n]{1,60}\]: \S", re.M
)
_MARKDOWN_SIGNS = "#[*`"
"""Signs of which each match of `_MARKDOWN` holds one."""
_MESSAGE = lazy_regex(r"(?:HTTP/\d|(?:[A-Z][A-Za-z]{1,20}-?){1,4}: )[^\n]{0,1000}\n")
_PYTHON = (("[{'", "}]"), ("{'", "}"), ("['", "']"), ("('", ")"), ("b'", "'"), ('b"', '"'))
"""How Python writes lists, dictionaries and bytes: the beginning and the end."""
_MISSING = frozenset({"nan", "none", "null", "nat", "<na>", "n/a", "undefined", "nil"})
_ADDRESS = lazy_regex(r"(?:https?://|file://|s3://|www\.|~?/|\.{1,2}/|[A-Za-z]:\\)\S{3,2000}\Z")
_NO_CONTROLS = bytes({*range(256)} - {*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F})
"""All bytes of UTF-8 but control characters."""


def mistakes(text: str) -> Iterator[str]:
    """
    Yield a note if a text is not the plain text of one article, with what to do.

    >>> [note.partition(":")[0] for note in mistakes("<p>It rained.</p><p>All day.</p><p>Again.</p>")]
    ['input-html']
    >>> list(mistakes("It rained."))
    []
    """
    code = next((code for code, is_mistake in _KINDS if is_mistake(text)), None)
    if code is not None:
        yield note(code)


def _is_binary(text: str) -> bool:
    """Return whether a text begins like a file that is not text, or has more control characters than text has."""
    beginning = text[:BEGINNING]
    controls = 0 if beginning.isprintable() else _count_controls(beginning)
    if controls > max(1, CONTROLS * len(beginning)):
        return True
    known = recognise(text[:SIGNATURE].encode("latin-1", "replace"))
    return known is not None and (known.at == 0 or controls > 0)


def _count_controls(text: str) -> int:
    """Count the control and replaced characters of a text, without white space and escapes."""
    return len(text.encode("utf-8", "surrogatepass").translate(None, _NO_CONTROLS)) + text.count("\ufffd")


def _is_unread_page(text: str) -> bool:
    """Return whether a text is a page of HTML that would be read as one if the extra were installed."""
    return opens_as_page(text) and not is_html_installed()


def _is_markup(text: str) -> bool:
    beginning = text[:BEGINNING]
    if "<" not in beginning and "&lt;" not in beginning:
        return False
    if _DOCUMENT.match(beginning) is not None or sum(1 for _ in zip(range(TAGS), _TAG.finditer(beginning))) == TAGS:  # noqa: B905
        return True
    opening = _XML.match(beginning)
    return opening is not None and text.rstrip().endswith((f"</{opening[1]}>", "/>"))


def _is_json(text: str) -> bool:
    """Return whether a text is a JSON array or object, or several, one per line."""
    stripped = text.strip()
    if not stripped or stripped[0] + stripped[-1] not in ("[]", "{}"):
        return False
    try:
        json.loads(stripped.split("\n", 1)[0] if stripped[0] == "{" and "}\n{" in stripped else stripped)
    except (ValueError, RecursionError):
        return False
    return True


def _is_python(text: str) -> bool:
    """Return whether a text is a list, a dictionary or bytes as Python writes them."""
    stripped = text.strip()
    return len(stripped) > 4 and any(stripped.startswith(start) and stripped.endswith(end) for start, end in _PYTHON)


def _is_table(text: str) -> bool:
    """Return whether a text begins like CSV: a line of names, then lines with at least as many separators."""
    beginning = text[:BEGINNING]
    lines = [line for line in beginning.split("\n") if line.strip()]
    if len(lines) < ROWS or (header := _HEADER.match(lines[0].strip())) is None:
        return False
    separator = header[1]
    least = lines[0].count(separator)
    return all(line.count(separator) >= least for line in lines[1:-1])


def _is_message(text: str) -> bool:
    """Return whether a text begins with the headers of a mail or of a web response."""
    start = count = 0
    while (header := _MESSAGE.match(text, start, BEGINNING)) is not None:
        start, count = header.end(), count + 1
    return count >= HEADERS and text.startswith(("\n", "\r\n"), start)


def _is_missing(text: str) -> bool:
    return len(text) < 20 and text.strip().lower() in _MISSING


def _is_address(text: str) -> bool:
    return len(text) < BEGINNING and _ADDRESS.match(text.strip()) is not None


def _is_markdown(text: str) -> bool:
    beginning = text[:BEGINNING]
    if not any(sign in beginning for sign in _MARKDOWN_SIGNS):
        return False
    return sum(1 for _ in zip(range(MARKS), _MARKDOWN.finditer(beginning))) == MARKS  # noqa: B905


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("input-binary", _is_binary),
    ("input-page", _is_unread_page),
    ("input-html", _is_markup),
    ("input-json", _is_json),
    ("input-python", _is_python),
    ("input-table", _is_table),
    ("input-headers", _is_message),
    ("input-missing", _is_missing),
    ("input-address", _is_address),
    ("input-markdown", _is_markdown),
)
"""The code of the note on each kind of mistake, and what tells it; the first one counts."""
