"""Which line continues the sentence of the line above it?"""

from __future__ import annotations

from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.sentences import ends_clause, ends_sentence

BULLET = lazy_regex(r"[*•·▪●◦–—-]\s|\d+[.)]\s")
_OPENING = ",;.)%"
_OPEN = ",(“„«"
"""What ends a text that goes on."""
_GOING_ON = ",.;:)%”’»?!"
"""What begins a line that goes on."""
_BELOW = ",;.:)’”'"

COUNTED = 400
"""Code points of a text whose words are counted, so that joining stays linear."""

OPEN_WORDS, SIGN_WORDS = 5, 4
"""Words of a text that ends without punctuation, or with a sign that opens, from which a capital may continue it."""

LINK_WORDS = 12
"""Words of the longest line that may be a link amid a sentence."""

SENTENCE_WORDS = 4
"""Words of a line that closes a sentence."""


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
    first = line[0]
    closing = first in _GOING_ON and not line.startswith("...") and not BULLET.match(line)
    if not closing and not first.islower():
        return _capital_continues(above, line, below)
    if first not in _OPENING and ends_clause(above):
        return False
    words, here = _words(above), _words(line)
    return words >= 2 or here >= SENTENCE_WORDS if closing else here >= 3 or words > OPEN_WORDS


def _capital_continues(above: str, line: str, below: str) -> bool:
    """Return whether a line that begins with a capital continues a text: only where that is open and the line reads on."""
    last = above[-1]
    if last in _OPEN:
        return _words(above) >= SIGN_WORDS and (line[0] in _OPENING or not ends_clause(above))
    if not last.isalnum() or _words(above) < OPEN_WORDS:
        return False  # most lines end here
    here = _words(line)
    if below and here <= LINK_WORDS and (below[0].islower() or below[0] in _BELOW):
        return True
    opens_small = above[above.rfind(" ") + 1 :][0].islower()
    return opens_small and here >= SENTENCE_WORDS and ends_sentence(line)


def _words(text: str) -> int:
    return text.count(" ", 0, COUNTED) + 1


def joined(above: str, line: str) -> str:
    """Join a text and the line that continues it; closing punctuation follows without a space."""
    return above + line if line[0] in _GOING_ON else f"{above} {line}"
