"""Hold the words of credits for a text or its pictures, and the quick checks that reject most lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal, TypeAlias, cast

import attrs

from newsnorm.errors import CatalogueError
from newsnorm.grammar.agencies import Agencies
from newsnorm.records import CreditKind
from newsnorm.resources import DataFiles, all_strings, strings
from newsnorm.text.folding import fold, longest_word, normalise_for_template

Label: TypeAlias = Literal["photo", "people", "contributing", "source", "doubtful", "either"]
"""Kind of the name after a label; a doubtful one needs an agency or an outlet; either means a site or a photographer."""

LABELS: tuple[Label, ...] = ("photo", "people", "contributing", "source", "doubtful", "either")
"""If a word has several meanings, the last one in this order counts."""

COMMON_PHRASE = 5
"""Letters. Phrases up to this length, such as ``with {agency}``, are so common that they make short lines alone worth reading."""


@attrs.frozen
class CreditPhrase:
    """
    A phrase around the name of a source.

    >>> CreditPhrase.of("zuerst bei {source} erschienen")
    CreditPhrase(before='zuerst bei', slot='source', after='erschienen', kind='source')
    """

    before: str
    """The words before the name."""
    slot: str
    """What the name must be: ``source`` or ``agency``."""
    after: str
    """The words after the name."""
    kind: CreditKind = "source"
    """Whether the name supplied the text (``source``) or contributed to it (``contributing``)."""

    @classmethod
    def of(cls, text: str, kind: CreditKind = "source") -> CreditPhrase:
        """
        Parse a phrase of a kind that holds ``{source}`` or ``{agency}``.

        Raises:
            CatalogueError: it contains neither.

        """
        for slot in ("source", "agency"):
            before, found, after = text.partition(f"{{{slot}}}")
            if found:
                return cls(normalise_for_template(before).strip(), slot, normalise_for_template(after).strip(), kind)
        raise CatalogueError(f"credits: {text!r} names neither {{source}} nor {{agency}}")

    @property
    def word(self) -> str:
        """The longest folded word, which a line must contain."""
        return longest_word(max(f"{self.before} {self.after}".split(), key=len))

    @property
    def is_common(self) -> bool:
        """Whether the phrase is as short as ``with {agency}``."""
        return len(self.before + self.after) <= COMMON_PHRASE

    def may_fit(self, text: str) -> bool:
        """Return whether both parts of the phrase stand somewhere in `text`."""
        return self.before in text and self.after in text


@attrs.frozen(kw_only=True)
class CreditTables:
    """Words of credits, in lower case; ``credits.toml`` describes each list."""

    labels: Mapping[str, Label]
    """Words before a colon."""
    phrases: tuple[CreditPhrase, ...]
    """Phrases in scripts with spaces between words."""
    unspaced: tuple[CreditPhrase, ...]
    """Phrases in scripts without spaces between words."""
    helpers: tuple[str, ...]
    """Openings of lines on people who helped."""
    helped: tuple[str, ...]
    """Ends of sentences on people who helped."""
    assisting: frozenset[str]
    """Those of `helpers` who assisted the writer of the text."""
    itself: tuple[str, ...]
    """Words by which a line refers to the text beside it."""
    tails: tuple[str, ...]
    """Words with which a line may continue after the name."""
    own: tuple[str, ...]
    """Beginnings of values that don't name a source."""
    agencies: frozenset[str]
    """Words for agencies in general."""
    before_agencies: tuple[str, ...]
    """Words in front of an agency's name that say what it is, with the space after them: ``agence ``."""
    ambiguous: frozenset[str]
    """Agencies whose names are also common words or other names."""
    at_home: Mapping[str, tuple[str, ...]]
    """Language → the ambiguous names that mean the agency there."""
    styles: Mapping[str, tuple[str, ...]]
    """Agency → the words that its trailers all contain."""
    media: frozenset[str]
    """Words in names of papers, sites and broadcasters."""
    media_endings: tuple[str, ...]
    """Endings of words in such names."""
    photo: frozenset[str]
    """Words for pictures, and photo agencies."""
    picture_words: frozenset[str]
    """Words for a picture that stand beside a name in the credit of a caption: ``AP Photo/Jane Miller``."""
    picture_houses: frozenset[str]
    """Houses that supply only pictures, so that their name alone is a credit."""
    picture_kinds: frozenset[str]
    """What a caption may say of its picture in brackets instead of a name: ``Symbolbild``."""
    picture_shorts: tuple[str, ...]
    """Abbreviations of such words, without their full stop: ``Fot. Anna Nowak``."""
    picture_by: tuple[str, ...]
    """Words between a word for a picture and the name of who took it: ``Photo by Jane Miller``."""
    courtesy: tuple[str, ...]
    """Openings of credits that thank whoever handed out a picture, with the space after them: ``courtesy of ``."""
    film_labels: frozenset[str]
    """Labels of pictures that move: a headline follows them as often as a name."""
    picture_openings: tuple[str, ...]
    """Openings of lines that print a credit and a caption one after the other."""
    caption_marks: tuple[str, ...]
    """Words in front of the caption on such a line."""
    picture_endings: tuple[str, ...]
    """Endings of a photographer's name, in scripts without spaces."""
    reference: frozenset[str]
    """Sources of figures and facts."""
    talk: tuple[str, ...]
    """Parts of addresses that are not sources: sites for talk or files."""
    joining: frozenset[str]
    """Words in lower case that a name may hold."""
    between_words: frozenset[str]
    """Words that join two names."""
    agency_forms: frozenset[str]
    """Printed forms of agencies and words for agencies in general, folded."""
    agency_words: frozenset[str]
    """Folded words of which a line that names an agency or a photo agency holds one: the most telling word of each name."""

    @classmethod
    def of(cls, files: DataFiles, agencies: Agencies) -> CreditTables:
        """Build the tables from the data files of the grammar and the printed forms of agencies."""
        content = files.table("credits")

        def words(table: str, name: str) -> tuple[str, ...]:
            part = content.get(table, {})
            return tuple(all_strings(part.get(name, []) if isinstance(part, dict) else [], f"credits, {table}, {name}"))

        def rows(table: str) -> dict[str, tuple[str, ...]]:
            part = cast("dict[str, object]", content.get(table, {}))
            return {key: strings(row, f"credits, {table}, {key}") for key, row in part.items()}

        def phrases(table: str, kind: CreditKind = "source") -> tuple[CreditPhrase, ...]:
            texts = all_strings(content.get(table, {}), f"credits, {table}")
            return tuple(dict.fromkeys(CreditPhrase.of(text, kind) for text in texts))

        interface = files.words("interface", "words")
        general, photo = words("words", "agencies"), words("words", "photo")
        return cls(
            labels={word: label for label in LABELS for word in words("labels", label)},
            phrases=(*phrases("phrases"), *phrases("contributing", "contributing")),
            unspaced=phrases("unspaced"),
            helpers=words("labels", "people"),
            helped=words("closing", "people"),
            assisting=frozenset(words("assisting", "openings")),
            itself=words("itself", "words"),
            tails=words("tails", "words"),
            own=words("own", "openings"),
            agencies=frozenset(general),
            before_agencies=tuple(f"{word} " for word in words("words", "before_agencies")),
            ambiguous=frozenset(words("words", "ambiguous")),
            at_home=rows("at_home"),
            styles=rows("styles"),
            media=frozenset(words("words", "media")),
            media_endings=words("words", "media_endings"),
            photo=frozenset(photo),
            picture_words=frozenset(words("captions", "words")),
            picture_houses=frozenset(words("captions", "houses")),
            picture_kinds=frozenset(words("captions", "kinds")),
            picture_shorts=words("captions", "shorts"),
            picture_by=words("captions", "by"),
            courtesy=tuple(f"{opening} " for opening in words("captions", "courtesy")),
            film_labels=frozenset(words("captions", "films")),
            picture_openings=words("captions", "openings"),
            caption_marks=words("captions", "marks"),
            picture_endings=words("captions", "endings"),
            reference=frozenset(words("words", "reference")),
            talk=words("words", "talk"),
            joining=frozenset(words("words", "joining")),
            between_words=frozenset(words("words", "between")),
            agency_forms=frozenset(map(fold, (*agencies, *general))),
            agency_words=frozenset(
                filter(None, (*(_telling_word(form, interface) for form in agencies), *map(longest_word, (*general, *photo))))
            ),
        )

    @cached_property
    def between(self) -> re.Pattern[str]:
        """What joins two names: a sign, or a word between spaces."""
        words = "|".join(map(re.escape, sorted(self.between_words)))
        return re.compile(rf"\s{{0,3}}[/,;&+|]\s*|\s{{1,3}}(?:{words})\s+")

    @cached_property
    def picture_separator(self) -> re.Pattern[str]:
        """What parts a word for a picture, in lower case, from the name after it: a sign, or a word between spaces."""
        words = "|".join(map(re.escape, self.picture_by)) or r"(?!)"
        return re.compile(rf"\s{{0,3}}[:：=/＝]\s*|\s{{1,3}}(?:{words})\s+")

    @cached_property
    def caption_signs(self) -> tuple[str, ...]:
        """Signs and words, in lower case, of which the end of a line holds one if `caption_label` matches there."""
        return (":", "：", "=", "＝", *(f" {word} " for word in self.picture_by), *(f"{short}." for short in self.picture_shorts))

    @cached_property
    def caption_openings(self) -> tuple[str, ...]:
        """What opens a line whose credit or caption stands behind a word in front, in lower case."""
        return (*self.caption_marks, *self.picture_openings)

    @cached_property
    def caption_words(self) -> frozenset[str]:
        """Folded words of which a line holds one if `caption_label` matches it and spaces part its words."""
        return frozenset(map(longest_word, self.caption_labels))

    @cached_property
    def caption_labels(self) -> tuple[str, ...]:
        """The labels, in lower case, that `caption_label` looks for."""
        labels = (word for word, kind in self.labels.items() if kind in ("photo", "either") and word not in self.film_labels)
        return (*labels, *self.picture_shorts)

    @cached_property
    def caption_label(self) -> re.Pattern[str]:
        """A label of pictures near the end of a caption, after a sentence or a sign; the group is the name after the label."""
        labels = self.caption_labels[: len(self.caption_labels) - len(self.picture_shorts)]

        def any_of(words: Iterable[str]) -> str:
            return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"

        before = r"(?:[.!?…。！？»”\"')\]]\s*|\s[-–—|/]\s?|(?<=[\u3040-\u9fff])\s)"
        sign = rf"\s?[:：=＝]\s*|\s(?:{any_of(self.picture_by)})\s"
        marked = rf"(?:{any_of(labels)})(?:{sign})|(?:{any_of(self.picture_shorts)})\.\s?:?\s*"
        return re.compile(rf"{before}(?:{marked})([^:：]{{2,120}})\Z", re.I)

    @cached_property
    def second_label(self) -> re.Pattern[str]:
        """What parts the credit of a text from the credit of its pictures on one line; a label and its colon follow."""
        labels = sorted((word for word, kind in self.labels.items() if kind == "photo"), key=len, reverse=True)
        words = "|".join(map(re.escape, (*labels, *self.film_labels)))
        return re.compile(rf"(?:\s[-–—|]|\s?[/(;,|])\s?(?=\w)(?=(?:{words})\s?[:：]\s?\S)", re.I)

    @cached_property
    def phrases_by_word(self) -> Mapping[str, tuple[CreditPhrase, ...]]:
        """Phrases by the folded word that a line must hold."""
        found: dict[str, tuple[CreditPhrase, ...]] = {}
        for phrase in self.phrases:
            found[phrase.word] = (*found.get(phrase.word, ()), phrase)
        return found

    @cached_property
    def label_words(self) -> frozenset[str]:
        """Folded words of which a line with a label holds one, if spaces part its words."""
        return frozenset(map(longest_word, self.labels))

    @cached_property
    def helper_words(self) -> frozenset[str]:
        """Folded words of which a line on people who helped holds one."""
        return frozenset(map(longest_word, (*self.helpers, *self.helped)))

    @cached_property
    def cues(self) -> frozenset[str]:
        """Folded words of which a line of any length holds one if it is worth reading."""
        return self.helper_words | {phrase.word for phrase in self.phrases if not phrase.is_common}

    @cached_property
    def cues_of_short(self) -> frozenset[str]:
        """Folded words of which a short line holds one if it is worth reading."""
        doubtful = (longest_word(word) for word, label in self.labels.items() if label == "doubtful")
        return self.cues | self.phrases_by_word.keys() | self.agency_words | frozenset(doubtful)

    @cached_property
    def any_words(self) -> frozenset[str]:
        """Folded words of which a line of any length holds one if it is a credit, a label or not, and spaces part its words."""
        return self.cues | self.label_words

    @cached_property
    def any_words_of_short(self) -> frozenset[str]:
        """Folded words of which a short line holds one if it is a credit, a label or not, and spaces part its words."""
        return self.cues_of_short | self.label_words

    @cached_property
    def unspaced_letters(self) -> re.Pattern[str]:
        """One of the letters with which phrases in scripts without spaces begin."""
        letters = sorted({(phrase.before or phrase.after)[0] for phrase in self.unspaced})
        return re.compile(f"[{re.escape(''.join(letters))}]" if letters else r"(?!)")


def _telling_word(form: str, interface: Iterable[str]) -> str:
    """Return the longest folded word of an agency's name that interfaces do not use; empty if it has no words but numbers."""
    words = [word for word in fold(form).split() if len(word) > 1 and not word.isdecimal()]
    return max([word for word in words if word not in interface] or words, key=len, default="")
