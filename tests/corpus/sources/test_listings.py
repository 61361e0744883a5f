"""Listings of Nexis and Factiva: one record for each document, with what the database says of it, in any encoding and file."""

from __future__ import annotations

import gzip
import io
import json
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st
from office import docx, rtf

import newsnorm
import newsnorm.testing
from newsnorm.corpus.sources.formats.listing import factiva, labels, nexis
from newsnorm.corpus.sources.formats.listing.document import ListedDocument
from newsnorm.corpus.sources.formats.listing.head import listing_at
from newsnorm.corpus.sources.formats.listing.lines import lines_of
from newsnorm.corpus.sources.formats.listing.read import LISTINGS, read_listing
from newsnorm.corpus.sources.formats.office import docx as office_docx
from newsnorm.corpus.sources.formats.office import rtf as office_rtf
from newsnorm.corpus.sources.options import NO_OPTIONS, Limits, ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.records import Article

CASES = sorted(path for path in (FIXTURES / "listings").iterdir() if path.is_dir())
ENCODED = {"bom": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252"}


def text_of(case: Path) -> str:
    return (case / "listing.txt").read_text(encoding="utf-8")


def row_of(record: SourceRecord, article: Article) -> dict[str, Any]:
    """What is expected of a document; what is not there is left out."""
    row = {
        "place": record.place,
        "id": article.id,
        "title": article.title,
        "authors": [person.name for person in article.authors],
        "published": article.published.value if article.published is not None else None,
        "site": article.site,
        "section": article.about.section,
        "tags": list(article.about.tags),
        "language": article.language.code,
        "notes": [note.partition(":")[0] for note in article.notes],
        "text": article.text,
    }
    return {key: value for key, value in row.items() if value not in (None, [])}


def rows(path: Path, **options: Any) -> list[dict[str, Any]]:
    found = newsnorm.read_records(path, **options)
    return [
        {"place": each.place, "code": each.code} if isinstance(each, newsnorm.Failure) else row_of(each, each.parse())
        for each in found
    ]


def without_place(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without what depends on the name and the line breaks of the file."""
    return [{key: value for key, value in row.items() if key not in ("place", "id")} for row in rows]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_listing_gives_its_documents(case: Path) -> None:
    """To accept a change: ``python tests/corpus/sources/test_listings.py``, then read the difference."""
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    assert rows(case / "listing.txt") == expected["document"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_no_text_is_a_claim_and_nothing_is_lost(case: Path) -> None:
    text = text_of(case)
    for record in newsnorm.read_records(case / "listing.txt"):
        if isinstance(record, newsnorm.Failure):
            continue
        article = record.parse()
        assert isinstance(record.raw, str)
        assert "".join(record.raw.split()) in "".join(text.split())
        assert newsnorm.reconstruct(article, record.raw) == record.raw
        newsnorm.testing.check_laws(article, record.page())
        assert newsnorm.from_dict(newsnorm.to_dict(article, ledger=True)) == article
        assert all(entry.fate != "removal" for entry in article.ledger)
        for field in record.stated:
            written = field.span.of(record.raw)
            assert written
            assert field.line.start <= field.span.start <= field.span.end <= field.line.end


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("how", [*ENCODED, "crlf", "docx", "rtf", "gz"])
def test_the_file_may_be_of_any_kind(case: Path, how: str, tmp_path: Path) -> None:
    text = text_of(case)
    if how in ENCODED:
        data = text.encode(ENCODED[how])
    else:
        data = {
            "crlf": text.replace("\n", "\r\n").encode(),
            "docx": docx(text),
            "rtf": rtf(text),
            "gz": gzip.compress(text.encode()),
        }[how]
    path = tmp_path / {"docx": "a.docx", "rtf": "a.RTF", "gz": "a.txt.gz"}.get(how, "a.txt")
    path.write_bytes(data)
    plain = without_place(rows(case / "listing.txt"))
    found = without_place(rows(path))
    if how == "cp1252":
        for row in found:
            row["notes"] = [note for note in row.get("notes", []) if not note.startswith("encoding")]
            if not row["notes"]:
                del row["notes"]
    assert found == plain


def test_a_document_of_a_word_processor_that_is_no_listing_is_one_text(tmp_path: Path) -> None:
    text = "Quay to close\n\nThe quay closes on Monday, the port said.\n"
    (tmp_path / "quay.docx").write_bytes(docx(text))
    (tmp_path / "quay.rtf").write_bytes(rtf(text))
    (tmp_path / "quay.json").write_text('{"site": "Coast Herald"}')
    records = [record for record in newsnorm.read_records(tmp_path) if isinstance(record, SourceRecord)]
    assert [record.parse().title for record in records] == ["Quay to close"] * 2
    assert [record.place for record in records] == [None, None]


def test_the_format_may_be_chosen(tmp_path: Path) -> None:
    """A file that is not recognised is read as said, and says what is wrong."""
    path = tmp_path / "note.txt"
    path.write_text("It rained in Ulm.\n")
    assert [row.get("code") for row in rows(path)] == [None]
    assert [row.get("code") for row in rows(path, format="nexis")] == ["damaged"]
    assert [row.get("code") for row in rows(path, format="factiva")] == ["damaged"]


def test_a_name_of_a_listing_is_the_place_of_its_documents_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.docx", docx(text_of(FIXTURES / "listings" / "nexis-uni-german")))
    assert [row["place"] for row in rows(tmp_path / "all.zip")] == ["a.docx:1, line 1"]


# hostile documents


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 but no archive", "damaged"),
        (docx("", document="<!DOCTYPE w [<!ENTITY a 'b'>]><w>&a;</w>"), "unsupported"),
        (docx("", document="<w:document"), "damaged"),
        (docx("", document="<a>" * 2_000), "damaged"),
        (docx("Quay", name="other.xml"), "unsupported"),
        (docx("Quay" * 500)[:-40], "damaged"),
        (docx("", document="<a>" + " " * 20_000_000 + "</a>"), "too-large"),
    ],
    ids=["no-archive", "entities", "no-xml", "deep", "no-document", "cut", "bomb"],
)
def test_a_bad_docx_costs_itself(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    assert [row["code"] for row in rows(tmp_path / "a.docx")] == [code]


def test_a_bad_rtf_costs_itself(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(rtf("It rained in Ulm.")[:-10])
    assert [row["code"] for row in rows(tmp_path / "a.rtf")] == ["cut"]


@pytest.mark.parametrize("make", [docx, rtf])
def test_no_damage_escapes(make: Any, tmp_path: Path) -> None:
    """Cut at many places, and with many bytes changed: whatever is read or not, nothing foreign is raised."""
    data = make(text_of(FIXTURES / "listings" / "nexis-uni-german"))
    path = tmp_path / f"a.{make.__name__}"
    file = SourceFile(path, path.name)
    for place in range(0, len(data), 13):
        for damaged in (data[:place], data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]):
            path.write_bytes(damaged)
            assert all(isinstance(each, (SourceRecord, newsnorm.Failure)) for each in read_file(file))


def test_a_listing_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1 of 2 DOCUMENTS\n" * 100)
    file = SourceFile(path, "a.txt")
    assert [getattr(each, "code", "") for each in read_file(file, ReadOptions(limits=Limits(record=500)))] == ["too-long"]


def test_deleted_text_and_field_codes_are_no_text() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = "<w:r><w:t>It </w:t><w:tab/><w:delText>snowed</w:delText><w:instrText>PAGE</w:instrText><w:t>rained.</w:t></w:r>"
    data = docx("", document=f"<w:document {space}><w:body><w:p>{runs}</w:p><w:p/></w:body></w:document>")
    assert office_docx.text_of(io.BytesIO(data), Limits()) == "It \trained.\n\n"


def test_the_address_of_a_link_is_no_text() -> None:
    link = rb'{\field{\*\fldinst{HYPERLINK "https://example.com/7"}}{\fldrslt Quay closed}}'
    assert office_rtf.text_of(rb"{\rtf1\ansi " + link + rb"\par}").strip() == "Quay closed"


LINES = st.sampled_from(
    [
        *("", "Body", "Text", "End of Document", "1 of 2 DOCUMENTS", "2 of 2 DOCUMENTS", "Length: 5 words", "Byline: Ana Ng"),
        *("20 June 2024", "Load-Date: June 21, 2024", "Graphic", "HD", "HD  Quay", "WC 5 words", "PD 20 June 2024", "LP", "TD x"),
        *("AN", "Document ABCD000020240620ek6k0001u", "5 words", "English", "It rained in Ulm.", "Copyright 2024", "IN", "SE"),
    ]
)


@given(st.lists(LINES, max_size=40), st.sampled_from(sorted(LISTINGS)), st.sampled_from(["\n", "\r\n"]))
def test_every_line_is_in_one_document_at_most_and_no_text_twice(written: list[str], name: str, ending: str) -> None:
    text = ending.join(written)
    documents = list(LISTINGS[name](lines_of(text)))
    numbers = [line.number for document in documents for line in document.lines if line.text]
    assert numbers == sorted(set(numbers))
    assert [document.number for document in documents] == list(range(1, len(documents) + 1))
    for document in documents:
        if isinstance(document, ListedDocument):
            stated = [field.line.number for field in document.fields]
            assert stated == sorted(set(stated))
            assert not {line.number for line in document.headline} & set(stated)
    file = SourceFile(Path("a.txt"), "a.txt")
    for outcome in read_listing(text, lines_of(text), name, file, NO_OPTIONS):
        if isinstance(outcome, SourceRecord) and isinstance(outcome.raw, str):
            assert newsnorm.reconstruct(outcome.parse(), outcome.raw) == outcome.raw


SAID = [f"Pier {number} was closed on Monday after a storm had damaged it, the port authority said." for number in range(4)]

PAPER = "The Coast Herald\n\nJune 20, 2024 Thursday\n\n"
UNI = f"Quay\n{PAPER}Length: 64 words\nBody\n\n{{}}\n\nLoad-Date: June 21, 2024\n\nEnd of Document\n"
NUMBERED = f"{{}} of 7 DOCUMENTS\n\n{PAPER}Quay\n\nLENGTH: 64 words\n\n{{}}\n\nLOAD-DATE: June 21, 2024\n\n"
RIGHTS = "COAST\nEnglish\n(c) 2024 Coast\n\n"
DISPLAY = f"Quay\n64 words\n20 June 2024\nThe Coast Herald\n{RIGHTS}{{}}\n\nDocument COAST00020240620ek6k0001\n"


@pytest.mark.parametrize("place", [1, 2, 4])
@pytest.mark.parametrize(
    ("listing", "line"),
    [
        (UNI, "Correction: the pier was closed on Sunday."),
        (UNI, "GRAPHIC: see the plan of the port."),
        (UNI, "Document 3 of 9"),
        (UNI, "Graphic"),
        (UNI.replace("64 words", "640 words"), "Notes"),
        (UNI, "Classification"),
        (UNI.replace("\n\nLoad", "\n\nClassification\n\nLoad"), "Graphic"),
        (NUMBERED.format(1, "{}"), "3 of 9 DOCUMENTS"),
        (NUMBERED.format(1, "{}"), "Document 1 of 7"),
        (DISPLAY, "© 2024 Coast News Agency"),
        (DISPLAY, "All Rights Reserved"),
        (DISPLAY, "English"),
    ],
)
def test_a_line_of_the_text_that_looks_like_a_field_costs_no_text(listing: str, line: str, place: int, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(listing.format("\n\n".join([*SAID[:place], line, *SAID[place:]])), encoding="utf-8")
    (row,) = rows(path)
    assert [said for said in SAID if said not in row["text"]] == []


def test_a_line_between_lines_without_blank_ones_costs_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    said = "\n".join([*SAID[:2], "Correction: the pier was closed on Sunday.", *SAID[2:]])
    path.write_text(UNI.format(said).replace("\n\n", "\n"), encoding="utf-8")
    (row,) = rows(path)
    assert [said for said in SAID if said not in row["text"]] == []


CAPTION = "The old pier was built a hundred years ago."


@pytest.mark.parametrize(
    ("below", "words", "is_set_aside"),
    [
        (f"Graphic\n\n{CAPTION}\n\nClassification\n", 64, True),
        (f"Graphic\n\n{CAPTION}\n\nClassification\n", 900, False),
        (f"Graphic\n\n{CAPTION}\n", 900, False),
        (f"Graphic\n\n{CAPTION} {SAID[0]}\n", 68, True),
        (f"Graphic\n\n{CAPTION} {SAID[0]}\n\nClassification\n", 91, False),
        (f"Graphic\n\n{CAPTION} {SAID[0]}\n\nNotes\n\n{SAID[1]}\n", 68, True),
        (f"GRAPHIC: the harbour,\n{CAPTION}\n", 64, True),
        (f"GRAPHIC: the harbour,\n{CAPTION}\n", 900, False),
    ],
)
def test_the_length_tells_a_caption_from_a_text_or_another_label_does_if_it_agrees(
    below: str, words: int, is_set_aside: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    listing = UNI.replace("64 words", f"{words} words").format("\n\n".join(SAID))
    path.write_text(listing.replace("Load-Date", f"{below}\nLoad-Date"), encoding="utf-8")
    (row,) = rows(path)
    assert [said for said in SAID if said not in row["text"]] == []
    assert (CAPTION not in row["text"]) == is_set_aside


CODED = "HD\nQuay\nWC\n64 words\nPD\n20 June 2024\nSN\nThe Coast Herald\nLP\n{}\nAN\nDocument COAST00020240620ek6k0001\n"


@pytest.mark.parametrize(
    "day", ["31 June 2024", "June 31, 2024 Thursday", "31 juin 2024", "31/06/2024", "June 99 2024", "31 Jumy 2024"]
)
@pytest.mark.parametrize("listing", [UNI, NUMBERED.format(1, "{}"), DISPLAY, CODED], ids=["uni", "numbered", "display", "coded"])
def test_a_day_that_does_not_exist_costs_the_date_alone(listing: str, day: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = listing.format("\n\n".join(SAID))
    path.write_text(text.replace("June 20, 2024 Thursday", day).replace("20 June 2024", day), encoding="utf-8")
    (row,) = rows(path)
    assert (row["title"], row["site"], row["text"]) == ("Quay", "The Coast Herald", "\n\n".join(SAID))
    assert "published" not in row
    assert "date-doubtful" in row["notes"]


def test_documents_that_somebody_left_out_of_a_listing_are_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(NUMBERED.format(number, SAID[0]) for number in (1, 4, 7)), encoding="utf-8")
    assert [row["text"] for row in rows(path)] == [SAID[0]] * 3


QUOTED = "End of Document"
LOADED = "\n\nLoad-Date: June 21, 2024"


@pytest.mark.parametrize("ends", [1, 2])
@pytest.mark.parametrize(
    "below", ["", UNI.format(SAID[0]).replace("64", "16"), "A letter without any header\n\nEnd of Document\n"]
)
def test_an_end_that_a_text_quotes_ends_no_document(below: str, ends: int, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    written = [*SAID[:1], *([QUOTED, SAID[1]] if ends == 2 else SAID[1:2]), QUOTED, *SAID[2:]]
    path.write_text(UNI.format("\n\n".join(written)) + below, encoding="utf-8")
    first, *others = rows(path)
    assert (first["text"], "notes" in first) == ("\n\n".join(written), False)
    expected = [] if not below else [SAID[0]] if SAID[0] in below else ["damaged"]
    assert [row.get("code", row.get("text")) for row in others] == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("\n\n".join(SAID) + LOADED, f"{SAID[0]}{LOADED}"),  # both have their last field
        ("\n\n".join(SAID), f"{SAID[0]} {SAID[1]}{LOADED}"),  # the first is as long as stated
        (SAID[0], f"{SAID[0]} {SAID[1]} {SAID[2]}"),  # the second does not end like a document
        (SAID[0], f"{' '.join(SAID)} {' '.join(SAID)}{LOADED}"),  # both are longer than stated
        (SAID[0], f"We are sorry but there is an error in this document. {' '.join(SAID[:3])}{LOADED}"),  # says what it is
    ],
    ids=["loaded", "whole", "unloaded", "longer", "missing"],
)
def test_what_may_be_another_document_is_not_joined(first: str, second: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    header = UNI.partition("{}")[0]
    path.write_text(f"{header}{first}\n\nEnd of Document\n\n{second}\n\nEnd of Document\n", encoding="utf-8")
    found = rows(path)
    assert [row.get("code") for row in found] == [None, "no-text" if "sorry" in second else "damaged"]
    assert found[0]["text"] == first.removesuffix(LOADED)


@pytest.mark.parametrize("interfaces", [labels.nexis(), labels.factiva()], ids=["nexis", "factiva"])
def test_the_example_of_each_language_is_read(interfaces: labels.Interfaces) -> None:
    for interface in interfaces.every:
        (example,) = interface.lines["example"]
        labelled = interfaces.labelled(example)
        value = labelled.value if labelled is not None else example
        assert interfaces.word_count(value) == (423, interface.code)


@pytest.mark.parametrize(
    "text", ["It rained in Ulm.", "Body", "We had 5 words for it.\n20 June 2024", "1 of 2 people came.", "HD"]
)
def test_other_texts_are_no_listing(text: str) -> None:
    assert listing_at(text.encode()) is None


def test_documents_are_found_by_their_readers() -> None:
    assert nexis.is_listing(lines_of(text_of(FIXTURES / "listings" / "nexis-uni-german")))
    assert factiva.is_listing(lines_of(text_of(FIXTURES / "listings" / "factiva-codes-spanish")))


def _accept() -> None:
    for case in CASES:
        blocks = []
        for row in rows(case / "listing.txt"):
            lines = [f"{key} = {_toml(value)}" for key, value in row.items()]
            blocks.append("\n".join(["[[document]]", *lines, ""]))
        (case / "expected.toml").write_text("\n".join(blocks), encoding="utf-8")


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    _accept()
