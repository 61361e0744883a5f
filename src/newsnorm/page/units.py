"""Split a page into units, which are lines that make one paragraph, and collect the known evidence against each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import attrs

from newsnorm.page.paragraphs import LONGEST_SENTENCE, continues_paragraph, joined
from newsnorm.page.state import Found
from newsnorm.page.stock_phrases import stock_phrases
from newsnorm.records import Caption, Credit, Finding, Line, Reason, Removal
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import HAN_WIDE, KANA, QUOTES, SOUTH_EAST_ASIAN
from newsnorm.text.sentences import ends_sentence
from newsnorm.text.words import count_spaced, words_of_lines

BEGINNING = 160
"""Code points of a unit whose words are examined, since the beginning shows what a paragraph is."""

INTERFACE = 0.25
"""Smallest share of interface words that counts as evidence against a line; chosen, not measured."""

STOCK_WORDS = 2
"""Fewest words of stock phrases in the beginning of a unit that count as evidence if it addresses its reader."""

SAID_AGAIN = 8
"""Words. A shorter line may occur twice in a report; the repetition of a longer one counts as evidence."""

GROUPS: Mapping[str, tuple[Reason, ...]] = {
    "comments": ("comments",),
    "related": ("related", "read-more"),
    "rights": ("copyright", "agency-trailer", "syndication", "author-box"),
    "prompts": ("subscription", "app", "paywall"),
    "media": ("advert", "player", "caption"),
    "furniture": ("navigation", "tags", "sharing", "consent", "script", "placeholder"),
    "time": ("timestamp",),
}
"""Groups of reasons that mean the same for a line's surroundings."""

_GROUP: Mapping[Reason, str] = {reason: group for group, reasons in GROUPS.items() for reason in reasons}
_FIELDS = frozenset(("title", "byline", "date", "credit"))
"""Fates of lines that are part of the article, but not of its body."""

_UNSPACED_LETTER = lazy_regex(f"[{SOUTH_EAST_ASIAN}{KANA}{HAN_WIDE}]")
_UNSPACED = frozenset(("zh", "ja", "th", "lo", "my", "km"))


class Unit(NamedTuple):
    """
    Lines that make one paragraph: mostly one line, or several where a tag cut it. (A page has hundreds; tuples are made
    fast.)
    """

    lines: tuple[Line, ...]
    text: str
    taken: str = ""
    """What took it: a group of reasons, ``title``, ``byline``, ``date``, ``credit`` or ``other``; empty if it is free."""


def units(found: Found) -> list[Unit]:
    """
    Return the lines that contain a letter or digit, with cut paragraphs joined again. The elements of a page of HTML are never
    cut.

    Lines of code are left out: they are neither text nor surroundings of it.
    """
    lines: list[Line] = []
    groups: list[str] = []
    for line in found.page.lines:
        if (text := line.text) and (text[0].isalnum() or any(map(str.isalnum, text))):
            taker = found.taken(line.number)
            if taker is None:
                lines.append(line)
                groups.append("")
            elif not _is_script(taker):
                lines.append(line)
                groups.append(_group_of(taker))
    made: list[Unit] = []
    open_text = ""  # the unit above, if it may be continued
    last = len(lines) - 1
    for index, (line, taken) in enumerate(zip(lines, groups, strict=True)):
        text = line.text
        if taken:
            open_text = ""
            made.append(Unit((line,), text, taken))
        elif (
            open_text
            and _may_continue(found, line)
            and continues_paragraph(open_text, text, lines[index + 1].text if index < last else "")
        ):
            open_text = joined(open_text, text)
            made[-1] = Unit((*made[-1].lines, line), open_text)
        else:
            open_text = text
            made.append(Unit((line,), text))
        if len(open_text) >= LONGEST_SENTENCE:
            open_text = ""
    return made


def _may_continue(found: Found, line: Line) -> bool:
    """Return whether a line may continue the paragraph above it; on a page of HTML, only after a line break within an element."""
    mark = found.page.markup.of_line(line.number)
    return mark is None or mark.is_broken


def _is_script(taker: Finding) -> bool:
    return isinstance(taker, Removal) and taker.reason == "script"


def _is_picture(taker: Finding | None) -> bool:
    """Return whether a line is a caption, a label of one, or a picture credit."""
    if isinstance(taker, Removal):
        return taker.reason == "caption"
    return isinstance(taker, Caption) or (isinstance(taker, Credit) and taker.kind == "photo")


def _group_of(taker: Finding) -> str:
    """Return what took a line: the group of its reason, or its fate."""
    if isinstance(taker, Removal):
        return _GROUP.get(taker.reason, "other")
    if isinstance(taker, Caption):
        return _GROUP["caption"]
    return taker.fate if taker.fate in _FIELDS else "other"


@attrs.frozen(eq=False)
class UnitCues:
    """
    What a first look at the units shows; each sequence has one item per unit.

    Most outputs of extractors contain nothing to remove, and need no second look.
    """

    found: Found
    units: Sequence[Unit]

    @cached_property
    def pictures(self) -> Sequence[bool]:
        """Whether each unit is a caption, a label of one, or a picture credit."""
        found = self.found
        return [bool(unit.taken) and _is_picture(found.taken(unit.lines[0].number)) for unit in self.units]

    @cached_property
    def beginnings(self) -> Sequence[str]:
        """The first `BEGINNING` code points of each unit."""
        return [unit.text[:BEGINNING] for unit in self.units]

    @cached_property
    def lowered(self) -> Sequence[str]:
        """The beginnings in lower case."""
        return [text.lower() for text in self.beginnings]

    @cached_property
    def words(self) -> Sequence[list[str]]:
        """The words of the lowered beginnings."""
        return words_of_lines(self.lowered)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words of the lowered beginnings; a list with none of them need not be compared with each unit."""
        return frozenset(chain.from_iterable(self.words))

    def counts_of(self, listed: frozenset[str]) -> Sequence[int]:
        """Return how many words of each beginning are in a list."""
        if present := listed & self.vocabulary:
            return [0 if present.isdisjoint(row) else sum(map(present.__contains__, row)) for row in self.words]
        return [0] * len(self.units)

    @cached_property
    def sizes(self) -> Sequence[float]:
        """The number of words; in scripts without spaces, half the number of letters if that is more."""
        sizes: list[float] = [count_spaced(unit.text) for unit in self.units]
        if self.found.page.language.code.partition("-")[0] in _UNSPACED:
            return [max(size, len(_UNSPACED_LETTER.findall(unit.text)) / 2) for unit, size in zip(self.units, sizes, strict=True)]
        return sizes

    @cached_property
    def closed(self) -> Sequence[bool]:
        """Whether each unit ends like a sentence."""
        return [ends_sentence(unit.text) for unit in self.units]

    @cached_property
    def repeated(self) -> Sequence[bool]:
        """Whether each unit is long enough and repeats one above it word for word."""
        seen: set[str] = set()
        repeated = []
        for unit, size in zip(self.units, self.sizes, strict=True):
            repeated.append(size >= SAID_AGAIN and not unit.taken and unit.text in seen)
            seen.add(unit.text)
        return repeated

    @cached_property
    def stock_words(self) -> Sequence[int]:
        """How many words of stock phrases each beginning contains."""
        stock = stock_phrases(self.found.page.language.code)
        present = stock.words & self.vocabulary
        counts = [len(present.intersection(row)) for row in self.words] if present else [0] * len(self.units)
        if not stock.stretches:
            return counts
        return [n + sum(map(text.__contains__, stock.stretches)) for n, text in zip(counts, self.lowered, strict=True)]

    @cached_property
    def addressed(self) -> Sequence[int]:
        """How often each beginning addresses the reader."""
        return self.counts_of(stock_phrases(self.found.page.language.code).you)

    @cached_property
    def interface_words(self) -> Sequence[int]:
        """How many words of each beginning are interface words."""
        return self.counts_of(self.found.rules.context.grammar.interface_words)

    @cached_property
    def weak(self) -> Sequence[frozenset[str]]:
        """The groups of reasons of rules that did not act but are evidence against each free unit."""
        evidence = self.found.evidence
        return [_NOTHING if unit.taken else _groups(evidence(unit.lines[0])) for unit in self.units]

    @cached_property
    def looks_like_boilerplate(self) -> Sequence[bool]:
        """Whether each unit itself looks like boilerplate: reader-directed stock text, a repeat, or a rights notice."""
        return [
            repeated or "©" in unit.text or (count >= STOCK_WORDS and addressed > 0 and QUOTES.isdisjoint(text))
            for unit, text, repeated, count, addressed in zip(
                self.units, self.lowered, self.repeated, self.stock_words, self.addressed, strict=True
            )
        ]

    @cached_property
    def evidence(self) -> Sequence[bool]:
        """Whether there is known evidence against each unit."""
        return [
            (unit.taken not in _FIELDS and unit.taken != "") or bool(groups) or own or interface > INTERFACE * len(words)
            for unit, groups, own, interface, words in zip(
                self.units, self.weak, self.looks_like_boilerplate, self.interface_words, self.words, strict=True
            )
        ]


_NOTHING: frozenset[str] = frozenset()


def _groups(reasons: frozenset[Reason]) -> frozenset[str]:
    return frozenset([_GROUP.get(reason, "other") for reason in reasons]) if reasons else _NOTHING


def scan_units(found: Found) -> UnitCues:
    """Split a page into units and examine each once."""
    return UnitCues(found, units(found))
