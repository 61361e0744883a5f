"""Find the phrases that mark a byline: ``By``, ``Text:``, ``Editing by``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from newsnorm.grammar.phrase_spotter import PhraseSpotter
from newsnorm.records import PersonRole
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN, INVISIBLE

EDGE_SIGNS = " \t,.:;|/-–—•·*_\"'“”«»<>‘’…()[]{}【】（）〔〕"
"""Punctuation that is stripped from the ends of phrases and names."""

OPENING_LENGTH, OPENING_WORDS = 60, 6
"""Length in code points and in words of the beginning of a text that is compared with the phrases."""

GLUED_LENGTH = 8
"""Length in code points of the longest phrase without a space between it and the name."""

_WIDE_COLONS = "：／"
_COLONS = f":/|{_WIDE_COLONS}"
_INVISIBLE = lazy_regex(f"[{INVISIBLE}]")
_EAST_ASIAN = lazy_regex(f"[{EAST_ASIAN}]")


@attrs.frozen(kw_only=True)
class Marker:
    """A phrase before the names of a byline."""

    role: PersonRole
    colon: bool
    """Whether it is a marker only if a colon follows."""


_WITH_COLON = Marker(role="author", colon=True)


@attrs.frozen(kw_only=True)
class Markers:
    """The phrases that mark bylines on pages of one language."""

    phrases: Mapping[str, Marker]
    """Phrase in lower case, without punctuation around it → its marker."""
    heads: frozenset[str]
    """The first words of the phrases."""
    single: frozenset[str]
    """Markers of one word that need no colon; they may be within a line (``a report by …``)."""
    spotter: PhraseSpotter
    """Recognises lines without any of the phrases."""

    @classmethod
    def of(cls, literals: Iterable[tuple[str, PersonRole]]) -> Markers:
        """
        Build the markers from the literals before names in templates.

        >>> markers = Markers.of([("By", "author"), ("Text:", "author"), ("Editing by", "editor")])
        >>> markers.phrases["text"].colon, markers.phrases["by"].colon, sorted(markers.single)
        (True, False, ['by'])
        >>> list(Markers.of([("執筆：", "author")]).phrases)
        ['執筆']

        """
        phrases: dict[str, Marker] = {}
        for literal, role in literals:
            phrase = _INVISIBLE.sub("", literal).lower().strip(EDGE_SIGNS + _WIDE_COLONS)
            if phrase and any(map(str.isalpha, phrase)):
                colon = literal.rstrip()[-1:] in ":：/／|-" and phrases.get(phrase, _WITH_COLON).colon
                phrases[phrase] = Marker(role=phrases[phrase].role if phrase in phrases else role, colon=colon)
        return cls.made(phrases)

    @classmethod
    def made(cls, phrases: Mapping[str, Marker]) -> Markers:
        """Build the markers from phrases, with the word sets for quick look-ups."""
        return cls(
            phrases=phrases,
            heads=frozenset(phrase.split()[0] for phrase in phrases),
            single=frozenset(
                p for p, m in phrases.items() if not m.colon and " " not in p and m.role == "author" and p.isascii()
            ),
            spotter=PhraseSpotter.of(phrases),
        )

    def language_independent(self) -> Markers:
        """Return the markers that are unambiguous in every language: of several words, with a colon, or not in ASCII."""
        return Markers.made({p: m for p, m in self.phrases.items() if m.colon or " " in p or not p.isascii()})

    def __or__(self, other: Markers) -> Markers:
        return Markers.made({**other.phrases, **self.phrases})


NO_MARKERS = Markers.made({})


def opening_marker(text: str, markers: Markers) -> tuple[Marker | None, str]:
    """
    Return the marker at the beginning of a text and the text after it; without a marker, None and the text.

    >>> markers = Markers.of([("Von", "author"), ("Ein Gastbeitrag von", "author")])
    >>> opening_marker("Ein Gastbeitrag von Jana Kern", markers)[1], opening_marker("Von:", markers)[1]
    ('Jana Kern', '')
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    words = text[:OPENING_LENGTH].split(None, OPENING_WORDS)
    if not words:
        return None, text
    if words[0].lower().strip(EDGE_SIGNS) not in markers.heads:
        return _glued_marker(text, markers)
    for size in range(min(OPENING_WORDS, len(words)), 0, -1):
        printed = " ".join(words[:size])
        marker = markers.phrases.get(printed.lower().strip(EDGE_SIGNS))
        if marker is None:
            continue
        rest = _behind(text, words[:size])
        colon = printed[-1] in _COLONS or rest.lstrip()[:1] in (*_COLONS, "-", "–")
        if colon or not marker.colon:
            rest = rest.lstrip(" :：|/／-–").rstrip()
            first, space, after = rest.partition(" ")
            return marker, after if space and first.lower() in markers.single else rest  # "By by Jane Doe"
    return _glued_marker(text, markers)


def _behind(text: str, words: Iterable[str]) -> str:
    """Return the rest of a text after its first words."""
    end = 0
    for word in words:
        end = text.index(word, end) + len(word)
    return text[end:]


def _glued_marker(text: str, markers: Markers) -> tuple[Marker | None, str]:
    """Return the marker without a space after it, and the rest: ``文/NAME``, ``记者：NAME``, ``byNAME``."""
    if text[:1].isascii():
        size = glued_size(text, markers)
        return (markers.phrases[text[:size]], text[size:]) if size else (None, text)
    for size in range(min(GLUED_LENGTH, len(text) - 1), 0, -1):
        marker = markers.phrases.get(text[:size].strip(EDGE_SIGNS))
        if marker is not None and _EAST_ASIAN.match(text) and (text[size : size + 1] in " :：/／|・" or not marker.colon):
            return marker, text[size:].lstrip(" :：|/／・")
    return None, text


def glued_size(text: str, markers: Markers) -> int:
    """
    Return the length of a marker of two or three letters right before a capital; 0 if a text does not open with one.

    >>> markers = Markers.of([("By", "author")])
    >>> glued_size("byJane Doe", markers), glued_size("bystander", markers)
    (2, 0)
    """
    return next((size for size in (2, 3) if text[size : size + 1].isupper() and text[:size] in markers.single), 0)


def is_marker(text: str, markers: Markers) -> bool:
    """
    Return whether a text is only a marker.

    >>> is_marker("By:", Markers.of([("By", "author")])), is_marker("By the way", Markers.of([("By", "author")]))
    (True, False)
    """
    marker, rest = opening_marker(text, markers)
    return marker is not None and not rest.strip(" |:")
