"""What is a report about, and how much of another text is about that, too?"""

from __future__ import annotations

import attrs

from newsnorm.page.url_slug import BEYOND_LATIN, LATIN
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN
from newsnorm.text.words import letters_alone

SHORTEST, LONGEST = 4, 6
"""Letters of the shortest word that has a stem, and of the longest stem."""

_WIDE = lazy_regex(f"[{EAST_ASIAN}]")
_STEM, _LATIN_STEM = lazy_regex(r"([^\W\d_]{4,6})[^\W\d_]*"), lazy_regex(f"([{LATIN}]{{4,6}})[{LATIN}]*")
_MARKED = lazy_regex(r"[\u0900-\u0dff\u0e31-\u0e4e]")
_MARKED_STEM = lazy_regex(r"([^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e]){3,5})")


def stems(text: str) -> frozenset[str]:
    """
    Return the first 4 to 6 letters of the longer words of a text; where no spaces part words, its pairs of characters.

    >>> sorted(stems("The harbours of Malmö were closed"))
    ['closed', 'harbou', 'malmö', 'were']
    """
    folded = text.casefold()
    letters = letters_alone(folded)
    if letters is not None:
        return frozenset([word[:LONGEST] for word in letters.split() if len(word) >= SHORTEST])
    if BEYOND_LATIN.search(folded) is None:
        return frozenset(_LATIN_STEM.findall(folded))
    if _WIDE.search(text, 0, 60):
        return frozenset(text[at : at + 2] for at in range(len(text) - 1))
    return frozenset((_MARKED_STEM if _MARKED.search(text) else _STEM).findall(folded))


@attrs.frozen(eq=False)
class Topic:
    """
    What a text is about, by its stems.

    Few texts are compared with it, so a text of ASCII letters is not cut into words: their stems are looked up in it.

    >>> Topic("The harbours of Malmo were closed").share("Harbour closed again"), Topic("It rained.").share("Rain")
    (0.6666666666666666, 0.0)
    """

    text: str
    _letters: str = attrs.field(init=False, repr=False)
    _stems: frozenset[str] = attrs.field(init=False, repr=False)

    @_letters.default
    def _spaced_letters(self) -> str:
        letters = letters_alone(self.text.casefold())
        return f" {letters} " if letters is not None else ""

    @_stems.default
    def _stems_of_other_letters(self) -> frozenset[str]:
        return frozenset() if self._letters else stems(self.text)

    def share(self, text: str) -> float:
        """Return the share of a text's stems that the topic has, from 0 to 1; a single stem counts for half."""
        own = stems(text)
        shared = sum(map(self._has, own)) if self._letters else len(own & self._stems)
        return shared / max(2, len(own))

    def _has(self, stem: str) -> bool:
        """Return whether a word of the text begins with a stem of full length, or is the stem."""
        if len(stem) < SHORTEST:
            return False  # a pair of characters
        return (f" {stem}" if len(stem) == LONGEST else f" {stem} ") in self._letters
