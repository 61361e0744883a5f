"""Describe in words how two texts are related and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsnorm.records import Difference, Relation
from newsnorm.report.explain import StyledLine

MAX_TEXT, HEAD, TAIL = 200, 150, 45
"""Code points. A stretch longer than `MAX_TEXT` is shown as its first `HEAD` and last `TAIL` ones."""


def difference_lines(relation: Relation | None, left: str, right: str, found: Sequence[Difference]) -> Iterator[StyledLine]:
    """
    Yield lines that describe a relation and the differences of its two texts.

    Args:
        relation: the relation; None if the texts are not related.
        left: the left text, to which left spans refer.
        right: the right text, to which right spans refer.
        found: their differences.

    """
    if relation is None:
        yield StyledLine("not related")
        return
    count = len(relation.passages)
    passages = "1 common passage covers" if count == 1 else f"{count:,} common passages cover"
    shares = f"{_percent(relation.left_cover)} of the left text and {_percent(relation.right_cover)} of the right text"
    yield StyledLine(f"{relation.kind}: {passages} {shares}")
    for each in found:
        yield StyledLine(f"{each.kind:<9} {each.left.start:>6}–{each.left.end:<6} {each.right.start:>6}–{each.right.end}")
        if each.left:
            yield StyledLine(f"  - {_one_line(each.left.of(left))}", "removal")
        if each.right:
            yield StyledLine(f"  + {_one_line(each.right.of(right))}", "body")


def _percent(share: float) -> str:
    return f"{int(100 * share)} %"


def _one_line(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if len(plain) <= MAX_TEXT else f"{plain[:HEAD]} … {plain[-TAIL:]}"
