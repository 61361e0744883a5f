"""Define the one coordinate system: stretches of the raw text."""

from __future__ import annotations

import attrs


@attrs.frozen
class Span:
    """
    A half-open stretch of `RawArticle.text`, in code points.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    """

    start: int
    """Index of its first code point."""
    end: int
    """Index after its last code point; never below `start`."""

    def of(self, text: str) -> str:
        """Return the stretch of `text` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start
