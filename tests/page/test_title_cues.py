"""Each feature of a headline: a page where it holds for a line, and one where it does not."""

from __future__ import annotations

import attrs
import pytest
from pages import MORE, PROSE, SPANISH, found_on

from newsnorm.page.title_cues import FLAGS, LONGEST, TitleCues, title_candidates

HEADLINE = "Quay closed after pillars crack"
SHORT_SLUG = "https://example.com/quay-closed"
SLUG = "https://example.com/quay-closed-after-pillars-crack"


@attrs.frozen
class Row:
    """One feature: lines of a page where it holds for the line `at`, and lines where it does not; counted from 0."""

    feature: str
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    at: int = 0
    url: str | None = None


ROWS = (
    Row("whole-address", ("Quay closed", PROSE), ("Quay open", PROSE), url=SHORT_SLUG),
    Row("whole-address", ("Quay closed", PROSE), ("More news", PROSE), url=SHORT_SLUG),
    Row("signed-next", (HEADLINE, "3 May 2024", PROSE), (HEADLINE, "The long wait", PROSE)),
    Row("signed-next", (HEADLINE, "By Ana Silva", PROSE), (HEADLINE, PROSE)),
    Row("bullet", ("• " + HEADLINE, PROSE), (HEADLINE, PROSE)),
    Row("stop", (HEADLINE + ".", PROSE), (HEADLINE + "?", PROSE)),
    Row("stop", ("码头因支柱开裂而关闭。", PROSE), ("码头因支柱开裂而关闭", PROSE)),
    Row("open-end", (HEADLINE + ":", PROSE), (HEADLINE, PROSE)),
    Row("open-end", (HEADLINE + "…", PROSE), (HEADLINE + ".", PROSE)),
    Row("dated", ("Quay closed, 3 May 2024", PROSE), ("Quay closed, 3 pillars gone", PROSE)),
    Row("date-below", (HEADLINE, "Harbour", "3 May 2024", PROSE), ("3 May 2024", HEADLINE, PROSE), at=0),
    Row("date-below", (HEADLINE, "3. Mai 2024", PROSE), (HEADLINE, "3 Kommentare", PROSE)),
    Row("date-above", ("3 May 2024", HEADLINE, PROSE), ("Harbour", HEADLINE, "3 May 2024", PROSE), at=1),
    Row("byline-below", (HEADLINE, "Harbour", "By Ana Silva", PROSE), (HEADLINE, "Harbour", "Ana Silva", PROSE)),
    Row("byline-below", ("El muelle cierra en mayo", "Por Ana Silva", SPANISH), ("Por Ana Silva", "El muelle cierra", SPANISH)),
    Row("closes", ("It is a quay that nobody at all wants to close.", PROSE), ("Nobody wants it closed.", PROSE)),
    Row("prose-next", (HEADLINE, PROSE), (HEADLINE, "Harbour", PROSE)),
    Row("again", (HEADLINE, PROSE, HEADLINE.upper()), (HEADLINE, PROSE, HEADLINE + " again")),
    Row("in-another", (HEADLINE, f"{HEADLINE} | Example News", PROSE), (HEADLINE, HEADLINE, PROSE)),
    Row("in-another", (HEADLINE, f"{HEADLINE} | Example News", PROSE), ("Quay closed now", "Quay closed now | Example", PROSE)),
    Row(
        "like-above",
        ("Two old pillars of the quay cracked", "Harbour office closed the quay", PROSE),
        ("Ten ways to cook a cabbage", "Harbour office closed the quay", PROSE),
        at=1,
    ),
    Row(
        "first-like",
        ("Ten ways to cook a cabbage", "Harbour office closed the quay", PROSE),
        ("Two old pillars of the quay cracked", "Harbour office closed the quay", PROSE),
        at=1,
    ),
)


def holds(row: Row, lines: tuple[str, ...]) -> bool:
    found = found_on(*lines, url=row.url)
    return row.at in FLAGS[row.feature](TitleCues.of(found))


def test_every_feature_has_a_row() -> None:
    assert {row.feature for row in ROWS} == FLAGS.keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.feature)
def test_a_feature_holds_on_one_page_and_not_on_the_other(row: Row) -> None:
    assert holds(row, row.holds)
    assert not holds(row, row.fails)


def candidates(*lines: str, url: str | None = None) -> dict[str, set[str]]:
    return {each.value.text: set(each.features) for each in title_candidates(found_on(*lines, url=url))}


def test_the_slug_of_a_url_is_compared_with_each_line() -> None:
    features = candidates("Ten ways to cook a cabbage", HEADLINE, PROSE, url=SLUG)
    assert "address>0.75" in features[HEADLINE]
    assert "address<=0" in features["Ten ways to cook a cabbage"]
    assert not {name for name in candidates(HEADLINE, PROSE)[HEADLINE] if name.startswith("address")}


def test_blank_lines_around_a_line_are_named() -> None:
    features = candidates("First line here", "Second line here", "", "Third line here", "", PROSE, "", MORE)
    names = {"alone", "gap-above", "gap-below", "packed"}
    assert [features[text] & names for text in ("First line here", "Second line here", "Third line here")] == [
        {"gap-above"},
        {"gap-below"},
        {"alone"},
    ]


def test_lines_too_short_too_long_or_signed_are_no_candidates() -> None:
    assert list(candidates("Quay", "quay " * (LONGEST // 5 + 1), "By Ana Silva", HEADLINE, PROSE)) == [HEADLINE]


def test_only_wanted_features_are_worked_out() -> None:
    found = found_on(HEADLINE, PROSE)
    flags = [set(each.features) & FLAGS.keys() for each in title_candidates(found, {"prose-next"})]
    assert flags == [{"prose-next"}]


def test_a_page_without_paragraphs_has_no_candidates() -> None:
    assert candidates("Home", "News", HEADLINE) == {}
    assert candidates() == {}


def test_a_known_name_beside_a_date_is_a_candidate_only_as_the_first_line_or_if_the_url_says_it() -> None:
    assert "Ana Silva" not in candidates(HEADLINE, "Ana Silva", "3 May 2024", PROSE, MORE)
    assert "Ana Silva" in candidates("Ana Silva", "3 May 2024", PROSE, MORE)
    assert "Ana Silva" in candidates(HEADLINE, "Ana Silva", "3 May 2024", PROSE, MORE, url="https://example.com/ana-silva")


def test_a_piece_of_a_sentence_that_was_cut_at_a_link_is_no_candidate() -> None:
    lines = (
        "Quay closed",
        "The quay was shut by the harbour office, citing the",
        "Harbour Weekly",
        "report that came out in May.",
        PROSE,
    )
    assert candidates(*lines).keys() == {"Quay closed"}
