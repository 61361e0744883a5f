"""Draw counts as SVG charts, each with an equivalent sentence and table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import attrs

from newsnorm.text.counting import many

MAX_BARS = 12
"""Most bars in a chart; the rest is summed up below them."""
MAX_ROWS = 500
"""Most rows in the table below a chart."""
MAX_COLUMNS = 60
"""Most columns in a chart over time; longer periods are drawn by year."""
WIDTH, ROW, LABEL, COUNT = 360, 22, 132, 58
"""Width of a chart, height of a bar with its gap, width of labels and of counts, in units of the drawing."""
HEIGHT, FOOT = 120, 18
"""Height of columns, and of the labels below them."""
MAX_LABEL, MAX_LONG_LABEL = 17, 52
"""The longest label before a bar, and above one, in code points."""

Link = Callable[[str], str]
"""Returns the address of the articles behind a bar."""


@attrs.frozen(kw_only=True)
class Chart:
    """A chart of counts."""

    id: str
    title: str
    counts: Sequence[tuple[str, int]]
    """Label → count, in drawing order."""
    unit: str
    """What is counted, in the singular."""
    link: Link | None = None
    """Returns the link of a bar; None for bars without links."""
    total: int | None = None
    """The count that is 100 %; None draws bars without shares."""


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """
    Sort counts, largest first, and drop zeros.

    >>> ranked({"de": 1, "en": 5, "fr": 5, "nl": 0})
    [('en', 5), ('fr', 5), ('de', 1)]
    """
    return sorted(((key, count) for key, count in counts.items() if count), key=lambda item: (-item[1], item[0]))


def bars(chart: Chart) -> str:
    """Draw horizontal bars; counts beyond `MAX_BARS` are summed up below them."""
    most_bars = MAX_BARS if len(chart.counts) > MAX_BARS + 1 else MAX_BARS + 1  # "1 other" would take as much room as the bar
    shown, rest = chart.counts[:most_bars], chart.counts[most_bars:]
    most = max((count for _, count in shown), default=1)
    is_long = any(len(label) > MAX_LABEL for label, _ in shown)
    height, left = (ROW * 3 // 2, 0) if is_long else (ROW, LABEL)
    parts = [
        _link(_bar(chart, label, count / most, count, number * height, left), chart.link(label) if chart.link else "", label)
        for number, (label, count) in enumerate(shown)
    ]
    end = len(shown) * height
    if rest:
        others = f"{len(rest):,} others: {sum(count for _, count in rest):,}"
        parts.append(f'<text class="rest" x="{left}" y="{end + 15}">{others}</text>')
        end += ROW
    return _figure(chart, "".join(parts), end)


def _bar(chart: Chart, label: str, share: float, count: int, y: int, left: int) -> str:
    """Draw a bar with its count behind it, and its label before it, or above it if `left` is 0."""
    width = max(1.5, (WIDTH - left - COUNT) * share)
    top = y + (4 if left else ROW - 5)
    name = f'x="{left - 8}" y="{y + 15}" text-anchor="end"' if left else f'x="0" y="{y + 13}"'
    return (
        f'<text class="label" {name}>{escape(_cut(label, MAX_LABEL if left else MAX_LONG_LABEL))}</text>'
        f'<rect class="bar" x="{left}" y="{top}" width="{width:.1f}" height="{ROW - 8 if left else ROW - 12}" rx="2"/>'
        f'<text class="count" x="{left + width + 6:.1f}" y="{top + (11 if left else 9)}">{_count(count, chart.total)}</text>'
    )


def columns(chart: Chart) -> str:
    """Draw vertical columns, one beside the other."""
    most = max((count for _, count in chart.counts), default=1)
    step = WIDTH / max(1, len(chart.counts))
    every = -(-len(chart.counts) // 6)
    parts = []
    for number, (label, count) in enumerate(chart.counts):
        height = HEIGHT * count / most
        x = number * step
        wide = step * 0.8
        column = (
            f'<rect class="hit" x="{x:.1f}" y="0" width="{step:.1f}" height="{HEIGHT}"/>'
            f'<rect class="bar" x="{x + wide / 8:.1f}" y="{HEIGHT - height:.1f}" width="{wide:.1f}" height="{height:.1f}"/>'
        )
        parts.append(_link(column, chart.link(label) if chart.link and count else "", f"{label}: {count:,}"))
        if number % every == 0:
            parts.append(f'<text class="tick" x="{x:.1f}" y="{HEIGHT + 14}">{escape(label)}</text>')
    parts.append(f'<line class="axis" x1="0" x2="{WIDTH}" y1="{HEIGHT + 0.5}" y2="{HEIGHT + 0.5}"/>')
    return _figure(chart, "".join(parts), HEIGHT + FOOT)


def over_time(months: Mapping[str, int]) -> list[tuple[str, int]]:
    """
    Return a count per month from the first to the last, or per year if there are too many months.

    >>> over_time({"2024-11": 2, "2025-01": 1, "unknown": 7})
    [('2024-11', 2), ('2024-12', 0), ('2025-01', 1)]
    """
    dated = {month: count for month, count in months.items() if month[:4].isdecimal()}
    if not dated:
        return []
    numbers = [_month_number(month) for month in dated if len(month) > len("2024")]
    if not numbers or len(numbers) < len(dated) or max(numbers) - min(numbers) >= MAX_COLUMNS:
        years: dict[str, int] = {}
        for month, count in dated.items():
            years[month[:4]] = years.get(month[:4], 0) + count
        first, last = int(min(years)), int(max(years))
        if last - first >= MAX_COLUMNS:
            return sorted(years.items())[-MAX_COLUMNS:]
        return [(str(year), years.get(str(year), 0)) for year in range(first, last + 1)]
    names = (f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(min(numbers), max(numbers) + 1))
    return [(name, dated.get(name, 0)) for name in names]


def _month_number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _figure(chart: Chart, drawing: str, height: float) -> str:
    """Combine a drawing with its title, a sentence that sums it up, and its table."""
    name = f"chart-{chart.id}"
    if not chart.counts:
        return f'<figure class="chart" id="{name}"><figcaption><h3>{escape(chart.title)}</h3><p>none</p></figcaption></figure>'
    sentence = _sentence(chart)
    return (
        f'<figure class="chart" id="{name}"><figcaption><h3 id="{name}-title">{escape(chart.title)}</h3>'
        f'<p id="{name}-says">{escape(sentence)}</p></figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-labelledby="{name}-title" aria-describedby="{name}-says">'
        f"{drawing}</svg>{_table(chart)}</figure>"
    )


def _sentence(chart: Chart) -> str:
    """Sum up a chart in words."""
    label, count = max(chart.counts, key=lambda item: item[1])
    most = f"{_cut(label, MAX_LONG_LABEL)}, {many(count, chart.unit)}"
    share = f" ({_percent(count, chart.total)})" if chart.total else ""
    return f"{len(chart.counts):,} different; the most: {most}{share}" if len(chart.counts) > 1 else f"only {most}{share}"


def _table(chart: Chart) -> str:
    """Write the counts as a collapsed table."""
    rows = []
    for label, count in chart.counts[:MAX_ROWS]:
        name = escape(label)
        if chart.link is not None:
            name = f'<a href="{escape(chart.link(label))}">{name}</a>'
        share = f"<td>{_percent(count, chart.total)}</td>" if chart.total else ""
        rows.append(f'<tr><th scope="row">{name}</th><td>{count:,}</td>{share}</tr>')
    if len(chart.counts) > MAX_ROWS:
        rows.append(f'<tr><th scope="row">and {len(chart.counts) - MAX_ROWS:,} more</th><td></td></tr>')
    share = '<th scope="col">share</th>' if chart.total else ""
    head = f'<tr><th scope="col">{escape(chart.title)}</th><th scope="col">{escape(chart.unit)}s</th>{share}</tr>'
    return f"<details><summary>Table</summary><table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table></details>"


def _link(drawing: str, target: str, label: str) -> str:
    """Make part of a drawing a link for the pointer; the table has the same links for the keyboard."""
    title = f"<title>{escape(label)}</title>"
    return f'<a href="{escape(target)}" tabindex="-1">{title}{drawing}</a>' if target else f"<g>{title}{drawing}</g>"


def _count(count: int, total: int | None) -> str:
    return _percent(count, total) if total else f"{count:,}"


def _percent(count: int, total: int | None) -> str:
    """
    Format a share in per cent; 0 % and 100 % are shown only if exact.

    >>> _percent(1, 1_000), _percent(1, 2), _percent(999, 1_000)
    ('< 1 %', '50 %', '> 99 %')
    """
    share = 100 * count / (total or 1)
    if 0 < share < 1:
        return "< 1 %"
    return "> 99 %" if 99 < share < 100 else f"{share:.0f} %"


def _cut(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"
