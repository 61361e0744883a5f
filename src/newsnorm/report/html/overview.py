"""Define the charts of the overview and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import quote

from newsnorm.report.html.charts import Chart, bars, columns, over_time, ranked
from newsnorm.report.html.figures import FIELDS, NO_MONTH, Figures

SIZES = (2, 3, 4, 5, 10, 20, 50)
"""Smallest cluster size that each bar counts, in articles."""


def charts(figures: Figures, clusters: Mapping[int, int], errors: Mapping[str, int]) -> Iterator[str]:
    """
    Draw the charts.

    Args:
        figures: the counts of the corpus.
        clusters: number of articles → number of clusters of that size.
        errors: code → number of records that gave no article.

    """
    total = figures.articles
    fields = [(name, figures.fields[name]) for name in FIELDS if figures.fields[name]]
    undated = figures.months[NO_MONTH]
    when = f"Months ({undated:,} without a date)" if undated else "Months"
    rules: Counter[str] = Counter()
    for counts in figures.removals.values():
        rules.update(counts)
    yield bars(
        Chart(
            id="languages",
            title="Languages",
            counts=ranked(figures.languages),
            unit="article",
            link=_filter("language"),
            total=total,
        )
    )
    yield bars(Chart(id="sites", title="Sites", counts=ranked(figures.sites), unit="article", link=_filter("site")))
    yield columns(Chart(id="months", title=when, counts=over_time(figures.months), unit="article", link=_filter("month")))
    yield bars(
        Chart(id="kinds", title="Kinds of text", counts=ranked(figures.kinds), unit="article", link=_filter("kind"), total=total)
    )
    yield bars(Chart(id="fields", title="Fields found", counts=fields, unit="article", total=total))
    yield bars(Chart(id="families", title="Removals by family", counts=ranked(figures.reasons), unit="line"))
    yield bars(Chart(id="rules", title="Removals by rule", counts=ranked(rules), unit="line", link=_rule))
    yield bars(Chart(id="notes", title="Doubts and guesses", counts=ranked(figures.notes), unit="article", link=_filter("note")))
    yield bars(
        Chart(id="clusters", title="Sizes of clusters", counts=_by_size(clusters), unit="cluster", link=lambda _: "#clusters")
    )
    yield bars(Chart(id="errors", title="Errors", counts=ranked(errors), unit="record", link=lambda _: "#errors"))


def _filter(name: str) -> Callable[[str], str]:
    return partial(_filtered, name)


def _filtered(name: str, value: str) -> str:
    return f"#articles&{name}={quote(value, safe='')}"


def _rule(id: str) -> str:
    return f"#rule={quote(id, safe='')}"


def _by_size(clusters: Mapping[int, int]) -> list[tuple[str, int]]:
    """
    Group cluster sizes into bars.

    >>> _by_size({2: 7, 6: 1, 8: 2, 60: 1})
    [('2 articles', 7), ('5 to 9 articles', 3), ('50 articles and more', 1)]
    """
    found = []
    for first, following in zip(SIZES, (*SIZES[1:], None), strict=True):
        count = sum(number for size, number in clusters.items() if first <= size and (following is None or size < following))
        last = "" if following is None or following == first + 1 else f" to {following - 1}"
        found.append((f"{first}{last} articles{' and more' if following is None else ''}", count))
    return [each for each in found if each[1]]
