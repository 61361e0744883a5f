"""Which line continues the sentence of the line above it?"""

from __future__ import annotations

from newsnorm.text.lazy_regex import lazy_regex

_ENDED = lazy_regex(r"[.!?…。！？؟।۔:;][\"'”’»›)\]」』“]*\s*\Z")
CLOSED = lazy_regex(r"[.!?…。！？؟।۔][\"'”’»›)\]」』“]*\W*\Z")
BULLET = lazy_regex(r"[*•·▪●◦–—-]\s|\d+[.)]\s")
_OPENING = ",;.)%"
_OPEN = ",(“„«"
_GOING_ON = ",.;:)%”’»?!"


def continues_paragraph(above: str, line: str, below: str) -> bool:
    """
    Return whether `line` continues `above`, cut off at a link or another inline tag, as ``get_text("\\n")`` cuts.

    Args:
        above: the text so far.
        line: the text of the line itself.
        below: the text of the line after it; empty, if there is none.

    >>> continues_paragraph("The port authority said on", "Monday", "that the quay was shut.")
    True
    >>> continues_paragraph("The port was shut.", "It opened again on Monday.", "")
    False
    >>> continues_paragraph("The port was shut, said Lloyd’s", "List", "and others.")
    True

    """
    first, last = line[0], above[-1]
    is_capital = not (first in _GOING_ON or first.islower())
    if is_capital and last not in _OPEN and (not last.isalnum() or above.count(" ", 0, 400) < 4):
        return False  # most lines end here: below a short or closed text, a capital begins anew
    if _ENDED.search(above[-8:]) and first not in _OPENING:
        return False
    words = above.count(" ", 0, 400) + 1
    here = line.count(" ", 0, 400) + 1
    if first in _GOING_ON and not line.startswith("...") and not BULLET.match(line):
        return words >= 2 or here >= 4
    if first.islower():
        return here >= 3 or words >= 6
    if last in _OPEN and words >= 4:
        return True
    if words < 5 or not last.isalnum():
        return False
    # an open end, then a capital: only where what follows reads on as prose
    if below and here <= 12 and (below[0].islower() or below[0] in ",.;:)’”'"):
        return True
    opens_small = above[above.rfind(" ") + 1 :][0].islower()
    return opens_small and here >= 4 and CLOSED.search(line[-8:]) is not None


def joined(above: str, line: str) -> str:
    """Join a text and the line that continues it; closing punctuation follows without a space."""
    return above + line if line[0] in ",.;:)%”’»?!" else f"{above} {line}"
