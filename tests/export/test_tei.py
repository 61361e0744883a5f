"""TEI P5: every document fits the published schema, and its annotations stand where they say."""

from __future__ import annotations

import gzip
import re
from functools import cache

import attrs
import pytest
from articles_of_all_kinds import FULL_RAW, articles, full_article, shipped_articles
from folders import FIXTURES
from hypothesis import given, settings
from lxml import etree
from xml_documents import XmlFormat, parsed

import newsnorm
from newsnorm.export.identity import raw_uri, text_uri
from newsnorm.export.tei import NAMESPACE
from newsnorm.export.xml import ILLEGAL

NS = {"t": NAMESPACE}
RNG = "{http://relaxng.org/ns/structure/1.0}"


def grammar() -> etree._ElementTree:
    with gzip.open(FIXTURES / "schemas" / "tei_all.rng.gz") as file:
        return etree.parse(file)


@cache
def schema() -> etree.RelaxNG:
    """
    The published schema without the elements that are never written: what fits the rest fits the whole.

    libxml2 is slow to compile the whole.
    """
    tree = grammar()
    used = {"p", *(etree.QName(each).localname for each in parsed(newsnorm.export.dumps(full_article(), "tei")).iter())}
    for define in tree.iter(f"{RNG}define"):
        elements = [each.get("name") for each in define.iter(f"{RNG}element")]
        if elements and not used & set(elements):
            define[:] = [etree.SubElement(define, f"{RNG}notAllowed")]
    return etree.RelaxNG(tree)


FORMAT = XmlFormat(schema, NS)
check, texts = FORMAT.check, FORMAT.texts


def test_the_check_finds_faults() -> None:
    assert not schema().validate(etree.fromstring(f'<TEI xmlns="{NAMESPACE}"><text><body><p/></body></text></TEI>'))


@pytest.mark.nightly
def test_an_article_with_everything_fits_the_whole_schema() -> None:
    whole = etree.RelaxNG(grammar())
    for article in (full_article(), *shipped_articles()):
        for without_text in (False, True):
            root = parsed(newsnorm.export.dumps(article, "tei", without_text=without_text, ledger=True))
            assert whole.validate(root), str(whole.error_log)


@pytest.mark.parametrize("without_text", [False, True])
def test_an_article_with_everything_fits(without_text: bool) -> None:
    check(newsnorm.export.dumps(full_article(), "tei", without_text=without_text, ledger=True))


def test_every_shipped_article_fits() -> None:
    for article in shipped_articles():
        check(newsnorm.export.dumps(article, "tei"))


@settings(max_examples=60)
@given(articles())
def test_any_article_fits(article: newsnorm.Article) -> None:
    root = check(newsnorm.export.dumps(article, "tei"))
    plain = re.sub(r"\s", "", "".join(texts(root, "//t:body/*[not(self::t:head)]")))
    assert plain == re.sub(r"\s", "", re.sub(ILLEGAL, "\ufffd", "".join(article.paragraphs)))
    check(newsnorm.export.dumps(article, "tei", without_text=True, ledger=True))


def test_nothing_at_all_fits() -> None:
    nothing = newsnorm.parse("")
    for without_text in (False, True):
        check(newsnorm.export.dumps(nothing, "tei", without_text=without_text))


def test_it_can_be_read_back() -> None:
    article = full_article()
    root = check(newsnorm.export.dumps(article, "tei"))
    assert texts(root, "//t:titleStmt/t:title | //t:body/t:head") == [article.title] * 2
    assert texts(root, "//t:bibl/t:author | //t:bibl/t:editor") == ["María Pérez", "Jane Miller", "Tom O'Hara"]
    assert texts(root, "//t:bibl/t:date/@when-iso") == ["2024-06-20T14:05:09+02:00", "2024-06-21T09:30+02:00"]
    assert texts(root, "//t:bibl/t:idno[@type='id']") == [article.id]
    assert texts(root, "//t:creation/*") == ["MALMO", "June 20", "Reuters"]
    found = {name: texts(root, f"//*[@xml:id='{name}']")[0] for name in root.xpath("//@xml:id")}
    assert found.pop("p6") == "QuayDayNorthMonday"
    assert [found[f"p{number}"] for number in (0, 1, 2, 3, 4, 5, 8)] == [*article.paragraphs[:6], article.paragraphs[8]]
    assert texts(root, "//t:list[@rend='numbered']/t:item") == ["Ferries <move>", 'To the "fish" dock']
    assert texts(root, "//t:figure/t:graphic/@url") == ["https://example.com/a%20b.jpg"]


@pytest.mark.parametrize("without_text", [False, True])
def test_annotations_stand_where_they_say(without_text: bool) -> None:
    article = newsnorm.parse(FULL_RAW)
    root = check(newsnorm.export.dumps(article, "tei", without_text=without_text, ledger=True))
    raw = raw_uri(article)
    pieces = {raw: FULL_RAW, text_uri(article.text): article.text}
    stretches: dict[str, list[str]] = {}
    for group in root.xpath("//t:spanGrp", namespaces=NS):
        for span in group:
            source, _, ends = span.get("target").partition("#char=")
            start, end = map(int, ends.split(","))
            stretches.setdefault(group.get("type"), []).append(pieces[source][start:end])
            assert span.text in (None, pieces[source][start:end])
            assert without_text <= (span.text is None)
    assert stretches["findings"] == [finding.span.of(FULL_RAW) for finding in article.findings()]
    assert "".join(stretches["ledger"]) == FULL_RAW
    assert ("report" in stretches) is without_text
    if without_text:
        assert stretches["report"] == list(article.paragraphs)


def test_without_text_nothing_of_the_report_is_published() -> None:
    article = full_article()
    document = newsnorm.export.dumps(article, "tei", without_text=True)
    assert "<text>" not in document
    quoted = (*article.paragraphs, article.title, article.about.description, *(finding.text for finding in article.removals))
    quoted += tuple(image.alt for image in article.images)
    body = check(document)
    found = " ".join(texts(body, "//text()"))
    assert [text for text in quoted if text and text in found] == []
    assert {"title", "text", "standfirst"} <= set(newsnorm.export.lost(article, "tei", without_text=True))


def test_a_version_that_is_none_of_tei_stays_in_the_label() -> None:
    article = full_article()
    odd = attrs.evolve(article, provenance=attrs.evolve(article.provenance, newsnorm="1.2.3.dev4+local"))
    root = check(newsnorm.export.dumps(odd, "tei"))
    assert texts(root, "//t:application/@version | //t:application/t:label") == ["1.2.3", "newsnorm 1.2.3.dev4+local"]
