"""What could make a later step slow is capped here, once, with a note; text is never dropped."""

from __future__ import annotations

from newsnorm.errors import InputError
from newsnorm.text.lazy_regex import lazy_regex

MAX_LENGTH = 16 * 1024 * 1024
"""Code points (or bytes) of one text; more is refused. A book is shorter."""

MAX_LINES = 20_000
"""Lines that are cut one by one; what follows is cut in blocks. A line costs a record of several objects, so a flood of
a million short lines must not have one each. Whole pages of news have 172 at the median and 1,502 at most
(``benchmarks/thresholds.py``)."""

BLOCK = 64 * 1024
"""Code points of such a block, and of a stretch that ftfy is given at once (it takes 1.4 s for 1 MB of mojibake)."""

_BLANK = lazy_regex(r"\s")


def check_length(length: int) -> None:
    """
    Refuse a text over `MAX_LENGTH`.

    Raises:
        InputError: it is longer.

    """
    if length > MAX_LENGTH:
        raise InputError(f"the text has {length:,} characters, more than the {MAX_LENGTH:,} of one article: split it first")


def blocks(text: str, start: int = 0, size: int = BLOCK) -> list[tuple[int, int]]:
    """
    Cut ``text[start:]`` into stretches of about `size` code points, at white space where there is some.

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
