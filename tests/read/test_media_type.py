"""As what an input is read: one place decides, for str and bytes."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm import fields
from newsnorm.read.media_type import media_type_of_name, opens_as_page

REPORT = "The quay was closed on Monday after a crane had slid into the harbour, the port authority said in a statement."
PAGE = f"<!doctype html><html lang=en><title>Quay closed</title><h1>Quay closed</h1><p>{REPORT}</html>"


@pytest.mark.parametrize(
    "opening",
    [
        "<!DOCTYPE html>",
        '<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
        "<html>",
        '<HTML lang="de">',
        '\ufeff\n <?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>',
        '<?xml version="1.0"?><!-- made by hand --><html xmlns="http://www.w3.org/1999/xhtml">',
        "<!-- saved from url=(0042)https://www.example.com/quay -->\r\n<!-- a > b -->\r\n<html>",
    ],
)
def test_what_opens_as_a_page_is_one(opening: str) -> None:
    page = opening + PAGE.partition("<html lang=en>")[2]
    assert opens_as_page(page)
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be"):
        assert opens_as_page(page.encode(codec)), codec


@pytest.mark.parametrize(
    "text",
    [
        "",
        REPORT,
        f"<p>{REPORT}</p>",
        "<div><html></div>",
        "<html5 is> a name",
        "<!doctype htmlish>",
        "<?xml version='1.0'?><rss><channel/></rss>",
        "<?xml version='1.0'?><!DOCTYPE svg><svg/>",
        "<!-- <html> -->\nIt rained.",
        f"How to begin a page: <!doctype html>\n{REPORT}",
        " " * 5_000 + "<html>",
    ],
)
def test_what_does_not_plainly_open_as_a_page_is_text(text: str) -> None:
    assert not opens_as_page(text)
    assert not opens_as_page(text.encode())
    assert not newsnorm.Parser().page(text).markup.elements


def test_a_recognised_page_is_read_as_one() -> None:
    pytest.importorskip("turbohtml")
    for raw in (PAGE, PAGE.encode(), bytearray(PAGE.encode())):
        page = newsnorm.Parser().page(raw)  # type: ignore[arg-type]  # bytearray is read too
        assert page.raw.media_type == "text/html"
        assert newsnorm.parse(PAGE).paragraphs == (REPORT,)


def test_the_caller_has_the_last_word() -> None:
    forced = newsnorm.parse(PAGE, media_type="text/plain")
    assert newsnorm.reconstruct(forced, PAGE) == PAGE
    assert [note.partition(":")[0] for note in forced.notes] == ["input-html"]
    pytest.importorskip("turbohtml")
    piece = newsnorm.parse(f"<h2>Quay closed</h2><p>{REPORT}", media_type="text/html; charset=utf-8")
    assert piece.paragraphs == (REPORT,)


def test_a_missing_extra_leaves_text_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    article = newsnorm.parse(PAGE)
    assert newsnorm.reconstruct(article, PAGE) == PAGE
    assert "pip install 'newsnorm[html]'" in next(note for note in article.notes if note.startswith("input-page"))
    with pytest.raises(newsnorm.NewsnormError, match=r"need the extra html: pip install 'newsnorm\[html\]'"):
        newsnorm.parse(PAGE, media_type="text/html")


def test_a_string_of_a_column_is_text() -> None:
    assert fields.parse_byline("<html>") is None
    assert fields.parse_date("<!doctype html><p>3 May 2024") is not None


def test_endings_of_names() -> None:
    names = ("a.html", "a.HTM", "b/a.xhtml", "a.txt", "a.html.gz", "html", ".html")
    kinds = ("text/html", "text/html", "application/xhtml+xml", None, None, None, None)
    assert tuple(map(media_type_of_name, names)) == kinds


@given(st.text() | st.binary())
def test_any_input_has_an_answer(raw: str | bytes) -> None:
    assert opens_as_page(raw) in (True, False)
