"""
Read datelines: the place, and perhaps day, agency and person, that open a report.

A dateline has slots in a fixed order, separated by commas, brackets and dashes: places, region, day, agency, and a closing mark.
Most lines are rejected at their second word. A line that fits is a dateline only on evidence: a known agency, a day, a known
place before the right mark, or a sentence after it. Kickers, captions and teasers have the form without the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.agencies import CODE
from newsnorm.grammar.dateline_cjk import OPENING_BRACKETS, read_cjk_dateline
from newsnorm.grammar.dateline_reading import DatelineReading
from newsnorm.grammar.names import are_known, name_case, read_people
from newsnorm.records import Person
from newsnorm.text.casing import lower_composed
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import VOWEL_SIGNS_IN_WORDS, has_case
from newsnorm.text.sentences import ends_clause

HEAD = 140
"""Code points of the longest dateline: two places with their regions, a day and an agency. The longest one seen has 96."""

SENTENCE = 80
"""Code points of the shortest line that may begin with only a place as a dateline; headlines and captions are mostly shorter."""

MOST_SLOTS = 9
"""Most slots of a dateline: four places and regions, a day, an agency, and brackets between them."""

PLACES = 4
"""Most places of one dateline."""

FIRST_LINES = 6
"""Lines within which a dateline is looked for: up to three headline lines, one byline, and a dateline over two lines."""

OWN_LINE = 110
"""Code points of the longest line above a dateline, or with its first part: room for two cities and their states."""

MOST_WORDS = 7
"""Most words of one name, including lower-case ones: ``Tularosa and Trinity Test Site``."""


def read_dateline(text: str, grammar: Grammar, languages: tuple[str, ...] = ()) -> DatelineReading | None:
    """
    Return the dateline at the beginning of a paragraph, or None.

    Args:
        text: one line; only its first `HEAD` code points may belong to the dateline.
        grammar: the tables of places, agencies and dates.
        languages: codes of the languages whose month names come first.

    >>> grammar = Grammar.default()
    >>> reading = read_dateline("KANSAS CITY, Mo. (AP) — The bridge was closed on Monday.", grammar)
    >>> reading.place, reading.agency, reading.end
    ('KANSAS CITY, Mo.', 'AP', 24)
    >>> read_dateline("FILE - The bridge in a photo of 2019.", grammar) is None
    True

    """
    first = text[:1]
    if not first or not ((first.isalpha() and not first.islower()) or first in OPENING_BRACKETS or first.isdecimal()):
        return None
    head = text[:HEAD]
    if first.isdecimal() and "(" not in head[:DAY_BEFORE_AGENCY]:
        return None
    if first in OPENING_BRACKETS or first >= "\u3040":
        east = read_cjk_dateline(head, grammar)
        if east is not None:
            return east
    reader = _Reader(head, grammar, languages)
    if first not in OPENING_BRACKETS and not first.isdecimal() and not _may_close(head, reader.name_end(0)):
        return None  # most lines of prose end here
    slots = reader.read()
    return reader.judged(slots, text) if slots is not None else None


def wire_byline(text: str, grammar: Grammar) -> Person | None:
    """
    Return the person of ``By Ana Ng, Reuters``, the form of the line above an agency's dateline, or None.

    Between marker and agency there can only be a name, so short names and names of months are accepted too.

    >>> wire_byline("By Roger May, Reuters", Grammar.default())
    Person(name='Roger May', role='author')
    >>> wire_byline("By Saturday evening, Reuters said", Grammar.default()) is None
    True
    """
    marker, _, rest = text.partition(" ")
    name, comma, agency = rest.partition(", ")
    if not comma or marker.lower() not in grammar.datelines.markers or _known_agency(agency, grammar, whole=True) is None:
        return None
    words = name.split()
    if not 2 <= len(words) <= 4 or not all(_TOKEN.match(word) and any(map(str.isupper, word[:3])) for word in words):
        return None
    shouted = all(map(str.isupper, words))
    return Person(name=" ".join(name_case(word, grammar) for word in words) if shouted else name)


DAY_BEFORE_AGENCY = 30
"""Code points after the beginning of a day within which the bracket of an agency must open."""

_FOLLOWING = frozenset('-–—―_ـ|.,:([/।：،"0123456789')
"""Characters that may follow a name in a dateline; a digit begins a day."""
_MARKS = VOWEL_SIGNS_IN_WORDS
_TOKEN = lazy_regex(rf"[^\W\d_](?:[\w'’ʼ`´‐{_MARKS}]|[-.](?=[^\W\d_]))*")
_MARK = lazy_regex(
    r"\s{0,3}(?:(?P<dash>[.,:]?\s?(?:[-–—―]{1,4}|_(?=\s)|ـ)|\"(?=\s[A-Z]))"
    r"|(?P<pipe>\|)|(?P<colon>[:：])|(?P<stop>[.।])|(?P<comma>[,،]))\s{0,3}"
)
_BRACKET = lazy_regex(
    r"\s{0,2}(?:\(\s?(?P<round>[^()\[\]]{1,60})\)|\[\s?(?P<square>[^()\[\]]{1,60})\]|/(?P<stroke>[^()\[\]/]{1,60})/|«(?P<quoted>[^«»]{1,40})»)"
)
_STROKE = lazy_regex(r"\s?/\s?(?=[^\W\d_])")
_YEAR = r"(?:,?\s(?:de\s)?(?:19|20)\d\d(?!\d))?"
_DAY = lazy_regex(
    rf"(?P<month>[^\W\d_](?:[^\W\d_]|[{_MARKS}])*\.?)\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d){_YEAR}"
    rf"|(?P<day2>[0-3]?\d)(?:st|nd|rd|th|er|º)?\.?\s?(?:de\s)?(?P<month2>[^\W\d_](?:[^\W\d_]|[{_MARKS}])*){_YEAR}"
    r"|[0-3]?\d[/.](?:0?[1-9]|1[0-2])(?:[/.](?:20)?\d\d)?(?=[)\s])"
)
_AGENCY = lazy_regex(r"[^\W\d_][\w.&'’+-]*(?:\s[^\W\d_][\w.&'’+-]*){0,3}")
_DESKS = lazy_regex(r"\s?[/,+|–;-]\s?")
_CODE = lazy_regex(r"[A-Z][A-Z\d]{1,7}(?:[- ][A-Z\d]\w{0,9}){0,2}")
_PIPED = lazy_regex(r"\s(?P<agency>[a-zA-Z]{2,9}(?:/[a-zA-Z]{2,9}){0,2})(?=\s\|\s)")
_BARRED = lazy_regex(r"(?P<name>[^\W\d_][^|]{2,50}?)\s?\|\s{1,3}")
_GLUED_PLACE = lazy_regex(r"[^\W\d_]+(?: [^\W\d_]+)?(?=-[^\W\d_])")
_STATION = lazy_regex(r"[A-Z][A-Z\d]{2,7}|[A-Z][a-z]{2,9}[A-Z][A-Za-z]{2,9}")
_OPENS = lazy_regex(r"[\"'„“”«»‘’‚‹›「『¿¡(\[<–…-]{0,4}(?P<first>\w)")
_WORDS = lazy_regex(r"[^\W\d_]+")


@attrs.frozen(kw_only=True)
class _Slots:
    """The slots that were read of one line, from left to right."""

    at: int = 0
    """Where the next slot begins, in code points of the line."""
    places: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    shown: str = ""
    """Places and regions as they are printed."""
    day: str | None = None
    after_dash: bool = False
    """Whether the day follows a dash, as in captions."""
    agency: str | None = None
    """The agency as printed."""
    name: str | None = None
    """The usual name of the agency, if the table has it."""
    unknown: str | None = None
    """A name in brackets, in the position of an agency, that is in no table."""
    bracketed: bool = False
    """Whether the agency, or the first place, is in brackets."""
    writer: str | None = None
    """What stands between two bars in capitals, or a correspondent or a desk in brackets: not an agency, as far as is known."""
    mark: str = ""
    """The kind of the last mark: dash, pipe, colon, stop, comma."""

    @property
    def is_shouted(self) -> bool:
        """Whether the place is printed in capitals."""
        return bool(self.places) and len(self.places[0]) > 2 and self.places[0].isupper()


@attrs.frozen
class _Reader:
    """Fills the slots of one line, and judges whether they are a dateline."""

    head: str
    grammar: Grammar
    languages: tuple[str, ...]

    # reading

    def read(self) -> _Slots | None:
        """Return the slots up to the last mark that may close a dateline; None if there is none."""
        slots, closed = self._first(), None
        agency: str | None = None
        houses = self.grammar.datelines.self_branding_outlets
        for _ in range(MOST_SLOTS):
            if slots is None:
                break
            slots = self._marked(slots)
            # London (CNN)It was: after a known agency in brackets no mark is needed
            sure = slots.name is not None or slots.agency is None or slots.agency in houses
            glued = not slots.mark and ((slots.bracketed and agency is None and sure) or slots.writer is not None)
            if glued or slots.mark in ("dash", "colon", "stop", "pipe"):
                closed = slots
            if slots.mark in ("colon", "pipe"):
                return self._barred(slots) or closed
            agency, slots = slots.agency, self._next(slots)
        return closed

    def _first(self) -> _Slots | None:
        empty = _Slots()
        if self.head[0] in "([":
            return self._bracket(empty)
        return self._dated(empty) or self._behind_bar(empty) or self._place(empty) or self._code(empty)

    def _dated(self, slots: _Slots) -> _Slots | None:
        """Read a day and a known agency in brackets, without a place: ``Sept 12 (Reuters) -``."""
        day = self._day(slots)
        found = self._bracket(day) if day is not None else None
        return found if found is not None and found.name is not None else None

    def _behind_bar(self, slots: _Slots) -> _Slots | None:
        """Read an agency, a desk or an outlet in front of a bar and a known place: ``AGENCIES | Rabat –``."""
        found = _BARRED.match(self.head)
        place = self._place(attrs.evolve(slots, at=found.end())) if found is not None else None
        if found is None or place is None or not self._is_known(place) or not self._is_before_dash(place):
            return None
        printed = found["name"].strip()
        name = _known_agency(printed, self.grammar, whole=True)
        if name is not None or _is_source(printed, self.grammar):
            return attrs.evolve(place, agency=printed, name=name)
        return attrs.evolve(place, writer=printed) if self._is_house(printed) else None

    def _is_house(self, text: str) -> bool:
        """Return whether a text is a desk, or ends like the name of a paper."""
        words = lower_composed(text).split()
        names = self.grammar.names
        is_desk = all(word in names.not_names or word in names.roles for word in words)
        return is_desk or (len(words) <= MOST_WORDS and words[-1] in self.grammar.datelines.media)

    def _barred(self, slots: _Slots) -> _Slots | None:
        """Read an outlet or a writer in capitals between two bars, after a place: ``Moroto, Uganda | THE COURIER | Text``."""
        if slots.mark != "pipe" or not slots.places or slots.agency is not None:
            return None
        found = _BARRED.match(self.head, slots.at)
        return attrs.evolve(slots, writer=found["name"].strip(), at=found.end()) if found and found["name"].isupper() else None

    def _marked(self, slots: _Slots) -> _Slots:
        mark = _MARK.match(self.head, slots.at)
        if mark is None or (mark["dash"] and not self._parts(mark) and not self._is_glued(slots, mark)):
            return attrs.evolve(slots, mark="")
        return attrs.evolve(slots, mark=mark.lastgroup or "", at=mark.end())

    def _parts(self, mark: re.Match[str]) -> bool:
        """Return whether a dash separates: a hyphen needs space around it or a bracket before it; ``"`` may be a broken dash."""
        before, after = self.head[: mark.start("dash")][-1:], self.head[mark.end("dash") :][:1]
        sign = mark["dash"].lstrip(".,: ")
        if sign == '"':
            return before in (")", " ")
        return sign != "-" or after.isspace() or before in (")", "]") or (mark.group()[0].isspace() and not after.isdigit())

    def _is_glued(self, slots: _Slots, mark: re.Match[str]) -> bool:
        """Return whether a hyphen without spaces ends a site and a known place: ``Harbour.com, Jakarta-The quay``."""
        word = _WORDS.match(self.head, mark.end())
        if word is None or not word.group()[0].isupper() or slots.agency is None:
            return False
        return _is_source(slots.agency, self.grammar) and self._is_known(slots) and not self.grammar.is_town(word.group())

    def _glued_place(self, slots: _Slots) -> _Slots | None:
        """Read a known place after a site that a hyphen without spaces parts from the report."""
        found = _GLUED_PLACE.match(self.head, slots.at)
        if found is None or not _is_source(slots.agency or "", self.grammar) or not self.grammar.is_town(found.group()):
            return None
        place = attrs.evolve(slots, at=found.end(), places=(found.group(),), shown=found.group())
        return place if self._is_before_dash(place) else None

    def _next(self, slots: _Slots) -> _Slots | None:
        """Read one more slot."""
        return self._after_mark(slots) if slots.mark else self._without_mark(slots)

    def _without_mark(self, slots: _Slots) -> _Slots | None:
        """Read a slot that needs no mark before it: brackets, a day with its month, an agency before a pipe."""
        bracket = self._bracket(slots)
        if bracket is not None:
            return bracket
        day = self._day(attrs.evolve(slots, at=slots.at + 1))  # MOSCOW 29 June
        return day if day is not None and any(map(str.isalpha, day.day or "")) else self._piped(slots)

    def _after_mark(self, slots: _Slots) -> _Slots | None:
        """Read the slot after a mark: an agency, a day, a place if there is none yet, or a region after a comma."""
        agency = None if slots.agency else self._bracket(slots) or self._agency(slots)
        found = agency or self._day(slots) or (None if slots.places else self._glued_place(slots) or self._place(slots))
        if found is None:
            return self._region(slots) if slots.mark == "comma" and slots.places else None
        place_follows_agency = found.places and not slots.places and slots.agency
        is_site = slots.mark == "comma" and self._is_before_dash(found) and _is_source(slots.agency or "", self.grammar)
        if place_follows_agency and not (found.is_shouted or is_site or self._is_known(found)):
            return None  # (AP) - The court, on Monday
        return found

    def _is_before_dash(self, slots: _Slots) -> bool:
        """Return whether a dash follows what was read."""
        return self._marked(slots).mark == "dash"

    def _bracket(self, slots: _Slots) -> _Slots | None:
        """Read a slot in brackets: ``(AP)``, ``(Bali)``, ``[India]``, ``/TASS/``."""
        found = _BRACKET.match(self.head, slots.at)
        if found is None:
            return None
        kind = str(found.lastgroup)
        inner = found[kind].rstrip()
        after = attrs.evolve(slots, at=found.end())
        name = _known_agency(inner, self.grammar) if slots.agency is None else None
        if name is not None or (slots.agency is None and _is_source(inner, self.grammar)):
            return attrs.evolve(after, agency=_without_date(inner), name=name, bracketed=True)
        if kind in ("stroke", "quoted"):
            return None
        if slots.places and self._is_correspondent(inner):
            return attrs.evolve(after, writer=inner)
        if slots.day is None and (day := self._day(attrs.evolve(slots, at=found.start(kind)))) is not None:
            return attrs.evolve(day, at=found.end()) if day.at >= found.end(kind) else None
        if not slots.places:
            return self._first_bracket(after, inner, kind) if slots.at == 0 else None
        if not inner[:1].isalpha():
            return None
        if kind == "square" or lower_composed(inner) in self.grammar.places.regions:
            shown = f", {inner}" if kind == "square" else f" ({inner})"
            return attrs.evolve(after, regions=(*slots.regions, inner), shown=slots.shown + shown)
        if slots.unknown is not None:
            return None
        return attrs.evolve(after, unknown=inner, shown=self._shown_with(slots, inner))

    def _shown_with(self, slots: _Slots, inner: str) -> str:
        """Return the place with an unknown name in brackets; without capitals, such a name is none of a place by its shape."""
        return f"{slots.shown} ({inner})" if has_case(inner) or self.grammar.is_town(inner) else slots.shown

    def _is_correspondent(self, text: str) -> bool:
        """Return whether a text is a word for a correspondent or a desk, or such words alone: ``Staff Reporter``."""
        lowered, names = lower_composed(text), self.grammar.names
        if lowered in self.grammar.datelines.correspondents:
            return True
        words = lowered.split()
        return len(words) > 1 and all(word in names.not_names or word in names.roles for word in words)

    def _piped(self, slots: _Slots) -> _Slots | None:
        """Read an agency before a pipe: ``BERLIN taz |``."""
        found = _PIPED.match(self.head, slots.at) if slots.is_shouted and slots.agency is None else None
        if found is None:
            return None
        return attrs.evolve(slots, at=found.end(), agency=found["agency"], name=_known_agency(found["agency"], self.grammar))

    def _first_bracket(self, after: _Slots, inner: str, kind: str) -> _Slots | None:
        """Read a place or an unlisted station in brackets at the start: ``(Leipzig) -``, ``[SINGAPORE] Text``, ``(KXAN) —``."""
        if self.grammar.is_town(inner):
            return attrs.evolve(after, places=(inner,), shown=inner, bracketed=kind == "square" and inner.isupper())
        station = inner in self.grammar.datelines.self_branding_outlets or (
            _STATION.fullmatch(inner) is not None and lower_composed(inner) not in self.grammar.places.regions
        )
        return attrs.evolve(after, agency=inner, bracketed=True) if station else None

    def _day(self, slots: _Slots) -> _Slots | None:
        found = _DAY.match(self.head, slots.at) if slots.day is None else None
        if found is None:
            return None
        month = found["month"] or found["month2"]
        if month is not None and not self._is_month(lower_composed(month).rstrip(".")):
            return None
        return attrs.evolve(slots, day=found.group(), at=found.end(), after_dash=slots.mark == "dash")

    def _is_month(self, name: str) -> bool:
        calendar = self.grammar.calendar
        return calendar.month(name, self.languages) is not None or calendar.names_month(name)

    def _code(self, slots: _Slots) -> _Slots | None:
        """Read an agency before any place; it is a site or in capitals: ``AGI - Text``, ``KOMPAS.com - Text``."""
        found = self._agency(slots)
        agency = found.agency if found else None
        return found if agency and (agency.isupper() or _is_source(agency, self.grammar)) else None

    def _agency(self, slots: _Slots) -> _Slots | None:
        """Read a known agency outside brackets, with a mark after it: ``Reuters``, ``CNN Indonesia``, ``INTERFAX.RU``."""
        words = _AGENCY.match(self.head, slots.at)
        text = words.group().rstrip(".-") if words else ""
        if _is_source(text.partition("-")[0], self.grammar):
            text = text.partition("-")[0]  # KOMPAS.com-Text
        while text:
            name = _known_agency(text, self.grammar, whole=True)
            if slots.mark == "comma" and lower_composed(text) in self.grammar.places.regions:
                return None  # VALLEY FORGE, PA, March 19
            if name is not None or _is_source(text, self.grammar):
                after = attrs.evolve(slots, agency=text, name=name, at=slots.at + len(text))
                if self._marked(after).mark not in ("", "pipe"):
                    return after
            text = text.rpartition(" ")[0].rstrip(".-")
        return None

    def _place(self, slots: _Slots) -> _Slots | None:
        """Read one to `PLACES` names of places, joined by slashes."""
        at, places = slots.at, list[str]()
        end = self.name_end(at)
        while end > at and len(places) < PLACES:
            places.append(self.head[at:end])
            stroke = _STROKE.match(self.head, end)
            if stroke is None or (
                (between := _BRACKET.match(self.head, end)) and _known_agency(between.group().strip(" /"), self.grammar)
            ):
                break  # BAKU /Trend/
            at, end = stroke.end(), self.name_end(stroke.end())
        if (
            not places
            or self._is_never(places[0])
            or _known_agency(places[0], self.grammar, whole=True)
            or _is_source(places[0], self.grammar)
        ):
            return None
        end = slots.at + len(self.head[slots.at : max(end, slots.at + 1)].rstrip())
        return attrs.evolve(slots, at=end, places=tuple(places), shown=self.head[slots.at : end])

    def _is_never(self, place: str) -> bool:
        known = lower_composed(place)
        never = self.grammar.datelines.never
        return known in never or (known.partition(" ")[0] in never and not self.grammar.is_town(place))

    def name_end(self, at: int) -> int:
        """Return where the name of a place that begins at `at` ends; `at` itself if there is none. Offsets in code points."""
        words = self.grammar.datelines
        end = at
        for count in range(MOST_WORDS):
            token = _TOKEN.match(self.head, at)
            if token is None:
                break
            word, at = token.group(), token.end()
            if word[0].islower():
                if not count or (word not in words.inside and word not in words.joining):
                    break
            else:
                at += self._has_own_stop(word, at)
                end = at
            if not self.head[at : at + 1].isspace():
                break
            at += 1
        return end

    def _has_own_stop(self, word: str, end: int) -> bool:
        """Return whether the full stop after a word belongs to it: ``St.``, ``Ill.``, ``D.C.``"""
        if not self.head.startswith(".", end):
            return False
        dotted = f"{lower_composed(word)}."
        return len(word) == 1 or "." in word or dotted in self.grammar.places.regions or dotted in self.grammar.datelines.generic

    def _region(self, slots: _Slots) -> _Slots | None:
        """Read the region after a place and a comma: ``Ill.``, ``West Germany``."""
        end = self.name_end(slots.at)
        region = self.head[slots.at : end]
        if not region or region.count(" ") > 3 or len(slots.regions) > 1 or self._is_never(region):
            return None
        if len(region) <= 5 and self.head.startswith(".", end) and _MARK.match(self.head, end + 1):
            region, end = f"{region}.", end + 1
        after = attrs.evolve(slots, at=end, regions=(*slots.regions, region), shown=f"{slots.shown}, {region}")
        stroke = _STROKE.match(self.head, end)
        more = self._place(attrs.evolve(after, at=stroke.end())) if stroke else None
        if more is None:
            return after
        return attrs.evolve(more, places=(*slots.places, *more.places), shown=f"{after.shown}/{more.shown}")

    # judging

    def judged(self, slots: _Slots, text: str) -> DatelineReading | None:
        """Return the dateline, if there is enough evidence; else None."""
        if not slots.mark and self.head[slots.at : slots.at + 1].isspace():
            slots = attrs.evolve(slots, at=slots.at + 1)
        rest = text[slots.at : slots.at + 2 * HEAD]
        opens = _OPENS.match(rest)
        if opens is None or self._is_caption(slots, rest):
            return None
        shape, slots = self._shape(slots, text, rest, opens["first"])
        if not shape:
            return None
        people = read_people(slots.writer, self.grammar) if slots.writer is not None and slots.mark == "pipe" else None
        return DatelineReading(
            end=slots.at,
            shape=shape,
            place=slots.shown or None,
            day=slots.day,
            agency=slots.agency,
            agency_name=slots.name,
            people=people if people is not None and are_known(people, self.grammar) else (),
        )

    def _is_caption(self, slots: _Slots, rest: str) -> bool:
        """Return whether the line is a caption: ``LOS ANGELES, CALIFORNIA - JUNE 03: An actor``."""
        if slots.after_dash and slots.mark == "colon":
            return True
        day = _DAY.match(rest) if slots.mark == "dash" else None
        if day is not None and rest[day.end() :].lstrip().startswith(":"):
            return True
        return not slots.is_shouted and self._is_month(lower_composed(rest.partition(" ")[0]))

    def _shape(self, slots: _Slots, text: str, rest: str, first: str) -> tuple[str, _Slots]:
        if slots.writer is not None:
            return ("agency" if self._by_writer(slots, text, first) else ""), slots
        if slots.agency is not None:
            return ("agency" if self._by_agency(slots, text, first) else ""), slots
        if slots.unknown is not None and _is_sentence(text) and self._is_station(slots):
            return "agency", attrs.evolve(slots, agency=slots.unknown, shown=slots.shown.removesuffix(f" ({slots.unknown})"))
        if slots.day is not None:
            return ("day" if self._by_day(slots, text, first) else ""), slots
        return ("place" if slots.places and self._by_place(slots, text, rest, first) else ""), slots

    def _by_writer(self, slots: _Slots, text: str, first: str) -> bool:
        """Return whether a sentence follows a known place, or one in a known country, and a writer or a desk."""
        known = self._is_known(slots) or any(map(self._is_region, slots.regions))
        return known and not first.islower() and _is_sentence(text)

    def _by_agency(self, slots: _Slots, text: str, first: str) -> bool:
        """Return whether an agency makes the line a dateline; `first` is the first letter of the text after it."""
        if not slots.places:
            return not first.islower() and self._by_agency_alone(slots, text)
        known = slots.is_shouted or self._is_known(slots)
        match slots.mark:
            case "":
                return known and not first.islower()
            case "colon":
                return known or slots.day is not None
            case "pipe" if not slots.is_shouted:
                return False
            case _:
                return slots.shown.count(" ") <= MOST_WORDS and (known or not first.islower())

    def _by_agency_alone(self, slots: _Slots, text: str) -> bool:
        """Return whether an agency without a place opens a report: ``(AP) —``, ``AGI - Text``."""
        sure = slots.bracketed and (slots.name is not None or _is_source(slots.agency or "", self.grammar))
        if sure and slots.mark == "colon":
            return _is_sentence(text)
        in_brackets = slots.bracketed and not slots.mark
        closed = slots.mark == "dash" or in_brackets or (slots.mark == "stop" and slots.day is not None)
        return closed and (sure or _is_sentence(text))

    def _by_day(self, slots: _Slots, text: str, first: str) -> bool:
        """
        Return whether a day makes the line a dateline: ``LONDON, June 20 -``.

        If the place is not in capitals, a sentence must follow: ``Wien, 14. Juni 2021 – Text``, ``Srinagar, June 3: Text``.
        """
        if slots.mark == "dash" and slots.is_shouted:
            return True
        if not first.isalpha() or first.islower():
            return False
        return slots.mark != "pipe" and not slots.after_dash and self._is_known(slots) and _is_sentence(text)

    def _is_station(self, slots: _Slots) -> bool:
        """Return whether an unknown name in brackets is a station, since no table lists them all: ``AUSTIN (KXAN) —``."""
        printed = slots.unknown or ""
        known = self._is_known(slots)
        if not (slots.is_shouted or known) or not (slots.mark == "dash" or (slots.mark == "colon" and known)):
            return False
        if slots.mark == "colon" and not (slots.is_shouted or slots.day):
            return False  # Bernau (Barnim): a headline
        if not printed[0].isupper():
            return self._is_known(slots) and " " not in printed and not slots.regions
        words = lower_composed(printed).split()
        if _CODE.fullmatch(printed) or not self.grammar.datelines.media.isdisjoint((words[0], words[-1])):
            return True
        return slots.is_shouted and self._is_known(slots) and len(words) <= 3 and not printed.endswith(".")

    def _is_known(self, slots: _Slots) -> bool:
        return any(self.grammar.is_town(place) for place in slots.places)

    def _by_place(self, slots: _Slots, text: str, rest: str, first: str) -> bool:
        if first.islower() or (first.isdigit() and slots.mark != "stop"):
            return False
        if slots.is_shouted and slots.mark == "dash":
            return self._by_capitals(slots, text, rest)
        if not _is_sentence(text):
            return False
        if not slots.mark:
            return slots.bracketed
        if slots.mark in ("dash", "pipe"):
            return text[-1] not in "?!" and self._by_dash(slots) and (slots.mark == "dash" or self._is_known(slots))
        return self._by_stop(slots, rest) if slots.mark == "stop" else self._by_colon(slots)

    def _by_stop(self, slots: _Slots, rest: str) -> bool:
        """Return whether a place and a full stop are a dateline, as in German papers: ``Betzdorf. Text``."""
        if slots.regions:
            return False
        known = [self.grammar.is_town(place) for place in slots.places]
        if not has_case(slots.shown):
            return all(known)
        words = _WORDS.findall(rest.lower())[:25]
        if sum(word in self.grammar.datelines.german for word in words) < 2:
            return False
        return (
            all(known) or (len(known) > 1 and any(known)) or lower_composed(slots.shown).endswith(self.grammar.datelines.endings)
        )

    def _by_colon(self, slots: _Slots) -> bool:
        """Return whether a place and a colon are a dateline: ``NEW DELHI: Text``, and ``Hyderabad: Text`` in South Asia."""
        if slots.regions:
            return False
        towns = self.grammar.datelines.colon_towns
        if slots.is_shouted:
            return all(
                lower_composed(place) in self.grammar.places.cities or lower_composed(place) in towns for place in slots.places
            )
        if not has_case(slots.shown):
            return self._is_known(slots)
        return all(lower_composed(place) in towns and not self._is_land(place) for place in slots.places)

    def _by_capitals(self, slots: _Slots, text: str, rest: str) -> bool:
        """
        Return whether a place in capitals and a dash are a dateline: ``KALLSTADT, Germany — Text``.

        If the place or the region is known, a line of half the length is enough, since agencies cut their lines.
        """
        known = self._is_known(slots) or any(map(self._is_region, (slots.places[0], *slots.regions)))
        if len(text) < (SENTENCE // 2 if known else SENTENCE) or not any(map(str.islower, rest[:SENTENCE])):
            return False
        if known:
            return True
        words = lower_composed(slots.places[0]).split()
        generic = len(words) > 1 and not self.grammar.datelines.generic.isdisjoint((words[0], words[-1]))
        return generic or words[-1].endswith(self.grammar.datelines.endings) or self._is_named_again(slots.places[0], rest)

    def _is_land(self, place: str) -> bool:
        """Return whether a place is a country or state but not a city: ``Florida — All counties`` is an item of a list."""
        known = lower_composed(place)
        return self.grammar.places.is_region_only(known)

    def _is_region(self, text: str) -> bool:
        """Return whether a text is a known region, ends in one (``southern New Mexico``), or is an abbreviation."""
        words = lower_composed(text).split()
        ends = (" ".join(words[at:]) for at in range(len(words)))
        countries = self.grammar.datelines.countries
        known = any(end in self.grammar.places or end in countries for end in ends)
        return known or (text.endswith(".") and len(text) <= 6)

    def _is_named_again(self, place: str, rest: str) -> bool:
        """Return whether the sentence names the place again after a preposition: ``in Augsfeld``."""
        before, found, _ = lower_composed(rest).partition(f" {lower_composed(place)}")
        return bool(found) and before.rpartition(" ")[2] in self.grammar.datelines.before_places

    def _by_dash(self, slots: _Slots) -> bool:
        """Return whether a place not in capitals and a dash are a dateline: ``London/Teheran - Text``."""
        if self._is_land(slots.places[0]):
            return False
        return self._is_known(slots) or (len(slots.regions) == 1 and self._is_region(slots.regions[0]))


def _may_close(head: str, end: int) -> bool:
    """Return whether a mark or a bracket follows the name that ends at `end`."""
    after = head[end : end + 2]
    if after[:1] in _FOLLOWING or (after[:1].isspace() and after[1:] in _FOLLOWING):
        return True
    return head[:end].isupper() and _PIPED.match(head, end) is not None


def _is_sentence(text: str) -> bool:
    return len(text) >= 2 * SENTENCE or (len(text) >= SENTENCE and ends_clause(text))


def _is_source(text: str, grammar: Grammar) -> bool:
    """Return whether a text is a site (``KOMPAS.com``) or a paper that opens reports with its own name (``(Dân trí) -``)."""
    if text in grammar.datelines.self_branding_outlets:
        return True
    name, _, end = text.rpartition(".")
    return len(name) > 2 and end.lower() in grammar.datelines.domains and name[0].isalpha() and " " not in text


def _known_agency(text: str, grammar: Grammar, *, whole: bool = False) -> str | None:
    """Return the usual name of the agency in `text`; unless `whole`, a desk, another agency or a word may be beside it."""
    text = text.strip()
    first = text.partition(" ")[0]
    forms = [text, *([] if whole else _DESKS.split(text)), *([first] if text[len(first) + 1 :][:1].isupper() else [])]
    if not whole:
        forms.append(text.rpartition(" ")[2])
    for form in forms:
        name = grammar.agencies.find(form)
        if name is not None and (form != form.lower() or len(form) <= CODE or not form.isascii() or form == name):
            return name
    return None


def _without_date(text: str) -> str:
    """Return a text without the date after it: ``Sputnik`` for ``Sputnik - 29th April, 2020``."""
    name, dash, date = text.rpartition(" - ")
    return name.strip() if dash and any(map(str.isdigit, date)) else text.strip()


@attrs.frozen(kw_only=True)
class ReportOpening:
    """The dateline that opens a report, and the people of the byline above it."""

    dateline: DatelineReading
    people: tuple[Person, ...] = ()
    """The people named in the dateline, else in the byline above it."""


def read_opening(
    text: str,
    grammar: Grammar,
    languages: tuple[str, ...] = (),
    read_byline: Callable[[str], tuple[Person, ...]] | None = None,
) -> ReportOpening | None:
    """
    Return the dateline of a paragraph, or of a report that begins with its headline.

    Args:
        text: lines, the first of which may be a headline; a dateline may extend over several lines.
        grammar: the tables of places, agencies and dates.
        languages: codes of the languages whose month names come first.
        read_byline: returns the people of a byline above the dateline, if it does not have the form of an agency's byline.

    >>> text = "RAIN CLOSES HARBOUR\\nBy Ana Silva, Reuters\\nMALMO, Sweden,\\nMarch 3 - The harbour was closed."
    >>> opening = read_opening(text, Grammar.default())
    >>> opening.dateline.place, opening.dateline.day, [person.name for person in opening.people]
    ('MALMO, Sweden', 'March 3', ['Ana Silva'])

    """
    lines = list(filter(None, (line.strip() for line in text.split("\n", 4 * FIRST_LINES))))[: FIRST_LINES + 3]
    people: tuple[Person, ...] = ()
    for at, line in enumerate(lines[:FIRST_LINES]):
        reading = read_dateline(line, grammar, languages)
        if reading is None and at and len(line) <= OWN_LINE:
            reading = read_dateline(" ".join(lines[at : at + 4]), grammar, languages)
        if reading is not None and (at or len(lines) == 1 or reading.day or reading.agency):
            return ReportOpening(dateline=reading, people=reading.people or people)
        if at and not people and len(line) <= OWN_LINE:
            person = wire_byline(line, grammar)
            people = (person,) if person is not None else read_byline(line) if read_byline is not None else ()
    return None
