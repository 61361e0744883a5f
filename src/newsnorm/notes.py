"""
Word the notes on an article.

A note is a code, a colon and a sentence. The code is stable and meant for filters, the sentence is for people. ``notes.toml``
lists all notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import cast

import attrs

from newsnorm.resources import Toml, directory_of, read_toml

_BETWEEN = "\n"
"""Separates the notes in one `doubt`; a note is a single line."""


@attrs.frozen
class NoteForm:
    """The wording of the notes with one code."""

    code: str
    sentence: str
    """With slots in braces."""
    meaning: str
    """What the note means for the article; shown in the documentation."""


@cache
def note_forms() -> Mapping[str, NoteForm]:
    """Return the form of each note by its code, in the order of the codes."""
    rows = cast("list[Toml]", read_toml(directory_of().joinpath("notes.toml"))["note"])
    forms = (NoteForm(code=str(row["code"]), sentence=str(row["sentence"]), meaning=str(row["meaning"])) for row in rows)
    return {form.code: form for form in forms}


def note(code: str, **slots: object) -> str:
    """
    Word a note.

    Args:
        code: one of ``notes.toml``.
        slots: the value of each slot of its sentence.

    Returns:
        The code, a colon and the sentence, on one line.

    >>> note("date-zone-assumed", name="IST", offset="+05:30")
    'date-zone-assumed: the time zone IST was read as +05:30'

    """
    sentence = note_forms()[code].sentence.format_map(slots)
    return f"{code}: {' '.join(sentence.split())}"


def code_of(worded: str) -> str:
    """
    Return the code of a note.

    >>> code_of("date-zone-assumed: the time zone IST was read as +05:30")
    'date-zone-assumed'
    """
    return worded.partition(":")[0]


def join_notes(notes: Iterable[str]) -> str:
    """Join notes for the `doubt` of one finding, one on each line; empty ones are left out."""
    return _BETWEEN.join(filter(None, notes))


def split_notes(doubt: str) -> list[str]:
    """
    Split the `doubt` of a finding into its notes.

    >>> split_notes(join_notes(["a: one", "", "b: two"]))
    ['a: one', 'b: two']
    """
    return doubt.split(_BETWEEN) if doubt else []
