"""Who supplied the text or its pictures."""

from __future__ import annotations

import pytest
from pages import GERMAN, HEADLINE, MORE, PROSE, REPORT, SPANISH, stated

from newsnorm.passes import find_credits
from newsnorm.records import Credit


def credits_on(*lines: str) -> list[Credit]:
    return [finding for finding in stated(find_credits, *lines) if isinstance(finding, Credit)]


@pytest.mark.parametrize(
    ("prose", "line", "rule", "kind", "name", "agency"),
    [
        (PROSE, "Source: Reuters", "en.credit.source", "source", "Reuters", "Reuters"),
        (PROSE, "Photo: Jane Miller", "en.credit.photo", "photo", "Jane Miller", None),
        (PROSE, "This story first appeared on Example News.", "credit.phrase", "source", "Example News", None),
        (PROSE, "Reporting by Jane Miller; Editing by Tom Brown", "credit.people", "people", "Jane Miller", "Reuters"),
        (GERMAN, "Quelle: dpa", "de.credit.source", "source", "dpa", "dpa"),
        (GERMAN, "SDA/sep", "credit.agency", "source", "SDA", "Keystone-SDA"),
        (SPANISH, "Fuente: EFE", "es.credit.source", "source", "EFE", "EFE"),
        (PROSE, "出典：共同通信", "credit.label", "source", "共同通信", "Kyodo"),
    ],
)
def test_a_line_below_the_report_names_who_supplied_it(
    prose: str, line: str, rule: str, kind: str, name: str, agency: str | None
) -> None:
    (credit,) = credits_on(prose, prose, line)
    assert (credit.text, credit.rule, credit.takes_line) == (line, rule, True)
    assert (credit.kind, credit.name, credit.agency) == (kind, name, agency)


@pytest.mark.parametrize("line", ["Source: he would not say which", "The source: a diver", "Photo: see below"])
def test_look_alikes_credit_nobody(line: str) -> None:
    assert credits_on(HEADLINE, *REPORT, line) == []


def test_a_photo_is_credited_anywhere() -> None:
    assert [credit.kind for credit in credits_on(HEADLINE, PROSE, "Photo: Jane Miller", MORE)] == ["photo"]


def test_helpers_are_credited_at_the_edge_alone() -> None:
    line = "Reporting by Jane Miller; Editing by Tom Brown"
    assert credits_on(HEADLINE, PROSE, line, MORE) == []
    assert len(credits_on(HEADLINE, *REPORT, line)) == 1


SENTENCE = "This article was originally published on Example News and is republished here under a licence."


@pytest.mark.parametrize("lines", [(PROSE, MORE, SENTENCE), (SENTENCE, PROSE, MORE)])
def test_a_sentence_that_credits_opens_or_closes_the_report(lines: tuple[str, ...]) -> None:
    assert [(credit.rule, credit.name) for credit in credits_on(*lines)] == [("credit.phrase", "Example News")]


def test_a_sentence_that_credits_amid_the_report_stays() -> None:
    assert credits_on(PROSE, SENTENCE, MORE) == []


def test_a_report_of_one_sentence_is_no_credit() -> None:
    assert credits_on(SENTENCE) == []
