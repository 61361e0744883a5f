"""Charts say in words and in a table what they draw, and hold no markup of strangers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.report.html.charts import MAX_COLUMNS, Chart, bars, columns, over_time, ranked

LABELS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(st.dictionaries(LABELS, st.integers(1, 10**9), max_size=20))
def test_a_chart_is_well_formed_whatever_its_labels(counts: dict[str, int]) -> None:
    chart = Chart(id="sites", title="Sites", counts=ranked(counts), unit="article", link=lambda label: f"#articles&site={label}")
    for draw in (bars, columns):
        figure = ElementTree.fromstring(draw(chart))
        rows = figure.findall("./details/table/tbody/tr")
        assert [(row.find("th/a").text, row.find("td").text) for row in rows] == [  # type: ignore[union-attr]
            (label, f"{count:,}") for label, count in ranked(counts)
        ]


def test_a_hostile_label_is_text() -> None:
    chart = Chart(
        id="sites", title="Sites", counts=[("<script>alert(1)</script>", 1)], unit="article", link=lambda _: '#"onclick="x'
    )
    drawn = bars(chart)
    assert "<script" not in drawn
    assert '"onclick' not in drawn


def test_a_chart_without_counts_says_so() -> None:
    assert "none" in bars(Chart(id="errors", title="Errors", counts=[], unit="record"))


def test_the_largest_bar_fills_the_room_and_bars_are_in_proportion() -> None:
    drawn = bars(Chart(id="kinds", title="Kinds", counts=[("a", 200), ("b", 100)], unit="article"))
    first, second = (float(width) for width in re.findall(r'class="bar"[^>]* width="([\d.]+)"', drawn))
    assert first == 2 * second


def test_months_without_articles_are_drawn_and_long_times_by_the_year() -> None:
    assert over_time({"2024-01": 1, "2024-04": 2}) == [("2024-01", 1), ("2024-02", 0), ("2024-03", 0), ("2024-04", 2)]
    assert over_time({"2004-01": 1, "2024-04": 2})[0] == ("2004", 1)
    assert len(over_time({"0001-01": 1, "2024-04": 2})) <= MAX_COLUMNS
    assert over_time({"unknown": 3}) == []
