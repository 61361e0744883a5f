"""Credits: labels, phrases, agencies alone, and lines that only look like them."""

from __future__ import annotations

import tomllib

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.errors import CatalogueError
from newsnorm.grammar import Grammar
from newsnorm.grammar.credit import SHORT, read_credit, read_credits
from newsnorm.grammar.credit_names import agency_in, style_of
from newsnorm.grammar.credit_tables import CreditPhrase
from newsnorm.text.folding import fold_words

GRAMMAR = Grammar.default()
CREDITS = [
    ("Quelle: hafenbote.example, ino/dpa", "source", "hafenbote.example, dpa", "credit.label"),
    ("This story first appeared on Harbour News.", "source", "Harbour News", "credit.phrase"),
    ("SDA/sep", "source", "SDA", "credit.agency"),
    ("Photo: Jane Doe", "photo", "Jane Doe", "credit.label"),
    ("Source: Bureau of Labor Statistics", "other", "Bureau of Labor Statistics", "credit.label"),
]
TABLES = GRAMMAR.credits
CASES = [case["text"] for case in tomllib.loads((FIXTURES / "fields" / "credits.toml").read_text(encoding="utf-8"))["case"]]
EVERY_WORD = sorted(TABLES.cues_of_short | TABLES.between_words | TABLES.label_words)
"""The words of a line that no look at words rejects: read with these, a line is read in every way."""

NAMES = st.sampled_from(
    ["Harbour News", "dpa", "afp", "the Associated Press", "Jane Miller", "Getty Images", "bbc.com", "共同通信", "quay"]
)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line that is written as credits are, perhaps with signs or words around it."""
    name = draw(NAMES) + draw(st.sampled_from(["", "", "/dpa", ", AFP and Reuters", " - Jane Miller", "; quay", "/共同通信"]))
    phrase = draw(st.sampled_from((*TABLES.phrases, *TABLES.unspaced)))
    written = (
        name,
        f"{draw(st.sampled_from(sorted(TABLES.labels)))}{draw(st.sampled_from([': ', '：', ' ']))}{name}",
        f"{phrase.before} {name} {phrase.after}",
        f"{draw(st.sampled_from(TABLES.helpers))} {name}",
        f"{name} {draw(st.sampled_from(TABLES.helped))}",
        draw(st.sampled_from(CASES)),
    )
    before = draw(st.sampled_from(["", "", "(", "© ", "• ", "This story "]))
    after = draw(st.sampled_from(["", "", ")", ".", " 2024"]))
    line = f"{before}{draw(st.sampled_from(written))}{after}"
    return draw(st.sampled_from([line, line.capitalize(), line.upper()]))


@given(lines())
def test_no_look_at_words_rejects_a_credit(line: str) -> None:
    reading, exact = read_credit(line, GRAMMAR), read_credit(line, GRAMMAR, words=EVERY_WORD)
    if len(line) <= SHORT or not TABLES.cues.isdisjoint(fold_words(line)):
        assert reading == exact
    elif exact is not None and reading is None:  # in a longer line, a common phrase or the name of an agency makes no credit
        assert not TABLES.phrases_by_word.keys().isdisjoint(fold_words(line))


@given(st.lists(lines()))
def test_a_page_is_read_as_its_lines_are(page: list[str]) -> None:
    one_by_one = {line: read_credit(line, GRAMMAR) for line in page}
    at_once = read_credits({line: fold_words(line) for line in page}, GRAMMAR)
    assert at_once == {line: reading for line, reading in one_by_one.items() if reading is not None}


@pytest.mark.parametrize(("line", "kind", "name", "rule"), CREDITS)
def test_credits(line: str, kind: str, name: str, rule: str) -> None:
    reading = read_credit(line, GRAMMAR)
    assert reading is not None
    assert (reading.kind, reading.name, reading.rule) == (kind, name, rule)


@pytest.mark.parametrize("line", ["", "The source: a broken pipe.", "The source of the river is dry.", "* AFP", "x" * 400])
def test_no_credits(line: str) -> None:
    assert read_credit(line, GRAMMAR) is None


def test_a_phrase_holds_a_slot() -> None:
    with pytest.raises(CatalogueError, match="names neither"):
        CreditPhrase.of("first appeared on")


def test_agencies_among_words() -> None:
    assert agency_in("Hafenbote/dpa", GRAMMAR) == "dpa"
    assert agency_in("© 2024 AFP. All rights reserved.", GRAMMAR) == "AFP"
    assert agency_in("Mehr lesen", GRAMMAR) is None


def test_the_style_of_an_agency() -> None:
    assert style_of("Reporting by Jane Miller; Editing by Tom Brown", GRAMMAR) == "Reuters"
    assert style_of("Jane Miller", GRAMMAR) is None
