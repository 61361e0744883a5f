"""Features of units equal slow and obvious versions on pages of random units."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import log
from statistics import fmean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import LAST, MORE, PROSE, found_on
from strategies import raw_texts

from newsnorm.page.unit_features import (
    PLACE,
    PLACE_SIGNALS,
    SENTENCE,
    SIGNALS,
    TOPICAL,
    UNIT,
    UNIT_SIGNALS,
    Around,
    Signals,
    Windows,
    extract_features,
)
from newsnorm.page.units import GROUPS, Unit, UnitCues, scan_units
from newsnorm.records import Caption, Line

NEAR = 1e-9
FEW = settings(max_examples=30)

TEXTS = (
    PROSE, MORE, LAST, "It rained all day in the harbour of Malmö, and the ferries stayed.", "It rained.", "Related articles",
    "Mayor opens the harbour library", "Ana Silva", "3 May 2024", "“The quay cracked on Monday, and the office knew of it.”",
    "Subscribe to our newsletter, and we send you the harbour office's news.", "• Storm warning lifted", "Read more…",
)  # fmt: skip
TAKEN = ("", "", "", "title", "byline", "other", *GROUPS)


@cache
def line_of(text: str) -> Line:
    return found_on(text).page.lines[0]


@st.composite
def signals(draw: st.DrawFn) -> Signals:
    drawn = draw(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(TAKEN)), max_size=14))
    return Signals(UnitCues(found_on(PROSE), [Unit((line_of(text),), text, taken) for text, taken in drawn]))


# slow versions


def words_of(s: Signals, at: int) -> set[str]:
    return {word for word in s.cues.words[at] if len(word) >= TOPICAL}


def is_some(s: Signals, at: int) -> bool:
    return s.cues.sizes[at] >= 6 and not s.units[at].taken


def is_prose(s: Signals, at: int) -> bool:
    return s.cues.sizes[at] >= SENTENCE and s.cues.closed[at] and not s.units[at].taken


def slow_around(s: Signals, around: Around) -> list[float]:
    values, counts = s[around.signal].tolist(), s[around.of or "bias"].tolist()
    reach = ([i for i in range(at + around.first, at + around.last + 1) if 0 <= i < s.count] for at in range(s.count))
    windows = ([values[i] for i in near if counts[i]] for near in reach)
    return [fmean(window) if window else 0.0 for window in windows]


def slow_mass(s: Signals) -> list[float]:
    """For each unit between two units of prose at most three apart, or such a unit itself: the words of the whole run."""
    runs: list[list[int]] = []
    for at in range(s.count):
        if is_prose(s, at):
            if runs and at - runs[-1][-1] <= 3:
                runs[-1].append(at)
            else:
                runs.append([at])
    mass = [0.0] * s.count
    for run in runs:
        inside = range(run[0], run[-1] + 1)
        for at in inside:
            mass[at] = sum(s.cues.sizes[other] for other in inside)
    return mass


def slow_told(s: Signals) -> list[float]:
    mass = slow_mass(s)
    big = [at for at in range(s.count) if mass[at] > 0.6 * (max(mass) + 1e-6) and not s.units[at].taken]
    told = []
    for at in range(s.count):
        words = words_of(s, at)
        others = {word for other in big if other != at for word in words_of(s, other)}
        told.append(len(words & others) / len(words) if words and is_some(s, at) else 0.0)
    return told


def slow_shared(s: Signals) -> list[float]:
    shared = []
    for at in range(s.count):
        words = words_of(s, at)
        others = {word for other in range(s.count) if other != at for word in words_of(s, other)}
        shared.append(len(words & others) / len(words) if words and is_some(s, at) else 0.0)
    return shared


def slow_usual(s: Signals) -> list[float]:
    usual = median([s.cues.sizes[at] for at in range(s.count) if is_prose(s, at)] or [20.0])
    return [max(-2.0, min(2.0, log((size + 1) / (usual + 1)))) for size in s.cues.sizes]


def slow_before(s: Signals) -> list[float]:
    prose = s["prose"].tolist()
    return [sum(prose[:at]) / (sum(prose) + 1e-6) for at in range(s.count)]


SLOW: dict[str, Callable[[Signals], list[float]]] = {
    "mass": slow_mass,
    "told": slow_told,
    "shared": slow_shared,
    "usual": slow_usual,
    "before": slow_before,
}


@pytest.mark.parametrize("name", SLOW)
@FEW
@given(s=signals())
def test_a_signal_equals_its_slow_version(name: str, s: Signals) -> None:
    assert s[name].tolist() == pytest.approx(SLOW[name](s), abs=NEAR)


@FEW
@given(signals())
def test_windows_are_means_over_the_neighbours_that_exist(s: Signals) -> None:
    for table in (UNIT, PLACE):
        around = {name: feature for name, feature in table.items() if isinstance(feature, Around)}
        rows = s.rows(tuple(around), table)
        for row, feature in zip(rows.values.tolist(), around.values(), strict=True):
            assert row == pytest.approx(slow_around(s, feature), abs=NEAR)


@FEW
@given(signals(), st.integers(-6, 6), st.integers(0, 6))
def test_a_share_counts_the_marked_neighbours_alone(s: Signals, first: int, width: int) -> None:
    told, some = s["told"].tolist(), s["some"].tolist()
    expected = []
    for at in range(s.count):
        marked = [told[i] for i in range(at + first, at + first + width + 1) if 0 <= i < s.count and some[i]]
        expected.append(fmean(marked) if marked else 0.0)
    assert s.means(Windows.of([Around("told", first, first + width, of="some")]))[0].tolist() == pytest.approx(expected, abs=1e-6)


@FEW
@given(signals())
def test_the_unit_above_the_first_says_nothing(s: Signals) -> None:
    assert s.above("size").tolist() == ([0.0, *s["size"].tolist()[:-1]] if s.count else [])


@FEW
@given(signals())
def test_rows_do_not_depend_on_what_else_is_asked(s: Signals) -> None:
    names = (*UNIT_SIGNALS, *UNIT)
    together = s.rows(names, UNIT)
    for row, name in zip(together.values, names, strict=True):
        assert (Signals(s.cues).rows((name,), UNIT).values[0] == row).all(), name


# one page each

HOLDS = {
    "opens": "“It rained.”",
    "quote": "She said “rain” twice.",
    "bullet": "• Storm warning lifted",
    "colon": "Read more:",
    "bracket": "(Example News)",
    "name": "Ana Silva",
    "rights": "© Example News",
    "asking": "Will it rain?",
    "ellipsis": "The quay was closed...",
    "capitals": "QUAY CLOSED",
    "lower": "and it rained",
    "address": "Write to quay@example.com",
    "dated": "At 14:05 on Monday",
    "closed": "It rained.",
}
PLAIN = "The old quay of this town"


@pytest.mark.parametrize(("name", "text"), HOLDS.items())
def test_a_flag_holds_for_one_text_and_not_for_a_plain_one(name: str, text: str) -> None:
    assert Signals(scan_units(found_on(text, "", PLAIN)))[name].tolist() == [1.0, 0.0]


def test_what_took_a_unit_is_a_signal() -> None:
    s = Signals(UnitCues(found_on(PROSE), [Unit((line_of(PROSE),), PROSE, taken) for taken in ("title", "related", "")]))
    assert s["taken_title"].tolist() == [1.0, 0.0, 0.0]
    assert s["taken_related"].tolist() == s["removed"].tolist() == [0.0, 1.0, 0.0]
    assert s["free"].tolist() == [0.0, 0.0, 1.0]


def test_an_unknown_signal_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such"):
        Signals(scan_units(found_on(PROSE)))["no_such"]


def test_features_of_an_empty_page_have_no_columns() -> None:
    features = extract_features(scan_units(found_on("")))
    assert features.of_units((*UNIT_SIGNALS, *UNIT)).values.shape == (len(UNIT_SIGNALS) + len(UNIT), 0)
    assert features.of_places((*PLACE_SIGNALS, *PLACE)).values.shape == (len(PLACE_SIGNALS) + len(PLACE), 0)


@FEW
@given(raw_texts())
def test_features_are_finite_numbers_on_any_page(text: str) -> None:
    features = extract_features(scan_units(found_on(text)))
    assert np.isfinite(features.of_units((*SIGNALS, *UNIT)).values).all()
    assert np.isfinite(features.of_places((*PLACE_SIGNALS, *PLACE)).values).all()


def test_pictures_end_no_run_of_prose() -> None:
    captions = "\n".join(f"The harbour in the spring of {year}" for year in range(2016, 2021))
    found = found_on(f"{PROSE}\n{MORE}\n{captions}\n{LAST}")
    for line in found.page.lines[2:7]:
        span = line.raw_span(0, len(line.text))
        found.add(Caption(line=line.number, span=span, text=line.text, rule="test", caption=line.text, credit="", agency=None))
    s = Signals(scan_units(found))
    assert s["mass"][-1] < s["mass"][0]
    assert s["run"][-1] == s["run"][0] == pytest.approx(1)
