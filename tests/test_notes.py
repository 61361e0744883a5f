"""Every note has a code that is listed, and every code that is listed is used."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from folders import DOCS, FIXTURES

import newsnorm
from newsnorm.notes import code_of, join_notes, note, note_forms, split_notes

SOURCE = Path(newsnorm.__file__).parent
CALLS = re.compile(r"\bnote\(\s*(\"[^)]*?)[,)]")
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def test_the_code_uses_the_listed_codes_and_no_others() -> None:
    sources = [file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py")]
    calls = {code for text in sources for call in CALLS.findall(text) for code in re.findall('"([a-z-]+)"', call) if "-" in code}
    assert calls <= set(note_forms())
    quoted = {code for text in sources for code in re.findall('"([a-z-]+)"', text)}
    assert set(note_forms()) <= quoted


def test_codes_are_sorted_and_sentences_are_plain() -> None:
    forms = list(note_forms().values())
    assert [form.code for form in forms] == sorted(form.code for form in forms)
    for form in forms:
        assert CODE.fullmatch(form.code)
        assert not form.sentence.endswith(".")
        assert form.meaning


@pytest.mark.parametrize("code", note_forms())
def test_a_note_is_one_line(code: str) -> None:
    slots = {name: "a\nb" for _, name, _, _ in string.Formatter().parse(note_forms()[code].sentence) if name}
    worded = note(code, **slots)
    assert code_of(worded) == code
    assert split_notes(join_notes((worded, "", worded))) == [worded, worded]


def test_the_documentation_lists_every_code() -> None:
    text = (DOCS / "fields.md").read_text(encoding="utf-8")
    assert [form.code for form in note_forms().values() if f"\n| `{form.code}` | {form.meaning} | " not in text] == []


def test_notes_of_the_fixtures_have_listed_codes() -> None:
    for folder in sorted((FIXTURES / "articles").iterdir()):
        for text in folder.glob("*.txt"):
            assert {code_of(each) for each in newsnorm.parse(text.read_bytes()).notes} <= set(note_forms())
