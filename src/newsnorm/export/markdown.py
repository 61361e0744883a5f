"""Write an article as Markdown: its headings, lists, tables, quotes and code marked as such."""

from __future__ import annotations

from newsnorm.export.blocks import Rows, blocks, cells
from newsnorm.records import Article
from newsnorm.text.lazy_regex import lazy_regex

_SPECIAL = lazy_regex(r"[\\`*_\[\]<]")
_OPENING = lazy_regex(r"(?:[#>+=~-]|\d{1,9}(?=[.)]))")
_FENCE = lazy_regex(r"`{3,}")


def to_markdown(article: Article, *, title: bool = True) -> str:
    """
    Return the report as Markdown (CommonMark, with the tables of GitHub); characters with a meaning there are escaped.

    Args:
        article: the article.
        title: whether the title stands above it, as a heading of level 1.

    >>> import newsnorm
    >>> page = "<h1>Quay to close</h1><p>It closes on Monday.</p><h2>Ferries</h2><p>They move to the fish dock.</p>"
    >>> print(to_markdown(newsnorm.parse(page, media_type="text/html"), title=False))
    It closes on Monday.
    <BLANKLINE>
    ## Ferries
    <BLANKLINE>
    They move to the fish dock.

    """
    parts = [f"# {_escaped(article.title)}"] if title and article.title else []
    parts += (_WRITERS[block.name](block.rows) for block in blocks(article.paragraphs, article.paragraph_kinds))
    return "\n\n".join(parts)


def _paragraph(rows: Rows) -> str:
    return _escaped(rows[0][0])


def _heading(rows: Rows) -> str:
    return f"{'#' * max(1, rows[0][1].level)} {' '.join(_escaped(text) for text, _ in rows)}"


def _list(rows: Rows) -> str:
    lines: list[str] = []
    numbers: dict[int, int] = {}
    for text, kind in rows:
        indent = "    " * (max(1, kind.level) - 1)
        if kind.continues:
            lines += ["", f"{indent}    {_escaped(text)}"]
            continue
        numbers = {level: number for level, number in numbers.items() if level <= kind.level}
        numbers[kind.level] = numbers.get(kind.level, 0) + 1
        lines.append(f"{indent}{f'{numbers[kind.level]}.' if kind.ordered else '-'} {_escaped(text)}")
    return "\n".join(lines)


def _table(rows: Rows) -> str:
    table = [[_escaped(cell).replace("|", r"\|") for cell in row] for row in cells(rows)]
    width = max(map(len, table))
    lines = [f"| {' | '.join([*row, *([''] * (width - len(row)))])} |" for row in table]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _quote(rows: Rows) -> str:
    return "\n>\n".join(f"{'>' * max(1, kind.level)} {_escaped(text)}" for text, kind in rows)


def _code(rows: Rows) -> str:
    text = "\n".join(text for text, _ in rows)
    fence = "`" * max(3, *(len(match) + 1 for match in _FENCE.findall(text)), 0)
    return f"{fence}\n{text}\n{fence}"


_WRITERS = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list-item": _list,
    "table-row": _table,
    "quote": _quote,
    "code": _code,
}


def _escaped(text: str) -> str:
    """Escape the characters of a text that mean something in Markdown."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    match = _OPENING.match(text)
    if match is None:
        return text
    return f"{match.group()}\\{text[match.end() :]}" if match.group()[0].isdigit() else f"\\{text}"
