"""All formats: what a format says it can't hold is what it does not hold."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from articles_of_all_kinds import articles, full_article
from folders import DOCS
from hypothesis import given

import newsnorm
from newsnorm import Article
from newsnorm.cli import export as command
from newsnorm.export import FIELDS, FORMATS, dumps, lost, write
from newsnorm.export.flat import COLUMNS
from newsnorm.export.formats import check_options, export
from newsnorm.export.loss import Field
from newsnorm.records.findings import WRITERS

FULL = full_article()


def with_people(article: Article, people: Callable[[str], bool]) -> Article:
    """Leave people out of the byline, by their roles."""
    byline = article.bylines[0]
    return attrs.evolve(article, bylines=(attrs.evolve(byline, people=tuple(p for p in byline.people if people(p.role))),))


def without_facts(kind: str) -> Callable[[Article], Article]:
    return lambda article: attrs.evolve(article, facts=tuple(fact for fact in article.facts if fact.kind != kind))


def dated(article: Article, role: str) -> Article:
    return attrs.evolve(article, dates=tuple(date for date in article.dates if date.role != role))


def another_zone(article: Article) -> Article:
    """Give the same times as they are, but say that the offsets were assumed; compared with offsets that were not stated."""
    return attrs.evolve(article, dates=tuple(attrs.evolve(date, zone="assumed") for date in article.dates))


CHANGES: dict[Field, Callable[[Article], Article]] = {
    "id": lambda article: attrs.evolve(article, id="other"),
    "url": lambda article: attrs.evolve(article, url=None),
    "canonical_url": without_facts("url"),
    "site": lambda article: attrs.evolve(without_facts("site")(article), site=None),
    "section": without_facts("section"),
    "tags": without_facts("tag"),
    "title": lambda article: attrs.evolve(article, title="Other"),
    "standfirst": lambda article: attrs.evolve(article, standfirst=None),
    "description": without_facts("description"),
    "authors": lambda article: with_people(article, lambda role: role not in WRITERS),
    "people": lambda article: with_people(article, lambda role: role in WRITERS),
    "agency": lambda article: attrs.evolve(article, dateline=article.dateline and attrs.evolve(article.dateline, agency=None)),
    "published": lambda article: dated(article, "published"),
    "updated": lambda article: dated(article, "updated"),
    "dateline": lambda article: attrs.evolve(article, dateline=article.dateline and attrs.evolve(article.dateline, place="ULM")),
    "dateline_date": lambda article: attrs.evolve(
        article, dateline=article.dateline and attrs.evolve(article.dateline, date="June 9", text="MALMO, June 9 (Reuters) -")
    ),
    "credits": lambda article: attrs.evolve(article, credits=()),
    "captions": lambda article: attrs.evolve(article, captions=()),
    "image": without_facts("image"),
    "images": lambda article: attrs.evolve(article, images=()),
    "corrections": lambda article: attrs.evolve(article, corrections=()),
    "language": lambda article: attrs.evolve(article, language=newsnorm.Language(code="sv")),
    "layout": lambda article: attrs.evolve(article, layout=newsnorm.Layout("page")),
    "truncated": lambda article: attrs.evolve(article, truncated=False),
    "text": lambda article: attrs.evolve(article, paragraphs=(*article.paragraphs[:-1], "Other.")),
    "paragraph_kinds": lambda article: attrs.evolve(
        article, paragraph_kinds=article.paragraph_kinds[:1] * len(article.paragraphs)
    ),
    "removals": lambda article: attrs.evolve(article, removals=article.removals[:-1]),
    "fixes": lambda article: attrs.evolve(article, fixes=()),
    "notes": lambda article: attrs.evolve(article, notes=()),
    "findings": lambda article: attrs.evolve(article, credits=(attrs.evolve(article.credits[0], rule="credit.other"),)),
    "provenance": lambda article: attrs.evolve(
        article, provenance=attrs.evolve(article.provenance, raw_sha256=hashlib.sha256(b"other").hexdigest())
    ),
    "ledger": lambda article: attrs.evolve(article, ledger=article.ledger[:-1]),
}
"""Field → a change of nothing but this field, and of what follows from it."""


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("field", CHANGES)
def test_a_format_holds_what_it_says(to: str, field: Field) -> None:
    form = FORMATS[to]
    if form.container == "table":
        options = check_options(to, columns=[name for name in COLUMNS if not name.startswith(("removal_", "fix_"))])
    else:
        options = check_options(to, ledger="ledger" not in form.lacks)
    before, after = (export(article, form, options) for article in (FULL, CHANGES[field](FULL)))
    identifies = form.name in ("schema-org", "ninjs") and field in ("provenance", "id", "url")  # the URIs are made from them
    assert (before.text != after.text) is (field not in before.lost or identifies)


def test_an_offset_that_was_assumed_is_never_written_as_if_it_were_stated() -> None:
    article = another_zone(FULL)
    for to, form in FORMATS.items():
        if "assumed_zone" in form.lacks:
            assert "+02:00" not in dumps(article, to)
            assert "assumed_zone" in lost(article, to)


def test_every_field_is_tried() -> None:
    assert FIELDS.keys() - CHANGES.keys() == {"assumed_zone"}


@given(articles())
def test_any_article_can_be_written_in_every_format(article: Article) -> None:
    for to in FORMATS:
        text = dumps(article, to)
        text.encode()
        assert text == dumps(article, to)


@pytest.mark.parametrize("to", [name for name in FORMATS if name != "datasets"])
def test_a_file_has_every_article(to: str, tmp_path: Path) -> None:
    given = [attrs.evolve(FULL, id=f"../{number}") for number in range(3)]
    first, second = tmp_path / "a", tmp_path / "b"
    summary = write(iter(given), first, to)
    write(given, second, to)
    assert first.read_bytes() == second.read_bytes()
    assert (summary.read, summary.written, summary.failed) == (3, 3, 0)
    assert set(summary.lost.values()) <= {3}
    assert summary.lost.keys() == set(lost(FULL, to))
    if FORMATS[to].container == "documents":
        with zipfile.ZipFile(first) as archive:
            assert [archive.read(name).decode() for name in archive.namelist()] == [dumps(article, to) for article in given]
            assert archive.namelist()[2].startswith("00002-2.")
    elif FORMATS[to].container == "lines":
        assert first.read_text(encoding="utf-8").split("\n") == [*(dumps(article, to) for article in given), ""]
        write(given, tmp_path / "a.gz", to)
        assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == first.read_bytes()
        assert (tmp_path / "a.gz").read_bytes()[4:8] == bytes(4), "no time"


def test_a_file_is_replaced_only_if_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("mine")
    with pytest.raises(newsnorm.InputError, match="exists; choose another file"):
        write([FULL], path)
    assert path.read_text() == "mine"

    def failing() -> list[Article]:
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write((article for article in failing()), path, overwrite=True)
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl"]
    assert path.read_text() == "mine"
    write([FULL], path, overwrite=True)
    assert path.read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"to": "word"}, "not known; choose one of jsonl"),
        ({"to": "ninjs", "ledger": True}, "no place for the ledger; choose jsonl"),
        ({"to": "csv", "without_text": True}, "can't be written without the text"),
        ({"to": "ninjs", "columns": ["id"]}, "not a table, so it has no columns; choose csv or tsv"),
        ({"to": "csv", "columns": ["date"]}, "'date' is not known"),
        ({"to": "datasets"}, "a folder with several files"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: dict[str, object], says: str, tmp_path: Path) -> None:
    with pytest.raises(newsnorm.InputError, match=says):
        write([FULL], tmp_path / "a", **arguments)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_half_a_surrogate_is_replaced_and_told() -> None:
    article = attrs.evolve(FULL, title="a\ud800b")
    for to in ("jsonl", "schema-org", "ninjs", "csv", "markdown"):
        assert "a\ufffdb" in dumps(article, to)
        assert lost(article, to)[-1] == "characters"
        assert "characters" not in lost(FULL, to)


def test_the_command_lists_the_formats() -> None:
    assert set(FORMATS) == set(command.FORMATS)
    assert set(command.PACKED) == {name for name, form in FORMATS.items() if form.container in ("lines", "table")}


def test_the_documentation_says_what_is_not_held() -> None:
    text = (DOCS / "schema.md").read_text(encoding="utf-8")
    section = text.partition("## Other formats")[2].partition("\n## ")[0]
    rows = [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in section.splitlines() if line.startswith("| ")]
    names, *fields = rows
    assert [row[0] for row in fields] == list(FIELDS)
    for column, name in enumerate(names[1:], 1):
        assert {row[0] for row in fields if row[column] == "—"} == FORMATS[name].lacks, name
    listed = (DOCS / "how-to" / "export.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in listed] == []
