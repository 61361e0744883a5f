"""Is the first line of a text its headline?"""

from __future__ import annotations

import pytest
from pages import CHINESE, HEADLINE, LAST, MORE, PROSE, REPORT, found_on

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
    url, title = "https://example.com/harbour-shut-again-after-the-winter-storm", "Second storm makes trains late"
    dated = "BERGEN, Norway (AP) — The ferries stayed at the quay on Monday after the second storm of the winter, the port said."
    assert headline(title, dated, MORE, url=url) == title
    assert headline(title, PROSE, MORE, url=url) is None


def test_a_headline_set_off_from_the_report_stands_against_the_url_if_it_is_about_the_report() -> None:
    url, title = "https://example.com/video/morning-show-studio-interview-live", "Ferries leave the cracked quay"
    assert headline(title, PROSE, "", MORE, "", LAST, url=url) == title
    assert headline(title, "", PROSE, "", MORE, "", LAST, url=url) is None
    assert headline(title, "", PROSE, MORE, LAST, url=url) == title
    assert headline("Ten ways to cook a cabbage", PROSE, "", MORE, "", LAST, url=url) is None
    assert headline(title, "", "11.38 CEST The harbour office speaks", "", PROSE, "", MORE, url=url) == title


FLAT = f"{PROSE} {MORE} {LAST}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("The quay has closed.", "The quay has closed."),
        ("One quay, two cracked pillars. Now what?", "One quay, two cracked pillars. Now what?"),
        ("Harbour", None),
        ("Harbour Office", None),
        ("Ana Silva", None),
    ],
)
def test_above_a_report_without_line_breaks_a_headline_may_end_with_a_stop(line: str, said: str | None) -> None:
    assert headline(line, FLAT, url="https://example.com/video/morning-show-studio-interview-live") == said


def test_a_headline_of_two_sentences_is_set_off_from_the_report() -> None:
    title = "The quay had two pillars. Now, with both cracked, the ferries leave from the north."
    assert headline(title, PROSE, "", MORE, "", LAST) == title
    assert headline(title, "", PROSE, "", MORE, "", LAST) is None


def test_a_first_paragraph_above_a_longer_one_is_no_headline() -> None:
    assert headline(PROSE, f"{MORE} {LAST}") is None
    assert headline("The quay was closed on Monday.", MORE) is None


def test_an_abbreviation_ends_no_sentence() -> None:
    assert headline("Quay opens again at 6 a.m.", *REPORT) == "Quay opens again at 6 a.m."
    report = "Ремонт старого причала обойдется в 10 млн руб., сообщили в понедельник в управлении порта и добавили: он закрыт."
    assert headline("На ремонт причала дадут 10 млн руб.", report, report) == "На ремонт причала дадут 10 млн руб."
    assert headline("На ремонт причала дадут много денег.", report, report) is None


@pytest.mark.parametrize(
    "line",
    [
        "Media caption The ferry at the old quay",
        "Media playback is unsupported on your device and so on",
        "Harbour Weekly – Kuwait",
    ],
)
def test_what_belongs_to_a_picture_or_a_paper_is_no_headline(line: str) -> None:
    assert headline(line, *REPORT) is None


def test_scripts_without_spaces_or_stops_have_headlines() -> None:
    thai = "การท่าเรือประกาศเมื่อวันจันทร์ว่า จะปิดท่าเรือเก่าเนื่องจากเสาสองต้นร้าว เรือข้ามฟากจะออกจากท่าเรือทางเหนือแทนจนกว่าจะซ่อมเสร็จ"
    assert headline("ปิดท่าเรือเก่าหลังเสาร้าวสองต้น", thai, thai) == "ปิดท่าเรือเก่าหลังเสาร้าวสองต้น"
    greek = ("Ο μόλος έκλεισε τη Δευτέρα επειδή ράγισαν δύο από τους παλιούς στύλους του, ανακοίνωσε το λιμεναρχείο της πόλης.",)
    assert headline("Πότε ανοίγει ο παλιός μόλος;", *greek, *greek) == "Πότε ανοίγει ο παλιός μόλος;"
    assert headline("国际新闻", CHINESE, CHINESE) is None


def test_without_a_sentence_below_there_is_no_headline() -> None:
    assert headline(HEADLINE, "Ferries", "Trains") is None
    assert reads_alone(found_on(HEADLINE, "Ferries"), found_on(HEADLINE, "Ferries").layout.lines[0])


def test_an_address_above_the_text_is_no_headline_and_hides_none() -> None:
    assert headline(URL, HEADLINE, *REPORT) == HEADLINE
    assert headline(URL, *REPORT) is None
