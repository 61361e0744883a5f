"""
Find all complete dates in a line: their position, their value, and what is doubtful about them.

The tokens of the line become letters (see `newsnorm.grammar.dates.tokens`), and each shape of dates is a regular expression over
these letters. A mention has a day, a month and a year; none of the three is ever filled in.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, TypeAlias

import attrs

from newsnorm.grammar.dates.calendar import Calendar
from newsnorm.grammar.dates.other_calendars import OtherDate, stretch_over
from newsnorm.grammar.dates.relative import RelativeDay, relative_day
from newsnorm.grammar.dates.time_of_day import Time, time_before, time_behind
from newsnorm.grammar.dates.tokens import BUDDHIST, FIRST_BUDDHIST, LAST_YEAR, WORD
from newsnorm.grammar.dates.value import DateReading, ordered, reading_of
from newsnorm.notes import join_notes, note
from newsnorm.records import DateRole
from newsnorm.text.casing import fold_word
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import DIGITS, UNSPACED_FROM
from newsnorm.text.sentences import ends_sentence

How: TypeAlias = Literal["name", "numeric", "iso", "cjk", "relative", "other"]

ROLE_LIMIT = 14
"""Tokens before a date within which its role word is looked for: some six words. Not measured."""

PIVOT = 70
"""The first two-digit year that belongs to the 20th century, as in POSIX (where it is 69)."""

PART_LIMIT = 40
"""Code points of the longest text that is read as a month or a year: room for a month's name, a year and a word between."""

EPOCH = ("1969-12-31", "1970-01-01")
"""Dates that a clock shows if it was never set."""

LOOK = 320
"""Number of code points of a line that are searched. A date of publication is near its start; not measured."""


@attrs.frozen(kw_only=True)
class DateMention:
    """A complete date within a line."""

    start: int
    """Where it starts, weekday and time included, in code points of the text."""
    end: int
    """Where it ends, weekday and time included."""
    reading: DateReading
    role: DateRole | None = None
    """The role that a word beside it gives; None if there is no such word."""
    how: How
    """Its form: with the name of a month, numeric with the year last (``numeric``) or first (``iso``), with East Asian marks,
    relative to today, or of another calendar."""
    other: str | None = None
    """The value in the other order of day and month, if both are possible."""


_SIGN = "[./\\-‐-―／．－]"
_NAME = r"(?:[^\W\d_]{3,12}|[^\x00-\x7f\s\d][^\s\d]{2,11})"
_MAY_HOLD = lazy_regex(
    rf"[{DIGITS}'’](?:\d{{3}}|(?<=['’])\d\d|\d?\s?[年月]\s?\d"
    rf"|\d?\s?(?:{_SIGN}\s?(?:\d\d?|{_NAME})\s?{_SIGN}|{_NAME}\.?)\s?\d\d)"
)
"""A quick test for lines that may contain a date: four digits, a short year, or three parts."""
_TORN = lazy_regex(r"\S{0,40}\Z")

_NUMBER, _MONTH = "[od]", r"[MV](?: ?[/(] ?[MV]\)?)?"
_GAP = r"[ ,.l\-/'TWwVpD]{0,5}"
_MOMENT = r"[od](?:[:.h]d(?::d)?(?: ?p)?| ?p)(?: ?z(?:[+\-]f)?)?"
_FREE = r"(?<![odyfn][./:\-].)(?<![odfn].)"
"""Not within a longer number such as a version or an address. The first token of the date has been read already."""
_ENDS = r"(?![./\-][odyfn](?!:)|[odyfn](?![:./\-]))"
_ENDS_SHORT = r"(?![./\-:]?[odyfn])(?!'l)"
_SEPARATORS = ("-", "/", r"\.")


@attrs.frozen
class _Shape:
    """A form of dates, over kinds of tokens."""

    how: How
    order: str
    """Its parts in order: ``d``, ``m``, ``y``; ``-`` for a missing part, ``:`` for a time in between."""
    rest: str
    """Regular expression for everything after its first part, with two groups for the other parts."""

    @property
    def first(self) -> str:
        """Regular expression for its first part."""
        return {"d": _NUMBER, "m": "[od]" if self.how == "numeric" else "[MV]", "y": "y"}[self.order[0]]


def _numeric() -> Iterator[_Shape]:
    for sign in _SEPARATORS:
        gap = sign if sign == "-" else f" ?{sign} ?"
        short = "d" if sign == "-" else _NUMBER
        yield _Shape("iso", "ymd", rf"{_FREE}{gap}({_NUMBER}){gap}({_NUMBER}){_ENDS}")
        yield _Shape("numeric", "dmy", rf"{_FREE}{gap}({_NUMBER}){gap}(y){_ENDS}")
        yield _Shape("numeric", "dmy", rf"{_FREE}{'(?<=d)' if sign == '-' else ''}{sign}({short}){sign}(d){_ENDS_SHORT}")


_SHAPES: tuple[_Shape, ...] = (
    _Shape("name", "dmy", rf"{_GAP}({_MONTH}){_GAP}(y)"),
    _Shape("name", "mdy", rf"{_GAP}({_NUMBER}){_GAP}(y)"),
    _Shape("name", "ymd", rf"{_GAP}({_MONTH}){_GAP}({_NUMBER})(?!:|{_GAP}y)"),
    _Shape("name", "ydm", rf"[ .,\-]{{0,2}}[lh][ .,l\-]{{0,3}}({_NUMBER}){_GAP}({_MONTH})(?!{_GAP}y)"),
    _Shape("name", "md:y", rf"{_GAP}({_NUMBER})[ ,.lh@]{{1,4}}{_MOMENT},? ?(y)"),
    _Shape("name", "dm:y", rf"{_GAP}({_MONTH})[ ,.lh@]{{1,4}}{_MOMENT},? ?(y)"),
    *(_Shape("name", "dmy", rf"{sign}({_MONTH}){sign}(d){_ENDS_SHORT}") for sign in _SEPARATORS),
    _Shape("name", "dmy", rf"{_GAP}({_MONTH})[ ,.]{{0,2}}'(d){_ENDS_SHORT}"),
    _Shape("name", "mdy", rf"{_GAP}({_NUMBER})[ ,.]{{0,2}}'(d){_ENDS_SHORT}"),
    _Shape("name", "dmy", rf"[ .]{{1,2}}({_MONTH})\.? (d)(?=\Z|,? d:d| ?[|)])"),
    _Shape("cjk", "ymd", rf" ?[Yl] ?({_NUMBER})(?:-l)? ?N ?({_NUMBER})(?: ?D)?"),
    _Shape("cjk", "dmy", rf"[ l]{{1,3}}N ?({_NUMBER})[ ,l/]{{1,4}}(y)"),
    *_numeric(),
    _Shape("name", "m-y", r"([ ,./\-l]{0,3})(y)"),
)
_BY_GROUP = {3 * number + 2: shape for number, shape in enumerate(_SHAPES)}
"""Number of a shape's group → the shape; the groups of its second and third part come next."""
_PARTS = {
    group: tuple(
        (1, group + 1, group + 2)[shape.order.replace(":", "").find(part)] if part in shape.order else 0 for part in "ymd"
    )
    for group, shape in _BY_GROUP.items()
}
"""Number of a shape's group → the groups of its year, month and day; 0 for none."""


def _branches() -> Iterator[str]:
    """Yield an alternative for each shape; a look-behind tests its first part, so that most positions fail at once."""
    for shape in _SHAPES:
        yield f"(?<={shape.first})({shape.rest})"


_DAY = lazy_regex(f"([odyMV])(?:{'|'.join(_branches())})")

_WEEKDAY_BEFORE = lazy_regex(r"[WwV][ .,l(|p]{0,4}\Z")
_WEEKDAY_AFTER = lazy_regex(r"[ ,.(\-]{0,3}([Ww])\)?")
_RANGE = lazy_regex(r"(?<![:.h])[od]\.? ?- ?\Z")
"""The beginning of a range: ``1-3 May 2024`` is not a date of publication."""
_NOTHING = lazy_regex(r"[ .,|\-():/'lhwp]*")
"""Tokens that may surround a date that makes up a whole text."""
_PART = lazy_regex(
    r"[ .,|\-():/'l]*(?:(?P<m>[MV])[ .,/\-l]*(?P<y>y)"
    r"|(?P<y2>y)(?: ?Y)?(?:[ .,/\-l]*(?P<m2>[MV])| ?(?P<m3>[od]) ?N)?)[ .,|\-():/'lh]*"
)
"""A month and a year, or a year."""
_IDLE = lazy_regex(r"[ ()|\-]*")
_NUMBERS = "odyfn"


def dates_in(
    text: str,
    calendar: Calendar,
    languages: tuple[str, ...] = (),
    day_first: bool | None = None,
    reference: str | None = None,
) -> tuple[DateMention, ...]:
    """
    Return the complete dates in a line, from left to right.

    Args:
        text: the line; its first `LOOK` code points are searched.
        calendar: the words of dates.
        languages: codes of the languages whose names come first; all languages are tried.
        day_first: whether ``5/6/2024`` has the day first; None decides by the first language.
        reference: when the text was fetched, ISO 8601; without it ``2 hours ago`` is not a date.

    >>> from newsnorm.grammar import Grammar
    >>> calendar = Grammar.default().calendar
    >>> for mention in dates_in("Jane RoeDec 22, 2023 at 4:53 pm | Updated: 3 January 2024", calendar):
    ...     print(mention.start, mention.reading.value, mention.role)
    8 2023-12-22T16:53 None
    43 2024-01-03 updated

    """
    if len(text) > LOOK:
        text = _TORN.sub("", text[:LOOK])
    if _MAY_HOLD.search(text):
        found = tuple(_Line(text, calendar, languages, _day_first(day_first, languages, calendar)).mentions())
        if others := calendar.others.dates_in(text, languages[0] if languages else ""):
            found = tuple(_beside(found, others, text)) if found else tuple(_of_other_calendars(text, others, calendar))
        if found or reference is None:
            return found
    return () if reference is None else _relative(text, calendar, reference)


def read_any_date(
    text: str,
    calendar: Calendar,
    languages: tuple[str, ...] = (),
    day_first: bool | None = None,
    reference: str | None = None,
) -> DateMention | None:
    """
    Return the date of publication in a text, or None.

    A date marked as published comes first, then a date without a role word, then the date of an update. If several days remain,
    the first one is returned with a doubt. The arguments are the same as for `dates_in`. A text that is only the name of a day
    (``yesterday``) is a date here: on a page it would be a section's name, but not in a column of dates.

    >>> from newsnorm.grammar import Grammar
    >>> calendar = Grammar.default().calendar
    >>> read_any_date("Updated 4 May 2024, published 3 May 2024, 10:15", calendar).reading.value
    '2024-05-03T10:15'

    """
    mentions = dates_in(text, calendar, languages, day_first, reference) or _bare_day(text, calendar, reference)
    if not mentions:
        partly = read_in_part(text, calendar, languages)
        return DateMention(start=0, end=len(text), reading=partly, how="name") if partly else None
    rank = {"published": 0, None: 1, "updated": 2}
    best = min(rank[mention.role] for mention in mentions)
    equal = [mention for mention in mentions if rank[mention.role] == best]
    first = equal[0]
    days = sorted({mention.reading.value[:10] for mention in equal})
    if len(days) == 1:
        return max(equal, key=lambda mention: len(mention.reading.value))
    doubt = join_notes((first.reading.doubt, note("date-several", count=len(days), days=", ".join(days[:3]))))
    return attrs.evolve(first, reading=attrs.evolve(first.reading, doubt=doubt))


def read_whole(
    text: str, calendar: Calendar, languages: tuple[str, ...] = (), day_first: bool | None = None
) -> DateReading | None:
    """Return the date that makes up a whole text, apart from fillers and punctuation; see `strict.read_date`."""
    mentions = dates_in(text, calendar, languages, day_first)
    if len(mentions) != 1:
        return None if mentions else read_in_part(text, calendar, languages)
    mention = mentions[0]
    around = (text[: mention.start], text[mention.end :])
    return mention.reading if all(_NOTHING.fullmatch(_kinds(part, calendar)) for part in around) else None


def read_in_part(text: str, calendar: Calendar, languages: tuple[str, ...] = ()) -> DateReading | None:
    """Return the month or year that makes up a short text; None if it is more or something else."""
    if len(text) > PART_LIMIT:
        return None
    line = _Line(text, calendar, languages, None)
    match = _PART.fullmatch(line.kinds)
    return None if match is None else line.part(match)


def _kinds(text: str, calendar: Calendar) -> str:
    return calendar.lexicon.kinds_of(calendar.lexicon.tokens(text))


def _day_first(given: bool | None, languages: tuple[str, ...], calendar: Calendar) -> bool | None:
    """Return whether the day comes first: as given, else as in the first language, else None."""
    if given is not None:
        return given
    return None if not languages else languages[0].lower() not in calendar.month_first


def _bare_day(text: str, calendar: Calendar, reference: str | None) -> tuple[DateMention, ...]:
    """Return the relative day whose name makes up a text, apart from fillers and punctuation."""
    day = None if reference is None else relative_day(text, calendar.relative, reference)
    if reference is None or day is None or not day.named:
        return ()
    around = (text[: day.start], text[day.end :])
    if not all(_NOTHING.fullmatch(_kinds(part, calendar)) for part in around):
        return ()
    reading = _reading_of(day, text, reference)
    return (DateMention(start=day.start, end=day.end, reading=reading, role=None, how="relative"),)


def _reading_of(day: RelativeDay, text: str, reference: str) -> DateReading:
    """Make the reading of a relative day, with the doubt that it was counted."""
    doubt = note("date-relative", text=text[day.start : day.end], reference=reference)
    return DateReading(value=day.day.isoformat(), precision="day", doubt=doubt)


def _relative(text: str, calendar: Calendar, reference: str) -> tuple[DateMention, ...]:
    """Return the relative day of a line, if it opens the line or a part of it, or follows a role word."""
    day = relative_day(text, calendar.relative, reference)
    if day is None:
        return ()
    line = _Line(text, calendar, (), None)
    starts = [0, *accumulate(map(len, line.tokens))]
    start, end = bisect_left(starts, day.start), bisect_left(starts, day.end)
    role = _role_before(line.tokens[:start], calendar)
    if day.named and role is None and not any(map(str.isdigit, text)):
        return ()  # "Today" alone is the name of a section
    if role is None and line.kinds[:start].rstrip(" ")[-1:] not in ("", *"|-,:(/"):
        return ()
    if WORD in line.kinds[end:] and ends_sentence(text):
        return ()  # "Two hours ago the bridge opened."
    reading = _reading_of(day, text, reference)
    if day.may_have_time:
        time, end = time_behind(line.kinds, line.tokens, end, calendar)
        if time is not None:
            reading = time.of(reading)
        elif day.named and line.kinds[end:].lstrip(" ")[:1] not in ("", *"|-,)/"):
            return ()
    return (DateMention(start=day.start, end=max(day.end, starts[end]), reading=reading, role=role, how="relative"),)


def _beside(found: Sequence[DateMention], others: Sequence[OtherDate], text: str) -> Iterator[DateMention]:
    """Yield dates stretched over the same days in other calendars beside them, so that a line of both is the line of a date."""
    for mention in found:
        start, end = stretch_over(mention.start, mention.end, text, others)
        yield attrs.evolve(mention, start=start, end=end)


def _of_other_calendars(text: str, others: Sequence[OtherDate], calendar: Calendar) -> Iterator[DateMention]:
    """Yield the dates of other calendars in a line without a Gregorian date; one beside another is the same day."""
    last = 0
    for date in others:
        if date.reading is not None and date.start >= last:
            role = _role_before(calendar.lexicon.tokens(text[: date.start]), calendar)
            start, last = stretch_over(date.start, date.end, text, others)
            yield DateMention(start=start, end=last, reading=date.reading, role=role, how="other")


class _Line:
    """One line, as tokens and as a string of their kinds; positions are token numbers."""

    def __init__(self, text: str, calendar: Calendar, languages: tuple[str, ...], day_first: bool | None) -> None:
        self.calendar, self.languages, self.day_first = calendar, languages, day_first
        self.tokens = calendar.lexicon.tokens(text)
        self.kinds = calendar.lexicon.kinds_of(self.tokens)

    def mentions(self) -> Iterator[DateMention]:
        done = at = 0
        while (day := _DAY.search(self.kinds, at)) is not None:
            at = day.start() + 1
            if _RANGE.search(self.kinds, max(done, day.start() - 4), day.start()):
                continue
            mention, end = self._mention(day, done)
            if mention is None:
                continue
            done = at = end
            yield mention

    def _mention(self, day: re.Match[str], done: int) -> tuple[DateMention | None, int]:
        """Return the mention around a day, and the number of the token after it."""
        group = day.lastindex or 0
        shape = _BY_GROUP[group]
        start, end = day.span()
        weekday, start, end, sure = self._weekday(done, start, end)
        reading, other = self._day(day, shape, weekday if sure else None)
        if reading is None or reading.value in EPOCH:
            return None, end
        whole = reading.precision == "day"
        if whole and weekday is not None and not sure and datetime.date.fromisoformat(reading.value).weekday() != weekday:
            start, end = day.span()
        time: Time | None = None
        if whole:
            kinds, tokens, calendar = self.kinds, self.tokens, self.calendar
            time, behind = time_behind(kinds, tokens, day.end(group + 1) if ":" in shape.order else end, calendar)
            if time is not None:
                end = max(end, behind)
            else:
                time, start = time_before(kinds, tokens, done, start, calendar)
        time = time.at_home(self.languages, calendar) if time is not None else None
        role = _role_before(self.tokens[max(done, start - ROLE_LIMIT) : start], self.calendar) if start > done else None
        if not whole and role is None:
            return None, end
        if time is not None:
            reading, other = time.of(reading), f"{other}T{time.iso}" if other else None
        close = end
        if role is None:
            role, close = self._role_behind(end)
        mention = DateMention(
            start=self._place(start), end=self._place(end), reading=reading, role=role, how=shape.how, other=other
        )
        return mention, close

    def _place(self, token: int) -> int:
        return len("".join(self.tokens[:token]))

    def _weekday(self, done: int, start: int, end: int) -> tuple[int | None, int, int, bool]:
        """Return the weekday beside a date, the date's bounds with it, and whether it surely is one (``On`` may be a word)."""
        if before := _WEEKDAY_BEFORE.search(self.kinds, max(done, start - 5), start):
            at, start = before.start(), before.start()
        elif after := _WEEKDAY_AFTER.match(self.kinds, end):
            at, end = after.start(1), after.end()
        else:
            return None, start, end, True
        token = fold_word(self.tokens[at])
        number = self.calendar.weekday(token, self.languages)
        own = self.calendar.weekdays.get(self.languages[0], {}) if self.languages else {}
        return number, start, end, token in own or (len(token) > 2 and self.kinds[at] == "W")

    def _day(self, day: re.Match[str], shape: _Shape, weekday: int | None) -> tuple[DateReading | None, str | None]:
        """Return the date, and its value in the other order of day and month if that is possible."""
        tokens, of_year, of_month, of_day = self.tokens, *_PARTS[day.lastindex or 0]
        digits, month = tokens[day.start(of_year)], tokens[day.start(of_month)]
        year, number = self._year(digits), int(tokens[day.start(of_day)]) if of_day else None
        if year is None:
            return None, None
        if shape.how == "numeric":
            sign = self.kinds[day.start() + 1 : day.start() + 3].lstrip(" ")[0]
            return self._numeric(year, len(digits), number or 0, int(month), sign, weekday)
        value = int(month) if month.isdecimal() else self.calendar.month(fold_word(month), self.languages)
        return (reading_of(year, value, number, weekday) if value else None), None

    def _numeric(
        self, year: int, digits: int, first: int, second: int, sign: str, weekday: int | None
    ) -> tuple[DateReading | None, str | None]:
        if digits == 2 and self.languages and self.languages[0] in self.calendar.own_years:
            return None, None
        if sign != "." or self.day_first is False:
            return ordered(first, second, year, sign, weekday, self.day_first)
        # with full stops the day comes first, with rare exceptions for two-digit years
        straight = reading_of(year, second, first, weekday)
        if straight is not None and digits == 4:
            return straight, None
        turned = reading_of(year, first, second, weekday)
        if straight is None or turned is None or straight.value == turned.value:
            return straight or turned, None
        return straight, turned.value

    def part(self, match: re.Match[str]) -> DateReading | None:
        """Return the month and year, or the year alone, in a match of `_PART`."""
        at, month_at = max(match.start("y"), match.start("y2")), max(match.start("m"), match.start("m2"), match.start("m3"))
        year, month = self._year(self.tokens[at]), self.tokens[month_at] if month_at >= 0 else None
        if year is None:
            return None
        if month is None:
            return reading_of(year, None, None, None)
        number = int(month) if month.isdecimal() else self.calendar.month(fold_word(month), self.languages)
        return reading_of(year, number, None, None) if number else None

    def _year(self, token: str) -> int | None:
        """Return the year that a token of two or four digits, of the Buddhist era or of another era means."""
        if not token.isdecimal():
            era = next((era for era in self.calendar.eras if token.startswith(era)), None)
            if era is None:  # 百万元: a sum of money ends like the first year of an era
                return None
            number = token[len(era) :].strip()
            value = self.calendar.eras[era] + (int(number) if number.isdecimal() else 1)
            return value if value <= LAST_YEAR else None
        value = int(token)
        if len(token) == 2:
            if self.languages[:1] and self.languages[0] in self.calendar.buddhist_years:
                return value + 2500 - BUDDHIST if value >= FIRST_BUDDHIST % 100 else None
            return value + 2000 if value <= LAST_YEAR - 2000 else value + 1900 if value >= PIVOT else None
        return value - BUDDHIST if value >= FIRST_BUDDHIST else value

    def _role_after(self, end: int) -> tuple[DateRole | None, int]:
        """Return the role of the word right after the date, if no number follows it, and the token where that word ends."""
        idle = _IDLE.match(self.kinds, end)
        at = idle.end() if idle else end
        phrases = self.calendar.after.phrases.get(fold_word(self.tokens[at])) if at < len(self.tokens) else None
        for phrase in phrases or ():
            close = at + 2 * len(phrase.words) - 1  # the spaces between them count too
            if phrase.words == tuple(fold_word(token) for token in self.tokens[at:close:2]):
                number = self.kinds[close : close + 3].lstrip(" :")[:1]
                return (None, end) if number and number in _NUMBERS else (phrase.role, close)
        return None, end

    def _role_behind(self, end: int) -> tuple[DateRole | None, int]:
        """Return the role of a word after the date, and the token where that word ends if it stands right after."""
        role, close = self._role_after(end)
        return (self._role_of_rest(end) if role is None and self._speaks_of_itself else role), close

    @cached_property
    def _speaks_of_itself(self) -> bool:
        return self.calendar.speaks_of_itself("".join(self.tokens[:ROLE_LIMIT]))

    def _role_of_rest(self, end: int) -> DateRole | None:
        """Return the role of the first role word after a date, in a sentence in which the report speaks of itself."""
        for size in range(1, 2 * ROLE_LIMIT):
            role = _role_before(self.tokens[end : end + size], self.calendar)
            if role is not None:
                return role
        return None


def _role_before(tokens: Sequence[str], calendar: Calendar) -> DateRole | None:
    """Return the role of the nearest role word before the date, or None."""
    words = [fold_word(token) for token in tokens if token[0].isalpha()]
    for last in range(len(words), 0, -1):
        word = words[last - 1]
        for phrase in calendar.before.phrases.get(word, ()):
            if phrase.words == tuple(words[max(0, last - len(phrase.words)) : last]):
                return phrase.role
        if word >= UNSPACED_FROM:
            role = next((role for stretch, role in calendar.before.stretches if stretch in word), None)
            if role is not None:
                return role
    return None
