"""Decide which lines continue the sentence of the line above."""

from __future__ import annotations

from collections.abc import Sequence

from newsnorm.records import Line
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.sentences import ends_clause, ends_sentence

BULLET = lazy_regex(r"[*•·▪●◦–—-]\s|\d+[.)]\s")
_OPENING = ",;.)%"
_OPEN = ",(“„«"
"""Signs at the end of a text that continues."""
_GOING_ON = ",.;:)%”’»?!"
"""Signs at the beginning of a line that continues a text."""
_BELOW = ",;.:)’”'"

COUNTED = 400
"""Most code points of a text whose words are counted, so that joining stays linear."""

OPEN_WORDS, SIGN_WORDS = 5, 4
"""Fewest words of a text that a capital may continue, if it ends without punctuation, or with an opening sign."""

LINK_WORDS = 12
"""Words of the longest line that may be a link within a sentence."""

LONGEST_SENTENCE = 4_000
"""Code points of the longest sentence that is joined; no cut sentence is longer, and joining stays linear."""

SENTENCE_WORDS = 4
"""Fewest words of a line that ends a sentence."""


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
    """Return whether a line that begins with a capital continues a text: only if the text is open and the line reads on."""
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
"""Fewest words of the last line of a sentence joined from lines. A headline without a stop and a byline below it look like the
beginning of one."""

FEWEST_PARTS, LONG_PART = 3, 8
"""Fewest lines of a sentence whose end is unknown, and fewest words of a line that certainly reads on: bylines and labels are
shorter."""

_DIGIT = lazy_regex(r"\d")
_DATE_OPENS = lazy_regex(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")


def fragments_of(lines: Sequence[Line]) -> frozenset[int]:
    """
    Return the numbers of lines that are parts of a sentence cut at links; below a blank line, only lines that certainly read on.

    >>> from newsnorm.read import raw_article, read
    >>> text = "Storm closes quay\\n\\nThe quay was shut on Monday, the agency\\nReuters\\nhas reported, citing the port."
    >>> sorted(fragments_of(read(raw_article(text)).lines))
    [2, 3, 4]
    """
    fragments: list[int] = []
    parts: list[Line] = []  # the lines of the sentence so far
    sentence = ""
    written = [line for line in lines if line.text]
    for index, line in enumerate(written):
        below = written[index + 1] if index + 1 < len(written) else None
        if len(sentence) < LONGEST_SENTENCE and parts and _is_part(sentence, parts[-1], line, below):
            parts.append(line)
            sentence = joined(sentence, line.text)
            continue
        if len(parts) > 1 and _is_sentence(parts):
            fragments += [part.number for part in parts]
        parts, sentence = [line], line.text
    if len(parts) > 1 and _is_sentence(parts):
        fragments += [part.number for part in parts]
    return frozenset(fragments)


def _is_part(sentence: str, above: Line, line: Line, below: Line | None) -> bool:
    """Return whether a line continues the sentence whose last line so far is `above`."""
    parted = above.number + 1 < line.number
    same = below is not None and parted == (line.number + 1 < below.number)  # blank lines stand on both sides, or on neither
    under = below.text if below is not None and same else ""
    return continues_paragraph(sentence, line.text, under) and (not parted or _reads_on(line.text) or _reads_on(under))


def _reads_on(text: str) -> bool:
    """
    Return whether a text certainly reads on, even below a blank line: long, without digits, its first word in lower case (not
    ``iPhone``).
    """
    return text[:1].islower() and text.split(None, 1)[0].islower() and _words(text) >= LONG_PART and _DIGIT.search(text) is None


def _is_sentence(parts: Sequence[Line]) -> bool:
    """
    Return whether lines that continue each other are certainly one sentence, by its end or by a line within it that reads
    on.
    """
    end = parts[-1].text
    if len(parts) >= FEWEST_PARTS and any(_reads_on(part.text) for part in parts[1:]):
        return True
    if end[0].isupper() or _DATE_OPENS.match(end) is not None:
        return False
    return ends_sentence(end) and _words(end) >= FEWEST_WORDS


def _words(text: str) -> int:
    return text.count(" ", 0, COUNTED) + 1


def joined(above: str, line: str) -> str:
    """Join a text and the line that continues it; closing punctuation follows without a space."""
    return above + line if line[0] in _GOING_ON else f"{above} {line}"
