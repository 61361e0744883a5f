"""What does a line look like, by itself and in its surroundings?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from newsnorm.grammar.tables import Standing
from newsnorm.page.paragraphs import BULLET, CLOSED, goes_on, joined
from newsnorm.page.state import Found
from newsnorm.page.url_slug import Address
from newsnorm.records import Byline, Credit, Line, Page, PublicationDate, Reason, Removal, Title
from newsnorm.text.lazy_regex import lazy_regex

Array = npt.NDArray[np.float64]

SEEN = 160
"""Code points of a unit whose words are looked at: what a paragraph is shows in its beginning."""

LONGEST = 4_000
"""Code points. No paragraph is cut in so many pieces, and joining stays linear."""

INTERFACE = 0.25
"""The share of words of interfaces from which a line counts as evidence; chosen, not measured."""

STANDING = 2
"""Words of standing text in the beginning of a unit that speaks to its reader, from which it counts as evidence."""

SAID_AGAIN = 8
"""Words. A shorter line may stand twice in a report; a longer one that does counts as evidence."""

GROUPS: Mapping[str, tuple[Reason, ...]] = {
    "comments": ("comments",),
    "related": ("related", "read-more"),
    "rights": ("copyright", "agency-trailer", "syndication", "author-box"),
    "prompts": ("subscription", "app", "paywall"),
    "media": ("advert", "player", "caption"),
    "furniture": ("navigation", "tags", "sharing", "consent", "script", "placeholder"),
    "time": ("timestamp",),
}
"""Families of reasons that say the same of a line's surroundings."""

_GROUP: Mapping[Reason, str] = {reason: group for group, reasons in GROUPS.items() for reason in reasons}

_WORD, _ASCII_WORD = lazy_regex(r"\w+"), lazy_regex("[a-z0-9_]+")
_WIDE = lazy_regex(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_DATE = lazy_regex(r"\d[:.h]\d\d\b|\b(?:19|20)\d\d\b|\d[./-]\d{1,2}[./-]\d{2}|\d[年月日]")
_QUOTES = frozenset('"“”„«»‘「『')
_ELLIPSIS = lazy_regex(r"(?:\.\.\.|…)[\])\"”’»]*\Z")
_LATE = frozenset('.…)]"”’»')
_ADDRESS = lazy_regex(r"https?://|www\.|@\w|\w\.com\b")
_UNSPACED = frozenset(("zh", "ja", "th", "lo", "my", "km"))


@attrs.frozen(eq=False)
class Unit:
    """Lines that are one paragraph: mostly one line, more where a tag cut it."""

    lines: tuple[Line, ...]
    text: str
    taken: str = ""
    """What took it: a group of reasons, ``title``, ``byline``, ``date``, ``credit``, ``other``; empty: nobody."""


def units(page: Page, found: Found) -> list[Unit]:
    """The lines with a letter or digit in them, cut paragraphs joined again; code is no text, and no line's surroundings."""
    made: list[Unit] = []
    lines = [line for line in page.lines if line.text and any(map(str.isalnum, line.text)) and not _is_script(found, line)]
    for index, line in enumerate(lines):
        taken = _taken(found, line.number)
        if made and not taken and not made[-1].taken and len(made[-1].text) < LONGEST:
            below = lines[index + 1].text if index + 1 < len(lines) else ""
            if goes_on(made[-1].text, line.text, below):
                made[-1] = Unit((*made[-1].lines, line), joined(made[-1].text, line.text))
                continue
        made.append(Unit((line,), line.text, taken))
    return made


def _is_script(found: Found, line: Line) -> bool:
    taker = found.taken(line.number)
    return isinstance(taker, Removal) and taker.reason == "script"


def _taken(found: Found, number: int) -> str:
    taker = found.taken(number)
    if taker is None:
        return ""
    if isinstance(taker, Removal):
        return _GROUP.get(taker.reason, "other")
    kinds = ((Title, "title"), (Byline, "byline"), (PublicationDate, "date"), (Credit, "credit"))
    return next((name for kind, name in kinds if isinstance(taker, kind)), "other")


@attrs.frozen(eq=False)
class Glance:
    """What is seen of a page at once: most extractors' outputs hold nothing that may go, and need no second look."""

    units: Sequence[Unit]
    beginnings: Sequence[str]
    lowered: Sequence[str]
    words: Sequence[list[str]]
    sizes: Sequence[float]
    closed: Sequence[bool]
    again: Sequence[bool]
    """Whether a unit of some length says what one above it says."""
    standing: Sequence[int]
    """How many words of standing text open each unit."""
    you: Sequence[int]
    """How often its beginning speaks to the reader."""
    weak: Sequence[set[str]]
    """The groups of reasons for which rules that did not act speak against each unit."""
    spoken: Sequence[bool]
    """Whether its own words do: standing text that speaks to the reader, a paragraph said before, a mark of rights."""
    evidence: Sequence[bool]
    """Whether something known speaks against it."""


def glance(page: Page, found: Found) -> Glance:
    """The units of a page, and what is known to speak against each."""
    of = units(page, found)
    beginnings = [unit.text[:SEEN] for unit in of]
    lowered = [text.lower() for text in beginnings]
    words = [(_ASCII_WORD if text.isascii() else _WORD).findall(text) for text in lowered]
    wide = page.language.code.partition("-")[0] in _UNSPACED
    sizes = [_size(unit.text, wide) for unit in of]
    weak = [_weak(unit, found) for unit in of]
    extent = found.rules.context.tables.extent
    standing = extent.standing_in(page.language.code)
    again = _again(of, sizes)
    said = [_standing(text, row, standing) for text, row in zip(lowered, words, strict=True)]
    you = [sum(map(standing.you.__contains__, row)) for row in words]
    spoken = [
        repeated or "©" in unit.text or (count >= STANDING and heard > 0 and _QUOTES.isdisjoint(text))
        for unit, text, repeated, count, heard in zip(of, beginnings, again, said, you, strict=True)
    ]
    evidence = [
        unit.taken not in _FIELDS or bool(groups) or own or sum(map(extent.interface.__contains__, row)) > INTERFACE * len(row)
        for unit, groups, own, row in zip(of, weak, spoken, words, strict=True)
    ]
    closed = [CLOSED.search(unit.text[-12:]) is not None for unit in of]
    return Glance(of, beginnings, lowered, words, sizes, closed, again, said, you, weak, spoken, evidence)


_FIELDS = frozenset(("", "title", "byline", "date", "credit"))


def _again(of: Sequence[Unit], sizes: Sequence[float]) -> list[bool]:
    """Whether a unit of some length says word for word what one above it says."""
    seen: set[str] = set()
    again = []
    for unit, size in zip(of, sizes, strict=True):
        again.append(size >= SAID_AGAIN and not unit.taken and unit.text in seen)
        seen.add(unit.text)
    return again


def _standing(text: str, words: list[str], of: Standing) -> int:
    """How many words of standing text there are."""
    count = len(of.words.intersection(words))
    return count + sum(map(text.__contains__, of.stretches)) if of.stretches else count


def _size(text: str, wide: bool) -> float:
    words = text.count(" ") + 1
    return max(words, len(_WIDE.findall(text)) / 2) if wide else words


def _weak(unit: Unit, found: Found) -> set[str]:
    """The groups of reasons for which rules speak against a unit that nobody took."""
    return set() if unit.taken else {_GROUP.get(reason, "other") for reason in found.evidence(unit.lines[0])}


@attrs.frozen(eq=False)
class Features:
    """
    Of a page's units, each an array with a place for every unit, made when it is asked for.

    `line` are features of a unit in its surroundings, `cut` of the place before it, where the report may begin or end.
    """

    signals: Signals

    @property
    def units(self) -> Sequence[Unit]:
        """What they are features of."""
        return self.signals.seen.units

    @property
    def size(self) -> Array:
        """Words; where a script writes no spaces, half its letters."""
        return self.signals["size"]

    @property
    def free(self) -> npt.NDArray[np.bool_]:
        """Whether nobody took the unit."""
        return self.signals["free"] > 0

    @property
    def evidence(self) -> npt.NDArray[np.bool_]:
        """Whether something known speaks against it."""
        return np.array(self.signals.seen.evidence, bool)

    def line(self, names: tuple[str, ...]) -> Array:
        """Features of the units in their surroundings, a row each."""
        return self.signals.rows(names, LINE)

    def cut(self, names: tuple[str, ...]) -> Array:
        """Features of the places before them, a row each."""
        return self.signals.rows(names, CUT)


def look(page: Page, found: Found, seen: Glance) -> Features:
    """The features of a page."""
    context = _context(page, found, seen)
    times = Counter(seen.lowered)
    rows = [
        _row(unit.text, text, row, k, times[low] > 1, context)
        for unit, text, low, row, k in zip(seen.units, seen.beginnings, seen.lowered, seen.words, seen.sizes, strict=True)
    ]
    own = np.array(rows, float).reshape(len(rows), len(_OWN)).T
    return Features(Signals(seen, dict(zip(_OWN, own, strict=True))))


_OWN = (
    "function", "no_function", "title_case", "digits", "dated", "opens", "quote", "bullet", "interface", "repeated",
    "like_title", "colon", "bracket", "name", "like_address", "site_named", "rights", "asking", "title_words", "ellipsis",
    "author_named", "author", "signed", "site_opens", "capitals", "lower", "address",
)  # fmt: skip


@attrs.frozen
class _Context:
    """What a unit is held against: the whole page."""

    function: frozenset[str]
    """The short words that the page's own prose uses most: its function words, in any language."""
    title: frozenset[str]
    topic: frozenset[str]
    address: Address
    site: str
    interface: frozenset[str]
    names: frozenset[str]
    """Of the people who wrote it."""
    author: frozenset[str]


def _context(page: Page, found: Found, seen: Glance) -> _Context:
    often: Counter[str] = Counter()
    for row, k, c in zip(seen.words, seen.sizes, seen.closed, strict=True):
        if k >= 8 and c:
            often.update([word for word in row if len(word) <= 4 and word.isalpha()])
    headline = found.first(Title)
    address = Address.of(page.raw.url)
    title = frozenset(
        _WORD.findall(headline.text.lower())
        if headline is not None
        else next((row for row in seen.words[:3] if len(row) >= 4), ())
    )
    known = title | address.words if headline is not None or address.tells else ()
    extent = found.rules.context.tables.extent
    people = (person.name.lower() for byline in found.all(Byline) for person in byline.people)
    return _Context(
        function=frozenset(word for word, times in often.most_common(30) if times >= 2),
        title=title,
        topic=frozenset(word for word in known if len(word) >= 4),
        address=address,
        site=max((part for part in found.host.split(".") if len(part) > 3), key=len, default=""),
        interface=extent.interface,
        names=frozenset(word for name in people for word in _WORD.findall(name) if len(word) >= 3),
        author=extent.standing_in(page.language.code).author,
    )


def _row(text: str, beginning: str, words: list[str], k: float, again: bool, of: _Context) -> tuple[float, ...]:
    """The features of a unit by itself, in the order of `_OWN`."""
    count = len(words) or 1
    held = frozenset(words)
    brief = k <= 30
    functional = sum(map(of.function.__contains__, words)) / count
    digits = sum(map(str.isdigit, words)) / count
    printed = beginning.split() if k >= 2 else []
    first, last = text[0], text[-1]
    return (
        min(functional, 0.5) * 2,
        k >= 4 and not functional,
        sum(map(str.istitle, printed[1:])) / len(printed) if k >= 4 else 0,
        min(digits, 0.5) * 2,
        digits > 0 and _DATE.search(beginning) is not None,
        first in '"“„«‘「『—–-',
        not _QUOTES.isdisjoint(beginning),
        BULLET.match(text) is not None,
        sum(map(of.interface.__contains__, words)) / count,
        again,
        len(held & of.title) / len(held | of.title) if brief and of.title else 0,
        last in ":：",
        first in "([",
        2 <= count <= 4 and all(map(str.istitle, printed)),
        of.address.likeness(text) if brief and of.address.tells else 0,
        bool(of.site) and of.site in "".join(words),
        "©" in text,
        last in "?!？！؟",
        min(len(held & of.topic), 3) / 3,
        last in _LATE and _ELLIPSIS.search(text[-8:]) is not None,
        not of.names.isdisjoint(words[:5]),
        not of.author.isdisjoint(held),
        len(printed) > 2 and printed[0].istitle() and printed[1].istitle() and not of.author.isdisjoint(held),
        bool(of.site) and of.site in "".join(words[:2]),
        k >= 2 and beginning.isupper(),
        first.islower(),
        ("@" in beginning or "." in beginning or "/" in beginning) and _ADDRESS.search(beginning) is not None,
    )


@attrs.frozen
class Around:
    """The mean of a signal over the units from `first` to `last` away; 0 where there are none."""

    signal: str
    first: int
    last: int


class Signals:
    """
    Arrays over the units of a page, by name; one that is not kept yet is worked out from the others when it is asked for.

    `_DERIVED` says how; ``taken_`` and ``weak_`` with a group of reasons are what took a unit, or what speaks against it.
    """

    def __init__(self, seen: Glance, own: dict[str, Array]) -> None:
        self.seen = seen
        self.count = len(seen.units)
        self._kept = own
        self.at = np.arange(self.count)
        self._edges: dict[tuple[int, int], tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Array]] = {}
        self._sums: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if (kept := self._kept.get(name)) is None:
            kept = self._kept[name] = np.asarray(self._made(name), float)
        return kept

    def _made(self, name: str) -> object:
        if (derive := _DERIVED.get(name)) is not None:
            return derive(self)
        kind, _, group = name.partition("_")
        if kind == "taken":
            return [unit.taken == group for unit in self.seen.units]
        if kind == "weak":
            return [group in groups for groups in self.seen.weak]
        raise KeyError(name)

    def rows(self, names: tuple[str, ...], table: Mapping[str, Feature]) -> Array:
        """
        Features, a row each: what `table` says of a name, else the signal itself.

        All that look around are worked out together: a page has some thirty units, and each call of numpy costs as much as they.
        """
        made = np.empty((len(names), self.count))
        around: dict[tuple[int, int], list[tuple[int, str]]] = {}
        for row, name in enumerate(names):
            feature = table.get(name)
            if feature is None:
                made[row] = self[name]
            elif isinstance(feature, Around):
                around.setdefault((feature.first, feature.last), []).append((row, feature.signal))
            else:
                made[row] = feature(self)
        for (first, last), of in around.items():
            low, high, number = self._window(first, last)
            totals = np.array([self._total(signal) for _, signal in of])
            made[[row for row, _ in of]] = (totals[:, high] - totals[:, low]) / number
        return made

    def mean(self, name: str, first: int, last: int) -> Array:
        """The mean of a signal over the units from `first` to `last` away; 0 where there are none."""
        low, high, number = self._window(first, last)
        total = self._total(name)
        return np.asarray((total[high] - total[low]) / number)

    def _window(self, first: int, last: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Array]:
        if (edges := self._edges.get((first, last))) is None:
            low = np.minimum(np.maximum(self.at + first, 0), self.count)
            high = np.minimum(np.maximum(self.at + (last + 1), 0), self.count)
            edges = self._edges[first, last] = (low, high, np.maximum(high - low, 1.0))
        return edges

    def _total(self, name: str) -> Array:
        if (total := self._sums.get(name)) is None:
            total = self._sums[name] = np.zeros(self.count + 1)
            np.cumsum(self[name], out=total[1:])
        return total

    def share(self, name: str, of: str, first: int, last: int) -> Array:
        """The mean of a signal, over those units alone that another one marks."""
        return np.asarray(self.mean(name, first, last) / np.maximum(self.mean(of, first, last), 1e-9))

    def above(self, name: str) -> Array:
        """The signal of the unit above; 0 for the first."""
        values = self[name]
        return np.concatenate(([0.0], values[:-1])) if self.count else values

    @cached_property
    def content(self) -> list[frozenset[str]]:
        """The long words that open each unit: what it is about."""
        return [frozenset([word for word in row if len(word) >= ABOUT]) for row in self.seen.words]


LAST = 4
"""Units at the end of a page, where notes on the author stand."""

ABOUT = 5
"""Letters of a word that says what a text is about."""


def _mass(s: Signals) -> Array:
    """Words in the run of prose that a unit belongs to; one or two short lines do not end a run."""
    size = s["size"]
    mass = np.zeros(s.count)
    where = np.flatnonzero((size >= 8) & (s["closed"] > 0) & (s["free"] > 0))
    if len(where):
        for run in np.split(where, np.flatnonzero(np.diff(where) > 3) + 1):
            mass[run[0] : run[-1] + 1] = size[run[0] : run[-1] + 1].sum()
    return mass


def _told(s: Signals) -> Array:
    """How many of a unit's long words the largest runs of prose use too."""
    main: Counter[str] = Counter()
    big = ((s["run"] > 0.6) & (s["free"] > 0)).tolist()
    for words, inside in zip(s.content, big, strict=True):
        if inside:
            main.update(words)
    told = [
        sum([main[word] > inside for word in words]) / len(words) if words and some else 0.0
        for words, inside, some in zip(s.content, big, (s["some"] > 0).tolist(), strict=True)
    ]
    return np.array(told)


def _shared(s: Signals) -> Array:
    """How many of a unit's long words another unit uses too."""
    every: Counter[str] = Counter()
    for words in s.content:
        every.update(words)
    shared = [
        sum([every[word] > 1 for word in words]) / len(words) if words and some else 0.0
        for words, some in zip(s.content, (s["some"] > 0).tolist(), strict=True)
    ]
    return np.array(shared)


def _before(s: Signals) -> Array:
    """The share of the prose that stands above."""
    done = np.concatenate(([0.0], np.cumsum(s["prose"])))
    return np.asarray(done[:-1] / (done[-1] + 1e-6))


def _usual(s: Signals) -> Array:
    """How much longer than the page's usual paragraph of prose."""
    size = s["size"]
    prose = size[(size >= 8) & (s["closed"] > 0) & (s["free"] > 0)]
    usual = float(np.median(prose)) if len(prose) else 20.0
    return np.clip(np.log((size + 1) / (usual + 1)), -2, 2)


def _prosaic(s: Signals) -> Array:
    """The share of a page's words that is prose."""
    size = s["size"]
    prose = (size >= 8) & (s["closed"] > 0) & (s["free"] > 0)
    return np.full(s.count, (size * prose).sum() / max(size.sum(), 1.0))


def _so_far(values: Array) -> Array:
    """Whether anything stood above or here."""
    return np.minimum(np.cumsum(values), 1)


_DERIVED: Mapping[str, Callable[[Signals], object]] = {
    "size": lambda s: s.seen.sizes,
    "closed": lambda s: s.seen.closed,
    "free": lambda s: [not unit.taken for unit in s.seen.units],
    "taken": lambda s: 1 - s["free"],
    "again": lambda s: s.seen.again,
    "standing": lambda s: np.minimum(s.seen.standing, 3) / 3,
    "you": lambda s: np.minimum(np.array(s.seen.you) / np.maximum([len(row) for row in s.seen.words], 1), 0.15) / 0.15,
    "addressed": lambda s: s["you"] * (1 - s["quote"]),
    "standing_you": lambda s: s["standing"] * s["addressed"],
    "last": lambda s: s.count - s.at <= LAST,
    "weak": lambda s: [bool(groups) for groups in s.seen.weak],
    "bias": lambda s: np.ones(s.count),
    "first": lambda s: s.at == 0,
    "place": lambda s: s.at / max(s.count - 1, 1),
    "short": lambda s: s["size"] < 8,
    "some": lambda s: (s["size"] >= 6) * s["free"],
    "long": lambda s: np.minimum(s["size"], 30) / 30,
    "words5": lambda s: np.minimum(s["size"], 5) / 5,
    "words20": lambda s: np.clip(s["size"] - 5, 0, 15) / 15,
    "words60": lambda s: np.clip(s["size"] - 20, 0, 40) / 40,
    "prose": lambda s: s["closed"] * s["long"] * s["free"],
    "mass": _mass,
    "run": lambda s: s["mass"] / (s["mass"].max(initial=0) + 1e-6),
    "before": _before,
    "passed": lambda s: np.maximum.accumulate(s.above("run")) if s.count else s["run"],
    "noisy": lambda s: np.full(s.count, s["short"].mean() if s.count else 0.0),
    "removed": lambda s: np.sum([s[f"taken_{group}"] for group in (*GROUPS, "other")], axis=0),
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
"""Signals that are worked out from what was seen of the page, and from each other."""

Feature: TypeAlias = "Around | Callable[[Signals], Array]"

LINE: Mapping[str, Feature] = {
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
    "above_title": lambda s: 1 - _so_far(s["taken_title"]) if s["taken_title"].any() else np.zeros(s.count),
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
    "told_near": lambda s: s.share("told", "some", -2, 2),
    "told_below": lambda s: s.share("told", "some", 0, 4),
    "told_above": lambda s: s.share("told", "some", -5, -1),
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
}
"""Features of a unit that are no signals: what is looked at around it, and what two signals say together."""

SIGNALS = (
    "closed", *_OWN[:4], *_OWN[5:], "bias", "dated_long", "dated_short", "words5", "words20", "words60", "weak_related",
    "weak_furniture", "before", "noisy", "run", "again", "you", "addressed", "standing", "standing_you", "last", "told",
    "shared", "usual", "prosaic", "place",
)  # fmt: skip
"""The signals that are features of a unit as they are."""

CUT: Mapping[str, Feature] = {
    "closed_prev": lambda s: s.above("closed"),
    "long_prev": lambda s: s.above("long"),
    "prose_3": LINE["prose_3"],
    "prose_8": LINE["prose_8"],
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
    "told4": LINE["told_below"],
    "told_5": LINE["told_above"],
    "told_step": lambda s: s.share("told", "some", 0, 4) - s.share("told", "some", -5, -1),
    "shared_step": lambda s: s.share("shared", "some", 0, 4) - s.share("shared", "some", -5, -1),
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
}
"""Features of the place before a unit that are no signals."""

CUT_SIGNALS = (
    "bias", "first", "closed", "long", "like_title", "name", "run", "before", "place", "noisy", "title_case", "capitals",
    "interface", "author", "bullet",
)  # fmt: skip
"""The signals of a unit that are features of the place before it as they are."""
