"""What kind of paragraph a paragraph of the report is."""

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
    """Of a heading 1 to 6; of a list item or a quote the number of lists or quotes around it; else 0."""
    ordered: bool = False
    """Whether the list of a list item is numbered."""
    continues: bool = False
    """Whether it is a further part of the item, row, quote or code of which a paragraph above is the beginning."""


PLAIN = ParagraphKind()
"""The kind of every paragraph of a plain text."""
