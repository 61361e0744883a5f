"""Recognise input that is not the plain text of one article: markup, tables, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from newsnorm.notes import note
from newsnorm.text.lazy_regex import lazy_regex

BEGINNING = 4_000
"""Number of code points at the beginning of a text to check."""

TAGS = 3
"""The fewest closing tags of HTML that make a text markup; a report about HTML may quote one."""

ROWS = 3
"""The fewest lines of a table."""

_TAG = lazy_regex(r"</(?:html|head|body|div|p|a|span|article|section|h[1-6]|li|ul|script|style|title|td|tr)\s*>", re.I)
_DOCUMENT = lazy_regex(r"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml\s)", re.I)
_HEADER = lazy_regex(r"[\ufeff\"]?[A-Za-z_][\w \"]{0,40}(?:([,;\t])[\"]?[A-Za-z_][\w \"]{0,40}){1,60}\Z")


def mistakes(text: str) -> Iterator[str]:
    """
    Yield a note if a text is not the plain text of one article, with what to do.

    >>> list(mistakes("<p>It rained.</p><p>All day.</p><p>Again.</p>"))
    ['input-html: the text is HTML; extract its text first']
    >>> list(mistakes("It rained."))
    []
    """
    beginning = text[:BEGINNING]
    if _is_markup(beginning):
        yield note("input-html")
    elif _is_json(text):
        yield note("input-json")
    elif _is_table(beginning):
        yield note("input-table")


def _is_markup(beginning: str) -> bool:
    if "<" not in beginning:
        return False
    return _DOCUMENT.match(beginning) is not None or sum(1 for _ in zip(range(TAGS), _TAG.finditer(beginning))) == TAGS  # noqa: B905


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


def _is_table(beginning: str) -> bool:
    """Return whether a text begins like CSV: a line of names, then lines with at least as many separators."""
    lines = [line for line in beginning.split("\n") if line.strip()]
    if len(lines) < ROWS or (header := _HEADER.match(lines[0].strip())) is None:
        return False
    separator = header[1]
    least = lines[0].count(separator)
    return all(line.count(separator) >= least for line in lines[1:-1])
