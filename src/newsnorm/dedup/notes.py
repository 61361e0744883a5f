"""Word notes on texts that were compared in part, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsnorm.dedup.text.tokens import MAX_TEXT_LENGTH

QUOTED = 40
"""Length of a quotation, in code points."""
QUOTED_BEFORE = 15
"""How much of a quotation lies before the place where two texts differ, in code points."""


def note_long_texts(texts: Iterable[tuple[str, str]], limit: int = MAX_TEXT_LENGTH) -> tuple[str, ...]:
    """
    Note each text that is longer than the limit, in code points, up to which texts are compared.

    >>> note_long_texts([("a", "Rain in Ulm."), ("b", "Rain")], limit=10)
    ('a: compared up to code point 10',)
    """
    return tuple(note_long_text(name, limit) for name, text in texts if len(text) > limit)


def note_long_text(name: str, limit: int = MAX_TEXT_LENGTH) -> str:
    """Note that the text with this id is longer than the limit, in code points, up to which texts are compared."""
    return f"{name}: compared up to code point {limit:,}"


def note_without_text(name: str) -> str:
    """Note that there is nothing to compare under this id."""
    return f"{name}: there is no text to compare"


def note_repeated_ids(kept: Mapping[str, str], left_out: Mapping[str, str]) -> tuple[str, ...]:
    """
    Note that ids have different texts: quote the two texts of the smallest id where they differ, count the other ids.

    Args:
        kept: id → the text that was compared.
        left_out: id → another text with that id, which was not compared.

    >>> note_repeated_ids({"001": "Rain in Ulm."}, {"001": "Snow in Lund."})[0]
    "001: different texts have this id; compared 'Rain in Ulm.', not 'Snow in Lund.'; give each text its own id, such as its path"

    """
    if not left_out:
        return ()
    name = min(left_out)
    start = max(0, _common_length(kept[name], left_out[name]) - QUOTED_BEFORE)
    more = f" (and {len(left_out) - 1:,} more)" if len(left_out) > 1 else ""
    compared = f"compared {_quote(kept[name], start)}, not {_quote(left_out[name], start)}"
    return (f"{name}{more}: different texts have this id; {compared}; give each text its own id, such as its path",)


def _common_length(left: str, right: str) -> int:
    """Return the number of code points up to which two texts are equal."""
    different = (place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other)
    return next(different, min(len(left), len(right)))


def _quote(text: str, start: int) -> str:
    """
    Quote a text from a code point on, on one line.

    >>> _quote("Rain and hail\\nin Ulm.", 5)
    "'…and hail in Ulm.'"
    """
    end = start + QUOTED
    words = " ".join(text[start:end].split())
    return f"'{'…' if start else ''}{words}{'…' if end < len(text) else ''}'"
