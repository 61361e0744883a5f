"""Collect evidence for and against each date being the day of the report."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import attrs

from newsnorm.evidence.linear import Candidate, bucket
from newsnorm.grammar.dates.search import DateMention, read_in_part
from newsnorm.notes import note
from newsnorm.page.date_standing import ALL_BUT, DateStanding, date_share, has_other_label, standing_of
from newsnorm.page.frame import MANY_SHORT
from newsnorm.page.layout import LineView, PageLayout, is_sentence
from newsnorm.page.state import STANDFIRST, Found
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.web_address import days_in_address, is_address

DAY = 10
"""Length of a day in ISO 8601, in characters."""

MONTH = 7
"""Characters of a month, as ISO 8601 writes it."""

SENTENCE = 7
"""A line with more spaces than this that ends with a full stop is a sentence."""

LAST_MONTH = 12

SERIES, APART = 3, 4
"""Fewest different days in a run of dates below a report that belong to other reports, and most lines between two of them."""

PAIR = 2
"""Fewest different days below a report, each on a line of its own, of which none is the report's."""

FEW_PARAGRAPHS = 2
"""Fewest paragraphs above an unmarked day (more than a standfirst) for it to be in the midst of the report; one more on a page
with many short lines, since a notice may stand above the headline."""

CARD = 4
"""Lines of an event's card from its day to the next paragraph of the report."""

REACH, BEHIND = 20, 16
"""Lines below the headline or the beginning of the report, and below its end, within which an unmarked date may be the
report's."""

FAR = 31
"""Days. An unmarked date further than this from the day in the URL belongs to something else."""

FRESH, STALE = 2, 14
"""Days from publication to fetching: a reading of a date within `FRESH` is preferred to one beyond `STALE`."""

MOON = 3
"""Least difference in days at which a date in another calendar and a Gregorian one are different days (a new moon may be seen
late)."""

MANY = 8
"""A page with more mentions of days than this has many."""

_MONTH_IN_URL = lazy_regex(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/")
_NUMBER = lazy_regex(r"\d{1,4}")


@attrs.frozen(eq=False)
class DateOnPage:
    """A mention of a day and its line."""

    view: LineView
    mention: DateMention

    @property
    def day(self) -> str:
        """The day, as ISO 8601."""
        return self.mention.reading.value[:DAY]

    def is_same(self, other: DateOnPage) -> bool:
        """Return whether both are the same mention."""
        return self.view.position == other.view.position and self.mention == other.mention


@attrs.frozen(eq=False)
class DateOrder:
    """What a page shows about the order of day and month."""

    certain: frozenset[str]
    """The days whose order is certain."""
    day_first: bool | None
    """The order in those days; None if there are none, or if both orders occur."""

    @classmethod
    def of(cls, layout: PageLayout) -> DateOrder:
        """Collect the dates of a page whose order is certain."""
        mentions = [(view, mention) for view in layout.dated for mention in view.dates]
        in_url, months = days_in_url(layout), months_in_url(layout)
        orders = {_order_by_url(mention, in_url, months) for _, mention in mentions if mention.other} - {None}
        if len(orders) != 1:
            orders = {_day_first(view, mention) for view, mention in mentions} - {None}
        if len(orders) != 1:
            fetched = layout.page.raw.fetched or ""
            orders = {_order_by_fetching(mention, fetched) for _, mention in mentions if mention.other} - {None}
        certain = {mention.reading.value[:DAY] for _, mention in mentions if not mention.other}
        return cls(frozenset(certain) | in_url, orders.pop() if len(orders) == 1 else None)

    def settle(self, mention: DateMention) -> DateMention:
        """Read a mention in the other order if only that reading is written elsewhere, or if other days have that order."""
        if mention.other is None or mention.reading.value[:DAY] in self.certain:
            return mention
        if mention.other[:DAY] not in self.certain and self.day_first in (None, mention.reading.day_first):
            return mention
        doubt = note("date-order-settled")
        return attrs.evolve(mention, reading=attrs.evolve(mention.reading, value=mention.other, doubt=doubt), other=None)


def _ordinal(day: str) -> int:
    """Return the ordinal of a day in ISO 8601, counted from the first day of year 1; 0 if it is not a day."""
    try:
        return datetime.date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def _day_first(view: LineView, mention: DateMention) -> bool | None:
    """Return the order of day and month in a numeric date that allows only one; None for any other date."""
    if mention.how != "numeric" or mention.other is not None:
        return None
    numbers = [int(number) for number in _NUMBER.findall(view.line.text, mention.start, mention.end)[:2]]
    if len(numbers) < 2 or max(numbers) <= LAST_MONTH or numbers[0] == numbers[1]:
        return None
    return numbers[0] > LAST_MONTH


def _order_by_url(mention: DateMention, days: Container[str], months: Container[str]) -> bool | None:
    """Return whether the day comes first in an ambiguous date, if the URL names the day or month of only one reading."""
    read, other = mention.reading.value, mention.other or ""
    for named, size in ((days, DAY), (months, MONTH)):
        if (read[:size] in named) != (other[:size] in named):
            return (read[:size] in named) == mention.reading.day_first
    return None


def _order_by_fetching(mention: DateMention, fetched: str) -> bool | None:
    """
    Return whether the day comes first in an ambiguous date, if the time of fetching decides between the two readings.

    A day after fetching is impossible; of two days before it, one shortly before is likelier than one weeks away.
    """
    now, read, other = _ordinal(fetched[:DAY]), _ordinal(mention.reading.value[:DAY]), _ordinal((mention.other or "")[:DAY])
    if not now or not read or not other:
        return None
    ages = now - read, now - other
    if min(ages) < -1 and max(ages) >= -1:
        return (ages[0] >= -1) == mention.reading.day_first
    if min(ages) >= -1 and min(ages) <= FRESH and max(ages) > STALE:
        return (ages[0] < ages[1]) == mention.reading.day_first
    return None


def days_in_url(layout: PageLayout) -> frozenset[str]:
    """Return the days that the page's URL names, as ISO 8601."""
    return frozenset(day.value for day in days_in_address(layout.page.raw.url or ""))


def months_in_url(layout: PageLayout) -> frozenset[str]:
    """Return the months that the page's URL names, as ISO 8601."""
    return frozenset(f"{year}-{int(month):02}" for year, month in _MONTH_IN_URL.findall(layout.page.raw.url or ""))


@attrs.frozen(eq=False)
class DateCues:
    """What a page shows about its day."""

    found: Found
    layout: PageLayout
    title: int | None
    """The index of the headline, if one was found."""
    _standings: dict[tuple[int, int], DateStanding] = attrs.field(factory=dict, init=False, repr=False)
    """Index of a line and place of a mention → how it stands."""

    def standing(self, place: DateOnPage) -> DateStanding:
        """Return the standing of a mention in its line (`date_standing`)."""
        key = place.view.position, place.mention.start
        standing = self._standings.get(key)
        if standing is None:
            standing = self._standings[key] = standing_of(self.layout, place.view, place.mention, self.title)
        return standing

    def may_be_own(self, place: DateOnPage) -> bool:
        """
        Return whether a mention may be the day of the report at all.

        A mention marked by a word may be; in a frame, also one set apart near the headline, the byline or an end of the report.
        Without a frame, the day of the report can't be told from the day of an event.
        """
        standing = self.standing(place)
        if standing in ("told", "marked", "address"):
            return standing != "told"
        if self.found.frame.kind == "none" or self._is_far_from_url(place.day):
            return False
        if place.day in self.in_url:
            return True
        if place.view.position in self.listed or self._is_amid(place):
            return False
        if place.view.position > self.layout.end + STANDFIRST and (standing in ("apart", "opening") or place.view.bullet):
            return False  # a line of a list
        return self._is_near(place.view.position) and not self._is_behind_heading(place.view.position)

    def _is_amid(self, place: DateOnPage) -> bool:
        """
        Return whether a day is in the midst of the report without a name beside it: on the card of an event, in a list or a
        table.

        Right after a single paragraph, perhaps the standfirst, it may still be the report's day, unless another label precedes
        it.
        """
        index, layout = place.view.position, self.layout
        above = self._paragraphs_above(index)
        if not above or self._is_beside_name(index):
            return False
        if has_other_label(layout, place.view, place.mention):
            return True
        is_page = self.found.frame.short_lines >= MANY_SHORT
        end = layout.end if is_page else max(layout.end, index + CARD)
        if not any(map(_is_prose, layout.lines[index + 1 : end + 1])):
            return False
        if is_page:
            return above > FEW_PARAGRAPHS
        return above >= FEW_PARAGRAPHS or not _is_prose(self._line_above(index))

    def _line_above(self, index: int) -> LineView:
        """Return the nearest line above that no pass has taken; if there is none, the next line above."""
        above = (self.layout.lines[at] for at in range(index - 1, -1, -1))
        return next((view for view in above if self.found.is_free(view.line.number)), self.layout.lines[index - 1])

    def _paragraphs_above(self, index: int) -> int:
        """Return the number of paragraphs between a line and the beginning of the report or its headline."""
        first = self.layout.start if self.title is None or self.title > index else max(self.layout.start, self.title)
        return sum(map(_is_prose, self.layout.lines[first:index]))

    def _is_beside_name(self, index: int) -> bool:
        """
        Return whether a line has a marked byline near it, or an agency or a name with a listed given name right beside it.

        In Chinese, Japanese and Korean, most short lines begin with a possible surname, so none counts as a name here.
        """
        if not self.signed.isdisjoint(range(index - 2, index + 3)):
            return True
        near = self.layout.lines[max(0, index - 1) : index + 2]
        readings = (self.layout.bylines.get(view.position) for view in near if view.size == len(view.text))
        return any(reading is not None and (reading.given or bool(reading.agency)) for reading in readings)

    @cached_property
    def listed(self) -> frozenset[int]:
        """
        Indices of the lines of a list of days: a timeline, a calendar of games or of events, the answers of a quiz.

        These are unmarked days after the head: three different ones on lines of one kind, or two below the report.
        """
        unmarked = [place for place in self.places if self._is_unmarked_line(place)]
        listed: set[int] = set()
        for is_bare in (True, False):
            same = self._behind_head([place for place in unmarked if (date_share(place.view) >= ALL_BUT) is is_bare])
            for group, most in ((same, SERIES), ([place for place in same if place.view.position > self.layout.end], PAIR)):
                lines = {place.view.position for place in group}
                if min(len({place.day for place in group}), len(lines)) >= most:
                    listed |= lines
        return frozenset(listed)

    def _behind_head(self, places: Sequence[DateOnPage]) -> Sequence[DateOnPage]:
        """Return the mentions without the first one if it is in the head of the report, on a page or far above the second."""
        if len(places) < PAIR or places[0].view.position > self.layout.start + STANDFIRST:
            return places
        is_far = places[1].view.position - places[0].view.position > APART
        return places[1:] if is_far or self.found.frame.short_lines >= MANY_SHORT else places

    def _is_unmarked_line(self, place: DateOnPage) -> bool:
        """Return whether an unmarked day is on a line of its own, below a paragraph, with no name beside it."""
        index = place.view.position
        if place.mention.role is not None or index in self._in_comments:
            return False
        if self.standing(place) not in ("alone", "apart", "opening"):
            return False
        return self._paragraphs_above(index) > 0 and not self._is_beside_name(index)

    def _is_far_from_url(self, day: str) -> bool:
        """Return whether a day is far from all days in the URL."""
        days = [_ordinal(named) for named in self.in_url]
        return bool(days) and min(abs(_ordinal(day) - named) for named in days) > FAR

    def _is_near(self, index: int) -> bool:
        """Return whether a line is above the report, near its beginning or headline, next to a byline, or at its end."""
        layout = self.layout
        if self.title is None or index <= layout.start + REACH:
            return True
        if any(0 <= index - headline <= REACH for headline in self._headlines):
            return True
        if not self.signed.isdisjoint(range(index - 2, index + 2)):
            return True
        return layout.end < index <= layout.end + BEHIND

    @cached_property
    def _headlines(self) -> Sequence[int]:
        """Indices of the lines that print the headline."""
        if self.title is None:
            return ()
        text = self.layout.lines[self.title].text
        return [view.position for view in self.layout.lines if view.text == text]

    def _is_behind_heading(self, index: int) -> bool:
        """Return whether a line is right below a heading for other reports, or anywhere below one that ends the report."""
        layout, found = self.layout, self.found
        if index > 0 and found.is_removed(layout.lines[index - 1].line.number, "related"):
            return True
        between = layout.lines[layout.end + 1 : index - 1] if index > layout.end else ()
        return any(found.is_removed(view.line.number, "related", "comments") for view in between)

    @cached_property
    def _order(self) -> DateOrder:
        return DateOrder.of(self.layout)

    def settled(self, view: LineView) -> Sequence[DateMention]:
        """Return the dates of a line; the rest of the page settles ambiguous orders such as 3/5/2024 if it can."""
        if not any(mention.other for mention in view.dates):
            return view.dates
        return [self._order.settle(mention) for mention in view.dates]

    @cached_property
    def places(self) -> Sequence[DateOnPage]:
        """The full dates that the page mentions, in order, without those of another calendar that repeat a Gregorian date."""
        every = (DateOnPage(view, mention) for view in self.layout.dated for mention in self.settled(view))
        full = [place for place in every if len(place.mention.reading.value) >= DAY]
        others = [place for place in full if place.mention.how == "other"]
        if not others:
            return full
        days = [_ordinal(place.day) for place in full if place.mention.how != "other"]
        again = [place for place in others if any(abs(_ordinal(place.day) - day) < MOON for day in days)]
        return [place for place in full if place not in again]

    @cached_property
    def days(self) -> Sequence[str]:
        """The different days mentioned, ascending."""
        return sorted({place.day for place in self.places})

    @cached_property
    def in_url(self) -> frozenset[str]:
        """The days in the URL."""
        return days_in_url(self.layout)

    @cached_property
    def months_in_url(self) -> frozenset[str]:
        """The months in the URL."""
        return months_in_url(self.layout)

    @cached_property
    def signed(self) -> frozenset[int]:
        """Indices of lines that name an author of something by more than a bare name."""
        return frozenset(index for index, reading in self.layout.bylines.items() if reading.kind != "bare")

    @cached_property
    def below(self) -> Sequence[DateOnPage]:
        """The unmarked mentions below the report."""
        return [place for place in self.places if place.view.position > self.layout.end and place.mention.role is None]

    @cached_property
    def days_below(self) -> frozenset[str]:
        """The days of those mentions."""
        return frozenset(place.day for place in self.below)

    @cached_property
    def _in_comments(self) -> frozenset[int]:
        """Indices of lines whose dates belong to comments."""
        return frozenset(place.view.position for place in self.places if "comments" in self.found.evidence(place.view.line))

    @cached_property
    def of_others(self) -> frozenset[int]:
        """
        Indices of lines whose dates belong to comments, teasers or events: dates beside names, in a series or in a
        sentence.
        """
        beside_names = {index + step for index in self.layout.signed_below for step in (-1, 0, 1)}
        after_start = [place for place in self.places if place.view.position > self.layout.start]
        inside = [place for place in after_start if place.view.position > self.layout.start + STANDFIRST]
        sentences = {place.view.position for place in inside if is_sentence(place.view)}
        return frozenset(self._in_comments | beside_names | self._series() | self._chronicle(after_start) | sentences)

    def _series(self) -> set[int]:
        """Return the lines of runs of different days below the report, which are a list of other reports."""
        series: set[int] = set()
        run: list[DateOnPage] = []
        for place in self.below:
            if run and place.view.position - run[-1].view.position > APART:
                run = []
            run.append(place)
            if len({other.day for other in run}) >= SERIES:
                series.update(other.view.position for other in run)
        return series

    def _chronicle(self, after_start: Sequence[DateOnPage]) -> set[int]:
        """Return the lines that are dates, each above a sentence, if there are several days."""
        heads = [place for place in after_start if place.mention.role is None and self._heads_sentence(place)]
        return {place.view.position for place in heads} if len({place.day for place in heads}) > 1 else set()

    def _heads_sentence(self, place: DateOnPage) -> bool:
        below = self.layout.lines[place.view.position + 1 : place.view.position + 2]
        return len(place.view.text) <= place.mention.end - place.mention.start + 2 and any(map(is_sentence, below))


def _is_prose(view: LineView) -> bool:
    """Return whether a line is a paragraph or a sentence."""
    return view.paragraph or is_sentence(view)


@attrs.frozen(eq=False)
class DateCandidate:
    """One mention among all mentions of the page."""

    cues: DateCues
    place: DateOnPage
    order: int
    """Its index among the page's mentions."""

    @property
    def index(self) -> int:
        """The index of its line."""
        return self.place.view.position

    @property
    def is_below(self) -> bool:
        """Whether it is an unmarked mention below the report."""
        return self.index > self.cues.layout.end and self.place.mention.role is None


def second(candidate: DateCandidate) -> bool:
    """Another day precedes it in its line."""
    before = candidate.cues.places[candidate.order - 1] if candidate.order else None
    return before is not None and before.view is candidate.place.view and before.day != candidate.place.day


def byline_near(candidate: DateCandidate) -> bool:
    """A marked byline stands next to its line, but not in it."""
    signed, index = candidate.cues.signed, candidate.index
    return index not in signed and not signed.isdisjoint((index - 2, index - 1, index + 1))


def not_in_address(candidate: DateCandidate) -> bool:
    """The URL names another day."""
    return bool(candidate.cues.in_url) and candidate.place.day not in candidate.cues.in_url


def month_in_address(candidate: DateCandidate) -> bool:
    """The URL names its month, but no day."""
    return not candidate.cues.in_url and candidate.place.day[:7] in candidate.cues.months_in_url


def other_month_in_address(candidate: DateCandidate) -> bool:
    """The URL names another month, but no day."""
    cues = candidate.cues
    return not cues.in_url and bool(cues.months_in_url) and candidate.place.day[:7] not in cues.months_in_url


def sentence(candidate: DateCandidate) -> bool:
    """Its line ends like a sentence and has several words."""
    view = candidate.place.view
    return not view.paragraph and view.text[-1] in ".!?…" and view.text.count(" ") > SENTENCE


Flag: TypeAlias = Callable[[DateCandidate], bool]

FLAGS: Mapping[str, Flag] = {
    "time": lambda candidate: "T" in candidate.place.mention.reading.value,
    "bullet": lambda candidate: candidate.place.view.bullet,
    "first": lambda candidate: candidate.order == 0,
    "opens": lambda candidate: candidate.place.mention.start < 4,
    "second": second,
    "byline-here": lambda candidate: candidate.index in candidate.cues.signed,
    "byline-near": byline_near,
    "newest": lambda candidate: candidate.place.day == candidate.cues.days[-1],
    "oldest": lambda candidate: len(candidate.cues.days) > 1 and candidate.place.day == candidate.cues.days[0],
    "many": lambda candidate: len(candidate.cues.places) > MANY,
    "in-address": lambda candidate: candidate.place.day in candidate.cues.in_url,
    "not-in-address": not_in_address,
    "month-in-address": month_in_address,
    "other-month-in-address": other_month_in_address,
    "only": lambda candidate: len(candidate.cues.days) == 1,
    "one-below-of-many": lambda candidate: candidate.is_below and len(candidate.cues.days_below) > 1,
    "beside-related": lambda candidate: candidate.cues.found.is_beside(candidate.index, "related"),
    "beside-comments": lambda candidate: candidate.cues.found.is_beside(candidate.index, "comments"),
    "rights": lambda candidate: "©" in candidate.place.view.text,
    "prose": lambda candidate: candidate.place.view.paragraph,
    "sentence": sentence,
}
"""Feature → test of whether it holds for a mention."""


def date_candidates(cues: DateCues, wanted: Container[str] | None = None) -> list[Candidate[DateOnPage]]:
    """
    Return the candidates for the day of the report, each with the features that hold for it.

    Args:
        cues: the page.
        wanted: the features that have a weight; None for all.

    """
    flags = [(name, holds) for name, holds in FLAGS.items() if wanted is None or name in wanted]
    made = []
    for order, place in enumerate(cues.places):
        if place.view.position in cues.of_others and place.mention.role is None and place.day not in cues.in_url:
            continue
        if not cues.may_be_own(place):
            continue
        made.append(Candidate(place.view.position, place, _features(DateCandidate(cues, place, order), flags)))
    return made


def _features(candidate: DateCandidate, flags: Sequence[tuple[str, Flag]]) -> list[str]:
    layout, view, index = candidate.cues.layout, candidate.place.view, candidate.index
    features = [
        "day",
        f"role-{candidate.place.mention.role or 'none'}",
        bucket("line", len(candidate.place.day) if is_address(view.text) else view.size, (24, 45, 90)),
        _zone(candidate),
    ]
    if candidate.cues.title is not None:
        features.append(bucket("title", index - candidate.cues.title, (-13, -4, -1, 0, 2, 5, 9, 16, 40)))
    if index < layout.start:
        features.append(bucket("above", layout.start - index, (1, 3, 6, 12)))
    features += [name for name, holds in flags if holds(candidate)]
    return features


def _zone(candidate: DateCandidate) -> str:
    """Return the position of the line relative to the report, as a feature."""
    layout, index = candidate.cues.layout, candidate.index
    if index < layout.start:
        return "head"
    return "amid" if index <= layout.end else bucket("below", index - layout.end, (3, 12))


def month_of_report(cues: DateCues) -> DateOnPage | None:
    """
    Return the month of a report that states no day: one marked by a word, or alone on a line beside the headline or a
    byline.
    """
    layout, context = cues.layout, cues.layout.rules.context
    for view in layout.lines[: layout.start + STANDFIRST + 1]:
        marked = next((mention for mention in view.dates if mention.reading.precision == "month"), None)
        closes = marked is not None and not view.line.text[marked.end :].strip(" .")
        if marked is not None and closes and standing_of(layout, view, marked, cues.title) == "marked":
            return DateOnPage(view, marked)
        if view.dates or not _is_beside_head(cues, view.position):
            continue
        reading = read_in_part(view.text, context.grammar.calendar, context.languages)
        if reading is not None and reading.precision == "month":
            return DateOnPage(view, DateMention(start=0, end=len(view.line.text), reading=reading, how="name"))
    return None


def _is_beside_head(cues: DateCues, index: int) -> bool:
    """
    Return whether a line is right below the headline, or next to a marked byline.

    Among the links of a page, a month belongs to the archive, so without a byline or a date it has to follow the headline
    directly.
    """
    below_title = None if cues.title is None else index - cues.title
    if cues.found.frame.kind != "article":
        return cues.found.frame.kind == "none" and below_title == 1
    return below_title in (1, 2) or not cues.signed.isdisjoint((index - 1, index + 1))
