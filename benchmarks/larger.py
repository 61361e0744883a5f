"""Grow corpora beyond the size of the benchmark: its texts again with other words, and filled-in forms."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import operators

COMMON = 2_000
"""Number of the commonest words of the corpus that a made-up copy keeps; numbers are always replaced."""
FORMS = 10
"""In a corpus with forms, one text in so many is a form."""

_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_WORD = re.compile(r"\w+")
_SYLLABLES = (
    *("bar", "dol", "en", "fi", "gor", "ha", "ki", "lum", "mo"),
    *("nar", "os", "pel", "ri", "sta", "tu", "vek", "wil", "zan"),
)


def grown(texts: Sequence[str], most: int, kept: int = COMMON, *, forms: bool = False) -> Iterator[str]:
    """
    Yield `most` texts: the given ones, then all of them again and again with other words.

    With two thousand common words a text overlaps with its other versions, so relations grow with the square of the texts;
    with a hundred it does not, as in an archive whose stories are told once.
    """
    texts = sorted(texts, key=lambda text: hashlib.sha256(text.encode()).digest())
    counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    common = {word for word, _ in counts.most_common(kept) if not word.isdigit()}
    for number in range(most):
        generation, place = divmod(number, len(texts))
        if forms and number % FORMS == FORMS - 1:
            yield form(number)
        else:
            yield renamed(texts[place], generation, common) if generation else texts[place]


def renamed(text: str, generation: int, common: set[str]) -> str:
    """Replace the rare words and the numbers of a text, by the same ones throughout a generation."""

    def other(match: re.Match[str]) -> str:
        word = match[0].lower()
        if word in common:
            return match[0]
        return _other_word(word, generation)

    return _WORD.sub(other, text)


@lru_cache(100_000)
def _other_word(word: str, generation: int) -> str:
    """Make up the word, or the number, that replaces another one throughout a generation."""
    digest = hashlib.blake2b(f"{generation} {word}".encode(), digest_size=8).hexdigest()
    return str(int(digest, 16))[: len(word)] if word.isdigit() else digest.translate(_LETTERS)[: max(4, len(word))]


def form(number: int) -> str:
    """Fill in a form."""
    forms = operators.table()["forms"]
    draws = operators.Draws("form", str(number))
    filled = {"{w}": lambda: name_of(draws).capitalize(), "{n}": lambda: str(draws.below(10 ** (1 + draws.below(4))))}
    return re.sub(r"\{[wn]\}", lambda slot: filled[slot[0]](), forms[draws.below(len(forms))])


def name_of(draws: operators.Draws) -> str:
    """Make up a name."""
    return "".join(_SYLLABLES[draws.below(len(_SYLLABLES))] for _ in range(2 + draws.below(2)))
