"""What a layout sees in a page, without any pass."""

from __future__ import annotations

import newsnorm
from newsnorm.page.layout import PageLayout, is_sentence
from newsnorm.page.prose import alphabetic_length, is_prose
from newsnorm.page.state import Found
from newsnorm.page.url_slug import UrlSlug
from newsnorm.text.sentences import ends_sentence

PARAGRAPH = "The quay was closed on Monday after two of its old pillars cracked, the harbour office said in a short statement."


def layout_of(*lines: str, url: str | None = None) -> PageLayout:
    parser = newsnorm.Parser()
    return Found(parser.page("\n".join(lines), url=url), parser.catalogue).layout


def test_the_report_is_the_densest_run_of_paragraphs() -> None:
    layout = layout_of("Home", "Sport", "Quay closed", PARAGRAPH, PARAGRAPH, "Related", *["Teaser"] * 12, PARAGRAPH)
    assert (layout.start, layout.end) == (3, 4)
    assert layout.has_paragraphs


def test_a_notice_without_paragraphs_is_read_by_its_sentences() -> None:
    layout = layout_of("Quay closed", "The quay was closed on Monday.", "It opens in May.")
    assert (layout.start, layout.end) == (1, 2)


def test_bullets_are_cut_off_and_dates_are_not_bullets() -> None:
    layout = layout_of("• Quay closed for a week", "1) The second item", "3. Mai 2024")
    assert [(view.bullet, view.text) for view in layout.lines] == [
        (True, "Quay closed for a week"),
        (True, "The second item"),
        (False, "3. Mai 2024"),
    ]


def test_blank_lines_are_gaps() -> None:
    layout = layout_of("One line here", "", "Another line here", "A third line here")
    assert [(view.gap, view.gap_below) for view in layout.lines] == [(True, True), (True, False), (False, True)]


def test_lines_that_match_the_slug_are_known() -> None:
    url = "https://example.com/quay-closed-after-two-pillars-crack"
    layout = layout_of("More news", "Quay closed after two pillars crack", PARAGRAPH, url=url)
    assert layout.slug_matches == {1}
    assert layout.slug_similarity[0] == 0.0


def test_a_name_below_a_marker_is_a_byline_of_its_own_kind() -> None:
    layout = layout_of("Quay closed", "By", "Jane Miller", PARAGRAPH)
    assert [(index, reading.people[0].name) for index, reading in layout.bylines.items()] == [(2, "Jane Miller")]


def test_sentences_close_and_have_words() -> None:
    views = layout_of("It rained all day.", "Rain.", PARAGRAPH, "Rain in the harbour").lines
    assert [is_sentence(view) for view in views] == [True, False, True, False]


def test_prose_needs_length_words_and_a_stop() -> None:
    assert is_prose(PARAGRAPH)
    assert not is_prose(PARAGRAPH.removesuffix("."))
    assert not is_prose("Quay closed.")
    assert is_prose("港口" * 20 + "。")
    assert alphabetic_length("abc") == 3.0
    assert ends_sentence("“Rain,” he said.”")


def test_a_slug_is_read_whatever_its_accents() -> None:
    slug = UrlSlug.of("https://example.com/malmo-kai-geschlossen-fuer-wochen")
    assert slug.similarity("Malmö: Kai geschlossen für Wochen") == 1.0
    assert UrlSlug.of("https://[broken").words == frozenset()
    assert UrlSlug.of(None).similarity("anything") == 0.0
