"""
Compute features of the units of a page, by themselves and in their surroundings, as arrays.

A signal is an array with one value per unit, computed on first access. A feature of the model is a signal, the mean of a signal
over neighbours (`Around`), or a function of signals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, chain, compress
from statistics import median
from typing import TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from newsnorm.evidence.chain import FeatureRows
from newsnorm.page.paragraphs import BULLET
from newsnorm.page.state import Found
from newsnorm.page.stock_phrases import stock_phrases
from newsnorm.page.units import GROUPS, Unit, UnitCues
from newsnorm.page.url_slug import UrlSlug
from newsnorm.records import Byline, Title
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import QUOTES

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]
Values: TypeAlias = "Array | Flags | Sequence[float]"
"""One value for each unit."""

LAST = 4
"""Units at the end of a page, where notes on the author stand."""

TOPICAL = 5
"""Fewest letters of a word that counts for the topic of a text."""

BRIEF = 30
"""Words of the longest unit that is compared with the headline or the URL."""

SENTENCE = 8
"""Fewest words that make a unit prose if it ends like a sentence."""

FUNCTION_WORDS, FUNCTION_LETTERS = 30, 4
"""Number of function words of a page, which are the words of at most `FUNCTION_LETTERS` letters that its prose uses most."""

_WORD = lazy_regex(r"\w+")
_ASCII_DIGIT = lazy_regex("[0-9]")
_DATE = lazy_regex(r"\d(?:[:.h]\d\d\b|(?<=\b1)9\d\d\b|(?<=\b2)0\d\d\b|[./-]\d{1,2}[./-]\d{2}|[年月日])")
"""A time, a year or a date; each begins with a digit, so that the search can skip to the next digit."""
_ELLIPSIS = lazy_regex(r"(?:\.\.\.|…)[\])\"”’»]*\Z")
_ELLIPSIS_END = frozenset('.…)]"”’»')
_URL = lazy_regex(r"https?://|www\.|@\w|\w\.com\b")
_REMOVED = frozenset((*GROUPS, "other"))
"""What takes a unit that is neither report nor field."""
_OPENING_QUOTES = frozenset('"“„«‘「『—–-')


@attrs.frozen(eq=False)
class PageWords:
    """Words of the whole page that each unit is compared with."""

    function: frozenset[str]
    """The short words that the page's own prose uses most: its function words, in any language."""
    title: frozenset[str]
    topic: frozenset[str]
    """The longer words of the headline and the URL."""
    slug: UrlSlug
    site: str
    """The longest part of the host; empty if unknown."""
    names: frozenset[str]
    """Words of the names of the people who wrote it."""
    author: frozenset[str]
    """Words of notes on authors."""

    @classmethod
    def of(cls, found: Found, cues: UnitCues) -> PageWords:
        """Collect the words of a page."""
        headline = found.first(Title)
        slug = found.layout.slug
        title = frozenset(_WORD.findall(headline.text.lower()) if headline is not None else _first_words(cues))
        known = title | slug.words if headline is not None or slug.is_telling else ()
        people = (person.name.lower() for byline in found.all(Byline) for person in byline.people)
        return cls(
            function=_function_words(cues),
            title=title,
            topic=frozenset(word for word in known if len(word) >= 4),
            slug=slug,
            site=max((part for part in found.host.split(".") if len(part) > 3), key=len, default=""),
            names=frozenset(word for name in people for word in _WORD.findall(name) if len(word) >= 3),
            author=stock_phrases(found.page.language.code).author,
        )


def _first_words(cues: UnitCues) -> Iterable[str]:
    """Return the words of the first unit of some length, the likeliest headline if none was found."""
    return next((words for words in cues.words[:3] if len(words) >= 4), ())


def _function_words(cues: UnitCues) -> frozenset[str]:
    rows = zip(cues.words, cues.sizes, cues.closed, strict=True)
    prose = chain.from_iterable(words for words, size, closed in rows if size >= SENTENCE and closed)
    times = Counter([word for word in prose if len(word) <= FUNCTION_LETTERS])
    often = [word for word, count in times.items() if count >= 2 and word.isalpha()]
    return frozenset(sorted(often, key=times.__getitem__, reverse=True)[:FUNCTION_WORDS])


@attrs.frozen
class Around:
    """The mean of a signal over the units at offsets from `first` to `last`; 0 if there are none."""

    signal: str
    first: int
    last: int
    of: str = ""
    """The signal that marks the units that count; empty if all count."""


class Signals:
    """The signals of a page's units, by name; each is computed on demand from the cues or from other signals."""

    def __init__(self, cues: UnitCues) -> None:
        self.cues = cues
        self.count: int = len(cues.units)
        self.at = np.arange(self.count)
        self._known: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if (known := self._known.get(name)) is None:
            known = self._known[name] = np.asarray(self._make(name), float)
        return known

    def _make(self, name: str) -> Values:
        if (signal := SIGNALS.get(name)) is not None:
            return signal(self)
        kind, _, group = name.partition("_")
        if kind == "taken":
            return [unit.taken == group for unit in self.units]
        if kind == "weak":
            return [group in groups for groups in self.cues.weak]
        raise KeyError(name)

    # the basis of signals

    @property
    def units(self) -> Sequence[Unit]:
        """The units."""
        return self.cues.units

    @cached_property
    def page(self) -> PageWords:
        """The words of the page."""
        return PageWords.of(self.cues.found, self.cues)

    @cached_property
    def first_characters(self) -> Sequence[str]:
        """The first character of each unit."""
        return [unit.text[0] for unit in self.units]

    @cached_property
    def last_characters(self) -> Sequence[str]:
        """The last character of each unit."""
        return [unit.text[-1] for unit in self.units]

    @cached_property
    def word_counts(self) -> Array:
        """Words of each beginning; at least 1. Shape (units,)."""
        return np.array([len(words) or 1 for words in self.cues.words], float)

    @cached_property
    def printed(self) -> Sequence[list[str]]:
        """The words of each beginning of two words or more as they are printed."""
        return [text.split() if size >= 2 else [] for text, size in zip(self.cues.beginnings, self.cues.sizes, strict=True)]

    @cached_property
    def is_prose(self) -> Sequence[bool]:
        """Whether each unit is free, long enough and ends like a sentence."""
        rows = zip(self.units, self.cues.sizes, self.cues.closed, strict=True)
        return [size >= SENTENCE and closed and not unit.taken for unit, size, closed in rows]

    @cached_property
    def content(self) -> list[frozenset[str]]:
        """The long words in the beginning of each unit: its topic."""
        return [frozenset([word for word in words if len(word) >= TOPICAL]) for words in self.cues.words]

    # neighbours

    def above(self, name: str) -> Array:
        """Return the signal of the unit above each; 0 for the first."""
        values = self[name]
        return np.concatenate(([0.0], values[:-1])) if self.count else values

    def total(self, name: str) -> Array:
        """Return the running totals of a signal over the units before each place. Shape (units + 1,)."""
        total = np.zeros(self.count + 1)
        np.add.accumulate(self[name], out=total[1:])
        return total

    # features

    def rows(self, names: tuple[str, ...], table: FeatureTable) -> FeatureRows:
        """
        Return features, one row each: the entry of `table` for a name, or else the signal of that name.

        Means over neighbours are computed together, because each call of numpy costs as much as the work on a page's thirty or so
        units.
        """
        plan = table.plan(names)
        made = np.empty((len(names), self.count))
        if plan.signals:
            made[plan.signal_rows] = [self[name] for name in plan.signals]
        for row, feature in plan.functions:
            made[row] = feature(self)
        if plan.around_rows:
            made[plan.around_rows] = self.means(plan.windows)
        return FeatureRows(names, made)

    def means(self, windows: Windows) -> Array:
        """Return means over neighbours. Shape (windows, units)."""
        totals = np.zeros((len(windows.signals), self.count + 1))
        np.add.accumulate(np.array([self[name] for name in windows.signals]), axis=1, out=totals[:, 1:])
        ends = np.minimum(np.maximum(self.at + windows.ends, 0), self.count)  # shape (2, windows and marks, units)
        low, high = ends
        means = (totals[windows.rows, high] - totals[windows.rows, low]) / np.maximum(high - low, 1)
        if windows.marked:
            means[windows.marked] /= np.maximum(means[windows.count :], 1e-9)
        return np.asarray(means[: windows.count])


@attrs.frozen(eq=False)
class Windows:
    """
    Neighbours over which means are taken, laid out for one indexed difference of running sums.

    The windows come first, in their order; after them stands, for each window that counts marked units alone, one that counts
    the marks.
    """

    count: int
    """Windows, without those of marks."""
    signals: tuple[str, ...]
    """The signals that are summed, each once."""
    rows: Indices
    """The index in `signals` of what each sums. Shape (windows and marks, 1)."""
    ends: Indices
    """How far the first unit of each is away, and the unit after its last. Shape (2, windows and marks, 1)."""
    marked: list[int]
    """The windows that count marked units alone."""

    @classmethod
    def of(cls, around: Sequence[Around]) -> Windows:
        """Lay out windows."""
        marked = [row for row, each in enumerate(around) if each.of]
        summed = [*(each.signal for each in around), *(around[row].of for row in marked)]
        signals = tuple(dict.fromkeys(summed))
        windows = [*around, *(around[row] for row in marked)]
        return cls(
            count=len(around),
            signals=signals,
            rows=np.array([signals.index(name) for name in summed], np.intp).reshape(-1, 1),
            ends=np.array([[each.first for each in windows], [each.last + 1 for each in windows]], np.intp)[:, :, np.newaxis],
            marked=marked,
        )


@attrs.frozen(eq=False)
class UnitFeatures:
    """The features that the chain uses, of a page's units and of the places before them."""

    signals: Signals

    @property
    def units(self) -> Sequence[Unit]:
        """The units."""
        return self.signals.units

    @property
    def size(self) -> Array:
        """Number of words; in scripts without spaces, half the number of letters. Shape (units,)."""
        return self.signals["size"]

    @property
    def free(self) -> Flags:
        """Whether each unit is free. Shape (units,)."""
        return self.signals["free"] > 0

    @property
    def evidence(self) -> Flags:
        """Whether there is known evidence against each unit. Shape (units,)."""
        return np.array(self.signals.cues.evidence, bool)

    def of_units(self, names: tuple[str, ...]) -> FeatureRows:
        """Return features of the units in their surroundings."""
        return self.signals.rows(names, UNIT)

    def of_places(self, names: tuple[str, ...]) -> FeatureRows:
        """Return features of the places before the units."""
        return self.signals.rows(names, PLACE)


def extract_features(cues: UnitCues) -> UnitFeatures:
    """Prepare the features of a page's units; each is computed on demand."""
    return UnitFeatures(Signals(cues))


# signals of a unit by itself


def _function(s: Signals) -> Array:
    """The share of function words, doubled and capped."""
    return np.minimum(np.array(s.cues.counts_of(s.page.function), float) / s.word_counts, 0.5) * 2


def _no_function(s: Signals) -> Values:
    """Four words or more, none of them a function word."""
    holds: Flags = (s["size"] >= 4) & (s["function"] == 0)
    return holds


def _title_case(s: Signals) -> Sequence[float]:
    """The share of words after the first that are in title case; 0 for fewer than four words."""
    sizes = s.cues.sizes
    return [
        sum(map(str.istitle, words[1:])) / len(words) if size >= 4 else 0 for words, size in zip(s.printed, sizes, strict=True)
    ]


def _digit_share(s: Signals) -> Array:
    """The share of words that are numbers."""
    counts = [
        0 if text.isascii() and _ASCII_DIGIT.search(text) is None else sum(map(str.isdigit, words))
        for text, words in zip(s.cues.lowered, s.cues.words, strict=True)
    ]
    return np.array(counts, float) / s.word_counts


def _dated(s: Signals) -> Sequence[float]:
    """The beginning contains a date or a time."""
    numbers = s["digit_share"].tolist()
    return [share > 0 and _DATE.search(text) is not None for share, text in zip(numbers, s.cues.beginnings, strict=True)]


def _quote(s: Signals) -> Sequence[float]:
    """The beginning contains a quotation mark."""
    return [('"' in text) if text.isascii() else not QUOTES.isdisjoint(text) for text in s.cues.beginnings]


def _bullet(s: Signals) -> Sequence[float]:
    """The unit begins with a bullet, or a number and a stop."""
    return [BULLET.match(unit.text) is not None for unit in s.units]


def _repeated(s: Signals) -> Sequence[float]:
    """Another unit begins with the same words."""
    times = Counter(s.cues.lowered)
    return [times[text] > 1 for text in s.cues.lowered]


def _like_title(s: Signals) -> Sequence[float]:
    """How similar a brief unit is to the headline (Jaccard coefficient of their words)."""
    title = s.page.title
    if not title:
        return [0.0] * s.count
    return [
        _jaccard(frozenset(words), title) if size <= BRIEF and not title.isdisjoint(words) else 0.0
        for words, size in zip(s.cues.words, s.cues.sizes, strict=True)
    ]


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _name(s: Signals) -> Sequence[float]:
    """The unit is two to four words, all in title case, like a person's name."""
    return [
        2 <= (len(words) or 1) <= 4 and all(map(str.istitle, printed))
        for words, printed in zip(s.cues.words, s.printed, strict=True)
    ]


def _like_address(s: Signals) -> Sequence[float]:
    """How similar a brief unit is to the URL slug."""
    slug = s.page.slug
    if not slug.is_telling:
        return [0.0] * s.count
    return [
        0.0 if size > BRIEF or slug.has_none_of(unit.text, words) else slug.similarity(unit.text)
        for unit, size, words in zip(s.units, s.cues.sizes, s.cues.words, strict=True)
    ]


def _site_named(s: Signals) -> Sequence[float]:
    """The beginning contains the name of the site."""
    site = s.page.site
    return [site in "".join(words) for words in s.cues.words] if site else [0.0] * s.count


def _site_opens(s: Signals) -> Sequence[float]:
    """The first two words name the site."""
    site = s.page.site
    return [site in "".join(words[:2]) for words in s.cues.words] if site else [0.0] * s.count


def _title_words(s: Signals) -> Sequence[float]:
    """How many words of the headline or the URL a unit uses, up to three, as a share of three."""
    topic = s.page.topic & s.cues.vocabulary
    return [0.0 if topic.isdisjoint(words) else min(len(topic.intersection(words)), 3) / 3 for words in s.cues.words]


def _ellipsis(s: Signals) -> Sequence[float]:
    """An ellipsis ends the unit."""
    return [
        last in _ELLIPSIS_END and _ELLIPSIS.search(unit.text[-8:]) is not None
        for last, unit in zip(s.last_characters, s.units, strict=True)
    ]


def _author_named(s: Signals) -> Sequence[float]:
    """One of the first five words is part of an author's name."""
    names = s.page.names & s.cues.vocabulary
    return [not names.isdisjoint(words[:5]) for words in s.cues.words] if names else [0.0] * s.count


def _author(s: Signals) -> Sequence[float]:
    """The beginning contains a word of notes on authors."""
    author = s.page.author & s.cues.vocabulary
    return [not author.isdisjoint(words) for words in s.cues.words] if author else [0.0] * s.count


def _signed(s: Signals) -> Sequence[float]:
    """The beginning contains a name and a word of notes on authors."""
    return [
        says and len(printed) > 2 and printed[0].istitle() and printed[1].istitle()
        for says, printed in zip((s["author"] > 0).tolist(), s.printed, strict=True)
    ]


def _capitals(s: Signals) -> Sequence[float]:
    """The beginning is printed in capitals."""
    return [size >= 2 and text.isupper() for text, size in zip(s.cues.beginnings, s.cues.sizes, strict=True)]


def _address(s: Signals) -> Sequence[float]:
    """The beginning contains a web or mail address."""
    return [
        ("@" in text or ".com" in text or "://" in text or "www." in text) and _URL.search(text) is not None
        for text in s.cues.beginnings
    ]


# signals of a unit among the others


def _mass(s: Signals) -> Array:
    """Words in the run of prose that a unit belongs to; one or two short lines do not end a run."""
    return _runs(s, range(s.count))


def _run(s: Signals) -> Array:
    """
    The size of a unit's run of prose, as a share of the page's largest run, capped.

    Captions and picture credits never end a run. They count in the largest run, so that a run interrupted by them does not shrink
    the others.
    """
    mass = s["mass"]
    whole = _runs(s, list(accumulate(not picture for picture in s.cues.pictures))) if any(s.cues.pictures) else mass
    return np.asarray(np.minimum(whole / (mass.max(initial=0) + 1e-6), 1.0))


def _runs(s: Signals, places: Sequence[int]) -> Array:
    """Return the words of each unit's run, which ends where two units of prose are more than three places apart."""
    mass = np.zeros(s.count)
    runs: list[list[int]] = []  # the first and last unit of each
    for at in compress(range(s.count), s.is_prose):
        if runs and places[at] - places[runs[-1][1]] <= 3:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    for first, last in runs:
        mass[first : last + 1] = sum(s.cues.sizes[first : last + 1])
    return mass


def _told(s: Signals) -> Sequence[float]:
    """The share of a unit's long words that the largest runs of prose also use."""
    big = ((s["run"] > 0.6) & (s["free"] > 0)).tolist()
    once, twice = _once_and_twice(compress(s.content, big))  # a unit does not count its own run's words
    return [
        len(words & (twice if inside else once)) / len(words) if words and some else 0.0
        for words, inside, some in zip(s.content, big, s["some"].tolist(), strict=True)
    ]


def _shared(s: Signals) -> Sequence[float]:
    """The share of a unit's long words that another unit also uses."""
    _, twice = _once_and_twice(s.content)
    return [
        len(words & twice) / len(words) if words and some else 0.0
        for words, some in zip(s.content, s["some"].tolist(), strict=True)
    ]


def _once_and_twice(groups: Iterable[frozenset[str]]) -> tuple[set[str], set[str]]:
    """Return the words that are in some group, and the words that are in two or more."""
    once: set[str] = set()
    twice: set[str] = set()
    for words in groups:
        twice |= once & words
        once |= words
    return once, twice


def _before(s: Signals) -> Array:
    """The share of the prose that is above."""
    done = s.total("prose")
    return np.asarray(done[:-1] / (done[-1] + 1e-6))


def _usual(s: Signals) -> Array:
    """How much longer a unit is than the page's median paragraph, as a capped logarithm."""
    prose = list(compress(s.cues.sizes, s.is_prose))
    usual = median(prose) if prose else 20.0
    return _clipped(np.log((s["size"] + 1) / (usual + 1)), -2, 2)


def _clipped(values: Array, low: float, high: float) -> Array:
    """Clip values to the range from `low` to `high`; for few values, `numpy.clip` takes several times as long."""
    return np.asarray(np.minimum(np.maximum(values, low), high))


def _prosaic(s: Signals) -> Array:
    """The share of a page's words that is prose."""
    sizes = s.cues.sizes
    return np.full(s.count, sum(compress(sizes, s.is_prose)) / max(sum(sizes), 1.0))


def _so_far(values: Array) -> Array:
    """Whether the signal held for any unit up to this one."""
    return np.asarray(np.minimum(np.add.accumulate(values), 1))


def _step(s: Signals, name: str) -> Array:
    """By how much a signal's mean over the marked units below a place exceeds its mean above it."""
    below, above = s.means(_below_and_above(name))
    return np.asarray(below - above)


@cache
def _below_and_above(name: str) -> Windows:
    return Windows.of([Around(name, 0, 4, of="some"), Around(name, -5, -1, of="some")])


def _you(s: Signals) -> Array:
    """The share of a unit's words that address the reader, capped."""
    return np.minimum(np.array(s.cues.addressed) / s.word_counts, 0.15) / 0.15


SIGNALS: Mapping[str, Callable[[Signals], Values]] = {
    "function": _function,
    "no_function": _no_function,
    "title_case": _title_case,
    "digit_share": _digit_share,
    "digits": lambda s: np.minimum(s["digit_share"], 0.5) * 2,
    "dated": _dated,
    "opens": lambda s: [first in _OPENING_QUOTES for first in s.first_characters],
    "quote": _quote,
    "bullet": _bullet,
    "interface": lambda s: np.array(s.cues.interface_words, float) / s.word_counts,
    "repeated": _repeated,
    "like_title": _like_title,
    "colon": lambda s: [last in ":：" for last in s.last_characters],
    "bracket": lambda s: [first in "([" for first in s.first_characters],
    "name": _name,
    "like_address": _like_address,
    "site_named": _site_named,
    "rights": lambda s: ["©" in unit.text for unit in s.units],
    "asking": lambda s: [last in "?!？！؟" for last in s.last_characters],
    "title_words": _title_words,
    "ellipsis": _ellipsis,
    "author_named": _author_named,
    "author": _author,
    "signed": _signed,
    "site_opens": _site_opens,
    "capitals": _capitals,
    "lower": lambda s: [first.islower() for first in s.first_characters],
    "address": _address,
    "size": lambda s: s.cues.sizes,
    "closed": lambda s: s.cues.closed,
    "free": lambda s: [not unit.taken for unit in s.units],
    "taken": lambda s: 1 - s["free"],
    "again": lambda s: s.cues.repeated,
    "standing": lambda s: np.minimum(s.cues.stock_words, 3) / 3,
    "you": _you,
    "addressed": lambda s: s["you"] * (1 - s["quote"]),
    "standing_you": lambda s: s["standing"] * s["addressed"],
    "last": lambda s: s.count - s.at <= LAST,
    "weak": lambda s: [bool(groups) for groups in s.cues.weak],
    "bias": lambda s: np.ones(s.count),
    "first": lambda s: s.at == 0,
    "place": lambda s: s.at / max(s.count - 1, 1),
    "short": lambda s: s["size"] < 8,
    "some": lambda s: (s["size"] >= 6) * s["free"],
    "long": lambda s: np.minimum(s["size"], 30) / 30,
    "words5": lambda s: np.minimum(s["size"], 5) / 5,
    "words20": lambda s: _clipped(s["size"] - 5, 0, 15) / 15,
    "words60": lambda s: _clipped(s["size"] - 20, 0, 40) / 40,
    "prose": lambda s: s["closed"] * s["long"] * s["free"],
    "mass": _mass,
    "run": _run,
    "before": _before,
    "passed": lambda s: np.maximum.accumulate(s.above("run")) if s.count else s["run"],
    "noisy": lambda s: np.full(s.count, s.total("short")[-1] / max(s.count, 1)),
    "removed": lambda s: [unit.taken in _REMOVED for unit in s.units],
    "phrase": lambda s: np.minimum(s["removed"] + s["weak"], 1),
    "dated_short": lambda s: s["dated"] * (s["size"] <= 12),
    "dated_long": lambda s: s["dated"] * (s["size"] > 12),
    "told": _told,
    "shared": _shared,
    "usual": _usual,
    "prosaic": _prosaic,
    "furniture": lambda s: np.maximum(s["taken_furniture"], s["weak_furniture"]),
    "topic": lambda s: s["title_words"] * s["some"],
}
"""Signal → the function that computes it; ``taken_`` and ``weak_`` followed by a group of reasons are signals, too."""

Feature: TypeAlias = "Around | Callable[[Signals], Array]"


@attrs.frozen(eq=False)
class FeaturePlan:
    """How the rows of a matrix of features are filled."""

    signals: tuple[str, ...]
    """Signals that are features as they are."""
    signal_rows: list[int]
    functions: tuple[tuple[int, Callable[[Signals], Array]], ...]
    """Rows, and what works them out."""
    windows: Windows
    around_rows: list[int]


class FeatureTable(Mapping[str, Feature]):
    """Features by name, other than signals as they are."""

    def __init__(self, features: Mapping[str, Feature]) -> None:
        self._features = features
        self._plans: dict[tuple[str, ...], FeaturePlan] = {}

    def __getitem__(self, name: str) -> Feature:
        return self._features[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._features)

    def __len__(self) -> int:
        return len(self._features)

    def plan(self, names: tuple[str, ...]) -> FeaturePlan:
        """Return how to fill a row for each name; a model asks for the same names on every page."""
        if (plan := self._plans.get(names)) is None:
            plan = self._plans[names] = self._plan(names)
        return plan

    def _plan(self, names: tuple[str, ...]) -> FeaturePlan:
        found = [(row, name, self.get(name)) for row, name in enumerate(names)]
        around = [(row, feature) for row, _, feature in found if isinstance(feature, Around)]
        return FeaturePlan(
            signals=tuple(name for _, name, feature in found if feature is None),
            signal_rows=[row for row, _, feature in found if feature is None],
            functions=tuple((row, feature) for row, _, feature in found if feature and not isinstance(feature, Around)),
            windows=Windows.of([feature for _, feature in around]),
            around_rows=[row for row, _ in around],
        )


UNIT = FeatureTable({
    "is_title": lambda s: (s["like_title"] > 0.6).astype(float),
    "open_long": lambda s: (1 - s["closed"]) * (s["size"] >= 20),
    "long_closed": lambda s: s["words20"] * s["closed"],
    "short_free": lambda s: s["short"] * s["free"],
    "prose_1": Around("prose", -1, -1),
    "prose1": Around("prose", 1, 1),
    "prose_3": Around("prose", -3, -1),
    "prose3": Around("prose", 1, 3),
    "prose_8": Around("prose", -8, -1),
    "prose8": Around("prose", 1, 8),
    "short_3": Around("short", -3, -1),
    "short3": Around("short", 1, 3),
    "middle": lambda s: s["before"] * (1 - s["before"]) * 4,
    "end": lambda s: np.exp(-(s.count - 1 - s.at) / 2.0),
    "noisy_closed": lambda s: s["noisy"] * s["closed"],
    "prosaic_closed": lambda s: s["prosaic"] * s["closed"],
    "main_run": lambda s: (s["run"] > 0.9).astype(float),
    "run_words": lambda s: np.log1p(s["mass"]) / 7,
    "above_title": lambda s: 1 - _so_far(s["taken_title"]) if 1 in s["taken_title"].tolist() else np.zeros(s.count),
    "lines": lambda s: np.full(s.count, min(s.count, 30) / 30),
    "repeated_near": Around("repeated", -3, 3),
    "dated_near": Around("dated_short", -3, 3),
    "phrase_near": Around("phrase", -2, 2),
    "phrase_1": Around("phrase", -1, -1),
    "phrase1": Around("phrase", 1, 1),
    "name_near": Around("name", -2, 2),
    "bullet_near": Around("bullet", -3, 3),
    "taken_1": Around("taken", -1, -1),
    "taken1": Around("taken", 1, 1),
    "related_1": Around("taken_related", -1, -1),
    "title_words_long": lambda s: s["title_words"] * s["words20"],
    "title_words_near": Around("topic", -3, 3),
    "site_tail": lambda s: s["site_named"] * s["before"],
    "comments_above": lambda s: _so_far(s["taken_comments"] + s["weak_comments"]),
    "byline_above": lambda s: _so_far(s["taken_byline"] + s["taken_date"]),
    "rights_above": lambda s: _so_far(s["taken_rights"] + s["weak_rights"]) * (s["before"] > 0.5),
    "told_near": Around("told", -2, 2, of="some"),
    "told_below": Around("told", 0, 4, of="some"),
    "told_above": Around("told", -5, -1, of="some"),
    "untold_long": lambda s: (s["told"] < 0.15) * (s["size"] >= 20) * s["some"],
    "ellipsis_near": Around("ellipsis", -3, 3),
    "addressed_more": lambda s: s["addressed"] - (s["addressed"].mean() if s.count else 0.0),
    "addressed_near": Around("addressed", -2, 2),
    "standing_near": Around("standing", -2, 2),
    "standing_tail": lambda s: s["standing"] * s["before"],
    "author_tail": lambda s: s["author"] * s["before"],
    "author_says": lambda s: s["author"] * s["author_named"],
    "author_site": lambda s: s["author"] * s["site_named"],
    "author_end": lambda s: s["author"] * (1 - s["quote"]) * s["last"],
    "signed_end": lambda s: s["signed"] * (1 - s["quote"]) * s["last"],
    "site_opens_tail": lambda s: s["site_opens"] * s["before"],
    "site_opens_head": lambda s: s["site_opens"] * (s["before"] < 0.1),
    "standing_head": lambda s: s["standing_you"] * (s["before"] < 0.1),
    "named_tail": lambda s: s["author_named"] * s["before"] * (s["size"] >= 8),
    "address_tail": lambda s: s["address"] * s["before"],
    "again_near": Around("again", -2, 2),
    "place2": lambda s: s["place"] ** 2,
})  # fmt: skip
"""Features of a unit that are not plain signals: means over its neighbours, and combinations of two signals."""

UNIT_SIGNALS = (
    "closed", "function", "no_function", "title_case", "digits", "opens", "quote", "bullet", "interface", "repeated",
    "like_title", "colon", "bracket", "name", "like_address", "site_named", "rights", "asking", "title_words",
    "ellipsis", "author_named", "author", "signed", "site_opens", "capitals", "lower", "address", "bias",
    "dated_long", "dated_short", "words5", "words20", "words60", "weak_related", "weak_furniture", "before", "noisy",
    "run", "again", "you", "addressed", "standing", "standing_you", "last", "told", "shared", "usual", "prosaic",
    "place",
)  # fmt: skip
"""The signals that are features of a unit."""

PLACE = FeatureTable({
    "closed_prev": lambda s: s.above("closed"),
    "long_prev": lambda s: s.above("long"),
    "prose_3": UNIT["prose_3"],
    "prose_8": UNIT["prose_8"],
    "prose2": Around("prose", 0, 2),
    "prose7": Around("prose", 0, 7),
    "phrase_prev": lambda s: s.above("phrase"),
    "phrase2": Around("phrase", 1, 2),
    "phrase5": Around("phrase", 0, 5),
    "name_prev": lambda s: s.above("name"),
    "name4": Around("name", 0, 4),
    "run_prev": lambda s: s.above("run"),
    "run_step": lambda s: s["run"] - s.above("run"),
    "main_passed": lambda s: s["passed"],
    "main_passed_noisy": lambda s: s["passed"] * s["noisy"],
    "furniture_prev": lambda s: s.above("furniture"),
    "told4": UNIT["told_below"],
    "told_5": UNIT["told_above"],
    "told_step": lambda s: _step(s, "told"),
    "shared_step": lambda s: _step(s, "shared"),
    "title4": Around("topic", 0, 4),
    "title_5": Around("topic", -5, -1),
    "ellipsis2": Around("ellipsis", 0, 2),
    "standing2": Around("standing", 0, 2),
    "addressed2": Around("addressed", 0, 2),
    "before2": lambda s: s["before"] ** 2,
    "dated4": Around("dated_short", 0, 4),
    "dated_4": Around("dated_short", -4, -1),
    "repeated3": Around("repeated", 0, 3),
    "repeated_4": Around("repeated", -4, -1),
    "short4": Around("short", 0, 4),
    "short_5": Around("short", -5, -1),
    "prose_prev": lambda s: s.above("prose"),
    "author_named_tail": lambda s: s["author_named"] * s["before"],
})  # fmt: skip
"""Features of the place before a unit that are not plain signals."""

PLACE_SIGNALS = (
    "bias", "first", "closed", "long", "like_title", "name", "run", "before", "place", "noisy", "title_case", "capitals",
    "interface", "author", "bullet",
)  # fmt: skip
"""The signals of a unit that are features of the place before it."""
