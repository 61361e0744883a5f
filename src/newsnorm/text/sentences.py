"""Tell whether a text ends like a sentence."""

from __future__ import annotations

from newsnorm.text.lazy_regex import lazy_regex

STOPS = ".…。।۔։።"
"""Characters that end a statement."""
SHOUTS = "!?！？؟"
"""Characters that end a question or an exclamation; headlines end with them too."""

TAIL = 12
"""Number of code points at the end of a text to search: quotes, brackets, asterisks and emoji may follow the stop."""

_ENDS = frozenset(STOPS + SHOUTS)
_SENTENCE = lazy_regex(rf"[{STOPS}{SHOUTS}]\W*\Z")
_SHOUT = lazy_regex(rf"[{SHOUTS}]\W*\Z")
_CLAUSE = lazy_regex(rf"[{STOPS}{SHOUTS}:;]\W*\Z")


def ends_sentence(text: str) -> bool:
    """
    Return whether a text ends like a sentence; signs after the stop are ignored.

    >>> ends_sentence("“It rained.”"), ends_sentence("Rain in Malmö"), ends_sentence("港口关闭。")
    (True, False, True)
    """
    last = text[-1:]
    if last in _ENDS:
        return True
    return not last.isalnum() and _SENTENCE.search(text[-TAIL:]) is not None


def ends_in_shout(text: str) -> bool:
    """
    Return whether a text ends with a question or exclamation mark.

    >>> ends_in_shout("Who closed the quay?”"), ends_in_shout("It was closed.")
    (True, False)
    """
    return _SHOUT.search(text[-TAIL:]) is not None


def ends_clause(text: str) -> bool:
    """
    Return whether a text ends like a sentence, or like a clause with a colon or semicolon.

    >>> ends_clause("He said:"), ends_clause("He said")
    (True, False)
    """
    return _CLAUSE.search(text[-TAIL:]) is not None
