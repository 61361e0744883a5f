"""Is the headline the beginning of the first line?"""

from __future__ import annotations

import pytest
from pages import LAST, MORE, PROSE, found_on

from newsnorm.page.joined_headline import joined_headline

URL = "https://example-news.com/2024/quay-closed-after-pillars-crack-1234.html"


def joined(text: str, url: str | None = URL) -> str | None:
    found = joined_headline(found_on(text, url=url))
    return None if found is None else found[0].text[: found[1]]


@pytest.mark.parametrize(
    "title",
    ["Quay closed after pillars crack", "“Quay closed after pillars crack!”", "The quay: closed after its pillars crack"],
)
def test_the_beginning_that_says_the_whole_url_is_the_headline(title: str) -> None:
    assert joined(f"{title} {PROSE} {MORE}") == title


@pytest.mark.parametrize(
    "text",
    [
        f"Quay closed after pillars crack in the harbour. {PROSE}",
        f"Quay closed after pillars crack. {PROSE}",
        f"Surprisingly, the quay closed after pillars crack {PROSE}",
        "Quay closed after pillars crack Hill and Bay, where nobody had been seen for a year when the snow came at last.",
        f"{PROSE} {MORE}",
        "Quay closed after pillars crack",
    ],
)
def test_any_other_beginning_is_not(text: str) -> None:
    assert joined(text) is None


def test_nothing_but_the_url_tells_where_a_headline_ends() -> None:
    text = f"Quay closed after pillars crack {PROSE} {LAST}"
    assert joined(text, None) is None
    assert joined(text, "https://example-news.com/quay-closed") is None


def test_a_slug_may_swallow_apostrophes_and_numbers() -> None:
    title, url = "L'ADD s'allie avec 22 ports pour le quai", "https://example.fr/ladd-sallie-avec-22-ports-pour-le-quai/"
    report = "Le quai sera fermé lundi, selon les ports qui font alliance, a indiqué la ville dans la journée."
    assert joined(f"{title} {report}", url) == title
