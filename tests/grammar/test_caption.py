"""Captions: what closes one, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import newsnorm
from newsnorm.grammar import Grammar
from newsnorm.grammar.caption import read_caption
from newsnorm.text.folding import fold_words

GRAMMAR = Grammar.default()

CAPTIONS = [
    ("The lift is stuck on Monday. (AP Photo/Jane Miller, File)", "AP Photo/Jane Miller, File", "AP"),
    ("The lift is stuck on Monday (Picture: Jane Miller/The Courier)", "Jane Miller/The Courier", None),
    ("The lift is stuck on Monday. (Jane Miller/Reuters)", "Jane Miller/Reuters", "Reuters"),
    ("The lift is stuck on Monday. Photo by Jane Miller", "Jane Miller", None),
    ("The lift is stuck on Monday. REUTERS/Jane Miller", "REUTERS/Jane Miller", "Reuters"),
    ("The lift is stuck on Monday. © Jane Miller/AFP", "Jane Miller/AFP", "AFP"),
    ("Image copyright Getty Images Image caption The lift is stuck", "Getty Images", None),
    ("Der Aufzug steht am Montag still. Foto: Anna Weber/dpa", "Anna Weber/dpa", "dpa"),
    ("Der Aufzug steht am Montag still. (Symbolbild)", "Symbolbild", None),
    ("Winda stoi od poniedziałku. Fot. Anna Nowak", "Anna Nowak", None),
    ("故障したエレベーター（写真：共同通信）", "共同通信", "Kyodo"),
    ("工人在更换雾灯。新华社记者 林小燕 摄", "新华社记者 林小燕", None),
]


@pytest.mark.parametrize(("line", "credit", "agency"), CAPTIONS)
def test_a_description_closed_by_a_credit_is_a_caption(line: str, credit: str, agency: str | None) -> None:
    reading = read_caption(line, GRAMMAR)
    assert reading is not None
    assert (reading.credit, reading.agency) == (credit, agency)
    assert reading.caption in line
    assert reading.credit not in reading.caption


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Photo: Jane Miller",
        "Text: Jane Miller. Foto: Tom Roe",
        "By Ana Ng - Photo: Tom Roe",
        "The lift is stuck, the town said (on Monday).",
        "The lift is stuck, the town told Reuters.",
        "Left to right: Elsie Tamworth, her sister Maud and their niece Pearl in front of the tea hut.",
        "She photographed the lift by moonlight (Bild Mitte)",
        "The lift is stuck. Its rules: nobody may use it before the summer.",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert read_caption(line, GRAMMAR) is None


@pytest.mark.parametrize(
    "text", ["It rained. (Photo:)", "(Credit:)", "Fog over Ulm (Foto: )", "A line to fill: (  )", "x ( \u200b ) (\xa0\u3000)"]
)
def test_empty_brackets_credit_nobody(text: str) -> None:
    assert newsnorm.parse(text).captions == ()


@pytest.mark.parametrize("style", [str.lower, str.upper, str.title])
@pytest.mark.parametrize("sign", [": ", " : ", "=", ". ", " by ", " door "])
def test_no_label_is_missed_for_lack_of_its_word(sign: str, style: Callable[[str], str]) -> None:
    tables = GRAMMAR.credits
    lines = [f"The lift is stuck. {style(label)}{sign}Jane Miller" for label in tables.caption_labels]
    missed = [line for line in lines if tables.caption_label.search(line) and tables.caption_words.isdisjoint(fold_words(line))]
    assert not missed
