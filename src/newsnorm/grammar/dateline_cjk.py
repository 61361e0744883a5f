"""Read datelines of Chinese, Japanese and Korean papers, which put no spaces between words."""

from __future__ import annotations

import re

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.dateline_reading import DatelineReading
from newsnorm.grammar.names import read_people
from newsnorm.records import Person
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN, HAN_MARK, HAN_WIDE, HANGUL

LONGEST_PLACE = 8
"""Code points of the longest name of a place."""

LONGEST_AGENCY = 7
"""Code points of the longest name of an agency that begins a dateline without brackets."""

OPENING_BRACKETS = frozenset("([【［（〔")

_HAN = f"{HAN_WIDE}{HAN_MARK}"
_WIRE = lazy_regex(rf"(?P<joined>[{_HAN}、]{{2,16}}?)?(?P<day>(?:(?:\d{{4}}年)?\d{{1,2}}月)?\d{{1,2}}日)")
_CORRESPONDENT = lazy_regex(r"[)）】]?(?:\s?[（(](?P<inner>[^（()）\d]{4,30})[)）])?[,，:：]?\s?")
_EAST_BRACKET = lazy_regex(r"[【［（(\[〔]\s?(?P<inner>[^】］）)\]〕]{3,40})[】］）)\]〕]\s{0,2}")
_EAST_PARTS = lazy_regex(r"[=＝／/・、,\s\u3000]+")
_EAST_DAY = lazy_regex(r"(?:\d{1,2}月)?\d{1,2}日|\d{1,2}월\s?\d{1,2}일")
_EAST_NAME = lazy_regex(rf"[{EAST_ASIAN}{HAN_MARK}·]{{2,12}}")
_AFTER_BRACKET = lazy_regex(
    rf"(?P<people>[{HANGUL}]{{2,4}}(?:[·, ]\s?[{HANGUL}]{{2,4}}){{0,3}})\s(?P<word>[{HANGUL}]{{2,4}})\s?[=＝]?\s?"
)
_EAST_DASH = lazy_regex(r"[-–—]\s{0,2}")


def read_cjk_dateline(head: str, grammar: Grammar) -> DatelineReading | None:
    """
    Return the Chinese, Japanese or Korean dateline that opens a line, or None.

    Args:
        head: the beginning of the line, cut to the longest possible dateline.
        grammar: the tables of agencies, places and words of datelines.

    >>> reading = read_cjk_dateline("【ソウル＝山田花子】", Grammar.default())
    >>> reading.place, [person.name for person in reading.people]
    ('ソウル', ['山田花子'])

    """
    return _in_brackets(head, grammar) or _wire(head, grammar)


def _wire(head: str, grammar: Grammar) -> DatelineReading | None:
    """Read agency, person (optional), place, day and a word for a dispatch, written without spaces."""
    start, words = int(head[0] in OPENING_BRACKETS), grammar.datelines
    found = _WIRE.match(head, start)
    filed = next((word for word in words.dispatch_words if head.startswith(word, found.end())), None) if found else None
    if found is None or filed is None:
        return None
    cut = _cut_wire(found["joined"] or "", grammar)
    closing = _CORRESPONDENT.match(head, found.end() + len(filed))
    if cut is None or closing is None:
        return None
    agency, person, place = cut
    inner = closing["inner"] or ""
    word = next((word for word in words.reporters if word in inner), None)
    names = inner.partition(word)[2] if word else person
    return DatelineReading(
        end=closing.end() if word or not inner else closing.start("inner") - 1,
        shape="agency",
        place=place or None,
        day=found["day"],
        agency=None if agency in words.own else agency,
        agency_name=grammar.agencies.forms.get(agency),
        people=_people(re.split(r"[、\s]+", names), grammar),
    )


def _cut_wire(text: str, grammar: Grammar) -> tuple[str, str, str] | None:
    """Split a text without spaces into agency, person and place; if the agency is unknown, the place must be known."""
    words = grammar.datelines
    sizes = range(min(len(text), LONGEST_AGENCY), 1, -1)
    size = next(
        (
            size
            for size in sizes
            if grammar.agencies.has_form(text[:size]) or text[:size] in (*words.own, *words.self_branding_outlets)
        ),
        0,
    )
    if not size:
        at = next((at for at in range(2, len(text) - 1) if grammar.is_town(text[at:])), 0)
        return (text[:at], "", text[at:]) if at else None
    rest = text[size:]
    word = next((word for word in words.reporters if rest.startswith(word)), None)
    if word is None:
        return text[:size], "", rest
    joined = rest.removeprefix(word)
    at = next((at for at in range(2, len(joined) - 1) if grammar.is_town(joined[at:])), len(joined))
    return text[:size], joined[:at], joined[at:]


def _in_brackets(head: str, grammar: Grammar) -> DatelineReading | None:
    """Read a place and an agency or a person in brackets, with an equals sign or a slash between them."""
    found = _EAST_BRACKET.match(head)
    parts = _parts_of(found["inner"], grammar) if found else None
    if found is None or parts is None:
        return None
    names, end = parts.names, found.end()
    after = _AFTER_BRACKET.match(head, end)
    if after is not None and after["word"] in grammar.datelines.reporters:
        names, end = tuple(re.split(r"[·,\s]+", after["people"])), after.end()
    dash = _EAST_DASH.match(head, end)
    return DatelineReading(
        end=dash.end() if dash else end,
        shape="brackets",
        place=parts.place,
        day=parts.day,
        agency=parts.agency,
        agency_name=grammar.agencies.find(parts.agency or ""),
        people=tuple(Person(name=name) for name in names),
    )


@attrs.frozen(kw_only=True)
class _Parts:
    """The parts of a dateline in brackets."""

    place: str | None = None
    day: str | None = None
    agency: str | None = None
    names: tuple[str, ...] = ()

    @property
    def is_dateline(self) -> bool:
        """Whether there are at least two parts, one of them a place or an agency."""
        given = (self.place is not None, self.day is not None, self.agency is not None, bool(self.names))
        return sum(given) > 1 and (self.place is not None or self.agency is not None)

    def with_part(self, part: str, grammar: Grammar, *, opens: bool, names_person: bool, was_marked: bool) -> _Parts | None:
        """
        Return these parts with one more; None if the text is not part of a dateline.

        Args:
            part: the text, without words for reporters and dispatches.
            grammar: the tables of agencies and places.
            opens: whether the part precedes the first equals sign, where a place need not be known.
            names_person: whether an equals sign separates a place from a person.
            was_marked: whether a word for a reporter or a dispatch was removed from the part.

        """
        named = _EAST_NAME.fullmatch(part) is not None
        if self.day is None and _EAST_DAY.fullmatch(part):
            return attrs.evolve(self, day=part)
        if self.agency is None and grammar.agencies.find(part):
            return attrs.evolve(self, agency=part)
        if self.place is None and named and (grammar.is_town(part) or (opens and not was_marked)):
            return attrs.evolve(self, place=part)
        if named and (names_person or was_marked):
            return attrs.evolve(self, names=(*self.names, part))
        cut = None if self.place or self.agency else _place_and_agency(part, grammar)
        return attrs.evolve(self, place=cut[0], agency=cut[1]) if cut is not None else None


def _parts_of(inner: str, grammar: Grammar) -> _Parts | None:
    """Classify the parts in brackets: ``ソウル＝山田花子``, ``東京　１日　ロイター``, ``記者林怡君／台北報導``."""
    parts = _Parts()
    equal = "=" in inner or "＝" in inner
    for number, part in enumerate(filter(None, _EAST_PARTS.split(inner))):
        bare = _without_words(part, grammar)
        if not bare:
            continue
        more = parts.with_part(bare, grammar, opens=equal and number == 0, names_person=equal, was_marked=bare != part)
        if more is None:
            return None
        parts = more
    first = parts.place or ""
    if parts.agency is None and "\uac00" <= first[:1] <= "\ud7a3" and not grammar.is_town(first):
        parts = attrs.evolve(parts, place=None, agency=first)  # a Korean paper and its reporter
    return parts if parts.is_dateline else None


def _without_words(part: str, grammar: Grammar) -> str:
    """Return a part without words for reporters and dispatches."""
    for word in grammar.datelines.reporters:
        part = part.removeprefix(word).removesuffix(word)
    for word in grammar.datelines.dispatch_words:
        part = part.removesuffix(word) if len(part) > len(word) + 1 else part
    return part


def _place_and_agency(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Split a text such as ``ワシントン共同`` into place and agency."""
    cuts = ((text[:at], text[at:]) for at in range(2, len(text) - 1))
    return next((cut for cut in cuts if grammar.agencies.has_form(cut[1]) and len(cut[0]) <= LONGEST_PLACE), None)


def _people(names: list[str], grammar: Grammar) -> tuple[Person, ...]:
    """Return the people in texts that look like names."""
    return tuple(person for name in names if name for person in read_people(name, grammar) or ())
