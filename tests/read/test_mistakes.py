"""Inputs that are no plain text of one article."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm.read.mistakes import mistakes

REPORT = "The quay was closed on Monday after a crane had slid into the harbour, the port authority said."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"<!DOCTYPE html>\n<html><body><p>{REPORT}</p></body></html>", "HTML"),
        (f"<div><h1>Quay closed</h1>\n<p>{REPORT}</p></div>", "HTML"),
        (json.dumps([{"title": "Quay closed", "text": REPORT}]), "JSON"),
        (json.dumps({"text": REPORT}) + "\n" + json.dumps({"text": "It rained."}), "JSON"),
        (f'id,title,text\n1,Quay closed,"{REPORT}"\n2,Rain,"It rained, again."\n', "a table"),
        (f"id;title;text\n1;Quay closed;{REPORT}\n2;Rain;It rained.\n", "a table"),
        (f"url\ttitle\ttext\nhttps://example.com\tQuay\t{REPORT}\nhttps://example.com/2\tRain\tIt rained.\n", "a table"),
    ],
)
def test_a_mistaken_input_is_told_with_a_remedy(text: str, kind: str) -> None:
    (note,) = (note for note in newsnorm.parse(text).notes if note.startswith("input-"))
    assert f"the text is {kind}" in note
    assert newsnorm.reconstruct(newsnorm.parse(text), text) == text


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        f"Quay closed, ferries stopped\n{REPORT}\nFerries stopped, too.",
        f"[{REPORT}]",
        f"{{{REPORT}}}",
        "In HTML, </p> closes a paragraph and </div> a division, the teacher said.",
        "Home,\nSport,\nNews,",
    ],
)
def test_a_report_is_no_mistake(text: str) -> None:
    assert list(mistakes(text)) == []


@given(st.text(alphabet='[]{}<>/phtml,;\t\n"ab ', max_size=200))
def test_any_text_gets_one_note_at_most(text: str) -> None:
    assert len(list(mistakes(text))) <= 1
