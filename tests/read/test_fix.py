"""Characters: text that is right stays, text that is broken is repaired, and every character has an origin."""

from __future__ import annotations

import tomllib

import attrs
import ftfy
import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import Parser
from newsnorm.read.fix import BLANK, Causes, LineRepairs, fix, plain_spaces, repair, suspicious

TABLE = tomllib.loads((FIXTURES / "correct-text.toml").read_text(encoding="utf-8"))
PARSER = Parser()


@pytest.mark.parametrize("row", TABLE["line"], ids=lambda row: f"{row['language']}-{row['text'][:24]}")
def test_correct_text_is_never_changed(row: dict[str, str]) -> None:
    assert fix(row["text"], 0).text == plain_spaces(row["text"]).strip()


@pytest.mark.parametrize("row", TABLE["broken"], ids=lambda row: row["before"][:24])
def test_broken_text_is_repaired(row: dict[str, str]) -> None:
    assert fix(row["before"], 0).text == plain_spaces(row["after"])


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row, marks=[pytest.mark.xfail(reason=row["known_failure"])] if "known_failure" in row else [], id=row["text"][:24]
        )
        for row in TABLE["ftfy_trap"]
    ],
)
def test_what_misleads_ftfy_does_not_mislead_us(row: dict[str, str]) -> None:
    assert fix(row["text"], 0).text == row["text"]


def test_the_correct_lines_are_in_many_languages() -> None:
    assert len({row["language"] for row in TABLE["line"]}) >= 25


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” ‘quotes’ – dashes — and … stay",
        "ﬁne ligatures and ｆｕｌｌ width stay",
        "e\u0301 decomposed stays",
        "می‌خواهم with a joiner",
        "👩‍👩‍👧 family",
        "AT&T and R&D and &nosuch; stay",
        "use &lt;b&gt; in <b>markup</b>",
        "5 > 3 & 2 < 4",
        "קוראים \u200fעברית\u200e english",
    ],
)
def test_what_is_not_broken_stays(text: str) -> None:
    assert fix(text, 0).text == text


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ("soft\u00adhyphen", "softhyphen", "invisible"),
        ("zero\u200bwidth", "zerowidth", "invisible"),
        ("left\u202eright", "leftright", "invisible"),
        ("by\u200e name", "by name", "invisible"),
        ("a\x00b\x07c", "abc", "control"),
        ("By \x1b[31mMaria\x1b[0m L", "By Maria L", "control"),
        ("R&amp;D", "R&D", "entity"),
        ("don&#8217;t", "don’t", "entity"),
        ("\ud83d\ude00 ok", "😀 ok", "surrogate"),
        ("a\udc9db", "a\ufffdb", "surrogate"),
        ("MalmÃ¶", "Malmö", "decode utf-8"),
        ("Ã\x85land", "Åland", "decode utf-8"),
    ],
)
def test_a_repair_names_its_step(before: str, after: str, step: str) -> None:
    fixed = fix(before, 0)
    assert fixed.text == after
    assert any(step in one.steps for one in fixed.fixes)


def test_entities_are_read_twice_and_no_more() -> None:
    assert repair("&amp;amp;amp;lt;").text == "&amp;lt;"


def test_zero_width_spaces_part_words_in_thai() -> None:
    assert fix("ท่า\u200bเรือ", 0).text == "ท่า\u200bเรือ"


def test_a_fix_points_at_the_raw_word() -> None:
    raw = "In  Malm\u00c3\u00b6\u00a0and Z\u00c3\u00bcrich, today"
    page = PARSER.page(raw)
    (line,) = page.lines
    assert line.text == "In  Malmö and Zürich, today"
    assert [(one.span.of(raw), one.after) for one in line.fixes] == [("MalmÃ¶", "Malmö"), ("ZÃ¼rich,", "Zürich,")]
    start = line.text.index("today")
    assert line.raw_span(start, start + 5).of(raw) == "today"
    start = line.text.index("Zürich")
    assert line.raw_span(start, start + 6).of(raw) == "ZÃ¼rich,"


def test_two_words_that_become_one_keep_their_place() -> None:
    raw = "Il est d\u00c3\u00a9j\u00c3 l\u00c3\u00a0 maintenant, dit-elle"
    page = PARSER.page(raw)
    (line,) = page.lines
    start = line.text.index("dit-elle")
    assert line.raw_span(start, start + 8).of(raw) == "dit-elle"


WORDS = [
    "Malmö",
    "Ångström",
    "naïve",
    "“quoted”",
    "l’été",
    "–",
    "…",
    "Łódź",
    "Żółć",
    "ğüşıöç",
    "Привет",
    "мир",
    "Ελλάδα",
    "שלום",
    "مرحبا",
    "日本語",
    "한국어",
    "¿Qué?",
    "10",
    "£",
    "5",
    "€",
    "½",
    "œuvre",
]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.sampled_from(["latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1257", "iso-8859-2", "mac-roman", "cp437"]),
)
def test_whatever_ftfy_would_repair_is_suspicious(words: list[str], encoding: str) -> None:
    """Holds our cheap test and ftfy's own together: what ftfy changes, we must have shown to it."""
    text = " ".join(words)
    try:
        broken = text.encode().decode(encoding)
    except UnicodeDecodeError:
        return
    config = ftfy.TextFixerConfig(unescape_html=False, normalization=None)
    for candidate in (text, broken):
        if ftfy.fix_encoding(candidate, config) != candidate:
            assert suspicious(candidate)


@given(st.text(max_size=60))
def test_what_comes_out_can_be_written_and_shown(raw: str) -> None:
    fixed = fix(raw, 0)
    fixed.text.encode()
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in fixed.text)
    for one in fixed.fixes:
        (one.before + one.after).encode()
    assert attrs.evolve(fixed) == fixed


@given(st.text("aé ÃÂ¶œ\x85\x93&amp;\xad\n", max_size=40))
def test_causes_are_found_in_whatever_steps_a_text_is_walked(text: str) -> None:
    causes = Causes(text)
    places = [causes.next(start) for start in range(len(text) + 1)]
    assert all(place >= start for start, place in enumerate(places))
    assert places == sorted(places)
    assert (places[0] < len(text)) == suspicious(text)


@given(st.text(st.sampled_from("aé ÃÂ¶\x80\x85\xad\u200b"), max_size=30), st.integers(0, 50))
def test_a_line_that_repeats_is_repaired_as_if_it_stood_there_first(raw: str, offset: int) -> None:
    repairs = LineRepairs()
    repairs.fix(raw, 7)
    assert repairs.fix(raw, offset) == fix(raw, offset)


@given(st.text(max_size=60))
def test_blank_covers_all_white_space_and_plain_spaces_keep_the_length(text: str) -> None:
    assert text.strip(BLANK) == text.strip().strip(BLANK)
    assert len(plain_spaces(text)) == len(text)
    assert not any(letter.isspace() and letter != " " for letter in plain_spaces(text))


def test_controls_are_read_as_ftfy_reads_them() -> None:
    config = ftfy.TextFixerConfig(unescape_html=False, normalization=None)
    for text in ("5 \x80, \x93so\x94 Ł", "\x81\x8d Ł", "Å\x81Ã³d \x80 Привет", "Ã\x85land \x96 Łódź", "\x85 日本語 \xc2\x85"):
        explained = ftfy.fix_encoding_and_explain(text, config)
        steps = dict.fromkeys(f"{step.action} {step.parameter}" for step in explained.explanation or ())
        change = repair(text)
        assert change.text == "".join(letter for letter in explained.text if not 0x7F <= ord(letter) < 0xA0)
        assert [step for step in change.steps if " " in step] == (list(steps) if explained.text != text else [])
