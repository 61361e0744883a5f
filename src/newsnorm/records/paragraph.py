"""Define the kinds of paragraphs of a report."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

ParagraphName: TypeAlias = Literal["paragraph", "heading", "list-item", "table-row", "quote", "code"]


@attrs.frozen
class ParagraphKind:
    """
    The kind of a paragraph, by the markup around it; every paragraph of a plain text is a ``paragraph``.

    >>> import newsnorm
    >>> page = "<h1>Quay to close</h1><p>The quay closes on Monday, the port said.</p><ol><li>Ferries move.</li></ol>"
    >>> newsnorm.parse(page, media_type="text/html").paragraph_kinds[-1]
    ParagraphKind(name='list-item', level=1, ordered=True, continues=False)
    """

    name: ParagraphName = "paragraph"
    level: int = 0
    """For a heading 1 to 6; for a list item or a quote, the number of lists or quotes around it; otherwise 0."""
    ordered: bool = False
    """Whether the list of a list item is numbered."""
    continues: bool = False
    """Whether it continues the item, row, quote or code that a paragraph above begins."""


PLAIN = ParagraphKind()
"""The kind of every paragraph of a plain text."""
