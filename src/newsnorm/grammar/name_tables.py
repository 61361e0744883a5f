"""Hold the words that identify names of people: given names, surnames, particles, and words that are never in names."""

from __future__ import annotations

from functools import cached_property

import attrs

from newsnorm.resources import DataFiles


@attrs.frozen(kw_only=True)
class NameTables:
    """Words in and around names of people, in lower case."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    """Chinese, Japanese, Korean and Vietnamese surnames, which stand before the given name."""
    likely_names: frozenset[str]
    """Further given names, from unreviewed lists, which count only with other evidence."""
    likely_surnames: frozenset[str]
    """Further surnames that come first, from unreviewed lists."""
    word_names: frozenset[str]
    """Given names that are also common words."""
    particles: frozenset[str]
    """``van``, ``de la``, ``bin``: parts of names in lower case."""
    name_articles: frozenset[str]
    """Particles written with a capital, unless another particle stands before them."""
    surname_joints: frozenset[str]
    """Words that join two surnames of one person: ``y``."""
    conjunctions: frozenset[str]
    """``and``, ``und``: words between two people."""
    glued_conjunctions: frozenset[str]
    """Letters that mean "and" and are written together with the name after them."""
    honorifics: frozenset[str]
    suffixes: frozenset[str]
    """``Jr.``, ``PhD``."""
    locatives: frozenset[str]
    """Words between a name and the place that the person writes from: ``in``."""
    roles: frozenset[str]
    """Words for jobs."""
    not_names: frozenset[str]
    """Words that are never in names of people."""
    no_name_endings: tuple[str, ...]
    """Endings of words that are not names, in scripts without spaces between words."""

    @classmethod
    def of(cls, files: DataFiles) -> NameTables:
        """Build the tables from the data files of the grammar."""
        given = files.table("given-names")

        def particles(key: str) -> frozenset[str]:
            return files.words("name-particles", key)

        return cls(
            given_names=files.words("given-names", *(key for key in given if not key.startswith("surnames"))),
            surnames=files.words("given-names", *(key for key in given if key.startswith("surnames"))),
            likely_names=files.words("likely-names", "given"),
            likely_surnames=files.words("likely-names", "surnames_first"),
            word_names=files.words("bylines", "word_names"),
            particles=particles("particles"),
            name_articles=files.words("bylines", "name_articles"),
            surname_joints=files.words("bylines", "surname_joints"),
            conjunctions=particles("conjunctions"),
            glued_conjunctions=files.words("bylines", "glued_conjunctions"),
            honorifics=particles("honorifics"),
            suffixes=particles("suffixes"),
            locatives=particles("locatives"),
            roles=files.words("roles", "roles"),
            not_names=particles("not_names"),
            no_name_endings=tuple(sorted(files.words("bylines", "no_name_endings"))),
        )

    @cached_property
    def joints(self) -> frozenset[str]:
        """Words in lower case that may follow the first word of a list of names."""
        return self.particles | self.conjunctions

    def is_given(self, word: str) -> bool:
        """Return whether a word in lower case is a likely given name, or begins with one and a hyphen."""
        if word in self.given_names or word in self.likely_names:
            return True
        first, hyphen, _ = word.partition("-")
        return hyphen != "" and (first in self.given_names or first in self.likely_names)

    def may_be_given(self, word: str) -> bool:
        """Return whether a word in lower case is a likely given name, or one that is a common word too."""
        return self.is_given(word) or word in self.word_names
