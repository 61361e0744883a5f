"""
Join the lines of a sentence that was cut at its links, as shown by a line that begins with a stop or a comma.

Complete lines don't begin so; ``get_text("\\n")`` makes such lines wherever a sentence contains a link.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsnorm.read.joining import joined_lines
from newsnorm.records import Line
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.sentences import ends_clause
from newsnorm.text.words import count_spaced

LINK_WORDS = 12
"""Words of the longest line that may be a link within a sentence."""

SENTENCE_WORDS = 4
"""Words of a line that opens the sentence, and of one that closes it where nothing opens it."""

HEADLINE = 90
"""Code points from which the first line of a text is not a headline."""

MOST_LINES = 100
"""Lines of a sentence, so that joining stays linear."""

_GOES_ON = lazy_regex(r"[.,;](?=\s+\w|\s*\Z)|[،؛，、；。](?=\s*\w|\s*\Z)")
_SIGNS = frozenset(".,;،؛，、；。")


def rejoin(lines: Sequence[Line]) -> Sequence[Line]:
    """
    Return the lines of a page, those that a link cut out of a sentence joined; the same lines if there are none.

    A line that opens with a stop or a comma follows the line above without a space. That line, if it is short, continues the
    one above it in turn, unless that ends a sentence or may be the headline.

    Args:
        lines: the lines of the whole page, in order; a line without text is a blank one.

    """
    if not any(line.text and line.text[0] in _SIGNS for line in lines):
        return lines  # most pages
    groups: list[list[Line]] = []
    written: list[int] = []  # indices of the groups with text
    for line in lines:
        if line.text and written and _goes_on(line.text):
            first = _first_of_sentence(groups, written, line.text)
            if first is not None:
                groups[first:] = [[part for group in groups[first:] for part in group] + [line]]
                written = [index for index in written if index <= first]
                continue
        if line.text:
            written.append(len(groups))
        groups.append([line])
    return [joined_lines(number, parts, _glues(parts)) for number, parts in enumerate(groups)]


def _goes_on(text: str) -> bool:
    return text[0] in _SIGNS and _GOES_ON.match(text) is not None


def _first_of_sentence(groups: Sequence[Sequence[Line]], written: Sequence[int], text: str) -> int | None:
    """Return the index of the group in which the sentence begins that a text goes on with; None if none does."""
    above = groups[written[-1]]
    if ends_clause(above[-1].text):
        return None
    if len(above) > MOST_LINES:
        return None
    if len(above) > 1:
        return written[-1]  # a sentence with several links
    link = above[0].text
    if len(written) > 1 and count_spaced(link) <= LINK_WORDS and _opens(groups[written[-2]], is_first=len(written) == 2):
        return written[-2]
    return written[-1] if count_spaced(text) >= SENTENCE_WORDS else None


def _opens(parts: Sequence[Line], *, is_first: bool) -> bool:
    """Return whether lines may be the beginning of a sentence, not a headline, a byline or a label."""
    text = parts[-1].text
    if len(parts) == 1 and (count_spaced(text) < SENTENCE_WORDS or not text.rsplit(None, 1)[-1][0].islower()):
        return False
    return not ends_clause(text) and (not is_first or text[-1] in _SIGNS or len(text) >= HEADLINE)


def _glues(parts: Sequence[Line]) -> list[str]:
    """Return what stands in front of each line with text: nothing before a stop or a comma, else a space."""
    return ["" if not part.text or part.text[0] in _SIGNS else " " for part in parts]
