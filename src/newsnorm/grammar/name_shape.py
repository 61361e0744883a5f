"""
Read how many words form one person's name, from their shape and from the words that are used beside names.

`may_open_name` and `is_plain_name` are quick tests for most texts: False of the first and True of the second are certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from newsnorm.grammar import Grammar
from newsnorm.text.lazy_regex import lazy_regex

MAX_WORDS = 7
"""Most words that are read as one name."""

MAX_PARTS = 5
"""Most parts of one name, without particles."""

MAX_PART_LENGTH = 24
"""Code points of the longest part."""

_INITIAL = lazy_regex(r"[^\W\d_](?:\.(?:-?[^\W\d_]\.?){0,3})?\Z")
_PART = lazy_regex(r"[^\W\d_][^\W\d_'’ʼ.\-‐\u0300-\u036f]{0,24}(?:['’ʼ.\-‐][^\W\d_]{1,24}){0,4}[.’']?\Z")
_GLUED = lazy_regex(r"([A-ZÀ-Þ][a-zß-ÿ]{1,24})([A-ZÀ-Þ][a-zß-ÿ]{2,24})\Z")
SHORT_SURNAME = 3
"""Length in code points up to which the first half of a word may be a particle that no list has."""
_POSSESSIVE = ("'s", "’s")
_NAME_END = ".'’"
"""Signs with which a part of a name may end."""


def is_plain_name(text: str, grammar: Grammar) -> bool:
    """
    Return whether a text is two to five different capitalised words that are all part of one name; True is certain.

    >>> grammar = Grammar.default()
    >>> [is_plain_name(text, grammar) for text in ("Jane Doe", "Jean-Luc San Doe", "Jane van Doe", "Jane Doe Junior")]
    [True, True, False, False]
    """
    if not text.istitle() or "ʼ" in text:
        return False
    words = text.split(" ")
    lowered = text.lower().split(" ")
    if not (2 <= len(words) <= MAX_PARTS and grammar.beside_capitalised_names.isdisjoint(lowered)):
        return False
    return len(set(lowered)) == len(words) and all(map(_is_plain_part, words))


def _is_plain_part(word: str) -> bool:
    """Return whether a capitalised word is letters alone, or parts of letters: ``Jean-Luc``, ``O'Hara``; not initials."""
    if not 1 < len(word) <= MAX_PART_LENGTH or "." in word:
        return False
    return word.isalpha() or (word[-1].isalpha() and word[0].isupper() and _PART.match(word) is not None)


def may_open_name(words: Sequence[str], grammar: Grammar) -> bool:
    """
    Return False only if a text without a marker certainly does not begin with a name of two or more words.

    Args:
        words: the words of the text: all, or more than two of them.
        grammar: particles and the words that no name holds.


    >>> grammar = Grammar.default()
    >>> [may_open_name(line.split(), grammar) for line in ("Jane Doe", "Dr. Jane Doe", "Jane speaks", "Sign In", "Quay: Ships")]
    [True, True, False, False, False]

    """
    if len(words) < 2 or not words[0][0].isupper():
        return False
    first, second = words[0].lower(), words[1]
    if not (second[0].isalpha() and not second[0].islower()) and second not in grammar.names.particles:
        return False
    if not first[-1].isalpha() and first[-1] not in _NAME_END:
        return False
    if first in grammar.opens_no_name or first.endswith(_POSSESSIVE):
        return False
    second = second.lower().rstrip(".,")
    if second in grammar.follows_no_name or (len(words) == 2 and second in grammar.doubtful_in_names):
        return False
    return not second.endswith(_POSSESSIVE)


def holds_glued_names(words: Sequence[str], grammar: Grammar) -> bool:
    """
    Return whether one of the words is two names of two people without a space between them.

    >>> [holds_glued_names(text.split(), Grammar.default()) for text in ("Mia NgTom Roe", "AnnaMaria Ng", "Jane McDonald")]
    [True, False, False]
    """
    glued = (_GLUED.match(word) for word in words if not word.istitle())
    return any(match is not None and _is_of_two(match, grammar) for match in glued)


def is_office(words: Sequence[str], grammar: Grammar) -> bool:
    """
    Return whether words name a desk, a staff or an office instead of a person.

    >>> [is_office(text.split(), Grammar.default()) for text in ("der Pressestelle", "la Redacción", "Staff", "der Bank")]
    [True, True, True, False]
    """
    names, lowered = grammar.names, [word.lower().strip(".,:") for word in words]
    known = [word in names.not_names or word in names.roles for word in lowered]
    return any(known) and all(is_known or word in names.particles for is_known, word in zip(known, lowered, strict=True))


def name_size(tokens: Sequence[str], grammar: Grammar, *, marked: bool) -> int:
    """
    Return how many of the first words form one person's name; 0 if none do.

    Args:
        tokens: the words of a text.
        grammar: particles, job titles and the words that no name holds.
        marked: whether a marker is before them; then one part of the name may be a common word.

    >>> grammar = Grammar.default()
    >>> name_size("Jane van der Meer Senior Writer".split(), grammar, marked=False)
    4
    >>> name_size("harbour opens again".split(), grammar, marked=False)
    0

    """
    beside = grammar.beside_names
    size = solid = doubtful = 0
    seen: list[str] = []
    for at, word in enumerate(tokens[:MAX_WORDS]):
        low = word.lower().rstrip(".,")
        known = low in beside or word in beside  # most words of names are not
        kind = (
            _kind_of_known(tokens, at, low, solid, grammar, marked=marked)
            if known
            else _kind_of_unknown(tokens, at, solid, grammar)
        )
        if kind == "suffix":
            return at + 1
        if kind == "end":
            return 0 if known and _is_body(tokens, low, grammar) else _size_if_name(size, solid, doubtful, marked=marked)
        if kind == "no name":
            return size if solid >= 2 else 0
        if kind == "initial":
            size = at + 1 if solid else size
        if kind == "name":
            doubtful += known and _is_doubtful(tokens, at, low, grammar)
            if solid and low in seen:  # "Jane Doe Jane Doe" is one; "from shore to shore" is none
                return at if solid >= 2 and low == seen[0] and not doubtful else 0
            solid, size = solid + 1, at + 1
        seen.append(word.lower())
    return _size_if_name(size, solid + (marked and _opens_with_dotted_initial(tokens, size)), doubtful, marked=marked)


def _opens_with_dotted_initial(tokens: Sequence[str], size: int) -> bool:
    """Return whether two words are an initial with its full stop, which is a part of the name then, and a name: ``M. Nur``."""
    return size == 2 and len(tokens[0]) == 2 and tokens[0][1] == "."


def _is_body(tokens: Sequence[str], low: str, grammar: Grammar) -> bool:
    """Return whether a word of bodies ends what begins with no given name: ``Harle Town Council``, not ``Jane Doe News``."""
    names, first = grammar.names, tokens[0].lower()
    if low not in names.not_names or low in names.roles:
        return False
    return first.isascii() and len(first.rstrip(".")) > 1 and not names.may_be_given(first)


def _size_if_name(size: int, solid: int, doubtful: int, *, marked: bool) -> int:
    """Return `size` if so many words are a name, else 0; `solid` of them are full parts of names, and `doubtful` common words."""
    if solid == 1 < size and not marked:
        return 0  # "Harold P."
    return size if 0 < solid <= MAX_PARTS and doubtful <= (1 if marked and solid > 1 else 0) else 0


_WordKind: TypeAlias = Literal["name", "initial", "particle", "suffix", "no name", "end"]
"""What a word is in a name; ``no name`` and ``end`` are not part of it."""


def _kind_of_unknown(tokens: Sequence[str], at: int, solid: int, grammar: Grammar) -> _WordKind:
    """Classify a word that is not used beside names, by its shape alone."""
    word = tokens[at]
    if word.istitle() and word.isalpha() and word.isascii() and 1 < len(word) <= MAX_PART_LENGTH:
        return "name"  # most are
    if word.lower().rstrip(".,").endswith(_POSSESSIVE) or (solid >= 2 and _is_outlet_in_capitals(tokens, at)):
        return "end"
    return _kind_by_shape(tokens, at, grammar)


def _kind_of_known(tokens: Sequence[str], at: int, low: str, solid: int, grammar: Grammar, *, marked: bool) -> _WordKind:
    """Classify a word that is used beside names, after `solid` full parts of a name; `low` is the word in lower case."""
    word, names = tokens[at], grammar.names
    if solid >= 2 and low in names.suffixes and not (word.islower() and low in names.particles):
        return "suffix"
    if _ends_before(tokens, at, low, solid, grammar):
        return "end"
    if low in names.particles and word.islower() and (at or marked):
        return "particle"
    if low in grammar.bylines.function_words:
        return "no name"
    kind = _kind_by_shape(tokens, at, grammar)
    if kind == "name" and low in names.not_names and not names.is_given(low) and _is_usual(tokens, at, low, grammar):
        return "no name"
    return kind


def _kind_by_shape(tokens: Sequence[str], at: int, grammar: Grammar) -> _WordKind:
    """Classify a word by its shape: an initial, a full part of a name, or neither."""
    word = tokens[at]
    if _INITIAL.match(word):
        return "initial" if len(tokens) > 1 and not (at and word.islower()) else "end"
    if not word.istitle() and (glued := _GLUED.match(word)) is not None and _is_of_two(glued, grammar):
        return "no name"
    is_abbreviated = not at and word.endswith(".") and word.lower() in grammar.names.given_names  # Moch. Prima
    return "name" if is_abbreviated or _is_name_word(word, first=not at) else "end"


def _is_of_two(glued: re.Match[str], grammar: Grammar) -> bool:
    """Return whether two words without a space between them are two people's and not a compound: ``AnnaMaria``."""
    first, second = glued[1].lower(), glued[2].lower()
    if len(first) <= SHORT_SURNAME and not grammar.names.is_given(second):
        return False
    return first not in grammar.names.particles and not grammar.names.is_given(first)


def _is_outlet_in_capitals(tokens: Sequence[str], at: int) -> bool:
    """Return whether a word is in capitals and the name before it is not: ``Jane Doe USA TODAY``."""
    word, first = tokens[at], tokens[0]
    return word.isupper() and len(word) > 2 and not (first.isupper() and len(first.strip(".")) > 1)


def _is_doubtful(tokens: Sequence[str], at: int, low: str, grammar: Grammar) -> bool:
    """Return whether a part of a name is a common word, and neither a given name nor a particle."""
    names = grammar.names
    if low in names.given_names or low in names.word_names or (at > 0 and low in names.particles):
        return False
    return _is_usual(tokens, at, low, grammar)


def _ends_before(tokens: Sequence[str], at: int, low: str, solid: int, grammar: Grammar) -> bool:
    """Return whether a known word ends the name before it: a job title, an outlet, a place or a picture credit follows."""
    if low.endswith(_POSSESSIVE) or (solid and _opens_addition(tokens, at, low, grammar)):
        return True
    if low in grammar.names.roles:
        return not (at == 1 and len(tokens) == 2 and grammar.names.is_given(tokens[0].lower()))
    if solid < 2:
        return False
    if _is_outlet_in_capitals(tokens, at):
        return True
    if not (low in grammar.names.not_names or low in grammar.bylines.common):
        return False
    return low not in grammar.names.particles and tokens[at - 1] not in grammar.names.particles


def _opens_addition(tokens: Sequence[str], at: int, low: str, grammar: Grammar) -> bool:
    """Return whether a word begins an addition to a name: ``Photo: …``, ``in London``."""
    if low in grammar.bylines.photo:
        return True
    if tokens[at].isupper() and tokens[0].isupper() and low == "in":
        return True  # "JANE DOE IN LONDON"
    return tokens[at] in grammar.names.locatives and (low == "in" or grammar.places.open_with_city(tokens[at + 1 : at + 4]))


def _is_name_word(word: str, *, first: bool) -> bool:
    """Return whether a word has the shape of a part of a name: a capital first, or letters without case."""
    caseless = word[0].isalpha() and word.lower() == word.upper()
    glued = not first and word[:2].lower() in ("d'", "d’", "al", "el") and len(word) > 3 and not word.isalpha()
    if not (word[0].isupper() or caseless or glued) or len(word) > MAX_PART_LENGTH or (word.endswith(".") and len(word) > 4):
        return False
    return caseless or _PART.match(word) is not None


def _is_usual(tokens: Sequence[str], at: int, low: str, grammar: Grammar) -> bool:
    """Return whether a word is rare in names, and no particle in lower case is before it (van der Meer)."""
    if at and tokens[at - 1].lower() in grammar.names.particles and tokens[at - 1].islower():
        return False
    return low in grammar.bylines.common or low in grammar.names.not_names or low in grammar.calendar.words
