"""NITF 3.6: every document fits the published schema, and is read back."""

from __future__ import annotations

import re
from functools import cache

import pytest
from articles_of_all_kinds import articles, full_article, shipped_articles
from folders import FIXTURES
from hypothesis import given
from lxml import etree
from xml_documents import XmlFormat, parsed

import newsnorm
from newsnorm.export.nitf import NAMESPACE
from newsnorm.export.xml import ILLEGAL

NS = {"n": NAMESPACE}


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(FIXTURES / "schemas" / "nitf-3-6.xsd")))


FORMAT = XmlFormat(schema, NS)
check, texts = FORMAT.check, FORMAT.texts


def test_the_check_finds_faults() -> None:
    assert not schema().validate(parsed(f'<nitf xmlns="{NAMESPACE}"><body/><head/></nitf>'))
    assert not schema().validate(parsed(f'<nitf xmlns="{NAMESPACE}"><body><p/></body></nitf>'))


def test_an_article_with_everything_fits() -> None:
    check(newsnorm.export.dumps(full_article(), "nitf"))


def test_every_shipped_article_fits() -> None:
    for article in shipped_articles():
        check(newsnorm.export.dumps(article, "nitf"))


@given(articles())
def test_any_article_fits(article: newsnorm.Article) -> None:
    text = newsnorm.export.dumps(article, "nitf")
    root = check(text)
    if article.title:
        assert texts(root, "//n:hl1") == [re.sub(ILLEGAL, "\ufffd", article.title)]
    plain = re.sub(r"\s", "", "".join(texts(root, "//n:body.content/*[not(self::n:media)]")))
    assert plain == re.sub(r"\s", "", re.sub(ILLEGAL, "\ufffd", "".join(article.paragraphs)))


def test_it_can_be_read_back() -> None:
    article = full_article()
    root = check(newsnorm.export.dumps(article, "nitf"))
    assert texts(root, "//n:hl1") == [article.title]
    assert texts(root, "//n:byline/n:person/text()") == ["María Pérez", "Jane Miller", "Tom O'Hara"]
    assert texts(root, "//n:byline/n:person[3]/n:function/@value") == ["editor"]
    assert texts(root, "//n:distributor/n:org") == ["Reuters"]
    assert texts(root, "//n:dateline/*") == ["MALMO", "June 20"]
    assert texts(root, "//n:date.issue/@norm | //n:revision-history/@norm") == [
        "2024-06-20T14:05:09+02:00",
        "2024-06-21T09:30+02:00",
    ]
    assert texts(root, "//n:body.content/*") == [
        "The port expects detours until June.",
        "Detours & delays",
        'Ferries <move>To the "fish" dock',
        "We are sorry.",
        "a = 1\n  b = 2",
        "QuayDayNorthMonday",
        "An earlier version named another quay.",
        "The old quay",
        "",
        "The quay.",
    ]
    assert texts(root, "//n:media-reference/@source") == ["https://example.com/a b.jpg", "https://example.com/lead.jpg"]
    assert texts(root, "//n:ol/n:li") == ["Ferries <move>", 'To the "fish" dock']
    assert texts(root, "//n:doc-id/@id-string") == [article.id]
    assert texts(root, "//n:keyword/@key") == ["harbour", "traffic"]
    assert texts(root, "//n:tagline/n:em[@class='photo']") == ["Jane Doe/AFP"]


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_have_is_replaced_and_told(letter: str) -> None:
    article = newsnorm.from_dict({**newsnorm.to_dict(full_article()), "paragraphs": [f"a{letter}b"], "paragraph_kinds": []})
    assert texts(check(newsnorm.export.dumps(article, "nitf")), "//n:body.content/n:p") == ["a\ufffdb"]
    assert newsnorm.export.lost(article, "nitf")[-1] == "characters"


@pytest.mark.parametrize("letter", ["\t", "\n", "\r", "\x7f", "\x85", "\u2028", "&", "<", '"', "]]>", "😀"])
def test_other_characters_stay(letter: str) -> None:
    article = newsnorm.from_dict(
        {**newsnorm.to_dict(full_article()), "paragraphs": [f"a{letter}b"], "paragraph_kinds": [], "id": f"a{letter}b"}
    )
    root = check(newsnorm.export.dumps(article, "nitf"))
    assert texts(root, "//n:body.content/n:p") == texts(root, "//n:doc-id/@id-string") == [f"a{letter}b"]
    assert "characters" not in newsnorm.export.lost(article, "nitf")
