"""Provide the forms of a line that rules are looked up by and compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from newsnorm.catalogue.templates import TEMPLATE_LIMIT
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import fold_lines, fold_words, normalise_for_template
from newsnorm.text.lazy_regex import lazy_regex

OPENING_LIMIT = 120
"""Code points within which the opening ends of a line that is longer than `TEMPLATE_LIMIT`."""

_DIGIT = lazy_regex(r"\d")
_SPACED_LETTERS = lazy_regex("[^\\W_\u2e80-\u9fff\uac00-\ud7a3\u0e00-\u0eff\uf900-\ufaff]+")
"""Letters for which `is_spaced` holds."""


class LineForms:
    """
    A line in the forms that rules are compared with, each computed once.

    A line of more than `TEMPLATE_LIMIT` code points matches no rule: all its forms are empty, except `beginning`.

    Args:
        text: the line.
        words: the words of the folded line, if they are known.
        beginning: those of its first `OPENING_LIMIT` code points, if it is too long for any rule and they are known.

    >>> forms = LineForms("• No Comments:")
    >>> forms.folded, forms.words, forms.normalised
    ('no comments', ['no', 'comments'], 'No Comments:')

    """

    __slots__ = ("_beginning", "_lowered", "_normalised", "first", "folded", "text", "words")

    def __init__(self, text: str, words: Sequence[str] | None = None, beginning: Sequence[str] | None = None) -> None:
        self.text: str = text
        if words is None:
            words = fold_words(text) if len(text) <= TEMPLATE_LIMIT else ()
        self.words: Sequence[str] = words
        """The words of the folded line."""
        self.folded: str = " ".join(self.words)
        """The line as `fold` makes it."""
        first = self.words[0] if self.words else ""
        self.first: str = first if first.isascii() else _beginning_of(first)
        """The first of the `opening_keys` of its words."""
        self._beginning: Sequence[str] | None = beginning
        self._normalised: str | None = None
        self._lowered: str | None = None

    @classmethod
    def of_lines(cls, texts: Iterable[str]) -> Mapping[str, LineForms]:
        """Return line text → its forms; equal lines are read once."""
        every = list(dict.fromkeys(texts))
        words = fold_lines([text if len(text) <= TEMPLATE_LIMIT else text[:OPENING_LIMIT] for text in every])
        return {
            text: cls(text, folded) if len(text) <= TEMPLATE_LIMIT else cls(text, (), folded)
            for text, folded in zip(every, words, strict=True)
        }

    @property
    def beginning(self) -> Sequence[str]:
        """The words of the folded line; for a line without forms, the words of its first `OPENING_LIMIT` code points."""
        if self._beginning is None:
            self._beginning = self.words or fold_words(self.text[:OPENING_LIMIT])
        return self._beginning

    @property
    def normalised(self) -> str:
        """The line as `normalise_for_template` makes it."""
        if self._normalised is None:
            self._normalised = normalise_for_template(self.text) if self.folded else ""
        return self._normalised

    @property
    def lowered(self) -> str:
        """`normalised` in lower case, of equal length."""
        if self._lowered is None:
            self._lowered = lower_same_length(self.normalised)
        return self._lowered

    @property
    def sign(self) -> str:
        """The first character of `lowered`, which is a sign unless only bullets stand before the words."""
        return self.lowered[:1]

    @property
    def has_digit(self) -> bool:
        """Whether the line holds a digit of any script."""
        return _DIGIT.search(self.text) is not None


def opening_keys(words: Sequence[str]) -> tuple[str, ...]:
    """
    Return the keys of a text's opening: its first word and, if there are two, its first two words.

    A phrase is filed under the last of its own keys; a line is looked up under all of its keys. In scripts without spaces between
    words, a word counts up to its last `is_spaced` letter, or is its first letter.

    Args:
        words: the words of the folded text.

    >>> opening_keys(["by", "using", "this", "site"]), opening_keys(["転載禁止"]), opening_keys(["line公式", "ブログ"])
    (('by', 'by using'), ('転',), ('line',))

    """
    if not words:
        return ()
    first = _beginning_of(words[0])
    return (first,) if len(words) == 1 or first != words[0] else (first, f"{first} {_beginning_of(words[1])}")


def _beginning_of(word: str) -> str:
    """Return the `is_spaced` letters at the beginning of a folded word, or its first letter if there are none."""
    if word.isascii():
        return word
    letters = _SPACED_LETTERS.match(word)
    return letters.group() if letters else word[0]
