"""Compare lines with the words of a page's URL, since most sites write the headline into the path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from string import ascii_lowercase
from urllib.parse import unquote, urlsplit

import attrs

from newsnorm.text.lazy_regex import lazy_regex

TELLING_WORDS = 4
"""Fewest words of a slug for which a line without any of them is unlikely to be the headline; chosen, not measured."""

KNOWN = 160
"""Code points up to which callers of `has_none_of` know all words of a text."""

_NO_LETTER_OF_WORD = lazy_regex("[0-9_]")
"""Characters that end a word of a slug, but not a folded word."""
_WORD = lazy_regex(r"[^\W\d_]{2,}")
_JOINED_WORD = lazy_regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_APOSTROPHE = lazy_regex("['’]")
_CLOSING = lazy_regex(r"(?:[-–]?\d+|\s?[!?»]|[”\"’')\]…%])+")
SHORT_WORD = 3
"""Letters of the longest words that some sites leave out of their slugs."""
LATIN = "a-zª²³µ¹º¼-¾à-öø-ɏ"
"""Lower-case letters below U+0250; a class of them is three times as fast as ``[^\\W\\d_]``."""
BEYOND_LATIN = lazy_regex("[^\x00-\u024f\u2000-\u206f]")
"""Characters beyond these letters and general punctuation."""
_BEYOND_PLAIN = lazy_regex("[^\x00-\x7f\u2000-\u206f]")
"""Characters beyond ASCII and general punctuation."""
_LETTERS = frozenset(ascii_lowercase)
_LATIN_WORD = lazy_regex(f"[{LATIN}]{{2,}}")
_ENDING = lazy_regex(r"\.[a-z]{2,5}\Z", re.I)
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"})
_BARE = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ı": "i"})


_SYLLABIC = lazy_regex("[\u01a0-\u01a1\u01af-\u01b0\u1ea4-\u1eb7\u1ebe-\u1ec7\u1ed0-\u1ee3\u1ee8-\u1ef1]")
"""Letters with two accents or a horn, as in Vietnamese, whose words are syllables, so that most texts share some with any URL."""


def _plain(word: str) -> str:
    """Return a word without accents."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFKD", word.translate(_BARE)) if not unicodedata.combining(letter))


@attrs.frozen
class UrlSlug:
    """
    The words of the part of a URL's path with the most words.

    >>> slug = UrlSlug.of("https://example.com/2024/06/storm-closes-harbour-in-malmo-1234.html")
    >>> sorted(slug.words)
    ['closes', 'harbour', 'in', 'malmo', 'storm']
    """

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Pairs of neighbouring words."""

    @classmethod
    def of(cls, url: str | None) -> UrlSlug:
        """Read the words of a URL; a missing or invalid URL has none."""
        try:
            path = urlsplit(url or "").path
        except ValueError:
            path = ""
        parts = [[_plain(word) for word in _WORD.findall(_ENDING.sub("", unquote(part)).casefold())] for part in path.split("/")]
        words = max(parts, key=lambda part: len(frozenset(part)), default=[])
        return cls(frozenset(words), frozenset(pairwise(words)))

    @property
    def is_telling(self) -> bool:
        """Whether the slug has enough words to be evidence against lines without them."""
        return len(self.words) >= TELLING_WORDS

    @cached_property
    def _initials(self) -> frozenset[str]:
        return frozenset(word[0] for word in self.words)

    def has_none_of(self, text: str, words: Iterable[str]) -> bool:
        """
        Return True only if a text certainly contains no word of the slug.

        Args:
            text: a text.
            words: its words in lower case; perhaps not all of them if the text is longer than `KNOWN`.

        >>> slug = UrlSlug.of("https://example.com/storm-closes-harbour")
        >>> slug.has_none_of("More news", ["more", "news"]), slug.has_none_of("The storm", ["the", "storm"])
        (True, False)

        """
        return self.words.isdisjoint(words) and text.isascii() and len(text) <= KNOWN and _NO_LETTER_OF_WORD.search(text) is None

    def similarity(self, text: str, words: Sequence[str] = ()) -> float:
        """
        Return how similar a text is to the slug, from 0 to 1: Dice's coefficient of both sets of words.

        In languages whose words are syllables, both sets are of pairs of neighbouring words.

        Args:
            text: a text.
            words: all its folded words, if known; this only saves time.

        >>> slug = UrlSlug.of("https://example.com/storm-closes-harbour")
        >>> slug.similarity("Storm closes harbour"), slug.similarity("A storm came and closes the old harbour today")
        (1.0, 0.5454545454545454)
        >>> slug.similarity("More news", ["more", "news"])
        0.0

        """
        if not self.words:
            return 0.0
        if _are_plain_words(text, words):
            if self.words.isdisjoint(words):
                return 0.0  # most lines end here
            own = set(words) - _LETTERS
            return 2 * len(self.words & own) / (len(self.words) + len(own))
        folded = text.casefold()
        if self.pairs and not text.isascii() and _SYLLABIC.search(folded) is not None:
            pairs = frozenset(pairwise(map(_plain, _WORD.findall(unicodedata.normalize("NFC", folded)))))
            return 2 * len(self.pairs & pairs) / (len(self.pairs) + len(pairs))
        found = set((_LATIN_WORD if BEYOND_LATIN.search(folded) is None else _WORD).findall(folded))
        return 2 * self._shared(found) / (len(self.words) + len(found))

    def end_of_prefix(self, text: str) -> int:
        """
        Return the end of the beginning of a text that contains the whole slug; 0 if another long word comes before.

        Signs right after the last word belong to the beginning.

        >>> slug = UrlSlug.of("https://example.com/storm-closes-the-harbour")
        >>> text = "Storm closes the harbour! The quay is shut."
        >>> text[: slug.end_of_prefix(text)], slug.end_of_prefix("A strong storm closes the harbour")
        ('Storm closes the harbour!', 0)

        """
        missing = set(self.words)
        for match in _JOINED_WORD.finditer(text):
            word = match[0].casefold()
            parts = frozenset(map(_plain, (*_WORD.findall(word), _APOSTROPHE.sub("", word))))
            if parts.isdisjoint(self.words) and len(word) > SHORT_WORD:
                return 0
            missing -= parts
            if not missing:
                closing = _CLOSING.match(text, match.end())
                return match.end() if closing is None else closing.end()
        return 0

    def _shared(self, words: set[str]) -> int:
        """Count the words of the slug that are among `words`, with or without accents."""
        accented = [word for word in words if not word.isascii() and (word[0] in self._initials or not word[0].isascii())]
        if not accented:
            return len(self.words & words)
        return len(self.words & words.union(map(_plain, accented), (_plain(word.translate(_SPELT)) for word in accented)))


def _are_plain_words(text: str, words: Sequence[str]) -> bool:
    """Return whether a text has only its folded words, all of ASCII letters."""
    letters = "".join(words)
    return letters.isalpha() and letters.isascii() and (text.isascii() or _BEYOND_PLAIN.search(text) is None)
