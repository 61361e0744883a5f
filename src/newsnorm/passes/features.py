"""What does a line look like, by itself and in its surroundings?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from newsnorm.passes.address import Address
from newsnorm.passes.found import Found
from newsnorm.passes.joins import BULLET, CLOSED, goes_on, joined
from newsnorm.records import Byline, Credit, Line, Page, PublicationDate, Reason, Removal, Title

Array = npt.NDArray[np.float64]

SEEN = 160
"""Code points of a unit whose words are looked at: what a paragraph is shows in its beginning."""

LONGEST = 4_000
"""Code points. No paragraph is cut in so many pieces, and joining stays linear."""

INTERFACE = 0.25
"""The share of words of interfaces from which a line counts as evidence; chosen, not measured."""

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

_WORD = re.compile(r"\w+")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_DATE = re.compile(r"\d[:.h]\d\d\b|\b(?:19|20)\d\d\b|\d[./-]\d{1,2}[./-]\d{2}|\d[年月日]")
_QUOTES = frozenset('"“”„«»‘「『')
_UNSPACED = frozenset(("zh", "ja", "th", "lo", "my", "km"))


@attrs.frozen(eq=False)
class Unit:
    """Lines that are one paragraph: mostly one line, more where a tag cut it."""

    lines: tuple[Line, ...]
    text: str
    taken: str = ""
    """What took it: a group of reasons, ``title``, ``byline``, ``date``, ``credit``, ``other``; empty: nobody."""


def units(page: Page, found: Found) -> list[Unit]:
    """The lines with a letter or digit in them, cut paragraphs joined again."""
    made: list[Unit] = []
    lines = [line for line in page.lines if line.text and any(map(str.isalnum, line.text))]
    for index, line in enumerate(lines):
        taken = _taken(found, line.number)
        if made and not taken and not made[-1].taken and len(made[-1].text) < LONGEST:
            below = lines[index + 1].text if index + 1 < len(lines) else ""
            if goes_on(made[-1].text, line.text, below):
                made[-1] = Unit((*made[-1].lines, line), joined(made[-1].text, line.text))
                continue
        made.append(Unit((line,), line.text, taken))
    return made


def _taken(found: Found, number: int) -> str:
    taker = found.taken(number)
    if taker is None:
        return ""
    if isinstance(taker, Removal):
        return _GROUP.get(taker.reason, "other")
    kinds = ((Title, "title"), (Byline, "byline"), (PublicationDate, "date"), (Credit, "credit"))
    return next((name for kind, name in kinds if isinstance(taker, kind)), "other")


@attrs.frozen(eq=False)
class Features:
    """Of a page's units, each an array with a place for every unit."""

    units: Sequence[Unit]
    size: Array
    """Words; where a script writes no spaces, half its letters."""
    line: Mapping[str, Array]
    """Of a unit in its surroundings."""
    cut: Mapping[str, Array]
    """Of the place before a unit, where the report may begin or end."""
    free: npt.NDArray[np.bool_]
    """Whether nobody took the unit."""
    evidence: npt.NDArray[np.bool_]
    """Whether something known speaks against it: a phrase of the catalogue, a mark of rights, words of interfaces."""


_OWN = tuple(
    "closed function no_function title_case digits dated opens quote bullet interface repeated like_title colon "  # noqa: SIM905
    "bracket name like_address site_named rights asking title_words".split()
)


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


@attrs.frozen(eq=False)
class Glance:
    """What is seen of a page at once: most extractors' outputs hold nothing that may go, and need no second look."""

    units: Sequence[Unit]
    beginnings: Sequence[str]
    lowered: Sequence[str]
    words: Sequence[list[str]]
    sizes: Sequence[float]
    weak: Sequence[set[str]]
    """The groups of reasons for which rules that did not act speak against each unit."""
    evidence: Sequence[bool]
    """Whether something known speaks against it: what took it, a phrase, a mark of rights, words of interfaces."""


def glance(page: Page, found: Found) -> Glance:
    """The units of a page, and what is known to speak against each."""
    of = units(page, found)
    beginnings = [unit.text[:SEEN] for unit in of]
    lowered = [text.lower() for text in beginnings]
    words = [_WORD.findall(text) for text in lowered]
    weak = [_weak(unit, found) for unit in of]
    interface = found.rules.context.tables.extent.interface
    wide = page.language.code.partition("-")[0] in _UNSPACED
    evidence = [
        unit.taken not in _FIELDS
        or bool(groups)
        or "©" in unit.text
        or sum(map(interface.__contains__, row)) > INTERFACE * len(row)
        for unit, groups, row in zip(of, weak, words, strict=True)
    ]
    return Glance(of, beginnings, lowered, words, [_size(unit.text, wide) for unit in of], weak, evidence)


_FIELDS = frozenset(("", "title", "byline", "date", "credit"))


def look(page: Page, found: Found, seen: Glance) -> Features:
    """The features of a page."""
    of, weak = seen.units, seen.weak
    count = len(of)
    closed = [CLOSED.search(unit.text[-12:]) is not None for unit in of]
    size = np.array(seen.sizes, float)
    context = _context(page, found, seen.words, size, closed)
    times = Counter(seen.lowered)
    rows = [
        _row(unit.text, text, row, k, c, times[low] > 1, context)
        for unit, text, low, row, k, c in zip(of, seen.beginnings, seen.lowered, seen.words, seen.sizes, closed, strict=True)
    ]
    own = np.array(rows, float).reshape(count, len(_OWN)).T
    x = dict(zip(_OWN, own, strict=True))
    for group in GROUPS:
        x[f"weak_{group}"] = np.array([group in groups for groups in weak], float)
        x[f"taken_{group}"] = np.array([unit.taken == group for unit in of], float)
    for name in ("title", "byline", "date", "credit", "other"):
        x[f"taken_{name}"] = np.array([unit.taken == name for unit in of], float)
    x["weak"] = np.array([bool(groups) for groups in weak], float)
    return _surroundings(of, size, x, np.array(seen.evidence, bool))


def _size(text: str, wide: bool) -> float:
    words = text.count(" ") + 1
    return max(words, len(_WIDE.findall(text)) / 2) if wide else words


def _context(page: Page, found: Found, words: Sequence[list[str]], size: Array, closed: list[bool]) -> _Context:
    often: Counter[str] = Counter()
    for row, k, c in zip(words, size, closed, strict=True):
        if k >= 8 and c:
            often.update([word for word in row if len(word) <= 4 and word.isalpha()])
    headline = found.first(Title)
    address = Address.of(page.raw.url)
    title = frozenset(
        _WORD.findall(headline.text.lower()) if headline is not None else next((row for row in words[:3] if len(row) >= 4), ())
    )
    known = title | address.words if headline is not None or address.tells else ()
    return _Context(
        function=frozenset(word for word, times in often.most_common(30) if times >= 2),
        title=title,
        topic=frozenset(word for word in known if len(word) >= 4),
        address=address,
        site=max((part for part in found.host.split(".") if len(part) > 3), key=len, default=""),
        interface=found.rules.context.tables.extent.interface,
    )


def _row(text: str, beginning: str, words: list[str], k: float, closed: bool, again: bool, of: _Context) -> tuple[float, ...]:
    """The features of a unit by itself, in the order of `_OWN`."""
    count = len(words) or 1
    held = frozenset(words)
    brief = k <= 30
    functional = sum(map(of.function.__contains__, words)) / count
    digits = sum(map(str.isdigit, words)) / count
    printed = beginning.split() if k >= 2 else []
    first, last = text[0], text[-1]
    return (
        closed,
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
    )


def _weak(unit: Unit, found: Found) -> set[str]:
    """The groups of reasons for which rules speak against a unit that nobody took."""
    return set() if unit.taken else {_GROUP.get(reason, "other") for reason in found.evidence(unit.lines[0])}


class _Windows:
    """Means of features over the units around each."""

    def __init__(self, count: int) -> None:
        self._at = np.arange(count)
        self._count = count
        self._edges: dict[tuple[int, int], tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Array]] = {}

    def mean(self, values: Array, first: int, last: int) -> Array:
        """The mean of `values` over the units from `first` to `last` away; 0 where there are none."""
        if (edges := self._edges.get((first, last))) is None:
            low = np.minimum(np.maximum(self._at + first, 0), self._count)
            high = np.minimum(np.maximum(self._at + (last + 1), 0), self._count)
            edges = self._edges[first, last] = (low, high, np.maximum(high - low, 1.0))
        low, high, number = edges
        total = np.zeros(self._count + 1)
        np.cumsum(values, out=total[1:])
        return (total[high] - total[low]) / number


def _runs(prose: npt.NDArray[np.bool_], size: Array) -> Array:
    """Words in the run of prose that a unit belongs to; one or two short lines do not end a run."""
    mass = np.zeros(len(size))
    where = np.flatnonzero(prose)
    if len(where):
        for run in np.split(where, np.flatnonzero(np.diff(where) > 3) + 1):
            mass[run[0] : run[-1] + 1] = size[run[0] : run[-1] + 1].sum()
    return mass


def _before(values: Array) -> Array:
    """The value of the unit above."""
    return np.concatenate(([0.0], values[:-1])) if len(values) else values


def _surroundings(of: Sequence[Unit], size: Array, x: Mapping[str, Array], evidence: npt.NDArray[np.bool_]) -> Features:
    count = len(of)
    window = _Windows(count).mean
    at = np.arange(count)
    free = np.array([not unit.taken for unit in of], bool)
    closed, name, repeated, bullet = x["closed"], x["name"], x["repeated"], x["bullet"]
    long = np.minimum(size, 30) / 30
    words20, words60 = np.clip(size - 5, 0, 15) / 15, np.clip(size - 20, 0, 40) / 40
    prose = closed * long * free
    short = (size < 8).astype(float)
    taken = (~free).astype(float)
    removed = np.sum([x[f"taken_{group}"] for group in (*GROUPS, "other")], axis=0)
    phrase = np.minimum(removed + x["weak"], 1)
    dated_short = x["dated"] * (size <= 12)
    mass = _runs((size >= 8) & (closed > 0) & free, size)
    run = mass / (mass.max(initial=0) + 1e-6)
    done = np.concatenate(([0.0], np.cumsum(prose)))
    before = done[:-1] / (done[-1] + 1e-6)
    titled = np.flatnonzero(x["taken_title"])
    noisy = np.full(count, short.mean() if count else 0.0)
    line = {
        **{key: x[key] for key in _OWN if key != "dated"},
        "bias": np.ones(count),
        "dated_long": x["dated"] * (size > 12),
        "dated_short": dated_short,
        "is_title": (x["like_title"] > 0.6).astype(float),
        "open_long": (1 - closed) * (size >= 20),
        "long_closed": words20 * closed,
        "short_free": short * free,
        "words5": np.minimum(size, 5) / 5,
        "words20": words20,
        "words60": words60,
        "weak_related": x["weak_related"],
        "weak_furniture": x["weak_furniture"],
        "prose_1": window(prose, -1, -1),
        "prose1": window(prose, 1, 1),
        "prose_3": window(prose, -3, -1),
        "prose3": window(prose, 1, 3),
        "prose_8": window(prose, -8, -1),
        "prose8": window(prose, 1, 8),
        "short_3": window(short, -3, -1),
        "short3": window(short, 1, 3),
        "before": before,
        "middle": before * (1 - before) * 4,
        "end": np.exp(-(count - 1 - at) / 2.0),
        "noisy": noisy,
        "noisy_closed": noisy * closed,
        "run": run,
        "main_run": (run > 0.9).astype(float),
        "run_words": np.log1p(mass) / 7,
        "above_title": (at < titled[0]).astype(float) if len(titled) else np.zeros(count),
        "lines": np.full(count, min(count, 30) / 30),
        "repeated_near": window(repeated, -3, 3),
        "dated_near": window(dated_short, -3, 3),
        "phrase_near": window(phrase, -2, 2),
        "phrase_1": window(phrase, -1, -1),
        "phrase1": window(phrase, 1, 1),
        "name_near": window(name, -2, 2),
        "bullet_near": window(bullet, -3, 3),
        "taken_1": window(taken, -1, -1),
        "taken1": window(taken, 1, 1),
        "related_1": window(x["taken_related"], -1, -1),
        "title_words_long": x["title_words"] * words20,
        "site_tail": x["site_named"] * before,
        "comments_above": np.minimum(np.cumsum(x["taken_comments"] + x["weak_comments"]), 1),
        "byline_above": np.minimum(np.cumsum(x["taken_byline"] + x["taken_date"]), 1),
        "rights_above": np.minimum(np.cumsum(x["taken_rights"] + x["weak_rights"]), 1) * (before > 0.5),
    }
    run_before = _before(run)
    furniture = np.maximum(x["taken_furniture"], x["weak_furniture"])
    cut = {
        "bias": np.ones(count),
        "first": (at == 0).astype(float),
        "closed": closed,
        "closed_prev": _before(closed),
        "long": long,
        "long_prev": _before(long),
        "prose_3": line["prose_3"],
        "prose_8": line["prose_8"],
        "prose2": window(prose, 0, 2),
        "prose7": window(prose, 0, 7),
        "phrase_prev": _before(phrase),
        "phrase2": window(phrase, 1, 2),
        "phrase5": window(phrase, 0, 5),
        "like_title": x["like_title"],
        "name": name,
        "name_prev": _before(name),
        "run": run,
        "run_prev": run_before,
        "run_step": run - run_before,
        "main_passed": np.maximum.accumulate(run_before) if count else run,
        "furniture_prev": _before(furniture),
    }
    return Features(of, size, line, cut, free, evidence)
