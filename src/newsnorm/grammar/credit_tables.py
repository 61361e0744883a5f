"""The words that tell lines that credit who supplied a text or its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import cast

import attrs

from newsnorm.errors import CatalogueError
from newsnorm.grammar.agencies import Agencies
from newsnorm.resources import DataFiles, all_strings, strings
from newsnorm.text.folding import fold

COMMON_PHRASE = 5
"""Letters. Phrases up to this length, such as ``with {agency}``, are so common that only short lines are searched for them."""


@attrs.frozen
class CreditPhrase:
    """
    A phrase around the name of a source.

    >>> CreditPhrase.of("zuerst bei {source} erschienen")
    CreditPhrase(before='zuerst bei', slot='source', after='erschienen')
    """

    before: str
    """The words before the name."""
    slot: str
    """``source`` or ``agency``: what the name has to be."""
    after: str
    """The words behind the name."""

    @classmethod
    def of(cls, text: str) -> CreditPhrase:
        """
        Parse a phrase that holds ``{source}`` or ``{agency}``.

        Raises:
            CatalogueError: it holds neither.

        """
        for slot in ("source", "agency"):
            before, found, after = text.partition(f"{{{slot}}}")
            if found:
                return cls(before.strip(), slot, after.strip())
        raise CatalogueError(f"credits: {text!r} names neither {{source}} nor {{agency}}")

    @cached_property
    def key(self) -> str:
        """The word that a line must hold: the longest."""
        return max(f"{self.before} {self.after}".split(), key=len).strip("()")

    def may_fit(self, text: str) -> bool:
        """Return whether both parts of the phrase stand somewhere in `text`."""
        return self.before in text and self.after in text


@attrs.frozen(kw_only=True)
class CreditTables:
    """Words of credits, in lower case; ``credits.toml`` says more of each."""

    labels: Mapping[str, str]
    """Word before a colon → ``source``, ``doubtful``, ``either``, ``photo`` or ``people``."""
    phrases: Mapping[str, tuple[CreditPhrase, ...]]
    """Phrases by the word that a line must hold."""
    unspaced: tuple[CreditPhrase, ...]
    """Phrases in scripts without spaces between words."""
    helpers: tuple[str, ...]
    """Openings of lines on people who helped."""
    helped: tuple[str, ...]
    """Ends of lines on people who helped."""
    itself: tuple[str, ...]
    """How a line names the text it stands beside."""
    tails: tuple[str, ...]
    """Words with which a line may continue behind the name."""
    own: tuple[str, ...]
    """Openings of values that name no source."""
    agencies: frozenset[str]
    """Words for agencies in general."""
    ambiguous: frozenset[str]
    """Agencies whose names are common words or other names too."""
    at_home: Mapping[str, tuple[str, ...]]
    """Language → the ambiguous names that mean the agency there."""
    styles: Mapping[str, tuple[str, ...]]
    """Agency → the words that all stand in its trailers."""
    media: frozenset[str]
    """Words in names of papers, sites and broadcasters."""
    media_endings: tuple[str, ...]
    """Endings of words in such names."""
    photo: frozenset[str]
    """Words for pictures, and photo agencies."""
    reference: frozenset[str]
    """Sources of figures and facts."""
    talk: tuple[str, ...]
    """Parts of addresses that are no source: sites for talk or files."""
    joining: frozenset[str]
    """Words in lower case that a name may hold."""
    agency_words: frozenset[str]
    """The most telling word of each printed form of an agency."""

    @classmethod
    def of(cls, files: DataFiles, agencies: Agencies) -> CreditTables:
        """Build the tables from the data files of the grammar; `agencies` give the words by which their names are known."""
        content = files.table("credits")

        def words(table: str, name: str) -> tuple[str, ...]:
            part = content.get(table, {})
            return tuple(all_strings(part.get(name, []) if isinstance(part, dict) else [], f"credits, {table}, {name}"))

        def rows(table: str) -> dict[str, tuple[str, ...]]:
            part = cast("dict[str, object]", content.get(table, {}))
            return {key: strings(row, f"credits, {table}, {key}") for key, row in part.items()}

        phrases: dict[str, tuple[CreditPhrase, ...]] = {}
        for phrase in dict.fromkeys(map(CreditPhrase.of, all_strings(content.get("phrases", {}), "credits, phrases"))):
            phrases[phrase.key] = (*phrases.get(phrase.key, ()), phrase)
        interface = files.words("interface", "words")
        kinds = ("photo", "people", "source", "doubtful", "either")
        return cls(
            labels={label: kind for kind in kinds for label in words("labels", kind)},
            phrases=phrases,
            unspaced=tuple(map(CreditPhrase.of, all_strings(content.get("unspaced", {}), "credits, unspaced"))),
            helpers=words("labels", "people"),
            helped=words("closing", "people"),
            itself=words("itself", "words"),
            tails=words("tails", "words"),
            own=words("own", "openings"),
            agencies=frozenset(words("words", "agencies")),
            ambiguous=frozenset(words("words", "ambiguous")),
            at_home=rows("at_home"),
            styles=rows("styles"),
            media=frozenset(words("words", "media")),
            media_endings=words("words", "media_endings"),
            photo=frozenset(words("words", "photo")),
            reference=frozenset(words("words", "reference")),
            talk=words("words", "talk"),
            joining=frozenset(words("words", "joining")),
            agency_words=frozenset(filter(None, (_telling_word(form, interface) for form in agencies))),
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of which a line of any length holds one if it fits a phrase."""
        phrases = (phrase for row in self.phrases.values() for phrase in row)
        keys = (phrase.key for phrase in phrases if len(phrase.before + phrase.after) > COMMON_PHRASE)
        longest = (max(text.split(), key=len) for text in (*self.helpers, *self.helped))
        return frozenset(map(_longest_word, (*keys, *longest)))

    @cached_property
    def words_of_short(self) -> frozenset[str]:
        """Words of which a short line holds one if it is a credit: `words`, common phrases and names of agencies."""
        doubtful = (label for label, kind in self.labels.items() if kind == "doubtful")
        return frozenset(
            (
                *self.words,
                *map(_longest_word, self.phrases),
                *map(_longest_word, self.photo),
                *doubtful,
                *self.agencies,
                *self.agency_words,
            )
        )

    @cached_property
    def folded(self) -> frozenset[str]:
        """The single words among `words`, folded as lines are."""
        return _folded(self.words)

    @cached_property
    def folded_of_short(self) -> frozenset[str]:
        """The single words among `words_of_short`, folded as lines are."""
        return _folded(self.words_of_short)

    @cached_property
    def unspaced_letters(self) -> re.Pattern[str]:
        """One of the letters with which phrases in scripts without spaces begin."""
        letters = sorted({(phrase.before or phrase.after)[0] for phrase in self.unspaced})
        return re.compile(f"[{re.escape(''.join(letters))}]" if letters else r"(?!)")

    @cached_property
    def label_words(self) -> frozenset[str]:
        """The last words of the labels."""
        return frozenset(label.split()[-1] for label in self.labels)


def _words_of(text: str) -> list[str]:
    """Return the words of a text without its signs."""
    return re.findall(r"[^\W_]+", text)


def _longest_word(text: str) -> str:
    return max(_words_of(text), key=len, default=text)


def _telling_word(form: str, interface: frozenset[str]) -> str:
    """Return the longest word of an agency's name that interfaces do not use."""
    words = [word for word in _words_of(form.lower()) if len(word) > 1 and not word.isdecimal()]
    return max([word for word in words if word not in interface] or words, key=len, default="")


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names if " " not in name for word in fold(name).split())
