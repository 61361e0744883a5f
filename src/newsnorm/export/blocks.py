"""Gather the paragraphs of a report into blocks: whole lists, tables, quotes and code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

import attrs

from newsnorm.records import ParagraphKind
from newsnorm.records.paragraph import ParagraphName

Rows: TypeAlias = Sequence[tuple[str, ParagraphKind]]
"""The paragraphs of one block, and their kinds."""


@attrs.frozen
class Block:
    """Paragraphs of one kind that belong together."""

    name: ParagraphName
    rows: Rows


def blocks(paragraphs: Sequence[str], kinds: Sequence[ParagraphKind]) -> Iterator[Block]:
    """
    Yield the blocks of a report.

    >>> item = ParagraphKind("list-item", level=1)
    >>> [(block.name, len(block.rows)) for block in blocks(["Rain.", "One", "Two"], [ParagraphKind(), item, item])]
    [('paragraph', 1), ('list-item', 2)]

    """
    rows = list(zip(paragraphs, kinds, strict=True))
    start = 0
    while start < len(rows):
        name = rows[start][1].name
        end = start + 1
        while end < len(rows) and rows[end][1].name == name and _belongs(rows[end][1]):
            end += 1
        yield Block(name, rows[start:end])
        start = end


def _belongs(kind: ParagraphKind) -> bool:
    """Return whether a paragraph belongs to the block of one of the same kind above it."""
    return kind.continues or kind.name in ("list-item", "table-row")


def items(rows: Rows) -> Iterator[Rows]:
    """
    Yield the items of a list, each with the paragraphs that continue it.

    >>> one, more = ParagraphKind("list-item", level=1), ParagraphKind("list-item", level=1, continues=True)
    >>> [len(item) for item in items([("One", one), ("more", more), ("Two", one)])]
    [2, 1]
    """
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or not rows[end][1].continues:
            yield rows[start:end]
            start = end


def lists(rows: Rows) -> Iterator[tuple[bool, list[Rows]]]:
    """
    Yield the lists of a block, each with whether its items are numbered; another one begins where numbers begin or end.

    >>> one, two = ParagraphKind("list-item", level=1), ParagraphKind("list-item", level=1, ordered=True)
    >>> [(ordered, len(group)) for ordered, group in lists([("One", one), ("Two", one), ("1.", two)])]
    [(False, 2), (True, 1)]
    """
    for ordered, group in groupby(items(rows), key=lambda item: item[0][1].ordered):
        yield ordered, list(group)


def cells(rows: Rows) -> list[list[str]]:
    """
    Return the cells of a table, row by row.

    >>> row = ParagraphKind("table-row")
    >>> cells([("Quay\\tDay", row), ("North\\tMonday", row)])
    [['Quay', 'Day'], ['North', 'Monday']]
    """
    return [[cell.strip() for text, _ in row for cell in text.split("\t")] for row in items(rows)]
