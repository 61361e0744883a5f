"""Inputs that are no plain text of one article."""

from __future__ import annotations

import json
import sys

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
        (f"номер;заголовок;текст\n1;Причал;{REPORT}\n2;Дождь;Шёл дождь.\n", "a table"),
        (repr([{"title": "Quay closed", "text": REPORT}]), "a Python object"),
        (repr(REPORT.encode()), "a Python object"),
        ("nan", "the name of a missing value"),
        ("https://example.com/2024/05/quay-closed", "an address or a path"),
        (f"&lt;p&gt;{REPORT}&lt;/p&gt;&lt;p&gt;{REPORT}&lt;/p&gt;&lt;p&gt;Rain&lt;/p&gt;", "HTML"),
        (f"<item><title>Quay closed</title><text>{REPORT}</text></item>", "HTML"),
        (f"id;title;text\n1;Quay closed;{REPORT}\n2;Rain;It rained.\n", "a table"),
        (f"url\ttitle\ttext\nhttps://example.com\tQuay\t{REPORT}\nhttps://example.com/2\tRain\tIt rained.\n", "a table"),
    ],
)
def test_a_mistaken_input_is_told_with_a_remedy(text: str, kind: str) -> None:
    article = newsnorm.parse(text, media_type="text/plain")
    (note,) = (note for note in article.notes if note.startswith("input-"))
    assert f"the text is {kind}" in note
    assert newsnorm.reconstruct(article, text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"# Quay closed\n\n**{REPORT}**\n\nSee [the notice](https://example.com/n).", "input-markdown"),
        (f"From: a@example.com\nSubject: Quay closed\nDate: Mon, 6 May 2024 10:00:00 +0000\n\n{REPORT}", "input-headers"),
        ("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj", "input-binary"),
        ("\x1f\ufffd\x08\x00\ufffdk\ufffd\x02\ufffd quay", "input-binary"),
        ("\ufffdPNG\n\x1a\n\x00\x00\x00\rIHDR", "input-binary"),
    ],
)
def test_other_mistakes_are_told(text: str, code: str) -> None:
    assert [note.partition(":")[0] for note in mistakes(text)] == [code]


@pytest.mark.parametrize(
    "text", ["\u200d\u200b\u2060", "\ufeff", "\u2028\u2029", "\ufe0f\ufe0e", "\u3164\u115f", "\xad \xa0", "\u202e"]
)
def test_a_text_of_which_nothing_is_seen_is_empty(text: str) -> None:
    article = newsnorm.parse(text)
    assert (article.text, article.title, article.notes[0].partition(":")[0]) == ("", None, "text-empty")
    assert newsnorm.reconstruct(article, text) == text


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        f"**Update:** {REPORT}",
        "He wrote {'a': 1} on the board, the teacher said.",
        "Minister: no.\nMayor: yes.\n\nThe two did not agree on Monday.",
        "/ Ulm (dpa) /",
        "None of them came.",
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


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{REPORT}</p><p>{REPORT}</p><p>Rain.</p>",
        f'<meta charset="utf-8">\n<title>Quay closed</title>\n<p>{REPORT}',
        f"<title>Quay closed</title>\n{REPORT}",
        f'<head>\n<meta charset="utf-8"></head>\n<p>{REPORT}',
    ],
)
def test_a_piece_of_a_page_names_the_media_type_to_pass(text: str) -> None:
    (note,) = mistakes(text)
    assert note.startswith("input-html: ")
    assert "media_type='text/html'" in note
    assert "--media-type text/html" in note
    assert "pip" not in note


def test_a_page_without_the_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    (note,) = mistakes(f"<!doctype html><p>{REPORT}")
    assert note.startswith("input-page: ")
    assert "pip install 'newsnorm[html]'" in note


def test_a_line_about_a_title_is_no_markup() -> None:
    assert list(mistakes(f"{REPORT} It stands in <title>, the browser shows it.")) == []
