"""Cap what could make a later step slow, once and with a note; no text is dropped."""

from __future__ import annotations

from newsnorm.errors import InputError
from newsnorm.text.lazy_regex import lazy_regex

MAX_LENGTH = 16 * 1024 * 1024
"""Code points, or bytes, of the longest text that is accepted. A book is shorter."""

MAX_LINES = 20_000
"""Lines that are cut one by one; the text after them is cut into blocks. Each line costs a record, which a flood of a million
short lines must not have. Whole pages of news have 172 lines at the median and 1,502 at most (``benchmarks/thresholds.py``)."""

BLOCK = 64 * 1024
"""Code points of such a block, and of the longest stretch that ftfy gets at once (it takes 1.4 s for 1 MB of mojibake)."""

_BLANK = lazy_regex(r"\s")


def check_length(length: int) -> None:
    """
    Refuse a text that is longer than `MAX_LENGTH`.

    Raises:
        InputError: `length` is larger.

    """
    if length > MAX_LENGTH:
        raise InputError(f"the text has {length:,} characters, but an article may have at most {MAX_LENGTH:,}; split it first")


def blocks(text: str, start: int = 0, size: int = BLOCK) -> list[tuple[int, int]]:
    """
    Cut ``text[start:]`` into stretches of about `size` code points, after white space if there is some near.

    Returns:
        Start and end of each stretch, in code points.

    >>> blocks("one two three", size=6)
    [(0, 8), (8, 13)]

    """
    cuts = []
    while start < len(text):
        end = min(len(text), start + size)
        if end < len(text):
            blank = _BLANK.search(text, end, min(len(text), end + size))
            end = blank.end() if blank else end
        cuts.append((start, end))
        start = end
    return cuts
