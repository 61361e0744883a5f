"""
Read the fields of a report: names of people, bylines, dates, datelines and credits.

Readers take a `Grammar`, which holds the tables of all readers, or only the part that they need. Nothing here sees a page.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import attrs

from newsnorm.grammar.agencies import Agencies
from newsnorm.grammar.attribution import Attribution
from newsnorm.grammar.byline_tables import BylineTables
from newsnorm.grammar.credit_tables import CreditTables
from newsnorm.grammar.dateline_tables import DatelineTables
from newsnorm.grammar.dates.calendar import Calendar
from newsnorm.grammar.name_tables import NameTables
from newsnorm.grammar.places import Places
from newsnorm.resources import DataFiles, directory_of
from newsnorm.text.casing import lower_composed

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Grammar"]


@attrs.frozen(kw_only=True)
class Grammar:
    """
    The tables of all readers; frozen and picklable.

    To use tables of your own, replace them with `attrs.evolve`, and give the result another digest.

    >>> grammar = Grammar.default()
    >>> grammar.agencies.find("Agence France-Presse"), "jane" in grammar.names.given_names
    ('AFP', True)
    """

    names: NameTables
    agencies: Agencies
    places: Places
    calendar: Calendar
    bylines: BylineTables
    credits: CreditTables
    datelines: DatelineTables
    attribution: Attribution
    interface_words: frozenset[str]
    """Words of menus, buttons and other interface phrases, in lower case."""
    digest: str = ""
    """SHA-256 of the files that the tables were read from, in hex."""

    @staticmethod
    @cache
    def default() -> Grammar:
        """Return the shipped tables, read once per process."""
        return Grammar.load(directory_of("grammar", "data"))

    @classmethod
    def load(cls, directory: Traversable) -> Grammar:
        """
        Read the tables from the files of a directory.

        Raises:
            CatalogueError: a file is missing or malformed.

        """
        files = DataFiles.read(directory)
        agencies = Agencies.of(files)
        return cls(
            names=NameTables.of(files),
            agencies=agencies,
            places=Places.of(files),
            calendar=Calendar.of(files),
            bylines=BylineTables.of(files),
            credits=CreditTables.of(files, agencies),
            datelines=DatelineTables.of(files),
            attribution=Attribution.of(files),
            interface_words=files.words("interface", "words"),
            digest=files.digest,
        )

    @cached_property
    def beside_names(self) -> frozenset[str]:
        """All words that begin or end a name, or that can't be part of one."""
        names, bylines = self.names, self.bylines
        return frozenset().union(
            names.suffixes, names.locatives, names.roles, names.particles, names.not_names, names.honorifics, names.conjunctions,
            bylines.photo, bylines.common, self.calendar.words,
        )  # fmt: skip

    @cached_property
    def beside_capitalised_names(self) -> frozenset[str]:
        """
        The words of `beside_names` that are not part of a name even with a capital, that is without particles and
        conjunctions.
        """
        names, bylines = self.names, self.bylines
        in_names = (names.suffixes, names.roles, names.not_names, names.honorifics, self.calendar.words)
        in_bylines = (bylines.photo, bylines.common, bylines.outlet_articles, bylines.according_to)
        return frozenset().union(*in_names, *in_bylines)

    @cached_property
    def opens_no_name(self) -> frozenset[str]:
        """Words with which no unmarked name begins."""
        common = frozenset(word for word in self.bylines.common if not self.names.may_be_given(word))
        return common | self.bylines.photo | self._never_in_names(self.names.not_names | self.names.roles)

    @cached_property
    def follows_no_name(self) -> frozenset[str]:
        """Words that are never the second word of a name."""
        return self._never_in_names(self.names.not_names)

    @cached_property
    def doubtful_in_names(self) -> frozenset[str]:
        """Words of two or more letters that are not in an unmarked name."""
        names = self.names
        words = names.not_names | self.bylines.common | self.calendar.words
        given = names.given_names | names.word_names | names.particles
        return frozenset(word for word in words - given if len(word) > 1)

    def _never_in_names(self, words: frozenset[str]) -> frozenset[str]:
        """Return the words that are not also spelt like parts of names, honorifics, conjunctions or initials."""
        names = self.names
        beside = names.particles | names.conjunctions | {word.rstrip(".") for word in names.honorifics}
        return frozenset(word for word in words if len(word) > 1 and word not in beside and not names.may_be_given(word))

    def is_town(self, name: str) -> bool:
        """
        Return whether `name`, in any case, is a city or a smaller town.

        >>> Grammar.default().is_town("MALMO"), Grammar.default().is_town("Monday")
        (True, False)
        """
        known = lower_composed(name)
        return known in self.places.cities or known in self.datelines.towns
