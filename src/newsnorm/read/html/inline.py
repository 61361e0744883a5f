"""Determine what inline elements print besides the text of the source: quotation marks, and gaps around struck text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from newsnorm.resources import directory_of, read_toml
from newsnorm.text.scripts import is_spaced

_ENGLISH = "“”‘’"
_OPENING = frozenset(("Sc", "Ps", "Pi"))
"""Unicode categories of the signs before a word: currencies, opening brackets and quotation marks."""


def quotation_marks(language: str, level: int) -> tuple[str, str]:
    """
    Return the marks that browsers print around a quotation in a ``<q>``.

    Args:
        language: as the page states it: ``de-AT``; empty if it states none.
        level: 1 for a quotation, 2 for one within it.

    >>> quotation_marks("de-AT", 1), quotation_marks("", 2)
    (('„', '“'), ('‘', '’'))

    """
    marks = _marks().get(language.replace("_", "-").partition("-")[0].strip().lower(), _ENGLISH)
    return (marks[0], marks[1]) if level % 2 else (marks[2], marks[3])


@cache
def _marks() -> Mapping[str, str]:
    content = read_toml(directory_of("read", "html", "data").joinpath("quotation-marks.toml"))["marks"]
    return {str(language): str(marks) for language, marks in content.items()} if isinstance(content, dict) else {}


def may_part(last: str, first: str) -> bool:
    """
    Return whether a blank may stand between two texts of which one is struck through, so that no word seems to be both.

    Args:
        last: the last letter of the first; empty if it has none.
        first: the first letter of the second.

    >>> may_part("6", "7"), may_part("6", ","), may_part("旧", "新")
    (True, False, False)

    """
    return is_spaced(last) and (is_spaced(first) or unicodedata.category(first) in _OPENING)
