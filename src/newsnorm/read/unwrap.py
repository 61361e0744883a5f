"""
Join the lines of hard-wrapped prose, as wire services and mail wrapped it at 60 to 80 characters.

Two signs show it. Each line has as many words as fit: the first word of the next line would not have fitted. And lines end
anywhere in a sentence, while sentences end within lines; lines of verse, lists, recipes and transcripts end where sentences do,
or contain none. Lines that end early, such as a byline or the last line of a paragraph, stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from newsnorm.read.joining import joined_lines
from newsnorm.records import Line
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import HAN, KANA, SOUTH_EAST_ASIAN
from newsnorm.text.sentences import SHOUTS, STOPS

NARROWEST, WIDEST = 45, 80
"""Code points of the longest line of wrapped text."""

NARROWEST_UNSPACED = 20
"""Code points of the longest line in scripts without spaces, whose letters are wider; verse has fewer."""

FEWEST_BREAKS = 4
"""Line breaks at which the next word would not have fitted, from which a text is wrapped."""

WRAPPED_SHARE = 0.7
"""Their share of all breaks between lines of words. Lists of headlines and poems have less."""

CAPITALS = 0.7
"""The share of lines that go on with a capital, above which each is a line by itself. In German prose half of them do."""

PUNCTUATED = 0.5
"""The share of lines that end with a stop or a comma, above which each is a line by itself. In prose one of six does."""

INNER_STOPS = 0.1
"""The smallest share of lines within which a sentence ends."""

SLACK = 2
"""Code points by which a line may be shorter: some programs wrapped before the last column."""

LEAST_WORDS = 3
"""Words of a line that says anything about wrapping."""

LEAST_UNSPACED = 10
"""Code points of such a line in a script without spaces."""

_ITEM = lazy_regex(r"(?:[-•*·]|[–—](?=\s+[^\W\d_])|\(?\d{1,3}[.)])\s+(\w?)")
"""How an item of a list or a line of a dialogue begins, and its first letter."""
_UNSPACED = lazy_regex(f"[{HAN}{KANA}{SOUTH_EAST_ASIAN}]")
_WITHOUT_STOPS = lazy_regex(f"[{SOUTH_EAST_ASIAN}]")
_PUNCTUATED = lazy_regex(rf"[{STOPS}{SHOUTS},;:،؛、，；：–—-][\"'”’»)\]」』）]*\Z")
_INNER_STOP = lazy_regex(rf"[^\s.][^\s.][{STOPS}{SHOUTS}][\"'”’»)\]]*\s+[\"'“‘„«(\[¿¡–—-]*\s*(\w)|[。！？][」』”）]*(\w)")
"""A stop within a line, and the first letter of the next sentence."""


@attrs.frozen
class _Break:
    """A line break between two lines of words."""

    above: str
    below: str


@attrs.frozen
class _Wrapping:
    """How a text was wrapped."""

    width: int
    """Code points of its longest line."""
    glue: str
    """What stands between two words: a space, or nothing."""

    def cuts(self, above: str, below: str) -> bool:
        """Return whether wrapping parted two lines of text: the first word of the one below would not have fitted above."""
        if not _says_something(above, self.glue) or not below or _is_item(below):
            return False
        first = len(below.split(" ", 1)[0]) if self.glue else 1
        return len(above) + len(self.glue) + first > self.width - SLACK


def unwrap(lines: Sequence[Line]) -> Sequence[Line]:
    """
    Return the lines of a page, those that wrapping cut joined; the same lines if the text is not wrapped.

    Lines of words are joined by a space, lines of Chinese, Japanese or Thai by nothing. Text that stood on several lines maps
    to the raw text piece by piece, so that every span stays exact.

    Args:
        lines: the lines of the whole page, in order; a line without text is a blank one.

    """
    wrapping = _wrapping([line.text for line in lines])
    if wrapping is None:
        return lines
    joined: list[list[Line]] = [[lines[0]]]
    for above, line in pairwise(lines):
        if wrapping.cuts(above.text, line.text):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [joined_lines(number, parts, [wrapping.glue] * len(parts)) for number, parts in enumerate(joined)]


def _wrapping(texts: Sequence[str]) -> _Wrapping | None:
    """Return how a page was wrapped; None if it was not."""
    unspaced = [text for text in texts if not text.isascii() and _UNSPACED.match(text) is not None]
    glue = "" if 2 * len(unspaced) > len(texts) else " "
    breaks = [_Break(above, below) for above, below in pairwise(texts) if below and _says_something(above, glue)]
    if len(breaks) < FEWEST_BREAKS:
        return None
    width = max(len(each.above) for each in breaks)
    if not (NARROWEST if glue else NARROWEST_UNSPACED) <= width <= WIDEST:
        return None
    wrapping = _Wrapping(width, glue)
    full = [each for each in breaks if wrapping.cuts(each.above, each.below)]
    is_wrapped = len(full) >= max(FEWEST_BREAKS, WRAPPED_SHARE * len(breaks)) and _is_prose(full)
    return wrapping if is_wrapped else None


def _is_prose(breaks: Sequence[_Break]) -> bool:
    """Return whether lines end anywhere in a sentence, and sentences within lines."""
    if sum(each.below[0].isupper() for each in breaks) > CAPITALS * len(breaks):
        return False  # headlines one below the other
    if sum(_PUNCTUATED.search(each.above) is not None for each in breaks) > PUNCTUATED * len(breaks):
        return False  # verse, a transcript
    inner = sum(_has_inner_stop(each.above) for each in breaks)
    return inner >= INNER_STOPS * len(breaks) or _WITHOUT_STOPS.match(breaks[0].above) is not None


def _has_inner_stop(text: str) -> bool:
    """Return whether a sentence ends within a line, and another begins."""
    return any(not (match[1] or match[2]).islower() for match in _INNER_STOP.finditer(text))


def _is_item(text: str) -> bool:
    """Return whether a line is an item of a list; after a long dash, the rest of a sentence may go on in lower case."""
    item = _ITEM.match(text)
    return item is not None and not (text[0] in "–—" and item[1].islower())


def _says_something(text: str, glue: str) -> bool:
    """Return whether a line is long enough to show how a text was wrapped."""
    return text.count(" ") >= LEAST_WORDS - 1 if glue else len(text) >= LEAST_UNSPACED
