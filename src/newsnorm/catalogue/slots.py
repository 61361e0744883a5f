"""
Define the `{slots}` of templates: each reads one kind of text as a whole and refuses anything else.

A slot is never `.*`: a naive ``By {name}`` matches 223 lines inside annotated reports, a naive ``Published {date}`` 31.
Reading is exact but slow, so a slot also states cheap conditions that its text always meets; they reject most lines unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.agencies import CODE
from newsnorm.grammar.credit_names import supplies_pictures
from newsnorm.grammar.dates.strict import DateReading, may_close_date, may_open_date, read_date
from newsnorm.grammar.names import are_known, is_person, may_open_people, may_open_person, read_people
from newsnorm.records import Person, PersonRole
from newsnorm.text.casing import lower_composed
from newsnorm.text.lazy_regex import lazy_regex


@attrs.frozen(kw_only=True)
class Fields:
    """The values that the slots of a template read."""

    people: tuple[Person, ...] = ()
    agency: str | None = None
    source: str | None = None
    place: str | None = None
    date: DateReading | None = None
    updated: DateReading | None = None

    def __or__(self, other: Fields) -> Fields:
        """Join two readings: all people, and the first value of every other field."""
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
    """The tables and settings that slots read with."""

    grammar: Grammar
    languages: tuple[str, ...] = ()
    """Codes of the languages in which dates are read."""
    day_first: bool | None = None
    """Whether ``5/6/2024`` is 5 June; None where the language decides."""
    person_role: PersonRole = "author"
    """The role of people whose slot does not name one."""


Reader: TypeAlias = Callable[[str, Context], "Fields | None"]
"""Reads a text without white space around it; returns None if it is not of the slot's kind."""

Test: TypeAlias = Callable[[str, Context], bool]


@attrs.frozen
class Slot:
    """One kind of slot: how it reads its text, and conditions that hold for every text it reads."""

    read: Reader
    may_open: Test | None = None
    """Tests whether the slot's text may begin like this; gets the line from the first character of the text on."""
    may_close: Test | None = None
    """Tests whether the slot's text may end like this; gets the line up to the last character of the text."""
    sign: str = ""
    """A sign that the text always contains."""
    needs_digit: bool = False
    """Whether the text always contains a digit."""
    texts: Callable[[Grammar], Iterable[str]] | None = None
    """All texts that the slot reads, ignoring case and punctuation; None if they can't be listed."""
    words: Callable[[Grammar], Iterable[str]] | None = None
    """Words, at least one of which the text contains; None if they can't be listed."""


HEADLINE_WORDS, HEADLINE_LETTERS = 5, 15
"""Words of a headline behind "Read:"; letters of one in a script without capitals. "Read: The Old Quay" recommends a book."""

_EDGE = ' ,;:.|·•-–—*+"“”„«»()[]'
_DOMAIN = lazy_regex(
    r"(?:https?://)?(?:www\.)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,12})/?\Z", re.I
)
_URL = lazy_regex(r"https?://[^\s<>\"]{3,200}\Z|www\.[^\s<>\"]{3,200}\Z", re.I)
_EMAIL = lazy_regex(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\Z")
_HANDLE = lazy_regex(r"@\w{1,30}\Z")
_ACCOUNT = lazy_regex(r"@?\w{3,30}\Z")
_NUMBER = lazy_regex(r"\d{1,3}(?:[.,\u00a0\u202f' ]\d{3}){0,4}(?:[.,]\d{1,2})? ?(?:[kKmM]|[万億억만])?\Z|\d{1,12}\Z")
_TIME = lazy_regex(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\.?)?\Z", re.I)
_INITIALS = lazy_regex(r"[^\W\d_]{2,5}(?:/[^\W\d_]{2,5}){0,4}\Z")
_CLOSING = (".", "!", "?", "…", "。", "！", "？", "।")
_UNCASED = lazy_regex(r"[\u0590-\u08ff\u0900-\u0eff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def people_as(role: PersonRole | None) -> Reader:
    """Make a reader of people with the given role, or with the role of the context."""

    def read(text: str, context: Context) -> Fields | None:
        people = read_people(text, context.grammar, role or context.person_role, turkic=_is_turkic(context))
        return Fields(people=people) if people else None

    return read


_read_people = people_as(None)


def helpers(text: str, context: Context) -> Fields | None:
    """Accept people named as helpers of the writers; they do not become a field."""
    return NOTHING if _read_people(text, context) is not None else None


def person(text: str, context: Context) -> Fields | None:
    """Read people with known given names, for lines without a word that marks a byline."""
    fields = _read_people(text, context)
    if fields is None:
        return None
    known = is_person(text, context.grammar) if _is_turkic(context) else are_known(fields.people, context.grammar)
    return fields if known else None


def _is_turkic(context: Context) -> bool:
    """Return whether names in capitals are written in the Turkish alphabet."""
    return context.languages[:1] in (("tr",), ("az",))


def desk(text: str, context: Context) -> Fields | None:
    """Accept a desk or staff instead of a person: ``News Desk``, ``Staff Reporter``."""
    words = text.strip(_EDGE).lower().split()
    return NOTHING if 1 <= len(words) <= 4 and all(word in context.grammar.names.not_names for word in words) else None


def agency(text: str, context: Context) -> Fields | None:
    """Read an agency of texts in a printed form; a short code in lower-case ASCII (``ap``) and picture agencies are refused."""
    text = text.strip(_EDGE)
    name = context.grammar.agencies.find(text)
    if name and supplies_pictures(name, context.grammar.credits):
        return None
    return Fields(agency=name) if name and (text != text.lower() or len(text) <= CODE or not text.isascii()) else None


def source(text: str, context: Context) -> Fields | None:
    """Read a domain, an agency, or up to six words written like the name of an outlet."""
    text = text.strip(_EDGE.replace("(", "").replace(")", ""))
    domain = _DOMAIN.match(text)
    if domain:
        return Fields(source=domain.group(1))
    known = agency(text, context)
    if known is not None:
        return Fields(source=text)
    return Fields(source=text) if _may_be_outlet(text) else None


def _may_be_outlet(text: str) -> bool:
    """Return whether a text is as short as an outlet's name, and in title case."""
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60 or not text[0].isalnum() or text.endswith(_CLOSING):
        return False
    if _UNCASED.search(text):
        return len(text) <= 20 and len(words) <= 4
    return any(word[0].isupper() for word in words) and _is_title_case(words)


def _is_title_case(words: list[str]) -> bool:
    """Return whether all words, except short ones in lower case, begin with a capital or a digit or hold a slash."""
    big = [word for word in words if len(word) > 3 or word[0].isupper()]
    return bool(big) and all(word[0].isupper() or word[0].isdigit() or "/" in word for word in big) and words[0][0].isalnum()


def place(text: str, context: Context) -> Fields | None:
    """Read up to three known cities, countries or states, joined by commas or slashes."""
    text = text.strip(_EDGE)
    parts = [part.strip() for part in re.split(r"[,/]", text[:80])]
    return Fields(place=text) if 1 <= len(parts) <= 3 and all(_is_place(part, context.grammar) for part in parts) else None


def _is_place(text: str, grammar: Grammar) -> bool:
    """Return whether a text is a known place, written with a capital or in a script without capitals."""
    if not text or not (text[0].isupper() or _UNCASED.match(text)):
        return False
    known = lower_composed(text)
    return known in grammar.places.cities or known in grammar.places.regions or text.casefold() in grammar.places.cities


def date(text: str, context: Context) -> Fields | None:
    """Read a date, with or without a time."""
    read = read_date(text.strip(" |·•-–—"), context.grammar.calendar, context.languages, context.day_first)
    return Fields(date=read) if read else None


def updated(text: str, context: Context) -> Fields | None:
    """Read the date of an update, in templates that hold both dates."""
    read = date(text, context)
    return Fields(updated=read.date) if read else None


def title(text: str, context: Context) -> Fields | None:
    """Accept a headline: up to 160 code points that do not close as a sentence."""
    text = text.strip()
    short = 3 <= len(text) <= 160 and not text.endswith((".", "。", "।", "۔", "։", ":"))
    return NOTHING if short and any(map(str.isalpha, text)) else None


def headline(text: str, context: Context) -> Fields | None:
    """Accept an unmistakable headline: five words or more, not beginning with a small letter, and without a stop at the end."""
    long_enough = text.count(" ") >= HEADLINE_WORDS - 1 or (len(text) >= HEADLINE_LETTERS and _UNCASED.search(text) is not None)
    if not long_enough or text.endswith(_CLOSING) or text[0].islower():
        return None
    return title(text, context)


def notice(text: str, context: Context) -> Fields | None:
    """Accept the sentences of a rights notice; the literal before the slot has to be specific."""
    return NOTHING if len(text.split()) >= 3 and text.rstrip().endswith(".") else None


def tags(text: str, context: Context) -> Fields | None:
    """Accept short items between commas, pipes or similar signs, or one such item."""
    items = [item.strip() for item in re.split(r"[,|•·、#/]", text[:300]) if item.strip()]
    short = bool(items) and all(len(item) <= 40 and len(item.split()) <= 4 for item in items)
    return NOTHING if short and not text.rstrip().endswith(_CLOSING) else None


def role(text: str, context: Context) -> Fields | None:
    """Accept up to seven words, at least one of which names a job."""
    words = text.strip(_EDGE).lower().replace("-", " ").split()
    return NOTHING if 1 <= len(words) <= 7 and any(word.strip(_EDGE) in context.grammar.names.roles for word in words) else None


def _pattern(pattern: re.Pattern[str]) -> Reader:
    """Make a reader that accepts texts by a pattern, ignoring brackets and closing punctuation."""

    def read(text: str, context: Context) -> Fields | None:
        return NOTHING if pattern.match(text.strip(" ()[]").rstrip(".,;")) else None

    return read


def _people(read: Reader) -> Slot:
    return Slot(read, may_open=lambda text, context: may_open_people(text, context.grammar))


def _date(read: Reader) -> Slot:
    return Slot(
        read,
        may_open=lambda text, context: may_open_date(text, context.grammar.calendar),
        may_close=lambda text, context: may_close_date(text, context.grammar.calendar),
        needs_digit=True,
    )


def _digits(read: Reader) -> Slot:
    return Slot(read, may_open=lambda text, _: text.lstrip(" ()[]")[:1].isdecimal(), needs_digit=True)


SLOTS: Mapping[str, Slot] = {
    "names": _people(_read_people),
    "person": Slot(person, may_open=lambda text, context: may_open_person(text, context.grammar)),
    "desk": Slot(desk),
    "helpers": _people(helpers),
    "editors": _people(people_as("editor")),
    "photographers": _people(people_as("photographer")),
    "reporters": _people(people_as("reporter")),
    "translators": _people(people_as("translator")),
    "agency": Slot(agency, texts=lambda grammar: grammar.agencies),
    "source": Slot(source),
    "place": Slot(place),
    "date": _date(date),
    "updated": _date(updated),
    "title": Slot(title),
    "headline": Slot(headline),
    "notice": Slot(notice),
    "tags": Slot(tags),
    "role": Slot(role, words=lambda grammar: grammar.names.roles),
    "number": _digits(_pattern(_NUMBER)),
    "time": _digits(_pattern(_TIME)),
    "url": Slot(_pattern(_URL), sign="."),
    "email": Slot(_pattern(_EMAIL), sign="@"),
    "handle": Slot(_pattern(_HANDLE), sign="@"),
    "initials": Slot(_pattern(_INITIALS)),
    "account": Slot(_pattern(_ACCOUNT)),
}
"""Every slot that a template may name."""
