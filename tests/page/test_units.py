"""Units are lines that make one paragraph, and what speaks against each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from pages import LAST, MORE, PROSE, REPORT, after, found_on, page_of
from strategies import raw_texts

import newsnorm
from newsnorm.page.paragraphs import LONGEST_SENTENCE
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.page.units import GROUPS, Unit, UnitCues, scan_units, units
from newsnorm.passes import find_curated, find_title
from newsnorm.records import Reason, Title

RULE = CodeRule("ours.gone", "A line that a test removes.")
CUT = ("The harbour master told the", "Harlinger Courant", "that the ramp would be welded by Thursday.")


def take(found: Found, number: int, reason: Reason) -> Found:
    found.add(removed(found.page.lines[number], RULE, reason))
    return found


def texts(found: Found) -> list[str]:
    return [unit.text for unit in units(found)]


def cues_of(*lines: str) -> UnitCues:
    return scan_units(found_on(*lines))


def test_a_paragraph_that_a_tag_cut_is_one_unit() -> None:
    made = units(found_on(PROSE, *CUT, MORE))
    assert [unit.text for unit in made] == [PROSE, " ".join(CUT), MORE]
    assert [len(unit.lines) for unit in made] == [1, 3, 1]


@pytest.mark.parametrize(("between", "count"), [("</p><p>", 3), ("<br>", 1)])
def test_on_a_page_of_html_only_a_line_break_cuts_a_paragraph(between: str, count: int) -> None:
    pytest.importorskip("turbohtml")
    parser = newsnorm.Parser()
    page = parser.page(f"<body><p>{between.join(CUT)}</p></body>", media_type="text/html")
    assert len(units(Found(page, parser.catalogue))) == count


def test_a_taken_line_is_a_unit_of_its_own_and_parts_the_others() -> None:
    found = take(found_on(*CUT), 1, "advert")
    assert [(unit.text, unit.taken) for unit in units(found)] == [(CUT[0], ""), (CUT[1], "media"), (CUT[2], "")]


@pytest.mark.parametrize(("group", "reasons"), GROUPS.items())
def test_what_took_a_unit_is_named_by_its_group(group: str, reasons: tuple[Reason, ...]) -> None:
    if group == "furniture":
        reasons = tuple(reason for reason in reasons if reason != "script")
    assert {units(take(found_on(PROSE, MORE), 0, reason))[0].taken for reason in reasons} == {group}


def test_fields_are_named_by_their_fate_and_other_removals_are_other() -> None:
    found = after(page_of("Quay closed after pillars crack", "", "3 May 2024", "", *REPORT), find_title)
    assert found.first(Title) is not None
    assert [unit.taken for unit in units(found)][:2] == ["title", ""]
    assert units(take(found_on(PROSE, MORE), 1, "stranded"))[1].taken == "other"


def test_code_and_lines_without_a_letter_are_no_units() -> None:
    found = take(found_on(PROSE, "***", "", "run(quay);", MORE), 3, "script")
    assert texts(found) == [PROSE, MORE]


def test_no_unit_grows_without_end() -> None:
    piece = "and the ferry went on to the next of the many islands that lie in that part of the great northern sea,"
    made = units(found_on("The ferry left the quay", *[piece] * 200))
    assert len(made) > 1
    assert max(len(unit.text) for unit in made) < LONGEST_SENTENCE + len(piece) + 1


@settings(max_examples=40)
@given(raw_texts())
def test_every_line_with_a_letter_is_in_one_unit(text: str) -> None:
    found = found_on(text)
    expected = [line.number for line in found.page.lines if any(map(str.isalnum, line.text))]
    assert [line.number for unit in units(found) for line in unit.lines] == expected


def test_sizes_are_words_and_where_no_spaces_are_written_half_the_letters() -> None:
    assert cues_of("The quay is closed").sizes == [4]
    assert cues_of("码头因两根旧支柱开裂而于周一关闭，港口办公室在一份声明中说。").sizes == [14.0]


def test_a_long_unit_said_again_is_repeated_and_a_short_one_is_not() -> None:
    assert cues_of(PROSE, "It rained.", MORE, PROSE, "It rained.").repeated == [False, False, False, True, False]


def test_what_closes_as_a_sentence_is_closed() -> None:
    assert cues_of("It rained.", "“It rained.”", "Rain", "It rained:", "Es regnete!", "下雨了。").closed == [
        True, True, False, False, True, True,
    ]  # fmt: skip


STOCK = "By subscribing to our newsletter you agree to our terms and our cookie settings."
ABOUT_STOCK = "The shop had set cookies without consent, and its newsletter could not be stopped, the court heard."
QUOTED = "“You signed up for our newsletter and accepted our cookies,” the letter to its readers said."
GERMAN_STOCK = "Mit der Anmeldung zum Newsletter stimmen Sie unseren Nutzungsbedingungen und der Werbung zu."


@pytest.mark.parametrize(
    ("line", "speaks_against"),
    [
        (STOCK, True),
        ("© Example News", True),
        ("Share on Facebook", True),
        (ABOUT_STOCK, False),
        (QUOTED, False),
        (LAST, False),
    ],
)
def test_stock_text_speaks_to_its_reader_and_a_report_on_it_does_not(line: str, speaks_against: bool) -> None:
    assert cues_of(PROSE, line, MORE).evidence == [False, speaks_against, False]


def test_stock_text_is_known_in_the_language_of_the_page() -> None:
    german = "Die Brücke bleibt nach Angaben der Stadt bis zum Herbst gesperrt, weil zwei ihrer Pfeiler beschädigt sind, hieß es."
    assert cues_of(german, GERMAN_STOCK, german.upper()).evidence == [False, True, False]


def test_what_was_removed_is_evidence_and_what_is_a_field_is_not() -> None:
    found = after(page_of("Quay closed after pillars crack", "", *REPORT, "Related articles"), find_curated, find_title)
    cues = scan_units(found)
    assert [unit.taken for unit in cues.units] == ["title", "", "", "", "related"]
    assert cues.evidence == [False, False, False, False, True]


def test_an_empty_page_has_no_units() -> None:
    cues = cues_of("")
    none: list[Unit] = []
    assert (cues.units, cues.evidence, cues.sizes) == (none, [], [])
