"""What does the address of a page say about its headline?"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

import attrs

from newsnorm.text.lazy_regex import lazy_regex

WORDS = 4
"""An address with fewer words that are no numbers says too little to doubt a line that it does not name; chosen, not measured."""

_WORD = lazy_regex(r"[^\W\d_]{2,}")
LATIN = "a-zª²³µ¹º¼-¾à-öø-ɏ"
"""The letters below U+0250 in small: in their own class an expression finds them three times as fast as in ``[^\\W\\d_]``."""
BEYOND_LATIN = lazy_regex("[^\x00-\u024f\u2000-\u206f]")
"""What is no such letter, and no sign that stands beside them."""
_LATIN_WORD = lazy_regex(f"[{LATIN}]{{2,}}")
_ENDING = lazy_regex(r"\.[a-z]{2,5}\Z", re.I)
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"})
_BARE = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ı": "i"})


def _plain(word: str) -> str:
    """A word without its marks."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFKD", word.translate(_BARE)) if not unicodedata.combining(letter))


def _words(text: str) -> set[str]:
    """The words of a text in small letters."""
    folded = text.casefold()
    return set((_LATIN_WORD if BEYOND_LATIN.search(folded) is None else _WORD).findall(folded))


@attrs.frozen
class Address:
    """
    The words in the last part of an address: most sites write the headline there.

    >>> address = Address.of("https://example.com/2024/06/storm-closes-harbour-in-malmo-1234.html")
    >>> sorted(address.words)
    ['closes', 'harbour', 'in', 'malmo', 'storm']
    >>> address.share("Storm closes harbour in Malmö"), address.share("More news")
    (1.0, 0.0)
    """

    words: frozenset[str]

    @classmethod
    def of(cls, url: str | None) -> Address:
        """The words of an address; none, if there is no address or it can't be read."""
        try:
            path = urlsplit(url or "").path
        except ValueError:
            path = ""
        parts = [
            frozenset(_plain(word) for word in _WORD.findall(_ENDING.sub("", unquote(part)).casefold()))
            for part in path.split("/")
        ]
        return cls(max(parts, key=len, default=frozenset()))

    @property
    def tells(self) -> bool:
        """Whether there are words enough to doubt a line that has none of them."""
        return len(self.words) >= WORDS

    def share(self, text: str) -> float:
        """Which share of the words of the address stands in `text`, from 0 to 1."""
        return self._held(_words(text)) / len(self.words) if self.words else 0.0

    def likeness(self, text: str) -> float:
        """
        How nearly `text` and the address are made of the same words, from 0 to 1 (Dice's coefficient over their sets of words).

        >>> address = Address.of("https://example.com/storm-closes-harbour")
        >>> address.likeness("Storm closes harbour"), address.likeness("A storm came and closes the old harbour today")
        (1.0, 0.5454545454545454)
        """
        words = _words(text)
        return 2 * self._held(words) / (len(self.words) + len(words)) if self.words else 0.0

    def _held(self, words: set[str]) -> int:
        """How many words of the address are among `words`, marks aside."""
        if all(map(str.isascii, words)):
            return len(self.words & words)
        return len(self.words & ({_plain(word) for word in words} | {_plain(word.translate(_SPELT)) for word in words}))
