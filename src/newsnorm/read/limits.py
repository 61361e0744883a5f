"""Limit inputs that could slow later steps down, in one place and with a note; no text is dropped."""

from __future__ import annotations

from newsnorm.errors import InputError
from newsnorm.text.lazy_regex import lazy_regex

MAX_LENGTH = 16 * 1024 * 1024
"""Longest accepted text, in code points or bytes; a book is shorter."""

MAX_LINES = 20_000
"""Number of lines that are read one by one; the text after them is cut into blocks. Each line takes a record, too much for a
million short lines. Whole news pages have a median of 172 lines and a maximum of 1,502 (``benchmarks/thresholds.py``)."""

MAX_PAGE_LINES = 5_000
"""Number of lines of a page of HTML that are read one by one; each takes longer than one of a text, as more is known of it."""

BLOCK = 64 * 1024
"""Size of such a block, and of the longest stretch passed to ftfy (which takes 1.4 s for 1 MB of mojibake), in code points."""

MAX_DEPTH = 512
"""Most levels of nested elements, as in Chrome; deeper ones are read as part of the element around them."""

MAX_ATTRIBUTES = 100
"""Most attributes of an element that are read."""

MAX_ELEMENTS = 50_000
"""Most elements of a page that are recorded; the text of others belongs to the element around them."""

MAX_CLAIMS = 1_000
"""Most statements of a page about itself that are kept."""

MAX_IMAGES = 2_000
"""Most images of a page that are kept."""

_BLANK = lazy_regex(r"\s")


def check_length(length: int, *, is_page: bool = False) -> None:
    """
    Refuse an input that is longer than `MAX_LENGTH`.

    Args:
        length: in code points or bytes.
        is_page: whether it is a page of HTML; several texts may be in one file, a page is never split.

    Raises:
        InputError: `length` is larger.

    """
    if length > MAX_LENGTH:
        raise InputError(
            f"the page has {length:,} characters, but a page may have at most {MAX_LENGTH:,}"
            if is_page
            else f"the text has {length:,} characters, but an article may have at most {MAX_LENGTH:,}; split it first"
        )


def blocks(text: str, start: int = 0, size: int = BLOCK) -> list[tuple[int, int]]:
    """
    Cut ``text[start:]`` into stretches of about `size` code points, after white space if there is any nearby.

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
