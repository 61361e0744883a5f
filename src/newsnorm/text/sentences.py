"""Does a text end as a sentence does?"""

from __future__ import annotations

from newsnorm.text.lazy_regex import lazy_regex

STOPS = ".…。।۔։።"
"""What ends a sentence that states something."""
SHOUTS = "!?！？؟"
"""What ends a sentence that asks or exclaims; headlines end in it too."""

TAIL = 12
"""Code points at the end of a text that are looked at: quotes, brackets, asterisks and emoji may follow the stop."""

_SENTENCE = lazy_regex(rf"[{STOPS}{SHOUTS}]\W*\Z")
_SHOUT = lazy_regex(rf"[{SHOUTS}]\W*\Z")
_CLAUSE = lazy_regex(rf"[{STOPS}{SHOUTS}:;]\W*\Z")


def ends_sentence(text: str) -> bool:
    """
    Return whether a text ends as a sentence does; signs that follow the stop don't count.

    >>> ends_sentence("“It rained.”"), ends_sentence("Rain in Malmö"), ends_sentence("港口关闭。")
    (True, False, True)
    """
    return _SENTENCE.search(text[-TAIL:]) is not None


def ends_in_shout(text: str) -> bool:
    """
    Return whether a text ends with a question or exclamation mark.

    >>> ends_in_shout("Who closed the quay?”"), ends_in_shout("It was closed.")
    (True, False)
    """
    return _SHOUT.search(text[-TAIL:]) is not None


def ends_clause(text: str) -> bool:
    """
    Return whether a text ends as a sentence or as a clause does, with a colon or semicolon.

    >>> ends_clause("He said:"), ends_clause("He said")
    (True, False)
    """
    return _CLAUSE.search(text[-TAIL:]) is not None
