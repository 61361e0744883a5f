"""Is the first line of a text its headline?"""

from __future__ import annotations

import pytest
from pages import CHINESE, HEADLINE, MORE, PROSE, REPORT, found_on

from newsnorm.page.first_line import first_line_headline, reads_alone

URL = "https://example-news.com/quay-closed-after-pillars-crack"


def headline(*lines: str, url: str | None = None) -> str | None:
    view = first_line_headline(found_on(*lines, url=url))
    return None if view is None else view.text


@pytest.mark.parametrize(
    "line",
    [
        HEADLINE,
        "Who closed the quay?",
        "Port to stay shut, says Lloyd’s of the U.S.A.",
        "# Quay closed after pillars crack",
        "Причал закрыт до пятницы",
    ],
)
def test_a_short_line_without_a_stop_above_sentences_is(line: str) -> None:
    assert headline(line, *REPORT) == line.removeprefix("# ")


def test_where_no_spaces_part_words_a_sentence_is_known_by_its_length() -> None:
    assert headline("码头因支柱开裂而关闭", "码头因支柱开裂于周一关闭，渡轮改从北部码头出发。", CHINESE) == "码头因支柱开裂而关闭"


@pytest.mark.parametrize(
    "line",
    [
        "The quay was closed on Monday.",
        "the quay that closed",
        "Quay closed:",
        "Ana Silva",
        "By Our Reporter",
        "By Ana Silva",
        "3 May 2024",
        "Home > News > Harbour",
        "Originally published on Harbour Weekly",
        "BERGEN, Norway (AP) — The quay was closed",
        "Harbour",
    ],
)
def test_anything_else_is_not(line: str) -> None:
    assert headline(line, *REPORT) is None


def test_a_telling_url_settles_it() -> None:
    assert headline("The quay was closed after its pillars crack.", *REPORT, url=URL) is None
    assert headline("Quay closed after pillars crack.", *REPORT, url=URL) == "Quay closed after pillars crack."
    assert headline("Ten ways to cook a cabbage", *REPORT, url=URL) is None
    assert headline("Ten ways to cook a cabbage", *REPORT) == "Ten ways to cook a cabbage"


def test_a_url_in_other_letters_settles_nothing() -> None:
    greek = ("Ο μόλος έκλεισε τη Δευτέρα επειδή ράγισαν δύο από τους παλιούς στύλους του, ανακοίνωσε το λιμεναρχείο της πόλης.",)
    assert headline("Κλείνει ο παλιός μόλος", *greek, *greek, url=URL) == "Κλείνει ο παλιός μόλος"


def test_a_dateline_below_halves_what_the_url_has_to_say() -> None:
    url, title = "https://example.com/harbour-shut-again-after-the-winter-storm", "Second storm keeps ferries at the quay"
    dated = "BERGEN, Norway (AP) — The ferries stayed at the quay on Monday after the second storm of the winter, the port said."
    assert headline(title, dated, MORE, url=url) == title
    assert headline(title, PROSE, MORE, url=url) is None


def test_without_a_sentence_below_there_is_no_headline() -> None:
    assert headline(HEADLINE, "Ferries", "Trains") is None
    assert reads_alone(found_on(HEADLINE, "Ferries"), found_on(HEADLINE, "Ferries").layout.lines[0])


def test_an_address_above_the_text_is_no_headline_and_hides_none() -> None:
    assert headline(URL, HEADLINE, *REPORT) == HEADLINE
    assert headline(URL, *REPORT) is None
