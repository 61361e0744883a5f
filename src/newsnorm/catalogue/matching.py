"""Rules that hold on a page, and what a line matches among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import get_args

import attrs

from newsnorm.catalogue.forms import LineForms
from newsnorm.catalogue.index import Entry, PhraseIndex
from newsnorm.catalogue.rules import Rule
from newsnorm.catalogue.slots import NOTHING, Context, Fields
from newsnorm.grammar.byline_markers import NO_MARKERS, Markers
from newsnorm.records import PersonRole

RUN_LIMIT = 160
"""Code points of the longest folded line that is searched for the phrases of runs."""

RUN_PHRASE_WORDS = 5
"""Words of the longest phrase of a run."""


@attrs.frozen
class Match:
    """A rule that a line matches, and what its slots read."""

    rule: Rule
    fields: Fields = NOTHING


@attrs.frozen(eq=False)
class Rules:
    """
    The rules that hold on a page, which passes ask what a line matches.

    >>> from newsnorm.catalogue import Catalogue
    >>> rules = Catalogue.default().narrow("de")
    >>> [match.rule.table for match in rules.matches(LineForms("Von Anna Weber"))]
    ['byline']
    """

    context: Context
    """What slots read with."""
    indexes: tuple[PhraseIndex, ...]
    """No rule stands in two of them."""
    learned: Mapping[str, tuple[Rule, ...]] = attrs.field(factory=dict)
    """Learned rules of the page's host, by their phrases folded as `fold_numbers` does."""
    markers: Markers = NO_MARKERS
    """The words that mark a byline on the page."""
    _filled: Sequence[PhraseIndex] = attrs.field(init=False)
    """The indexes that are not empty: many languages have no templates of their own."""
    _run_words: frozenset[str] = attrs.field(init=False)
    """The first words of the phrases of runs."""
    _contexts: Mapping[PersonRole, Context] = attrs.field(init=False)

    @_filled.default
    def _without_empty_indexes(self) -> Sequence[PhraseIndex]:
        return [index for index in self.indexes if not index.is_empty]

    @_run_words.default
    def _first_words_of_runs(self) -> frozenset[str]:
        return frozenset().union(*(index.run_words for index in self._filled))

    @_contexts.default
    def _make_contexts(self) -> Mapping[PersonRole, Context]:
        return {role: attrs.evolve(self.context, person_role=role) for role in get_args(PersonRole)}

    def matches(self, forms: LineForms) -> tuple[Match, ...]:
        """
        Return the rules that a line matches, strongest first: by whole phrase, then by start, then by template.

        Starts are sorted by length, the shortest first, all else by the precedence of the rules.
        """
        if not forms.words:
            return ()
        found: list[tuple[Entry, Fields]] = []
        for index in self._filled:
            for entry in index.entries(forms):
                fields = entry.read(forms, self._contexts[entry.rule.person_role])
                if fields is not None:
                    found.append((entry, fields))
        if not found:
            return ()  # most lines end here
        return tuple(Match(entry.rule, fields) for entry, fields in sorted(found, key=lambda read: read[0].strength))

    def opening_matches(self, forms: LineForms) -> tuple[Rule, ...]:
        """
        Return the removals with a phrase that opens a line, however long that is; none acts there, but each is evidence.

        Phrases of kind start count, and whole phrases of `OPENING_WORDS` words.
        """
        keys = forms.opening_keys
        openings = [opening for index in self._filled for key in keys for opening in index.openings.get(key, ())]
        return tuple(opening.rule for opening in openings if opening.opens(forms.beginning)) if openings else ()

    def runs(self, forms: LineForms) -> Sequence[Rule]:
        """
        Return the removals of kind run whose phrases, one after the other, make up a line; none if anything is left over.

        >>> from newsnorm.catalogue import Catalogue
        >>> rules = Catalogue.default().narrow("en")
        >>> len(rules.runs(LineForms("Facebook | Twitter"))), len(rules.runs(LineForms("Facebook is down")))
        (2, 0)
        """
        words = forms.words
        if not words or words[0] not in self._run_words or len(forms.folded) > RUN_LIMIT:
            return ()  # most lines end here
        found: list[Rule] = []
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + RUN_PHRASE_WORDS), start, -1)
            size, rule = next(((end - start, rule) for end in ends if (rule := self._run(" ".join(words[start:end])))), (0, None))
            if rule is None:
                return ()
            found.append(rule)
            start += size
        return found

    def _run(self, phrase: str) -> Rule | None:
        """Return the strongest removal of kind run that a folded phrase belongs to."""
        rules = [index.runs[phrase] for index in self._filled if phrase in index.runs]
        return min(rules, key=attrgetter("precedence"), default=None)

    @property
    def has_hints(self) -> bool:
        """Whether any rule is of kind hint."""
        return any(index.hints for index in self._filled)

    def hint(self, name: str) -> Rule | None:
        """Return the strongest rule for a tag or class, by its name in lower case."""
        rules = (rule for index in self._filled for rule in index.hints.get(name, ()))
        return min(rules, key=attrgetter("precedence"), default=None)
