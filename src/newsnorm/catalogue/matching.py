"""Find which of the rules that hold on a page a line matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

import attrs

from newsnorm.catalogue.forms import LineForms, opening_keys
from newsnorm.catalogue.index import Entry, PhraseIndex
from newsnorm.catalogue.rules import Rule
from newsnorm.catalogue.slots import NOTHING, Context, Fields
from newsnorm.grammar.byline_markers import NO_MARKERS, Markers

RUN_LIMIT = 160
"""Code points of the longest folded line that is searched for the phrases of runs."""

RUN_PHRASE_WORDS = 5
"""Words of the longest phrase of a run."""


@attrs.frozen
class Match:
    """A rule that a line matches, and the values that its slots read."""

    rule: Rule
    fields: Fields = NOTHING


class LineMemory:
    """
    Caches the matches of short lines, since a site prints the same lines around its reports on page after page.

    The cache never changes an answer. When it is full, it is cleared.
    """

    LONGEST = 60
    """Code points of the longest line that is cached; longer ones hardly repeat."""
    MOST = 500
    """Most lines that are cached at once."""

    def __init__(self) -> None:
        self._matches: dict[str, tuple[Match, ...]] = {}

    def recall(self, text: str) -> tuple[Match, ...] | None:
        """Return the cached matches of a line; None if the line is not cached."""
        return self._matches.get(text)

    def remember(self, text: str, matches: tuple[Match, ...]) -> None:
        """Cache the matches of a line if it is short."""
        if len(text) <= self.LONGEST:
            if len(self._matches) >= self.MOST:
                self._matches.clear()
            self._matches[text] = matches


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
    """The tables and settings that slots read with."""
    indexes: tuple[PhraseIndex, ...]
    """No rule is in two of them."""
    learned: Mapping[str, tuple[Rule, ...]] = attrs.field(factory=dict)
    """Learned rules of the page's host, by their phrases folded as `learned_key` does."""
    markers: Markers = NO_MARKERS
    """The words that mark a byline on the page."""
    memory: LineMemory = attrs.field(factory=LineMemory, repr=False)
    """Cache of matches; shared by rules with the same indexes and context."""
    _filled: Sequence[PhraseIndex] = attrs.field(init=False)
    """The indexes that are not empty, since many languages have no templates of their own."""
    run_words: frozenset[str] = attrs.field(init=False)
    """The values of `LineForms.first` for which `runs` may return a rule."""

    @_filled.default
    def _without_empty_indexes(self) -> Sequence[PhraseIndex]:
        return [index for index in self.indexes if not index.is_empty]

    @run_words.default
    def _first_words_of_runs(self) -> frozenset[str]:
        return frozenset().union(*(index.run_words for index in self._filled))

    def matches(self, forms: LineForms) -> tuple[Match, ...]:
        """
        Return the rules that a line matches, strongest first: whole phrases, then starts, then templates.

        Starts are sorted by length, shortest first; all others by the precedence of their rules.
        """
        return self.match_lines([forms]).get(forms.text, ())

    def match_lines(self, lines: Iterable[LineForms]) -> Mapping[str, tuple[Match, ...]]:
        """
        Return line text → its matches, as `matches` returns them; lines without matches are left out.

        Matching a page at once is faster than line by line.
        """
        context, memory = self.context, self.memory
        matches: dict[str, tuple[Match, ...]] = {}
        unknown: list[LineForms] = []
        for forms in lines:
            if (known := memory.recall(forms.text)) is None:
                unknown.append(forms)
            elif known:
                matches[forms.text] = known
        worded = [forms for forms in unknown if forms.words]
        found: dict[str, list[tuple[Entry, Fields]]] = {}
        for index in self._filled:
            for forms, entry in index.look_up(worded, context):
                fields = entry.read(forms, context)
                if fields is not None:
                    found.setdefault(forms.text, []).append((entry, fields))
        matches |= {text: _in_order(read) for text, read in found.items()}
        for forms in unknown:
            memory.remember(forms.text, matches.get(forms.text, ()))
        return matches

    def opening_matches(self, forms: LineForms) -> tuple[Rule, ...]:
        """
        Return the removals with a phrase that a line of any length begins with; they don't act on the line, but are evidence
        against it.

        Phrases of kind start count, and whole phrases of `OPENING_WORDS` words.
        """
        words = forms.beginning
        found: list[Rule] = []
        for index in self._filled:
            if (forms.first or next(iter(opening_keys(words)), "")) in index.evidence_words:
                folded = " ".join(words)
                openings = (opening for key in opening_keys(words) for opening in index.evidence.get(key, ()))
                found += [opening.rule for opening in openings if opening.opens(folded)]
        return tuple(found)

    def runs(self, forms: LineForms) -> Sequence[Rule]:
        """
        Return the removals of kind run whose phrases, one after another, make up the whole line; none if anything is left over.

        >>> from newsnorm.catalogue import Catalogue
        >>> rules = Catalogue.default().narrow("en")
        >>> len(rules.runs(LineForms("Facebook | Twitter"))), len(rules.runs(LineForms("Facebook is down")))
        (2, 0)
        """
        words = forms.words
        if forms.first not in self.run_words or len(forms.folded) > RUN_LIMIT:
            return ()  # true for most lines
        found: list[Rule] = []
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + RUN_PHRASE_WORDS), start, -1):
                if (rule := self._run(" ".join(words[start:end]))) is not None:
                    found.append(rule)
                    start = end
                    break
            else:
                return ()
        return found

    def _run(self, phrase: str) -> Rule | None:
        """Return the strongest removal of kind run that a folded phrase belongs to."""
        found = None
        for index in self._filled:
            rule = index.runs.get(phrase)
            if rule is not None and (found is None or rule.precedence < found.precedence):
                found = rule
        return found

    @property
    def has_hints(self) -> bool:
        """Whether any rule is of kind hint."""
        return any(index.hints for index in self._filled)

    @property
    def hint_ids(self) -> frozenset[str]:
        """The ids of the rules of kind hint."""
        return frozenset(rule.id for index in self._filled for rules in index.hints.values() for rule in rules)

    def hint(self, name: str) -> Rule | None:
        """Return the strongest rule for a tag or class, by its name in lower case."""
        rules = (rule for index in self._filled for rule in index.hints.get(name, ()))
        return min(rules, key=attrgetter("precedence"), default=None)


def _in_order(read: list[tuple[Entry, Fields]]) -> tuple[Match, ...]:
    """Sort matches, strongest first."""
    if len(read) > 1:
        read = sorted(read, key=lambda each: each[0].strength)
    return tuple(Match(entry.rule, fields) for entry, fields in read)
