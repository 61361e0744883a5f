"""Read when a page claims to have been published and updated; days filled in by a machine are not believed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import attrs

from newsnorm.catalogue import Context
from newsnorm.grammar.dates.machine import spell_out
from newsnorm.grammar.dates.search import DateMention, dates_in, read_whole
from newsnorm.grammar.dates.value import DateReading
from newsnorm.page.claimed_title import HeadlineClaims
from newsnorm.page.claims import PageClaims, clean
from newsnorm.records import Claim, Line
from newsnorm.text.web_address import days_in_address

DAY = 10
"""Characters of a day in ISO 8601."""

LONGEST = 90
"""Code points of the longest claim that is read as a date."""

ABOVE, BELOW = 8, 14
"""Lines above and below the headline within which a `<time>` is about the report."""

MOST = 6
"""Most claims of a date that are read."""

BESIDE, SHORT, SHARE = 4, 60, 0.4
"""Lines above the headline, and half the lines below it, within which a line may be its date; code points of the longest such
line, and the smallest share of it that the date covers. Chosen, not measured."""

MOST_TIMES = 20
"""Most `<time>` elements of a page that are read."""

UTC = "+00:00"
"""The ending of a moment in UTC."""

EPOCH = datetime.date(1970, 1, 1)
FILLED_IN = "-01-01"
"""The ending of days that are mostly filled in by a machine."""


@attrs.frozen
class ClaimedDate:
    """A date that a page claims."""

    claim: Claim
    reading: DateReading

    @property
    def day(self) -> str:
        """The day, as ISO 8601."""
        return self.reading.value[:DAY]

    def is_near(self, day: str) -> bool:
        """Return whether a day is this one, or adjacent to it if the claim is in UTC or its zone is unknown."""
        apart = abs(_ordinal(self.day) - _ordinal(day))
        return apart == 0 or (apart == 1 and not self._is_local)

    @property
    def _is_local(self) -> bool:
        """Whether the claim states a zone other than UTC, so that its day is the local one."""
        return self.reading.zone == "stated" and not self.reading.value.endswith(UTC)


@attrs.frozen(eq=False)
class DateClaims:
    """The dates that a page claims for its report."""

    claims: PageClaims
    titles: HeadlineClaims
    context: Context
    fetched: str
    """When the page was fetched, as ISO 8601; empty if unknown."""

    @cached_property
    def published(self) -> Sequence[ClaimedDate]:
        """The first believable date of each kind of claim, in the order JSON-LD, meta elements, microdata, `<time>`."""
        stated = self.claims.of_report("published")
        kinds = (
            stated,
            [claim for claim in self.claims.of("published") if claim.source == "meta"],
            [claim for claim in self.claims.of("published") if claim.source == "microdata" and self._is_near(claim)],
            self._times,
        )
        first = (next(self._believed(claims), None) for claims in kinds)
        return [*(date for date in first if date is not None), *self._in_address()][:MOST]

    def _in_address(self) -> Iterator[ClaimedDate]:
        """Yield the day in the address that the page states as its own."""
        for claim in self.claims.of("url"):
            for day in days_in_address(claim.value):
                yield ClaimedDate(claim, DateReading(value=day.value, precision="day"))
                return

    @cached_property
    def updated(self) -> Sequence[ClaimedDate]:
        """The first believable date of an update of each kind of claim: JSON-LD, then meta elements."""
        metas = [claim for claim in self.claims.of("updated") if claim.source == "meta"]
        first = (next(self._believed(claims), None) for claims in (self.claims.of_report("updated"), metas))
        return [date for date in first if date is not None]

    @cached_property
    def doubtful(self) -> Claim | None:
        """The first claim of a publication date that is not believed."""
        claims = (claim for claim in self.claims.of("published") if claim.source != "time")
        return next((claim for claim in claims if self._read(claim) is None), None)

    @cached_property
    def beside_headline(self) -> tuple[Line, DateMention] | None:
        """The marked short line nearest to the headline that is mostly a day, perhaps after a label."""
        head = self.titles.headline
        if head is None:
            return None
        lines = self.titles.page.lines[max(0, head.number - BESIDE) : head.number + 2 * BESIDE + 1]
        short = (line for line in lines if line is not head and 5 < len(line.text) <= SHORT)
        near = sorted(short, key=lambda line: abs(line.number - head.number))
        return next(((line, mention) for line in near if (mention := self._day_in(line)) is not None), None)

    def _day_in(self, line: Line) -> DateMention | None:
        """Return the only day in a line, if it is a large part of the line."""
        context = self.context
        mentions = dates_in(line.text, context.grammar.calendar, context.languages, context.day_first)
        if len(mentions) != 1 or len(mentions[0].reading.value) < DAY or mentions[0].role == "updated":
            return None
        return mentions[0] if (mentions[0].end - mentions[0].start) >= SHARE * len(line.text) else None

    @property
    def _times(self) -> Sequence[Claim]:
        """The `<time>` elements near the headline, or the only one on the page."""
        times = [claim for claim in self.claims.of("published") if claim.source == "time"][:MOST_TIMES]
        near = [claim for claim in times if self._is_near(claim)]
        return near or (times if len(times) == 1 else [])

    def _is_near(self, claim: Claim) -> bool:
        """Return whether a claim in the midst of the text is near the headline; true without a headline."""
        head = self.titles.headline
        return head is None or -ABOVE <= claim.beside - head.number <= BELOW

    def _believed(self, claims: Iterable[Claim]) -> Iterator[ClaimedDate]:
        for claim in claims:
            reading = self._read(claim)
            if reading is not None:
                yield ClaimedDate(claim, reading)

    def _read(self, claim: Claim) -> DateReading | None:
        """Read a claim as a date; None if it is not a date or was filled in by a machine."""
        text = clean(claim.value).strip("\"' ")
        if len(text) > LONGEST:
            return None
        reading = read_whole(spell_out(text), self.context.grammar.calendar, self.context.languages, self.context.day_first)
        return None if reading is None or len(reading.value) < DAY or self._is_filled_in(reading) else reading

    def _is_filled_in(self, reading: DateReading) -> bool:
        """Return whether a day is the first of January without a time, 1 January 1970, or in the future."""
        day, time = reading.value[:DAY], reading.value[DAY + 1 : DAY + 6]
        if day.endswith(FILLED_IN) and time in ("", "00:00"):
            return True
        at = _ordinal(day)
        return abs(at - EPOCH.toordinal()) <= 1 or (self.fetched != "" and at > _ordinal(self.fetched[:DAY]) + 1)


def _ordinal(day: str) -> int:
    """Return the ordinal of a day in ISO 8601; 0 if it is not a day."""
    try:
        return datetime.date.fromisoformat(day).toordinal()
    except ValueError:
        return 0
