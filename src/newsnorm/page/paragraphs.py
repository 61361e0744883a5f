"""Which line continues the sentence of the line above it?"""

from __future__ import annotations

from collections.abc import Sequence

from newsnorm.records import Line
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

LONGEST_SENTENCE = 4_000
"""Code points. No sentence is cut in so many pieces, and joining stays linear."""

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


FEWEST_WORDS = 4
"""Words of the last line of a sentence that is put together from lines. A headline without a stop and a byline below it look
like the beginning of one."""


_DATE_OPENS = lazy_regex(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")


def fragments_of(lines: Sequence[Line]) -> frozenset[int]:
    """
    Return the numbers of lines that are parts of one sentence, cut at links: no blank line parts them.

    >>> from newsnorm.read import raw_article, read
    >>> text = "Storm closes quay\\n\\nThe quay was shut on Monday, the agency\\nReuters\\n, citing the port, has reported."
    >>> sorted(fragments_of(read(raw_article(text)).lines))
    [2, 3, 4]
    """
    fragments: list[int] = []
    parts: list[Line] = []  # the lines of the sentence so far
    sentence = ""
    last = len(lines) - 1
    for index, line in enumerate(lines):
        text = line.text
        below = lines[index + 1].text if index < last else ""
        if text and sentence and len(sentence) < LONGEST_SENTENCE and continues_paragraph(sentence, text, below):
            parts.append(line)
            sentence = joined(sentence, text)
            continue
        if len(parts) > 1 and _is_sentence(parts):
            fragments += [part.number for part in parts]
        parts, sentence = [line], text
    if len(parts) > 1 and _is_sentence(parts):
        fragments += [part.number for part in parts]
    return frozenset(fragments)


def _is_sentence(parts: Sequence[Line]) -> bool:
    """Return whether lines that continue each other surely are one sentence, by how the last of them ends and begins."""
    end = parts[-1].text
    if end[0].isupper() or _DATE_OPENS.match(end) is not None:
        return False
    return ends_sentence(end) and _words(end) >= FEWEST_WORDS


def _words(text: str) -> int:
    return text.count(" ", 0, COUNTED) + 1


def joined(above: str, line: str) -> str:
    """Join a text and the line that continues it; closing punctuation follows without a space."""
    return above + line if line[0] in _GOING_ON else f"{above} {line}"
