"""Convert to lower case in three ways: composed for look-ups, of equal length for offsets, with NFKC for words of dates."""

from __future__ import annotations

import unicodedata


def lower_composed(text: str) -> str:
    """
    Return `text` in lower case and composed form (NFC), the key under which names and places are looked up.

    A Turkish İ becomes a plain i, not an i with a combining dot.

    >>> lower_composed("İZMİR")
    'izmir'
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text.lower().replace("i\u0307", "i"))


def lower_same_length(text: str) -> str:
    """
    Return `text` in lower case, of equal length, so that offsets into it are offsets into `text`.

    >>> lower_same_length("İzmir: SON"), len(lower_same_length("İzmir"))
    ('İzmir: son', 5)
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def fold_word(word: str) -> str:
    """
    Return a word in lower case with compatibility forms resolved (NFKC), the key under which words of dates are looked up.

    >>> fold_word("JUNI"), fold_word("Ekİm"), fold_word("２０２４")
    ('juni', 'ekim', '2024')
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.lower()).replace("\u0307", "")
