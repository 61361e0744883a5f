"""Read the time of day beside a date, over kinds of tokens (see `newsnorm.grammar.dates.tokens`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import attrs

from newsnorm.grammar.dates.calendar import Calendar
from newsnorm.grammar.dates.value import DateReading
from newsnorm.notes import join_notes, note
from newsnorm.records import Zone
from newsnorm.text.casing import fold_word
from newsnorm.text.lazy_regex import lazy_regex

CLOCK_BEFORE_LIMIT = 22
"""Number of tokens that a time before its date may take, with a second zone in brackets."""

LAST_OFFSET = 14 * 60
"""The largest offset of a zone, in minutes: the Line Islands."""


@attrs.frozen
class Time:
    """A time of day, as precise as it is written."""

    iso: str
    """ISO 8601, with the offset if it is known: ``14:05+03:00``."""
    to_second: bool
    """Whether seconds are written."""
    zone: Zone
    doubt: str
    name: str = ""
    """The abbreviation of a zone with several meanings, in lower case."""

    def at_home(self, languages: Sequence[str], calendar: Calendar) -> Time:
        """Return the time with an ambiguous zone read as in the home country of the text's language, marked as assumed."""
        if not self.name:
            return self
        for language in (*languages, *(language.partition("-")[0] for language in languages)):
            if (offset := calendar.home_zones.get(language.lower(), {}).get(self.name)) is not None:
                doubt = note("date-zone-assumed", name=self.name.upper(), offset=offset)
                return attrs.evolve(self, iso=self.iso + offset, zone="assumed", doubt=doubt)
        return self

    def of(self, day: DateReading) -> DateReading:
        """Return a day with this time added."""
        return attrs.evolve(
            day,
            value=f"{day.value}T{self.iso}",
            precision="second" if self.to_second else "minute",
            zone=self.zone,
            doubt=join_notes((day.doubt, self.doubt)),
        )


_FORMS = (
    r"(?P<h1>[od]) ?: ?(?P<m1>d)(?: ?: ?(?P<s1>d)(?:[.,][odfny])?)?",
    r"(?P<h2>[od]) ?h ?(?P<m2>d|o(?= ?I))(?![odfn])(?: ?I)?(?: ?(?P<s2>d) ?S)?",
    # beside "Uhr" or "kl.", or last
    r"(?:(?:(?<=[hl] )|(?<=[hl]\. ))(?=[od]\.d(?!\.))|(?=[od]\.d(?: ?[hz)|]| ?\Z)))(?P<h3>[od])\.(?P<m3>d)",
    r"(?P<h4>[od])(?= ?[hp])",
    r"(?P<four>[fy])(?= ?z)",
)
_ZONE = r"(?: ?\(?(?P<zone>z)\)?)?(?: ?\(?(?P<offset>[+\-](?:[od](?::?d)?|f))(?![odfyn:./])\)?)?"
_TIME = rf"(?:(?P<before>p) ?)?(?:{'|'.join(_FORMS)})(?![odfn:])(?: ?h)?(?: ?(?P<half>p))?(?: ?h)?{_ZONE}"

_BEHIND = lazy_regex(rf"(?:T|(?: ?\(N\))?[ ,.|()lhwWD\-/@]{{0,7}}){_TIME}")  # (月): Monday, marked like a month
_BEFORE = lazy_regex(rf"(?<![odyfn:.]){_TIME}(?: ?\((?:[fy]|d:d) ?z\))?[ ,.|()lhD\-/@]{{0,5}}\Z")


def time_behind(kinds: str, tokens: Sequence[str], at: int, calendar: Calendar) -> tuple[Time | None, int]:
    """Return the time that follows token `at` and the token where it ends; None and `at` if there is none."""
    match = _BEHIND.match(kinds, at)
    time = None if match is None else _read(match, kinds, tokens, calendar)
    return (None, at) if match is None or time is None else (time, match.end())


def time_before(kinds: str, tokens: Sequence[str], first: int, at: int, calendar: Calendar) -> tuple[Time | None, int]:
    """Return the time that ends at token `at` and the token where it begins; None and `at` if there is none."""
    match = _BEFORE.search(kinds, max(first, at - CLOCK_BEFORE_LIMIT), at)
    time = None if match is None else _read(match, kinds, tokens, calendar)
    return (None, at) if match is None or time is None else (time, match.start())


@cache
def _parts() -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the groups for hours, minutes and seconds, which are the same in both expressions."""
    names = _BEHIND.groupindex
    return tuple(tuple(names[name] for name in names if name[0] == part and name[1:].isdigit()) for part in "hms")


def _read(match: re.Match[str], kinds: str, tokens: Sequence[str], calendar: Calendar) -> Time | None:
    spans = match.regs  # the spans of all groups at once, since there are many
    hour_at, minute_at, second_at = (max(map(spans.__getitem__, groups))[0] for groups in _parts())
    if hour_at >= 0:
        hours, minutes = tokens[hour_at], tokens[minute_at] if minute_at >= 0 else ""
    else:
        four = tokens[match.start("four")]
        hours, minutes = four[:2], four[2:]
    seconds = tokens[second_at] if second_at >= 0 else ""
    hour: int | None = int(hours)
    half_at = match.start("half") if match.start("half") >= 0 else match.start("before")
    if half_at >= 0:
        hour = _of_day(int(hours), fold_word(tokens[half_at]).replace(".", "").replace(" ", ""), calendar)
    if hour is None or hour > 23 or int(minutes or 0) > 59 or int(seconds or 0) > 59:
        return None
    iso = f"{hour:02}:{int(minutes or 0):02}" + (f":{int(seconds):02}" if seconds else "")
    if match.start("zone") < 0 and match.start("offset") < 0:
        return Time(iso, bool(seconds), "unknown", "")
    suffix, doubt = _zone(match, kinds, tokens, calendar)
    name = fold_word(tokens[match.start("zone")]) if doubt else ""
    return Time(iso + suffix, bool(seconds), "stated" if suffix else "unknown", doubt, name)


def _of_day(hour: int, half: str, calendar: Calendar) -> int | None:
    """Return the hour from 0 to 23; None if it is impossible in this half of the day."""
    afternoon, morning = half in calendar.afternoon, half in calendar.morning
    if afternoon and morning:  # a word of both: "öğleden"
        return None
    if hour <= 12:
        return hour % 12 + (12 if afternoon else 0)
    return hour if afternoon or half in calendar.fillers else None  # 15:00 pm; German "am" says nothing


def _zone(match: re.Match[str], kinds: str, tokens: Sequence[str], calendar: Calendar) -> tuple[str, str]:
    """Return the offset in ISO 8601, or an empty string, and what is doubtful about the zone."""
    name = tokens[match.start("zone")] if match.start("zone") >= 0 else ""
    start, end = match.span("offset")
    if start >= 0 and (kinds[start] == "+" or name or match.start("s1") >= 0 or kinds[end - 1] == "f"):  # 10:30-12:00 is none
        first, *more = [token for token in tokens[start + 1 : end] if token != ":"]
        hours, minutes = (int(first[:2]), int(first[2:])) if len(first) == 4 else (int(first), int(more[0]) if more else 0)
        offset = hours * 60 + minutes
        return (f"{kinds[start]}{hours:02}:{minutes:02}", "") if offset <= LAST_OFFSET and minutes < 60 else ("", "")
    low = fold_word(name)
    if not name.isupper() and low not in ("utc", "gmt"):
        return "", ""
    if low in calendar.doubtful_zones:
        return "", note("date-zone-ambiguous", name=name)
    east = calendar.zones[low]
    return f"{'-' if east < 0 else '+'}{abs(east) // 60:02}:{abs(east) % 60:02}", ""
