"""
Every whole date that stands in a line: where it stands, what it says, and how sure that is.

The tokens of the line become letters (see `newsnorm.catalogue.lexicon`), and each shape of dates is an expression over them.
A mention holds a day, a month and a year; none of the three is ever filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

import attrs

from newsnorm.catalogue.dates import PIVOT, DateReading, day_first_in, ordered, reading_of
from newsnorm.catalogue.lexicon import BUDDHIST, FIRST_BUDDHIST, YEAR, fold
from newsnorm.catalogue.tables import Calendar, RolePhrase, any_of
from newsnorm.records import DateRole, Zone

How: TypeAlias = Literal["name", "numeric", "iso", "cjk", "relative"]

LOOK = 320
"""Code points of a line that are looked at. A date of publication stands near its start; not measured."""


@attrs.frozen(kw_only=True)
class DateMention:
    """A whole date amid a line."""

    start: int
    """Code points of the text, weekday and time included."""
    end: int
    reading: DateReading
    role: DateRole | None = None
    """What the word beside it says it is; None: nothing does."""
    how: How
    """What it is written with: the name of a month, numbers with the year last or first, marks of East Asia, or words reckoned from today."""
    other: str | None = None
    """The value in the other order of day and month, if both are possible."""


_MAY_HOLD = re.compile(r"\d{4}|\d\s?[./\-‐-―／．－]\s?\d\d?\s?[./\-‐-―／．－]\s?\d\d|['’]\d\d|\d\s?[^\W\d_]{3,12}\.?\s\d\d")
_TORN = re.compile(r"\S{0,40}\Z")

_M = "([MV])"
_N = "([od])"
_GAP = r"[ ,.l\-/'TWwVpD]{0,5}"
_CLOCK_SHAPE = "[od](?:[:.h]d(?::d)?)?(?: ?p)?(?: ?z)?"
_FREE = r"(?<![odyfn][./:\-])(?<![odyfn])"
"""Not amid a longer number: a version, an address."""
_ENDS = r"(?![./\-]?[odyfn](?!:))"
_ENDS_SHORT = r"(?![./\-:]?[odyfn])(?!'l)"


_SEPARATORS = ("-", "/", r"\.")


def _numeric() -> Iterator[tuple[How, str, str]]:
    for sign in _SEPARATORS:
        gap = rf" ?{sign} ?" if sign != "-" else sign
        yield "iso", "ymd", rf"{_FREE}(y){gap}{_N}{gap}{_N}{_ENDS_SHORT if sign == '-' else ''}"
        yield "numeric", "dmy", rf"{_FREE}{_N}{gap}{_N}{gap}(y){_ENDS}"
        yield (
            "numeric",
            "dmy",
            rf"{_FREE}{'(d)' if sign == '-' else _N}{sign}{'(d)' if sign == '-' else _N}{sign}(d){_ENDS_SHORT}",
        )


_SHAPES: tuple[tuple[How, str, str], ...] = (
    ("name", "dmy", rf"{_N}{_GAP}{_M}{_GAP}(y)"),
    ("name", "mdy", rf"{_M}{_GAP}{_N}{_GAP}(y)"),
    ("name", "ymd", rf"(y){_GAP}{_M}{_GAP}{_N}(?!:|{_GAP}y)"),
    ("name", "ydm", rf"(y)[ .,\-]{{0,2}}[lh][ .,l\-]{{0,3}}{_N}{_GAP}{_M}(?!{_GAP}y)"),
    ("name", "md:y", rf"{_M}{_GAP}{_N}[ ,.lh@]{{1,4}}{_CLOCK_SHAPE},? ?(y)"),
    ("name", "dm:y", rf"{_N}{_GAP}{_M}[ ,.lh@]{{1,4}}{_CLOCK_SHAPE},? ?(y)"),
    *(("name", "dmy", rf"{_N}{sign}{_M}{sign}(d){_ENDS_SHORT}") for sign in _SEPARATORS),
    ("name", "dmy", rf"{_N}{_GAP}{_M}[ ,.]{{0,2}}'(d){_ENDS_SHORT}"),
    ("name", "mdy", rf"{_M}{_GAP}{_N}[ ,.]{{0,2}}'(d){_ENDS_SHORT}"),
    ("cjk", "ymd", rf"(y) ?Y ?{_N} ?N ?{_N}(?: ?D)?"),
    ("cjk", "dmy", rf"{_N}[ l]{{1,3}}N ?{_N}[ ,l/]{{1,4}}(y)"),
    *_numeric(),
)


_DAY = re.compile("|".join(f"({shape})" for _, _, shape in _SHAPES))
_BY_GROUP = {4 * number + 1: (how, order) for number, (how, order, _) in enumerate(_SHAPES)}
"""Number of a shape's group → what it is; the groups of its three parts come next."""

_WEEKDAY_BEFORE = re.compile(r"[WwV][ .,l(|p]{0,4}\Z")
_WEEKDAY_AFTER = re.compile(r"[ ,.(]{0,2}([Ww])\)?")
_ZONE_SHAPE = r"(?: ?\(?(?P<zone>z)\)?)?(?: ?\(?(?P<offset>[+\-](?:[od](?::?d)?|f))(?![odfyn:./])\)?)?"
_TIME = (
    rf"(?:(?P<before>p) ?)?(?:(?P<h>[od]) ?: ?(?P<m>d)(?: ?: ?(?P<s>d)(?:[.,][odfny])?)?"
    rf"|(?P<h2>[od])(?: ?h ?)(?P<m2>d)(?![odfn])(?: ?I)?(?: ?(?P<s2>d) ?S)?"
    rf"|(?P<h3>[od])\.(?P<m3>d)(?= ?[hz)|]| ?\Z)"
    rf"|(?P<h4>[od])(?= ?[hp])"
    rf"|(?P<hm>[fy])(?= ?z))(?![odfn:])(?: ?(?P<hour>h))?(?: ?(?P<half>p))?(?: ?h)?{_ZONE_SHAPE}"
)
_CLOCK_AFTER = re.compile(rf"(?:T|[ ,.|()lhwWD\-/@]{{0,7}}){_TIME}")
_CLOCK_BEFORE = re.compile(rf"(?<![odyfn:.]){_TIME}(?: ?\((?:[fy]|d:d) ?z\))?[ ,.|()lhD\-/@]{{0,5}}\Z")
_RANGE = re.compile(r"(?<![:.h])[od]\.? ?- ?\Z")


def dates_in(
    text: str,
    calendar: Calendar,
    languages: tuple[str, ...] = (),
    day_first: bool | None = None,
    reference: str | None = None,
) -> tuple[DateMention, ...]:
    """
    The whole dates of a line, from left to right.

    Args:
        text: the line; its first `LOOK` code points are looked at.
        calendar: how languages write dates.
        languages: whose names come first; all are tried.
        day_first: the order of ``5/6/2024``; None: by the first language.
        reference: when the text was fetched, ISO 8601; without it ``2 hours ago`` is no date.

    >>> from newsnorm.catalogue.tables import Tables
    >>> calendar = Tables.default().calendar
    >>> for mention in dates_in("Jane RoeDec 22, 2023 at 4:53 pm | Updated: 3 January 2024", calendar):
    ...     print(mention.start, mention.reading.value, mention.role)
    8 2023-12-22T16:53 None
    43 2024-01-03 updated

    """
    if len(text) > LOOK:
        text = _TORN.sub("", text[:LOOK])
    if not _MAY_HOLD.search(text):
        return ()
    return tuple(_Line(text, calendar, languages, day_first_in(day_first, languages, calendar)).mentions())


class _Line:
    """One line, as tokens and as kinds."""

    def __init__(self, text: str, calendar: Calendar, languages: tuple[str, ...], day_first: bool | None) -> None:
        self.calendar, self.languages, self.day_first = calendar, languages, day_first
        self.tokens = calendar.lexicon.tokens(text)
        self.kinds = calendar.lexicon.kinds_of(self.tokens)

    def mentions(self) -> Iterator[DateMention]:
        done = 0
        for day in _DAY.finditer(self.kinds):
            if day.start() < done or _RANGE.search(self.kinds, max(done, day.start() - 4), day.start()):
                continue
            start, end = day.span()
            weekday, start, end = self._weekday(done, start, end)
            read = self._day(day, weekday)
            if read is None:
                continue
            how, reading, other = read
            time, start, end = self._time(day, done, start, end)
            if time:
                reading, other = time.of(reading), other and f"{other}T{time.iso}"
            role = self._role_before(done, start)
            done = end
            if role is None:
                role, done = self._role_after(end)
            yield DateMention(start=self._place(start), end=self._place(end), reading=reading, role=role, how=how, other=other)

    def _time(self, day: re.Match[str], done: int, start: int, end: int) -> tuple[_Time | None, int, int]:
        """The time behind a date, amid it or before it, and the date with it."""
        shape = day.lastindex or 1
        after = _CLOCK_AFTER.match(self.kinds, day.end(shape + 2) if ":" in _BY_GROUP[shape][1] else end)
        if after is not None and (time := self._clock(after)) is not None:
            return time, start, max(end, after.end())
        before = _CLOCK_BEFORE.search(self.kinds, max(done, start - 22), start)
        if before is not None and (time := self._clock(before)) is not None:
            return time, before.start(), end
        return None, start, end

    def _place(self, token: int) -> int:
        return sum(map(len, self.tokens[:token]))

    def _weekday(self, done: int, start: int, end: int) -> tuple[int | None, int, int]:
        """The weekday beside a date, and the date with it."""
        if before := _WEEKDAY_BEFORE.search(self.kinds, max(done, start - 5), start):
            number = self._weekday_of(before.start())
            if number is not None:
                return number, before.start(), end
        if (after := _WEEKDAY_AFTER.match(self.kinds, end)) and (number := self._weekday_of(after.start(1))) is not None:
            return number, start, after.end()
        return None, start, end

    def _weekday_of(self, at: int) -> int | None:
        """Short names count in capitals only: ``so`` and ``do`` are words elsewhere."""
        token = self.tokens[at]
        if len(token) <= 3 and token.islower() and self.tokens[at + 1 : at + 2] not in ([","], ["."]):
            return None
        return any_of(self.calendar.weekdays, self.languages, fold(token))

    def _day(self, day: re.Match[str], weekday: int | None) -> tuple[How, DateReading, str | None] | None:
        shape = day.lastindex or 1
        how, order = _BY_GROUP[shape]
        parts = {part: self.tokens[day.start(shape + place)] for place, part in enumerate(order.replace(":", ""), 1)}
        year = _year(parts["y"])
        if year is None:
            return None
        if how == "numeric":
            sign = self.kinds[day.start(shape + 1) + 1 :].lstrip(" ")[0]
            reading, other = ordered([str(int(parts["d"])), str(int(parts["m"])), f"{year:04}"], sign, weekday, self.day_first)
            if other and sign == "." and self.day_first is not False:  # no language writes the month first with stops
                reading, other = reading and attrs.evolve(reading, doubt=""), None
            return (how, reading, other) if reading else None
        month = int(parts["m"]) if parts["m"].isdecimal() else any_of(self.calendar.months, self.languages, fold(parts["m"]))
        reading = reading_of(year, month, int(parts["d"]), weekday) if month else None
        return (how, reading, None) if reading else None

    def _clock(self, clock: re.Match[str]) -> _Time | None:
        tokens = self.tokens
        spans = {name: tokens[at] for name in clock.groupdict() if (at := clock.start(name)) >= 0}
        if "hm" in spans:
            hour, minute = int(spans["hm"][:2]), int(spans["hm"][2:])
        else:
            hour = int(spans.get("h") or spans.get("h2") or spans.get("h3") or spans["h4"])
            minute = int(spans.get("m") or spans.get("m2") or spans.get("m3") or 0)
        second = spans.get("s") or spans.get("s2")
        half = fold(spans.get("half") or spans.get("before") or "").replace(".", "").replace(" ", "")
        if half in self.calendar.afternoon and hour <= 12:
            hour = hour % 12 + 12
        elif half in self.calendar.morning and half not in self.calendar.fillers:
            if hour > 12:
                return None
            hour %= 12
        if hour > 23 or minute > 59 or int(second or 0) > 59:
            return None
        zone: Zone = "unknown"
        suffix = doubt = ""
        name = spans.get("zone", "")
        if "offset" in spans and (
            self.kinds[clock.start("offset")] == "+" or name or second or self.kinds[clock.end("offset") - 1] == "f"
        ):
            digits = "".join(tokens[clock.start("offset") + 1 : clock.end("offset")]).replace(":", "")
            hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
            if hours <= 14 and minutes < 60:
                zone, suffix = "stated", f"{'+' if self.kinds[clock.start('offset')] == '+' else '-'}{hours:02}:{minutes:02}"
        elif name and (name.isupper() or len(name) > 2 and name.lower() in ("utc", "gmt")):
            if name.lower() in self.calendar.doubtful_zones:
                doubt = f"date: the zone {name} can mean more than one"
            else:
                east = self.calendar.zones[name.lower()]
                zone, suffix = "stated", f"{'-' if east < 0 else '+'}{abs(east) // 60:02}:{abs(east) % 60:02}"
        iso = f"{hour:02}:{minute:02}" + (f":{int(second):02}" if second else "") + suffix
        return _Time(iso, second is not None, zone, doubt)

    def _role_before(self, done: int, start: int) -> DateRole | None:
        """By the role word nearest before the date."""
        words = [fold(token) for token in self.tokens[max(done, start - 14) : start] if token[0].isalpha()]
        roles = self.calendar.before
        for last in range(len(words), 0, -1):
            for phrase in roles.phrases.get(words[last - 1], ()):
                if phrase.words == tuple(words[max(0, last - len(phrase.words)) : last]):
                    return phrase.role
            if words[last - 1] >= "\u0e00":
                for stretch, role in roles.stretches:
                    if stretch in words[last - 1]:
                        return role
        return None

    def _role_after(self, end: int) -> tuple[DateRole | None, int]:
        """By the role word right behind the date, if no number follows it; and where the date with it ends."""
        at = end
        while self.kinds[at : at + 1] in ("", *" ()|-") and at < len(self.kinds):
            at += 1
        if at == len(self.kinds):
            return None, end
        places = [place for place in range(at, min(at + 6, len(self.tokens))) if self.tokens[place][0].isalpha()]
        words = [fold(self.tokens[place]) for place in places]
        if not words or places[0] != at:
            return None, end
        found: RolePhrase | None = None
        for phrase in self.calendar.after.phrases.get(words[0], ()):
            if phrase.words == tuple(words[: len(phrase.words)]):
                found = phrase
                break
        if found is None:
            return None, end
        close = places[len(found.words) - 1] + 1
        follows = self.kinds[close : close + 3].lstrip(" :")
        return (None, end) if follows[:1] in tuple("odyfn") else (found.role, close)


@attrs.frozen
class _Time:
    iso: str
    to_second: bool
    zone: Zone
    doubt: str

    def of(self, day: DateReading) -> DateReading:
        """The day with this time."""
        doubt = "; ".join(filter(None, (day.doubt, self.doubt)))
        precision: Literal["minute", "second"] = "second" if self.to_second else "minute"
        return DateReading(value=f"{day.value}T{self.iso}", precision=precision, zone=self.zone, doubt=doubt)


def _year(digits: str) -> int | None:
    """A year of two digits, of four, or of the Buddhist era."""
    value = int(digits)
    if len(digits) == 2:
        return value + 2000 if value < PIVOT - 20 else value + 1900 if value >= PIVOT else None
    return value - BUDDHIST if value >= FIRST_BUDDHIST else value
