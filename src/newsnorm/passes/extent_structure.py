"""
Decide which units of a page stay because their table, list or section stays.

A forest judges each unit by itself, and table cells or short items are often unlike prose. Removing some of a table's cells would
make the rest unreadable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from newsnorm.page.units import Unit
from newsnorm.records.markup import Markup
from newsnorm.text.sentences import ends_sentence

Flags: TypeAlias = NDArray[np.bool_]

GROUPS = frozenset(("table", "ul", "ol", "dl"))
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))

CAPTIONED = frozenset(("blockquote", "pre", "table"))
"""Elements whose caption in the same figure stays with them; captions of pictures have been taken before."""

FEWEST, MOST_OF = 3, 0.5
"""Fewest lines of a table or a list, and smallest share of them that stays, for all of it to stay. Chosen, not measured."""

CELL = 80
"""Code points of the longest cell or item that is restored; a longer one was judged by its words. Chosen, not measured."""

SHORT_CELLS = 0.8
"""Smallest share of such cells in a table. Chosen, not measured."""

LINKED = 0.5
"""Smallest share of links in a unit that counts as a link."""

PARAGRAPH = 60
"""Fewest code points that make a line a paragraph if it ends like a sentence."""

FEWEST_ALIKE, MOST_ALIKE = 3, 0.6
"""Fewest paragraphs with the same parent, tag and class, and smallest share of their letters that stays, for all to stay."""

LEAST_LIKELY = 0.3
"""Smallest probability of a paragraph that stays with similar ones."""

SECTION = 80
"""Fewest code points of the paragraph below a heading that stays."""


def keep_structure(
    keep_mask: NDArray[np.bool_], free: NDArray[np.bool_], units: Sequence[Unit], markup: Markup
) -> NDArray[np.bool_]:
    """
    Return which units stay: all that stay by themselves, and others because of their table, list or section.

    Args:
        keep_mask: the units that stay by themselves. Shape (units,).
        free: the free units. Shape (units,).
        units: the units of the page.
        markup: the markup of the page.

    """
    mended = keep_mask.copy()
    groups: dict[int, list[int]] = {}
    around = markup.innermost(markup.tagged(GROUPS))
    for index in free.nonzero()[0].tolist():
        mark = markup.lines[units[index].lines[0].number]
        if mark is not None and (group := around[mark.element]):
            groups.setdefault(group, []).append(index)
    for group, members in groups.items():
        if _stays_whole(members, keep_mask, units, is_table=markup.elements[group].tag == "table"):
            mended[[index for index in members if _is_short(units[index]) and not _is_link(markup, units[index])]] = True
    captioned = _captioned(keep_mask, units, markup)
    for index in (free & ~keep_mask).nonzero()[0].tolist():
        if _opens_section(index, keep_mask, units, markup) or _figcaption_around(index, units, markup) in captioned:
            mended[index] = True
    return mended


def _captioned(keep_mask: Flags, units: Sequence[Unit], markup: Markup) -> frozenset[int]:
    """Return each `figcaption` of a figure that holds a table, a quotation or code that stays."""
    held = markup.tagged({"figcaption"}) if "figure" in markup.by_tag else ()
    if not held:
        return frozenset()
    figure, whole = markup.innermost(markup.tagged({"figure"})), markup.innermost(markup.tagged(CAPTIONED))
    marks = (markup.of_line(units[index].lines[0].number) for index in keep_mask.nonzero()[0].tolist())
    stay = {figure[whole[mark.element]] for mark in marks if mark is not None} - {0}
    return frozenset(index for index in held if figure[index] in stay)


def _figcaption_around(index: int, units: Sequence[Unit], markup: Markup) -> int:
    """Return the innermost `figcaption` around a unit; 0 if there is none."""
    path = markup.around(units[index].lines[0].number)
    return next((element for element in path if markup.elements[element].tag == "figcaption"), 0)


def keep_alike(keep_mask: Flags, may_stay: Flags, units: Sequence[Unit], markup: Markup) -> Flags:
    """
    Return which units stay: all that stay by themselves, and paragraphs beside them with equal markup.

    Args:
        keep_mask: the units that stay by themselves. Shape (units,).
        may_stay: the units that may be restored. Shape (units,).
        units: the units of the page.
        markup: the markup of the page.

    """
    mended = keep_mask.copy()
    alike: dict[tuple[int, str, str], list[int]] = {}
    for index in (keep_mask | may_stay).nonzero()[0].tolist():
        mark = markup.lines[units[index].lines[0].number]
        if mark is not None and _is_paragraph(units[index].text):
            block = markup.elements[mark.block]
            alike.setdefault((block.parent, block.tag, block.names), []).append(index)
    for members in alike.values():
        kept = [index for index in members if keep_mask[index]]
        letters = sum(len(units[index].text) for index in members)
        if len(kept) >= FEWEST_ALIKE and sum(len(units[index].text) for index in kept) >= MOST_ALIKE * letters:
            mended[members] = True
    return mended


def _is_paragraph(text: str) -> bool:
    return len(text) >= PARAGRAPH and ends_sentence(text)


def _stays_whole(members: Sequence[int], keep_mask: Flags, units: Sequence[Unit], *, is_table: bool) -> bool:
    """Return whether most lines of a table or a list stay; the cells of a table must be short, since others arrange the page."""
    lines = sum(len(units[index].lines) for index in members)
    if lines < FEWEST:
        return False
    if is_table and sum(len(units[index].lines) for index in members if _is_short(units[index])) < SHORT_CELLS * lines:
        return False
    return sum(len(units[index].lines) for index in members if keep_mask[index]) >= MOST_OF * lines


def _is_short(unit: Unit) -> bool:
    """Return whether each line of a unit is as short as a cell."""
    return all(len(line.text) <= CELL for line in unit.lines)


def _is_link(markup: Markup, unit: Unit) -> bool:
    """Return whether a unit is mostly a link."""
    mark = markup.lines[unit.lines[0].number]
    return mark is not None and mark.linked > LINKED * len(unit.lines[0].text)


def _opens_section(index: int, keep_mask: Flags, units: Sequence[Unit], markup: Markup) -> bool:
    """Return whether a unit is a heading between two units that stay, with a paragraph in the same element below it."""
    if not 0 < index < len(units) - 1 or not (keep_mask[index - 1] and keep_mask[index + 1]):
        return False
    below = units[index + 1]
    if len(below.text) < SECTION or _is_link(markup, units[index]):
        return False
    path = markup.around(units[index].lines[0].number)
    heading = next((element for element in path if markup.elements[element].tag in HEADINGS), 0)
    return heading > 0 and markup.elements[heading].parent in markup.around(below.lines[0].number)
