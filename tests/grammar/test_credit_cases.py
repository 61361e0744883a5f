"""Lines that credit somebody, lines that look so, and what a page makes of them."""

from __future__ import annotations

import time
import tomllib

import pytest
from folders import FIXTURES

import newsnorm
from newsnorm.grammar import Grammar
from newsnorm.grammar.credit import read_credit
from newsnorm.grammar.credit_names import CREDIT_LIMIT

TABLES = Grammar.default()
CASES: list[dict[str, str]] = tomllib.loads((FIXTURES / "fields" / "credits.toml").read_text(encoding="utf-8"))["case"]

BODY = """Ferry to Malmö cancelled

The ferry to Malmö was cancelled on Monday after a crane had fallen on the quay, the harbour office said.
{amid}
Nobody was hurt, and the crane is to be lifted out of the basin before the end of the week, said the office.
{below}
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_line_reads_as_it_says(case: dict[str, str]) -> None:
    reading = read_credit(case["text"], TABLES, (case["language"],))
    if "kind" not in case:
        assert reading is None
        return
    assert reading is not None
    assert reading.kind == case["kind"]
    if "name" in case:
        assert (reading.name, reading.agency) == (case["name"], case.get("agency"))


@pytest.mark.parametrize(
    "unit",
    [
        "Source: ",
        "a/",
        "dpa/",
        "(",
        "©",
        "first appeared on ",
        "mit ",
        "来源：",
        "AFP, ",
        "www.",
        "contributed ",
        ": ",
        " and ",
        "12.",
    ],
)
def test_floods_cost_no_more_than_their_length(unit: str) -> None:
    flood = unit * (100_000 // len(unit))
    most = unit * (CREDIT_LIMIT // len(unit))
    before = time.process_time()
    read_credit(flood, TABLES)
    read_credit(most, TABLES)
    read_credit("Source: " + most[: CREDIT_LIMIT - 8], TABLES)
    assert time.process_time() - before < 0.5  # takes milliseconds; a search that is not linear takes many seconds


def test_an_article_says_whose_wire_copy_it_is_and_why() -> None:
    article = newsnorm.parse(BODY.format(amid="", below="Reporting by The Associated Press.\n© 2024 AP. All rights reserved."))
    assert article.agency == "AP"
    assert [(finding.fate, finding.text) for finding in article.agency_evidence] == [
        ("credit", "Reporting by The Associated Press."),
        ("removal", "© 2024 AP. All rights reserved."),
    ]


def test_a_photo_credit_makes_no_wire_copy() -> None:
    article = newsnorm.parse(BODY.format(amid="Jane Miller/AP", below="Photo: Reuters"))
    assert (article.agency, article.agency_evidence) == (None, ())


def test_a_sentence_on_where_something_appeared_stays_amid_the_report() -> None:
    sentence = "This story first appeared on Harbour News, and nobody at the harbour office would say who had told it."
    article = newsnorm.parse(BODY.format(amid=sentence, below=""))
    assert sentence in article.paragraphs


def test_a_sentence_of_republication_below_the_report_is_a_credit() -> None:
    sentence = "This story first appeared on Harbour News and has been republished here with permission."
    article = newsnorm.parse(BODY.format(amid="", below=sentence))
    assert [(credit.kind, credit.name) for credit in article.credits] == [("source", "Harbour News")]
    assert len(article.paragraphs) == 2
