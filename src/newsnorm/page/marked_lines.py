"""Represent the lines of a page with text as arrays: their size, their share of links, the elements around them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.page.markup_names import group_bit, groups_of
from newsnorm.page.markup_tree import ElementTree
from newsnorm.records import Page
from newsnorm.records.markup import Element, LineMarkup
from newsnorm.text.sentences import ends_sentence
from newsnorm.text.words import count_spaced, words_of, words_of_lines

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Integers: TypeAlias = NDArray[np.int64]

BEGINNING = 160
"""Code points from the beginning of a line whose words are compared with the title and the description."""

WORD = 12
"""Mean code points per word from which a line is taken to be written without spaces between words."""

UNSPACED_WORD = 2.5
"""Code points that count for a word in such a line."""

PROSE, LONG_PROSE, MOST_PROSE = 8, 25, 80
"""Fewest words that make a line prose if it ends like a sentence, and in any case; and the most words that it counts for."""

_ROOT = LineMarkup(0, 0, 0, 0, False)
"""Stands in for the markup of a line without markup."""


@attrs.frozen(eq=False)
class MarkedLines:
    """The lines with text of a page; each array has one value for each of them."""

    page: Page
    numbers: tuple[int, ...]
    """The `Line.number` of each."""
    texts: Sequence[str]
    marks: Sequence[LineMarkup]

    @classmethod
    def of(cls, page: Page) -> MarkedLines:
        """Collect the lines of a page that have text."""
        lines = [line for line in page.lines if line.text]
        numbers = tuple(line.number for line in lines)
        marks = [page.markup.lines[number] or _ROOT for number in numbers]
        return cls(page, numbers, [line.text for line in lines], marks)

    @property
    def count(self) -> int:
        """The number of lines."""
        return len(self.numbers)

    @cached_property
    def tree(self) -> ElementTree:
        """The elements as arrays."""
        return ElementTree.of(self.page.markup.elements)

    # the lines

    @cached_property
    def _marks(self) -> Integers:
        """Element, block, linked and strong code points, and whether the line is broken. Shape (lines, 5)."""
        return np.array([mark[:5] for mark in self.marks], np.int64).reshape(-1, 5)

    @cached_property
    def broken(self) -> Flags:
        """Whether ``<br>`` separates each line from the one above."""
        return self._marks[:, 4] > 0

    @cached_property
    def length(self) -> Floats:
        """Code points; at least 1."""
        return np.fromiter(map(len, self.texts), float, self.count)

    @cached_property
    def size(self) -> Floats:
        """Number of words; in a line without spaces between words, `UNSPACED_WORD` code points count as one."""
        spaced = np.fromiter(map(count_spaced, self.texts), float, self.count)
        return np.where(self.length > WORD * spaced, self.length / UNSPACED_WORD, spaced)

    @cached_property
    def closed(self) -> Floats:
        """Whether each line ends like a sentence: 1 or 0."""
        return np.fromiter(map(ends_sentence, self.texts), float, self.count)

    @cached_property
    def linked(self) -> Floats:
        """Share of the text in links."""
        return self._marks[:, 2] / self.length

    @cached_property
    def strong(self) -> Floats:
        """Share of the text that is bold or italic."""
        return self._marks[:, 3] / self.length

    @cached_property
    def words(self) -> Sequence[list[str]]:
        """The first words of each line, in lower case."""
        return words_of_lines([text[:BEGINNING].lower() for text in self.texts])

    @cached_property
    def all_words(self) -> Sequence[list[str]]:
        """All words of each line, in lower case."""
        return [
            words if len(text) <= BEGINNING else words_of(text.lower())
            for text, words in zip(self.texts, self.words, strict=True)
        ]

    # their elements

    @cached_property
    def element(self) -> Integers:
        """Index of the innermost element."""
        return self._marks[:, 0]

    @cached_property
    def block(self) -> Integers:
        """Index of the innermost block."""
        return self._marks[:, 1]

    @cached_property
    def elements(self) -> Sequence[Element]:
        """All elements of the page."""
        return self.page.markup.elements

    @cached_property
    def own_groups(self) -> Integers:
        """The groups of the names of each element, as bits. Shape (elements,)."""
        groups = {names: groups_of(names) for names in self.page.markup.names_in_use}
        return np.array([groups[element.names] for element in self.elements], np.int64)

    @cached_property
    def near_groups(self) -> Integers:
        """The groups of each line's element and the two around it, and of its block, as bits. Shape (lines,)."""
        own, parent = self.own_groups, self.tree.parent
        near = own | own[parent] | own[parent[parent]]
        return np.asarray(near[self.element] | own[self.block])

    @cached_property
    def far_groups(self) -> Integers:
        """The groups of each line's element and of all elements around it, as bits. Shape (lines,)."""
        return self.tree.inherited(self.own_groups, np.bitwise_or)[self.element]

    @cached_property
    def hidden(self) -> Floats:
        """Whether each is hidden by an attribute or the style of an element: 1 or 0."""
        return np.array([self.elements[mark.element].is_hidden for mark in self.marks], float)

    # prose

    @cached_property
    def prose(self) -> Floats:
        """Number of words of each line that looks like running text of its own; 0 for other lines."""
        is_long = ((self.size >= PROSE) & (self.closed > 0)) | (self.size >= LONG_PROSE)
        other = group_bit("comment") | group_bit("consent")
        is_prose = is_long & (self.linked < 0.5) & (self.hidden == 0) & (self.far_groups & other == 0)
        return np.where(is_prose, np.minimum(self.size, MOST_PROSE), 0.0)

    @cached_property
    def total_prose(self) -> float:
        """The sum of `prose`; at least 1."""
        return max(float(self.prose.sum()), 1.0)

    @cached_property
    def under(self) -> Floats:
        """Prose, words, code points, linked code points and lines under each element. Shape (elements, 5)."""
        values = np.stack([self.prose, self.size, self.length, self.linked * self.length, np.ones(self.count)], axis=1)
        own = np.zeros((len(self.elements), 5))
        np.add.at(own, self.block, values)
        return self.tree.sums(own)
