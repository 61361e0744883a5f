"""Write an article as Markdown: its headings, lists, tables, quotes and code marked as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from newsnorm.records import Article, ParagraphKind
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
    blocks = [f"# {_escaped(article.title)}"] if title and article.title else []
    blocks += _blocks(article.paragraphs, article.paragraph_kinds)
    return "\n\n".join(blocks)


def _blocks(paragraphs: Sequence[str], kinds: Sequence[ParagraphKind]) -> Iterator[str]:
    """Yield the blocks that a blank line parts: paragraphs, headings, whole lists, tables, quotes and code."""
    rows = list(zip(paragraphs, kinds, strict=True))
    start = 0
    while start < len(rows):
        name = rows[start][1].name
        end = start + 1
        while end < len(rows) and rows[end][1].name == name and _belongs(rows[end][1]):
            end += 1
        yield _WRITERS[name](rows[start:end])
        start = end


Rows: TypeAlias = Sequence[tuple[str, ParagraphKind]]
"""The paragraphs of one block, and their kinds."""


def _belongs(kind: ParagraphKind) -> bool:
    """Return whether a paragraph belongs to the block of one of the same kind above it."""
    return kind.continues or kind.name in ("list-item", "table-row")


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
    cells: list[list[str]] = []
    for text, kind in rows:
        parts = [_escaped(part.strip()).replace("|", r"\|") for part in text.split("\t")]
        if kind.continues and cells:
            cells[-1] += parts
        else:
            cells.append(parts)
    width = max(map(len, cells))
    lines = [f"| {' | '.join([*row, *([''] * (width - len(row)))])} |" for row in cells]
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
