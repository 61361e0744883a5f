"""Split a text into words."""

from __future__ import annotations

from collections.abc import Sequence

from newsnorm.text.lazy_regex import lazy_regex

_WORD = lazy_regex(r"\w+")
_ASCII_TO_WORDS = {code: " " if not (chr(code).isalnum() or chr(code) == "_") else chr(code) for code in range(128)}
_ASCII_TO_WORDS_OF_LINES = {**_ASCII_TO_WORDS, ord("\n"): "\n"}
_CURLY = "’“”–‘—…"
"""Non-ASCII punctuation of English text, the most frequent first."""


def count_spaced(text: str) -> int:
    """
    Count the words of a text by the single blanks between them, without splitting it; 1 for a text without blanks.

    >>> count_spaced("the port’s cranes"), count_spaced("港口关闭")
    (3, 1)
    """
    return text.count(" ") + 1


def words_of(text: str) -> list[str]:
    r"""
    Return the words of a text, in order: runs of letters, digits and underscores, like ``re.findall(r"\w+", text)``.

    For ASCII letters with typographic punctuation, which is most English text, this takes half the time.

    >>> words_of("the port’s cranes – all 12 – stood still")
    ['the', 'port', 's', 'cranes', 'all', '12', 'stood', 'still']
    """
    if not text.isascii():
        plain = text
        for sign in _CURLY:
            plain = plain.replace(sign, " ")
        if not plain.isascii():
            return _WORD.findall(text)
        text = plain
    return text.translate(_ASCII_TO_WORDS).split()


def words_of_lines(lines: Sequence[str]) -> list[list[str]]:
    """
    Return the words of each line, as `words_of` does; of all lines at once, which takes half the time.

    Args:
        lines: texts without line breaks.

    >>> words_of_lines(["the port’s cranes", "", "le café"])
    [['the', 'port', 's', 'cranes'], [], ['le', 'café']]

    """
    text = "\n".join(lines)
    for sign in _CURLY:
        text = text.replace(sign, " ")
    if text.isascii():
        return [row.split() for row in text.translate(_ASCII_TO_WORDS_OF_LINES).split("\n")] if lines else []
    return [
        row.translate(_ASCII_TO_WORDS).split() if row.isascii() else _WORD.findall(line)
        for row, line in zip(text.split("\n"), lines, strict=True)
    ]
