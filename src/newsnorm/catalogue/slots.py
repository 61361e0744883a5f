"""
The `{slots}` of templates: each is a validator, never `.*`.

A naive ``By {name}`` hits 223 lines that belong to annotated article bodies, ``Published {date}`` 31.
So a slot says what it read, or that it is none of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.agencies import CODE
from newsnorm.grammar.dates.strict import DateReading, may_close_date, may_open_date, read_date
from newsnorm.grammar.names import is_person, may_open_people, read_people
from newsnorm.records import Person, PersonRole
from newsnorm.text.casing import lower_composed
from newsnorm.text.lazy_regex import lazy_regex


@attrs.frozen(kw_only=True)
class Fields:
    """What the slots of a template read."""

    people: tuple[Person, ...] = ()
    agency: str | None = None
    source: str | None = None
    place: str | None = None
    date: DateReading | None = None
    updated: DateReading | None = None

    def __or__(self, other: Fields) -> Fields:
        return Fields(
            people=self.people + other.people,
            agency=self.agency or other.agency,
            source=self.source or other.source,
            place=self.place or other.place,
            date=self.date or other.date,
            updated=self.updated or other.updated,
        )


NOTHING = Fields()


@attrs.frozen(kw_only=True)
class Context:
    """What a slot may know besides its text."""

    grammar: Grammar
    languages: tuple[str, ...] = ()
    day_first: bool | None = None
    person_role: PersonRole = "author"


Slot = Callable[[str, Context], "Fields | None"]
Look = Callable[[str, Context], bool]

_EDGE = ' ,;:.|·•-–—*+"“”„«»()[]'
_DOMAIN = lazy_regex(
    r"(?:https?://)?(?:www\.)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,12})/?\Z", re.I
)
_URL = lazy_regex(r"https?://[^\s<>\"]{3,200}\Z|www\.[^\s<>\"]{3,200}\Z", re.I)
_EMAIL = lazy_regex(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\Z")
_HANDLE = lazy_regex(r"@\w{1,30}\Z")
_NUMBER = lazy_regex(r"\d{1,3}(?:[.,\u00a0\u202f' ]\d{3}){0,4}(?:[.,]\d{1,2})? ?(?:[kKmM]|[万億억만])?\Z|\d{1,12}\Z")
_TIME = lazy_regex(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\.?)?\Z", re.I)
_INITIALS = lazy_regex(r"[^\W\d_]{2,5}(?:/[^\W\d_]{2,5}){0,4}\Z")
_CLOSING = (".", "!", "?", "…", "。", "！", "？", "।")
_UNCASED = lazy_regex(r"[\u0590-\u08ff\u0900-\u0eff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def people_as(role: PersonRole | None) -> Slot:
    """A slot that reads people of a fixed role, or of the rule's."""

    def read(text: str, context: Context) -> Fields | None:
        turkic = context.languages[:1] in (("tr",), ("az",))
        people = read_people(text, context.grammar, role or context.person_role, turkic=turkic)
        return Fields(people=people) if people else None

    return read


_PEOPLE = people_as(None)


def person(text: str, context: Context) -> Fields | None:
    """People whose given names are known: for lines that have no word to mark a byline."""
    fields = _PEOPLE(text, context)
    return fields if fields is not None and is_person(text, context.grammar) else None


def desk(text: str, context: Context) -> Fields | None:
    """A desk or a staff, which is no person: ``News Desk``, ``Staff Reporter``."""
    words = text.strip(_EDGE).lower().split()
    return NOTHING if 1 <= len(words) <= 4 and all(word in context.grammar.names.not_names for word in words) else None


def agency(text: str, context: Context) -> Fields | None:
    """An agency of the table, in any of its printed forms; a capital or a foreign letter in it, since ``ap`` is no agency."""
    text = text.strip(_EDGE)
    name = context.grammar.agencies.find(text)
    return Fields(agency=name) if name and (text != text.lower() or len(text) <= CODE or not text.isascii()) else None


def source(text: str, context: Context) -> Fields | None:
    """A domain, an agency, or at most six words that look like a name of a paper."""
    text = text.strip(_EDGE.replace("(", "").replace(")", ""))
    domain = _DOMAIN.match(text)
    if domain:
        return Fields(source=domain.group(1))
    known = agency(text, context)
    if known is not None:
        return Fields(source=text)
    return Fields(source=text) if _may_be_outlet(text) else None


def _may_be_outlet(text: str) -> bool:
    """Return whether a text without signs around it is short and in title case, as names of papers are."""
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60 or not text[0].isalnum() or text.endswith(_CLOSING):
        return False
    if _UNCASED.search(text):
        return len(text) <= 20 and len(words) <= 4
    return any(word[0].isupper() for word in words) and _is_title_case(words)


def _is_title_case(words: list[str]) -> bool:
    """Return whether all words but short ones in lower case begin with a capital or a digit, or are joined by a slash."""
    big = [word for word in words if len(word) > 3 or word[0].isupper()]
    return bool(big) and all(word[0].isupper() or word[0].isdigit() or "/" in word for word in big) and words[0][0].isalnum()


def place(text: str, context: Context) -> Fields | None:
    """A city, country or state of the table, two of them joined, or at most three words in capitals of which one is known."""
    text = text.strip(_EDGE)
    parts = [part.strip() for part in re.split(r"[,/]", text[:80])]
    return Fields(place=text) if 1 <= len(parts) <= 3 and all(_is_place(part, context.grammar) for part in parts) else None


def _is_place(text: str, grammar: Grammar) -> bool:
    if not text or not (text[0].isupper() or _UNCASED.match(text)):
        return False
    known = lower_composed(text)
    return known in grammar.places.cities or known in grammar.places.regions or text.casefold() in grammar.places.cities


def date(text: str, context: Context) -> Fields | None:
    """A date as a whole, with or without a time."""
    read = read_date(text.strip(" |·•-–—"), context.grammar.calendar, context.languages, context.day_first)
    return Fields(date=read) if read else None


def updated(text: str, context: Context) -> Fields | None:
    """A date that is an update's, for lines that hold both."""
    read = date(text, context)
    return Fields(updated=read.date) if read else None


def title(text: str, context: Context) -> Fields | None:
    """One short line without a closing stop."""
    text = text.strip()
    short = 3 <= len(text) <= 160 and not text.endswith((".", "。", "।", "۔", "։", ":"))
    return NOTHING if short and any(map(str.isalpha, text)) else None


def notice(text: str, context: Context) -> Fields | None:
    """What a rights line says after its mark: sentences, closed by a stop. A literal before it has to vouch for the line."""
    return NOTHING if len(text.split()) >= 3 and text.rstrip().endswith(".") else None


def tags(text: str, context: Context) -> Fields | None:
    """Short items between commas or pipes; one item alone is none."""
    items = [item.strip() for item in re.split(r"[,|•·、#/]", text[:300]) if item.strip()]
    short = bool(items) and all(len(item) <= 40 and len(item.split()) <= 4 for item in items)
    return NOTHING if short and not text.rstrip().endswith(_CLOSING) else None


def role(text: str, context: Context) -> Fields | None:
    """At most six words, one of which shows a job."""
    words = text.strip(_EDGE).lower().replace("-", " ").split()
    return NOTHING if 1 <= len(words) <= 7 and any(word.strip(_EDGE) in context.grammar.names.roles for word in words) else None


def _shape(pattern: re.Pattern[str]) -> Slot:
    def read(text: str, context: Context) -> Fields | None:
        return NOTHING if pattern.match(text.strip(" ()[]").rstrip(".,;")) else None

    return read


SIGNS: Mapping[str, str] = {"email": "@", "handle": "@", "url": "."}
"""The sign that a line must hold for the slot to read anything."""

DIGITS = frozenset({"date", "number", "time", "updated"})
"""Slots that read nothing without a digit. Most lines are done after these looks."""

_PEOPLE_SLOTS = ("names", "person", "editors", "photographers", "reporters", "translators")
_DATE_SLOTS = ("date", "updated")

MAY_OPEN: Mapping[str, Look] = {
    **dict.fromkeys(_PEOPLE_SLOTS, lambda text, context: may_open_people(text, context.grammar)),
    **dict.fromkeys(_DATE_SLOTS, lambda text, context: may_open_date(text, context.grammar.calendar)),
}
"""Whether a text that the slot reads may begin as this one does. Prose seldom begins as a list of names or a date."""

MAY_CLOSE: Mapping[str, Look] = dict.fromkeys(_DATE_SLOTS, lambda text, context: may_close_date(text, context.grammar.calendar))
"""Whether a text that the slot reads may end as this one does."""

SLOTS: Mapping[str, Slot] = {
    "names": _PEOPLE,
    "person": person,
    "desk": desk,
    "editors": people_as("editor"),
    "photographers": people_as("photographer"),
    "reporters": people_as("reporter"),
    "translators": people_as("translator"),
    "agency": agency,
    "source": source,
    "place": place,
    "date": date,
    "updated": updated,
    "title": title,
    "notice": notice,
    "tags": tags,
    "role": role,
    "number": _shape(_NUMBER),
    "time": _shape(_TIME),
    "url": _shape(_URL),
    "email": _shape(_EMAIL),
    "handle": _shape(_HANDLE),
    "initials": _shape(_INITIALS),
}
"""Every slot a template may name."""
