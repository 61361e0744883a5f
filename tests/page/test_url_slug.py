"""What a URL says about the headline, and that the cheap look never contradicts the careful one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.catalogue import LineForms
from newsnorm.page.url_slug import KNOWN, UrlSlug


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://example.com/2024/06/storm-closes-harbour-1234.html", {"storm", "closes", "harbour"}),
        ("https://example.com/storm_closes_harbour", {"storm", "closes", "harbour"}),
        ("https://example.com/storm-closes-harbour/amp", {"storm", "closes", "harbour"}),
        ("https://example.com/storm-closes-harbour?from=home-page-top-of-all", {"storm", "closes", "harbour"}),
        ("https://example.com/Malm%C3%B6-st%C3%A4ngd", {"malmo", "stangd"}),
        ("https://example.com/buria-zakryla-port", {"buria", "zakryla", "port"}),
        ("https://example.com/буря-закрыла-порт", {"буря", "закрыла", "порт"}),
        ("https://example.com/", set()),
        ("https://[broken", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_words_are_those_of_the_part_with_most(url: str | None, words: set[str]) -> None:
    assert UrlSlug.of(url).words == words


@pytest.mark.parametrize(("slug", "is_telling"), [("storm-closes-harbour", False), ("storm-closes-old-harbour", True)])
def test_a_slug_of_four_words_is_telling(slug: str, is_telling: bool) -> None:
    assert UrlSlug.of(f"https://example.com/{slug}").is_telling is is_telling


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("malmo-kai-geschlossen-fuer-wochen", "Malmö: Kai geschlossen für Wochen"),
        ("bron-stangd-i-gavle", "Bron stängd i Gävle"),
        ("lodz-zamkniety-most", "Łódź: zamknięty most"),
        ("el-niño-llega", "El Nino llega"),
    ],
)
def test_accents_make_no_difference(slug: str, text: str) -> None:
    assert UrlSlug.of(f"https://example.com/{slug}").similarity(text) == pytest.approx(1.0)


def test_where_words_are_syllables_only_those_that_follow_each_other_count() -> None:
    slug = UrlSlug.of("https://example.com/cang-bien-dong-cua-vi-bao")
    assert slug.similarity("Cảng biển đóng cửa vì bão, rồi mở lại") > 0.7
    assert slug.similarity("Bão vì biển, cửa đóng, mở cảng rồi") == 0.0


PLAIN = ("storm", "Storm", "STORM", "storms", "closes", "harbour", "(Harbour)", "storm.closes", "storm's", "-")
ODD_WORDS = ("storm2024", "port_closes", "7", "über", "uber", "İstorm", "порт")
TEXTS = st.lists(st.sampled_from(PLAIN + ODD_WORDS), max_size=40).map(" ".join)
ODD = st.text("aStORmcloses_0 é.-\u212aſ", max_size=12)
SLUGS = st.sampled_from(["", "storm-closes-harbour", "uber-storm", "порт-closes", "over-7-storms"])


@given(SLUGS, st.one_of(TEXTS, ODD))
def test_a_text_that_surely_has_no_word_of_the_slug_is_not_similar(name: str, text: str) -> None:
    slug = UrlSlug.of(f"https://example.com/{name}")
    for words in (LineForms(text).words, re.findall(r"\w+", text.lower()[:KNOWN])):
        assert not slug.has_none_of(text, words) or slug.similarity(text) == 0.0


@given(SLUGS, st.one_of(TEXTS, ODD))
def test_folded_words_that_are_known_change_no_similarity(name: str, text: str) -> None:
    slug = UrlSlug.of(f"https://example.com/{name}")
    assert slug.similarity(text, LineForms(text).words) == slug.similarity(text)


@given(SLUGS, st.one_of(TEXTS, ODD))
def test_a_similarity_lies_between_0_and_1(name: str, text: str) -> None:
    assert 0.0 <= UrlSlug.of(f"https://example.com/{name}").similarity(text) <= 1.0


def test_the_cheap_look_is_taken_for_short_plain_text_alone() -> None:
    slug = UrlSlug.of("https://example.com/storm-closes-harbour")
    assert slug.has_none_of("More news", ["more", "news"])
    assert not slug.has_none_of("n" * (KNOWN + 1), [])
    assert not slug.has_none_of("störm", ["störm"])
    assert not slug.has_none_of("2024storm", ["2024storm"])
