"""In which encoding is a page, by its own words and by those of others?"""

from __future__ import annotations

import codecs

import pytest

import newsnorm
from newsnorm.read import raw_article
from newsnorm.read.charmaps import decode_as
from newsnorm.read.html.charset import LATER, PRESCAN, codec_of_label, stated_charset
from newsnorm.records import Metadata
from newsnorm.resources import directory_of, read_toml

TEXT = "Die Brücke über die Schleuse bleibt gesperrt, sagte Bürgermeister Jörg Müller."
PAGE = Metadata(media_type="text/html")


def page(statement: str, text: str = TEXT) -> str:
    return f"<html><head>{statement}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("statement", "label"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ("<META CharSet = 'KOI8-R' />", "KOI8-R"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "windows-1251"),
        ('<meta content="text/html;charset=big5" http-equiv=content-type>', "big5"),
        ('<meta name=author content="charset=big5"><meta charset=gbk>', "gbk"),
        ("<!-- <meta charset=big5> --><meta charset=gbk>", "gbk"),
        ("<!-- <meta charset=big5>", None),
        ('<?xml version="1.0" encoding="ISO-8859-2"?>', None),  # not at the beginning
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset>", None),
        ("<meta " * 2_000, None),
        ("", None),
    ],
)
def test_the_page_states_a_label(statement: str, label: str | None) -> None:
    assert stated_charset(page(statement).encode("latin-1")) == label


def test_a_declaration_of_xml_counts_after_a_meta_element_at_the_beginning() -> None:
    xml = '<?xml version="1.0" encoding="iso-8859-2"?>'
    assert stated_charset(f"{xml}<html>".encode()) == "iso-8859-2"
    assert stated_charset(f"{xml}<html><meta charset=koi8-r>".encode()) == "koi8-r"
    assert stated_charset(f"{xml}{' ' * PRESCAN}<meta charset=koi8-r>".encode()) == "iso-8859-2"


def test_a_late_statement_counts_but_not_one_in_the_text() -> None:
    assert stated_charset(f"{' ' * PRESCAN}<meta charset=koi8-r>".encode()) == "koi8-r"
    assert stated_charset(f"{' ' * LATER}<meta charset=koi8-r>".encode()) is None


def test_labels_are_unique_and_their_codecs_are_known() -> None:
    table = read_toml(directory_of("read", "data").joinpath("labels.toml"))
    labels = [label for listed in table.values() for label in listed]  # type: ignore[attr-defined]
    assert len(labels) == len(set(labels)) > 200
    assert all(label == label.lower() for label in labels)
    assert all(decode_as(b"x" * 4, codec) for codec in table)


@pytest.mark.parametrize(
    ("label", "codec"),
    [("ISO-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("gb2312", "gb18030"), ("Shift_JIS", "cp932"), ("iso-8859-9", "cp1254")],
)
def test_labels_mean_what_browsers_read(label: str, codec: str) -> None:
    assert codec_of_label(label) == codec


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (codecs.BOM_UTF8 + page("<meta charset=koi8-r>").encode(), "koi8-r", ("utf-8", "bom", [])),
        (page("<meta charset=iso-8859-1>").encode("cp1252"), None, ("cp1252", "stated", [])),
        (page("<meta charset=iso-8859-15>").encode("iso8859-15"), None, ("iso8859-15", "stated", [])),
        (page("<meta charset=utf-8>").encode(), None, ("utf-8", "stated", [])),
        (page("<meta charset=koi8-r>").encode("cp1252"), "latin1", ("cp1252", "declared", ["encoding-contradicted"])),
        (page("<meta charset=windows-1252>").encode("cp1252"), "latin1", ("cp1252", "declared", [])),
        (page("<meta charset=iso-8859-1>").encode(), None, ("utf-8", "valid-utf-8", ["encoding-overruled"])),
        (page("<meta charset=utf-8>").encode("cp1252"), None, ("cp1252", "guessed", ["encoding-invalid", "encoding-guessed"])),
        (page("<meta charset=utf-8>").encode("cp1252"), "latin1", ("cp1252", "declared", ["encoding-contradicted"])),
        (page("<meta charset=latin1>").encode("cp1252"), "utf-8", ("cp1252", "stated", ["encoding-invalid"])),
        (page("<meta charset=utf-7>").encode(), None, ("utf-8", "valid-utf-8", ["encoding-unknown"])),
        (page("<meta charset=idna>").encode(), None, ("utf-8", "valid-utf-8", ["encoding-unknown"])),
        (page("<meta charset=utf-8>").encode("utf-16-le"), None, ("utf-16-le", "guessed", ["encoding-guessed"])),
    ],
)
def test_bytes_of_a_page(data: bytes, declared: str | None, expected: tuple[str, str, list[str]]) -> None:
    raw = raw_article(data, Metadata(media_type="text/html", encoding=declared))
    assert raw.encoding is not None
    codes = [note.partition(":")[0] for note in raw.notes]
    assert (raw.encoding.name, raw.encoding.reason, codes) == expected
    assert TEXT in raw.text


def test_a_text_that_is_no_page_states_nothing() -> None:
    data = page("<meta charset=koi8-r>").encode("cp1252")
    assert TEXT in raw_article(data, Metadata(media_type="text/plain")).text


@pytest.mark.parametrize(("codec", "text"), [("gb18030", "港口委员会周二投票决定关闭码头"), ("koi8-r", "Порт закрыт до пятницы")])
def test_a_short_page_in_another_script_is_read_by_its_statement(codec: str, text: str) -> None:
    article = newsnorm.parse(page(f"<meta charset={codec}>", text).encode(codec), media_type="text/html")
    assert article.provenance.encoding == newsnorm.Encoding(name=codec, reason="stated")
    assert article.text == text
