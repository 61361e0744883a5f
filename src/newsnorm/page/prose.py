"""Decide whether a line is running text from its own characters alone."""

from __future__ import annotations

from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN, SOUTH_EAST_ASIAN
from newsnorm.text.sentences import ends_in_shout, ends_sentence
from newsnorm.text.web_address import is_address

PROSE = 60
"""Characters of at least `WORDS` words, closed by a stop: a line of prose. Headlines are as long, but have no stop; a letter
of Chinese, Japanese or Korean counts as 2.5. Of the lines of reports 75, 74 and 71 % are prose at 40, 60 and 80, of the lines
around them 4.6, 4.2 and 3.6 % (``benchmarks/thresholds.py``, as for the next three)."""

WORDS = 8
"""4 to 8 make no difference; at 12, 72.8 % of reports' lines are prose instead of 73.8 %, of the rest 3.9 % instead of 4.2 %."""

QUESTION = 140
"""Characters that a line needs if it closes with ``?`` or ``!``, as headlines do. Reports and the rest: 75.1 and 4.5 % at 60,
73.8 and 4.2 % at 140, 73.3 and 4.1 % at 200."""

LONG_PROSE = 200
"""Characters. Prose whatever its end; and a cut never fires above a longer line. Reports and the rest: 75.1 and 5.9 % at 120,
73.8 and 4.2 % at 200, 73.3 and 4.0 % at 300."""

_WIDE = lazy_regex(f"[{EAST_ASIAN}]")
_STOPLESS = lazy_regex(f"[{SOUTH_EAST_ASIAN}]")


def alphabetic_length(text: str) -> float:
    """
    Return the length of `text` in letters of an alphabet; a Chinese, Japanese or Korean letter counts as 2.5.

    >>> alphabetic_length("Quay"), alphabetic_length("港口")
    (4.0, 5.0)
    """
    return float(len(text)) if text.isascii() else len(text) + 1.5 * len(_WIDE.findall(text[:LONG_PROSE]))


def is_prose(text: str) -> bool:
    """
    Return whether a line is running text.

    >>> is_prose("The bridge was closed on Monday after a lorry had damaged two of its pillars, the harbour office said.")
    True
    >>> is_prose("Bridge closed on Monday")
    False
    """
    size = len(text)
    if size >= LONG_PROSE:
        return not is_address(text)
    if size * 2.5 < PROSE or (size := int(alphabetic_length(text))) < PROSE:
        return False
    if size >= LONG_PROSE or _STOPLESS.search(text):
        return True
    if _WIDE.search(text) is None and text.count(" ") < WORDS - 1:
        return False
    return ends_sentence(text) and (size >= QUESTION or not ends_in_shout(text))
