"""What stands around a report."""

from __future__ import annotations

import pytest
from pages import HEADLINE, MORE, PROSE, REPORT, found_on

MENU = ("Home", "News", "Sport", "Weather", "Business", "Contact")


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (REPORT, "none"),
        ((HEADLINE, *REPORT), "none"),
        ((HEADLINE, "By Ana Silva", *REPORT), "article"),
        ((HEADLINE, "3 May 2024", *REPORT), "article"),
        ((*MENU, HEADLINE, "3 May 2024", *REPORT), "page"),
        ((HEADLINE, *REPORT, *MENU), "page"),
    ],
)
def test_links_make_a_page_and_a_byline_or_a_date_an_article(lines: tuple[str, ...], kind: str) -> None:
    assert found_on(*lines).frame.kind == kind


def test_a_day_in_running_text_and_a_bare_name_are_no_frame() -> None:
    assert found_on("The quay closed on 3 May 2024 and opens again in June, the harbour office said.", MORE).frame.kind == "none"
    assert found_on("Ana Silva", PROSE, MORE).frame.kind == "none"


def test_only_what_stands_above_or_beside_the_first_paragraph_is_at_the_head() -> None:
    assert found_on(HEADLINE, "By Ana Silva", *REPORT).frame.at_head
    assert not found_on(HEADLINE, *REPORT, "By Ana Silva").frame.at_head
