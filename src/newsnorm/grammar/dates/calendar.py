"""Hold the words of dates: names of months and weekdays, zones, eras, words beside dates, words for relative days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import cast

import attrs

from newsnorm.grammar.dates import tokens as kinds
from newsnorm.grammar.dates.other_calendars import OtherCalendars
from newsnorm.records import DateRole
from newsnorm.resources import DataFiles, Toml, all_strings, strings
from newsnorm.text.casing import fold_word
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import UNSPACED_FROM

SELF_LIMIT = 40
"""Code points at the beginning of a text within which it may refer to itself."""

WORDS_LIMIT = 40
"""Code points of the longest line that counts time in words only; longer ones are sentences."""

_ASCII_LETTERS = lazy_regex("[a-z]+")

ANY = ""
"""The key, beside the language codes, of names that have the same meaning in every language that uses them."""


@attrs.frozen
class RolePhrase:
    """Words that give the role of the date beside them, such as ``last updated``."""

    words: tuple[str, ...]
    role: DateRole


@attrs.frozen(kw_only=True)
class RoleWords:
    """Role phrases on one side of a date."""

    phrases: Mapping[str, tuple[RolePhrase, ...]]
    """The word nearest to the date → its phrases, longest first."""
    stretches: tuple[tuple[str, DateRole], ...]
    """Phrases in scripts without spaces between words, longest first."""

    def role_of_label(self, words: tuple[str, ...]) -> DateRole | None:
        """Return the role of folded words that are exactly a phrase."""
        if not words:
            return None
        role = next((phrase.role for phrase in self.phrases.get(words[-1], ()) if phrase.words == words), None)
        if role is not None or len(words) > 1 or words[0] < UNSPACED_FROM:
            return role
        return next((role for stretch, role in self.stretches if words[0] == stretch), None)

    @classmethod
    def of(cls, content: Toml, side: str) -> RoleWords:
        """Build the phrases of one side, ``before`` or ``after``, from ``date-roles.toml``."""
        phrases: dict[str, set[RolePhrase]] = {}
        stretches: dict[str, DateRole] = {}
        for role, languages in cast("dict[DateRole, dict[str, list[str]]]", content.get(side, {})).items():
            for language, forms in languages.items():
                for form in strings(forms, f"date-roles, {side}, {role}, {language}"):
                    words = tuple(fold_word(form).split())
                    phrases.setdefault(words[-1 if side == "before" else 0], set()).add(RolePhrase(words, role))
                    if form >= UNSPACED_FROM:
                        stretches[fold_word(form)] = role
        return cls(
            phrases={
                word: tuple(sorted(found, key=lambda phrase: (-len(phrase.words), phrase.words, phrase.role)))
                for word, found in phrases.items()
            },
            stretches=tuple(sorted(stretches.items(), key=lambda pair: (-len(pair[0]), pair))),
        )


@attrs.frozen(kw_only=True, eq=False)
class RelativeWords:
    """Words for days counted from today."""

    days: Mapping[str, int]
    """``today``, ``yesterday`` → days before today."""
    units: Mapping[str, int]
    """Unit of time → minutes."""
    amounts: Mapping[str, int]
    """Word for one or two units, without a number → minutes: ``ساعتين``."""
    ones: tuple[str, ...]
    """Words for one unit: ``an`` hour."""
    before: tuple[str, ...]
    """Words before number and unit: ``vor``, ``il y a``."""
    after: tuple[str, ...]
    """Words after number and unit: ``ago``, ``önce``."""
    joins: tuple[str, ...]
    """Words between two units: ``1 day and 2 hours``."""

    @cached_property
    def _amount_words(self) -> frozenset[str]:
        """Words, one of which is in every count without a number: units, and words that include a number."""
        return frozenset(word for form in (*self.units, *self.amounts) for word in form.split())

    @cached_property
    def _first_letters(self) -> frozenset[str]:
        """The first letters of the words for days and units of time."""
        return self._amount_words.union(*(_ASCII_LETTERS.findall(word)[:1] for word in self.days))

    def may_stand_in(self, lowered: str) -> bool:
        """Return False only if a text in lower case certainly contains no relative day."""
        return not lowered.isascii() or not self._first_letters.isdisjoint(_ASCII_LETTERS.findall(lowered))

    def may_count(self, text: str) -> bool:
        """Return whether a short text without a digit may count time in words: ``an hour ago``, ``منذ ساعتين``."""
        return len(text) <= WORDS_LIMIT and not self._amount_words.isdisjoint(text.lower().split())

    @classmethod
    def of(cls, content: Toml) -> RelativeWords:
        """Build the words from ``relative-dates.toml``, longest first."""

        def words(key: str) -> tuple[str, ...]:
            value: object = content
            for part in key.split("."):
                value = cast("Toml", value).get(part, {})
            folded = {fold_word(word) for word in all_strings(value, f"relative-dates, {key}")}
            return tuple(sorted(folded, key=lambda word: (-len(word), word)))

        minutes = {"minute": 1, "hour": 60, "day": 24 * 60}
        counts = {"one": 1, "two": 2}
        return cls(
            days={word: ago for ago, name in enumerate(("today", "yesterday", "before")) for word in words(f"days.{name}")},
            units={word: minutes[name] for name in minutes for word in words(f"units.{name}")},
            amounts={
                word: count * minutes[unit]
                for number, count in counts.items()
                for unit in minutes
                for word in words(f"amounts.{number}-{unit}")
            },
            ones=words("one"),
            before=words("ago.before"),
            after=words("ago.after"),
            joins=words("and"),
        )


@attrs.frozen(kw_only=True)
class Calendar:
    """The words of dates in all languages, in lower case."""

    months: Mapping[str, Mapping[str, int]]
    """Language or `ANY` → name of a month → 1 to 12."""
    weekdays: Mapping[str, Mapping[str, int]]
    """Language or `ANY` → name of a weekday → 0 (Monday) to 6."""
    zones: Mapping[str, int]
    """Abbreviation of a time zone → minutes east of UTC."""
    doubtful_zones: frozenset[str]
    """Abbreviations that have several meanings, or whose meaning changes with the season."""
    home_zones: Mapping[str, Mapping[str, str]]
    """Language → doubtful abbreviation → its offset where the language is spoken: ``+05:30``."""
    fillers: frozenset[str]
    """Words without meaning between the parts of a date."""
    hours: frozenset[str]
    """The fillers that occur beside an hour: ``Uhr``."""
    afternoon: frozenset[str]
    """Words such as ``pm``."""
    morning: frozenset[str]
    """Words such as ``am``."""
    month_first: frozenset[str]
    """Languages (``en-us``) in which ``5/6/2024`` is 6 May."""
    own_years: frozenset[str]
    """Languages whose two-digit years often belong to another calendar."""
    buddhist_years: frozenset[str]
    """Languages whose two-digit years are of the Buddhist era."""
    marks: Mapping[str, tuple[str, ...]]
    """Part of a date (year, month, month_before, day, hour, minute, second) → the characters that mark it: ``年``."""
    eras: Mapping[str, int]
    """Name of an era → the year before its first year."""
    before: RoleWords
    after: RoleWords
    event_words: frozenset[str]
    """Words that make the date beside them the day of something else: ``deadline``, ``version``; folded."""
    range_words: frozenset[str]
    """Words between the two days of a span of time: ``to``, ``bis``; folded."""
    self_references: tuple[str, ...]
    """Words with which a report refers to itself: ``this article``; folded."""
    relative: RelativeWords = attrs.field(eq=attrs.astuple)
    others: OtherCalendars = attrs.field(eq=attrs.astuple)

    @classmethod
    def of(cls, files: DataFiles) -> Calendar:
        """Build the calendar from the generated and the hand-written data files of the grammar."""
        generated, extra = files.table("calendar"), files.table("calendar-extra")
        doubtful = cast("dict[str, object]", extra.get("zone_notes", {}))
        seasonal = cast("dict[str, object]", doubtful.get("seasonal", {}))
        order = cast("dict[str, str]", extra.get("order", {}))
        return cls(
            months=_numbered((generated, extra), "months", 1),
            weekdays=_numbered((generated, extra), "weekdays", 0),
            zones={name.lower(): _minutes(offset) for name, offset in cast("dict[str, str]", extra.get("zones", {})).items()},
            doubtful_zones=frozenset(strings(doubtful.get("ambiguous", []), "calendar-extra, ambiguous")) | frozenset(seasonal),
            home_zones={
                language.lower(): {name: str(offset) for name, offset in cast("Toml", names).items()}
                for language, names in cast("Toml", extra.get("home_zones", {})).items()
            },
            fillers=_words(extra, "between", "within", "clock.hour", "clock.minute"),
            hours=_words(extra, "clock.hour"),
            afternoon=frozenset(word.replace(".", "") for word in _words(extra, "clock.pm")),
            morning=frozenset(word.replace(".", "") for word in _words(extra, "clock.am")),
            month_first=frozenset(name.lower() for name, first in order.items() if first == "month"),
            own_years=frozenset(strings(extra.get("own_years", []), "calendar-extra, own_years")),
            buddhist_years=frozenset(strings(extra.get("buddhist_years", []), "calendar-extra, buddhist_years")),
            marks={
                name: strings(forms, f"calendar-extra, marks, {name}")
                for name, forms in cast("Toml", extra.get("marks", {})).items()
            },
            eras=cast("dict[str, int]", extra.get("eras", {})),
            before=RoleWords.of(files.table("date-roles"), "before"),
            after=RoleWords.of(files.table("date-roles"), "after"),
            event_words=_folded(files.table("date-roles"), "event"),
            range_words=_folded(files.table("date-roles"), "range"),
            self_references=tuple(sorted(_folded(files.table("date-roles"), "self"))),
            relative=RelativeWords.of(files.table("relative-dates")),
            others=OtherCalendars.of(cast("Toml", extra.get("other_calendars", {})), files.table("year-tables")),
        )

    def month(self, name: str, languages: Iterable[str] = ()) -> int | None:
        """
        Return the number, 1 to 12, of the month called `name`, in lower case; None if it is not a month.

        The first of `languages` that knows the name decides; otherwise all languages do, if they agree.
        """
        return _number(self.months, name, languages)

    def weekday(self, name: str, languages: Iterable[str] = ()) -> int | None:
        """Return the number, 0 (Monday) to 6, of the weekday called `name`; languages count as for `month`."""
        return _number(self.weekdays, name, languages)

    def names_month(self, name: str) -> bool:
        """Return whether `name`, in lower case, is a month in some language."""
        return name in self.words and any(name in months for months in self.months.values())

    def role_of_label(self, text: str) -> DateRole | None:
        """
        Return the role of a text that is exactly a role phrase, ignoring a colon and fillers at its end.

        >>> from newsnorm.grammar import Grammar
        >>> calendar = Grammar.default().calendar
        >>> calendar.role_of_label("PUBLISHED:"), calendar.role_of_label("Mis à jour le"), calendar.role_of_label("Quay closed")
        ('published', 'updated', None)
        """
        words = tuple(fold_word(word) for word in text.rstrip(" :：").split())
        while words:
            role = self.before.role_of_label(words)
            if role is not None or words[-1] not in self.fillers:
                return role
            words = words[:-1]
        return None

    def speaks_of_itself(self, text: str) -> bool:
        """
        Return whether a text begins with words by which a report refers to itself.

        >>> from newsnorm.grammar import Grammar
        >>> calendar = Grammar.default().calendar
        >>> calendar.speaks_of_itself("This article was first published in May"), calendar.speaks_of_itself("The quay opened")
        (True, False)
        """
        return fold_word(text[:SELF_LIMIT].lstrip()).startswith(self.self_references)

    @cached_property
    def lexicon(self) -> kinds.Lexicon:
        """The kinds of all words of dates, for cutting a line into tokens."""

        def names(tables: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
            return (name for table in tables.values() for name in table if not any(map(str.isdigit, name)))

        return kinds.lexicon(
            {
                kinds.MARK_YEAR: self.marks["year"],
                kinds.MARK_MONTH: (*self.marks["month"], *self.marks["month_before"]),
                kinds.MARK_DAY: self.marks["day"],
                kinds.MARK_MINUTE: self.marks["minute"],
                kinds.MARK_SECOND: self.marks["second"],
                kinds.MONTH: names(self.months),
                kinds.HALF: sorted(self.afternoon | self.morning),
                kinds.HOUR: sorted(self.hours | {*self.marks["hour"]}),
                kinds.WEEKDAY: names(self.weekdays),
                kinds.FILLER: sorted(self.fillers),
                kinds.ZONE: sorted({*self.zones} | self.doubtful_zones),
            },
            self.eras,
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that may occur in a date, in any language."""
        names = (name for table in (self.months, self.weekdays) for known in table.values() for name in known)
        zones = map(str.lower, (*self.zones, *self.doubtful_zones))
        return frozenset((*names, *zones, *self.fillers, *self.afternoon, *self.morning))


def _number(tables: Mapping[str, Mapping[str, int]], name: str, languages: Iterable[str]) -> int | None:
    for language in languages:
        for code in (language, language.partition("-")[0]):
            if (number := tables.get(code, {}).get(name)) is not None:
                return number
    return tables[ANY].get(name)


def _numbered(sources: Iterable[Toml], key: str, first: int) -> dict[str, dict[str, int]]:
    """Number the names of months or weekdays of each language from `first`; if two files differ, the first one counts."""
    names: dict[str, dict[str, int]] = {}
    for source in sources:
        for language, rows in cast("dict[str, list[list[str]]]", source.get(key, {})).items():
            known = names.setdefault(language, {})
            for number, forms in enumerate(rows, first):
                for form in forms:
                    known.setdefault(form.lower().rstrip("."), number)
    names[ANY] = _agreed(names)
    return names


def _agreed(names: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return the names that have the same number in all languages that know them."""
    numbers: dict[str, set[int]] = {}
    for known in names.values():
        for name, number in known.items():
            numbers.setdefault(name, set()).add(number)
    return {name: found.pop() for name, found in numbers.items() if len(found) == 1}


def _words(content: Toml, *keys: str) -> frozenset[str]:
    """Return all words of the phrases under some keys of ``calendar-extra.toml``; a dot separates nested keys."""
    found: set[str] = set()
    for key in keys:
        value: object = content
        for part in key.split("."):
            value = cast("Toml", value).get(part, [])
        phrases = all_strings(value, f"calendar-extra, {key}")
        found.update(word.strip(".") for phrase in phrases for word in phrase.lower().split())
    return frozenset(found)


def _folded(content: Toml, key: str) -> frozenset[str]:
    """Return the folded phrases under a key of ``date-roles.toml``, of all languages."""
    return frozenset(map(fold_word, all_strings(content.get(key, {}), f"date-roles, {key}")))


def _minutes(offset: str) -> int:
    """Return the minutes east of UTC of an offset such as ``-03:30``."""
    hours, _, minutes = offset.lstrip("+-").partition(":")
    return (-1 if offset.startswith("-") else 1) * (int(hours) * 60 + int(minutes or 0))
