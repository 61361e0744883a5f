"""Decide the media type of an input: as given by the caller, or else by its beginning or its file name."""

from __future__ import annotations

import re
from pathlib import PurePath

from newsnorm.read.extras import is_html_installed
from newsnorm.text.lazy_regex import lazy_regex

TEXT, HTML, XHTML = "text/plain", "text/html", "application/xhtml+xml"

ENDINGS = {".html": HTML, ".htm": HTML, ".xhtml": XHTML}
"""File endings with a known media type, in lower case; ``.txt`` has none, since people save pages under it."""

BEGINNING = 4_000
"""Length of the beginning in which a page has to open, in code points or bytes: pages have white space and comments above."""

_MARKS = "\ufeff\xef\xbb\xbf\xff\xfe \t\r\n\f"
"""White space and byte order marks, also as bytes read one by one."""

_PROLOGUE = lazy_regex(r"<!--.{0,4000}?-->|<\?xml\s[^>]{0,200}>", re.S)
_PAGE = lazy_regex(r"<!doctype\s+html\b|<html[\s>]", re.I)


def choose_media_type(raw: str | bytes, given: str | None = None) -> str:
    """
    Return the media type of an input.

    Args:
        raw: the text or its bytes.
        given: the media type given by the caller; None recognises pages of HTML, if the extra ``html`` is installed.

    >>> choose_media_type("It rained in Ulm."), choose_media_type("<html><p>It rained.</html>", "text/plain")
    ('text/plain', 'text/plain')

    """
    if given is not None:
        return given
    return HTML if opens_as_page(raw) and is_html_installed() else TEXT


def bare_type(media_type: str) -> str:
    """
    Return a media type without its parameters.

    >>> bare_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    return media_type.partition(";")[0].strip().lower()


def is_page(media_type: str) -> bool:
    """Return whether a media type is that of a page of HTML."""
    return bare_type(media_type) in (HTML, XHTML)


def opens_as_page(raw: str | bytes) -> bool:
    """
    Return whether an input clearly begins as a page of HTML: with its doctype or ``<html``, perhaps after comments.

    Fragments of HTML and other XML don't count.

    >>> opens_as_page(b"\\xef\\xbb\\xbf<!DOCTYPE html>"), opens_as_page("<?xml version='1.0'?><html lang='en'>")
    (True, True)
    >>> opens_as_page("<p>It rained.</p>"), opens_as_page("<?xml version='1.0'?><rss>"), opens_as_page("It rained.")
    (False, False, False)
    """
    start = raw[:BEGINNING]
    text = start if isinstance(start, str) else start.replace(b"\0", b"").decode("latin-1")  # UTF-16 has a zero in each letter
    text = text.lstrip(_MARKS)
    while (prologue := _PROLOGUE.match(text)) is not None:
        text = text[prologue.end() :].lstrip(_MARKS)
    return _PAGE.match(text) is not None


def media_type_of_name(name: str) -> str | None:
    """
    Return the media type that the ending of a file name says; None if it says none.

    >>> media_type_of_name("2024/quay.HTM"), media_type_of_name("quay.txt")
    ('text/html', None)
    """
    return ENDINGS.get(PurePath(name).suffix.lower())
