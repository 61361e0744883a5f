"""Slots read what is of their kind, in the scripts and habits of many papers, and refuse what merely looks like it."""

from __future__ import annotations

import datetime
import re

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.catalogue.slots import SLOTS, Context, Fields
from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.value import DateReading
from newsnorm.records import Person
from newsnorm.text.folding import fold

CONTEXT = Context(grammar=Grammar.default())


def people(*names: str) -> tuple[Person, ...]:
    return tuple(Person(name=name, role="author") for name in names)


def day(value: str) -> DateReading:
    return DateReading(value=value, precision="day" if len(value) == 10 else "minute")


READ: dict[str, dict[str, Fields]] = {
    "names": {
        "María Pérez": Fields(people=people("María Pérez")),
        "JANE DOE and Tom Roe": Fields(people=people("Jane Doe", "Tom Roe")),
        "Elif Karahan ve Murat Özdil": Fields(people=people("Elif Karahan", "Murat Özdil")),
        "李思远": Fields(people=people("李思远")),
    },
    "person": {"MARÍA PÉREZ": Fields(people=people("María Pérez"))},
    "desk": {"News Desk": Fields(), "Staff Reporter": Fields()},
    "helpers": {"Jane Doe and Tom Roe": Fields()},
    "agency": {
        "Anadolu Ajansı": Fields(agency="Anadolu Agency"),
        "新华社": Fields(agency="Xinhua"),
        "(AFP)": Fields(agency="AFP"),
        "dpa": Fields(agency="dpa"),
    },
    "source": {
        "https://www.Example.com/": Fields(source="Example.com"),
        "news.example.co.uk": Fields(source="news.example.co.uk"),
        "The Harbour Times": Fields(source="The Harbour Times"),
        "Noticias del Puerto": Fields(source="Noticias del Puerto"),
        "港口日报": Fields(source="港口日报"),
        "“dpa”": Fields(source="dpa"),
    },
    "place": {
        "ANKARA": Fields(place="ANKARA"),
        "Paris/Berlin": Fields(place="Paris/Berlin"),
        "(東京)": Fields(place="東京"),
        "Köln, Germany": Fields(place="Köln, Germany"),
    },
    "date": {
        "Thursday, 20 June 2024": Fields(date=day("2024-06-20")),
        "| 20.06.2024, 14:05": Fields(date=day("2024-06-20T14:05")),
        "2024年6月20日": Fields(date=day("2024-06-20")),
    },
    "updated": {"20 juin 2024": Fields(updated=day("2024-06-20"))},
    "title": {"Quay closed": Fields(), "Kai bleibt zu – wie lange noch?": Fields()},
    "headline": {"Council votes on higher harbour fees": Fields(), "परिषद बंदरगाह शुल्क पर मतदान करेगी": Fields()},
    "notice": {"All rights reserved.": Fields(), "Tous droits réservés. Reproduction interdite.": Fields()},
    "tags": {"harbour, ferries": Fields(), "港口、渡轮": Fields(), "#quay #ferry": Fields(), "harbour": Fields()},
    "role": {"Editor of the Quay Page": Fields(), "Redakteurin": Fields(), "staff-reporter": Fields()},
    "number": dict.fromkeys(("3", "1,204", "12 345", "1.2K", "3 万", "(7)"), Fields()),
    "time": dict.fromkeys(("14:05", "2:05 p.m.", "14h30", "23:59:59"), Fields()),
    "url": dict.fromkeys(("https://example.com/a?b=1", "www.example.com"), Fields()),
    "email": dict.fromkeys(("a.b+c@news.example.com", "(a@example.com)"), Fields()),
    "account": dict.fromkeys(("@jane_doe", "examplenews"), Fields()),
    "handle": dict.fromkeys(("@jane_doe", "@李"), Fields()),
    "initials": dict.fromkeys(("dpa", "sda/sep", "ан/вк"), Fields()),
}

REFUSED: dict[str, tuple[str, ...]] = {
    "names": ("by the river", "12", "Harbour office closed", ""),
    "person": ("Harbour Office", "Quay Street"),
    "helpers": ("the quay", "Friday evening"),
    "desk": ("Jane Doe", "the quay", "News Desk News Desk News"),
    "agency": ("Harbour News", "reuters", "Reuters and others"),
    "source": ("a harbour was closed", "Rain Fell!", "One Two Three Four Five Six Seven", "X" * 61, "...", "localhost"),
    "place": ("harbour", "berlin", "Berlin, Paris, London, Rome", "Berlin, Nowhereville"),
    "date": ("June 20", "yesterday", "31 February 2024", "20 June 2024 in the port"),
    "updated": ("June 20",),
    "title": ("The quay closed.", "码头关闭。", "घाट बंद हुआ।", "Quay closed:", "ab", "123", "Q" * 161),
    "headline": (
        "The Old Quay",
        "he has two children and no work",
        "Is the quay closed for a year?",
        "The quay is closed for good.",
    ),
    "notice": ("All rights reserved", "Reserved."),
    "tags": ("the quay was closed on Monday, sadly", "harbour, ferries.", " , ", "h" * 41),
    "role": ("harbour master", "editor of a paper that nobody had read", ""),
    "number": ("x", "1,20,4", "12%", "1234567890123"),
    "time": ("25:00", "9:5", "14:60", "1405"),
    "url": ("example.com", "https://a b", "ftp://example.com/a"),
    "email": ("a@b", "example.com", "a@example.com and b@example.com"),
    "account": ("the mayor", "of", "news.example"),
    "handle": ("jane", "@", "@jane doe"),
    "initials": ("a", "abc/d", "harbour", "a1b"),
}


@pytest.mark.parametrize(("slot", "text"), [(slot, text) for slot, texts in READ.items() for text in texts])
def test_a_slot_reads(slot: str, text: str) -> None:
    assert SLOTS[slot].read(text, CONTEXT) == READ[slot][text]


@pytest.mark.parametrize(("slot", "text"), [(slot, text) for slot, texts in REFUSED.items() for text in texts])
def test_a_slot_refuses(slot: str, text: str) -> None:
    assert SLOTS[slot].read(text, CONTEXT) is None


def test_every_slot_is_tested_and_documented() -> None:
    roles = {"reporters", "editors", "photographers", "translators"}
    assert READ.keys() | roles == REFUSED.keys() | roles == SLOTS.keys()
    page = (ROOT / "docs" / "how-to" / "add-a-byline-shape.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`\{(\w+)\}`", page)) >= SLOTS.keys()


@pytest.mark.parametrize(
    ("slot", "role"),
    [("reporters", "reporter"), ("editors", "editor"), ("photographers", "photographer"), ("translators", "translator")],
)
def test_a_slot_of_people_gives_them_its_role(slot: str, role: str) -> None:
    fields = SLOTS[slot].read("Jane Doe", Context(grammar=CONTEXT.grammar, person_role="author"))
    assert fields is not None
    assert [person.role for person in fields.people] == [role]


def test_names_have_the_role_of_the_rule() -> None:
    fields = SLOTS["names"].read("Jane Doe", Context(grammar=CONTEXT.grammar, person_role="interviewer"))
    assert fields is not None
    assert [person.role for person in fields.people] == ["interviewer"]


@pytest.mark.parametrize(("language", "name"), [("tr", "Işıl Kaya"), ("en", "Işil Kaya")])
def test_capitals_are_lowered_as_the_language_does(language: str, name: str) -> None:
    fields = SLOTS["names"].read("IŞIL KAYA", Context(grammar=CONTEXT.grammar, languages=(language,)))
    assert fields is not None
    assert [person.name for person in fields.people] == [name]


def test_the_order_of_day_and_month_is_the_site_s() -> None:
    def read(day_first: bool) -> str | None:
        fields = SLOTS["date"].read("5/6/2024", Context(grammar=CONTEXT.grammar, day_first=day_first))
        return fields.date.value if fields and fields.date else None

    assert (read(day_first=True), read(day_first=False)) == ("2024-06-05", "2024-05-06")


# Most lines are rejected by the cheap conditions of a slot, so these may never reject what it would read.

PEOPLE = ("María Pérez", "JANE DOE", "Jan van der Meer", "李思远", "Tom O'Hara", "Ömer Şahin")
NAMES = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3)
SHAPES = (
    *("{:%d %B %Y}", "{:%A, %B %d, %Y}", "{:%d.%m.%Y}, 14.05 Uhr", "{:%Y-%m-%d} 14:05 UTC"),
    *("{:%Y年%m月%d日}", "le {:%d/%m/%Y} à 14h05", "({:%b %d, %Y})"),
)
DATES = st.builds(str.format, st.sampled_from(SHAPES), st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)))
WRITTEN = st.one_of(
    st.tuples(NAMES, st.sampled_from((", ", " and ", " & ", " / "))).map(lambda parts: parts[1].join(parts[0])),
    DATES,
    st.sampled_from([text for texts in READ.values() for text in texts]),
    st.sampled_from(sorted(CONTEXT.grammar.agencies)),
    st.sampled_from(sorted(CONTEXT.grammar.names.roles)).map("Chief {}".format),
    st.text(max_size=20),
)


@given(WRITTEN)
def test_a_condition_rejects_nothing_that_the_slot_reads(written: str) -> None:
    assert_conditions_hold(written.strip())


def test_a_condition_rejects_nothing_that_is_tested_here() -> None:
    for text in {text for texts in READ.values() for text in texts}:
        assert_conditions_hold(text)


def assert_conditions_hold(text: str) -> None:
    for name, slot in SLOTS.items():
        if slot.read(text, CONTEXT) is None:
            continue
        assert slot.may_open is None or slot.may_open(text, CONTEXT), name
        assert slot.may_open is None or slot.may_open(f"{text} | and so on", CONTEXT), name
        assert slot.may_close is None or slot.may_close(text, CONTEXT), name
        assert slot.may_close is None or slot.may_close(f"and so on | {text}", CONTEXT), name
        assert slot.sign in text, name
        assert not slot.needs_digit or any(map(str.isdigit, text)), name
        if slot.texts is not None:
            assert fold(text) in {fold(known) for known in slot.texts(CONTEXT.grammar)}, name
        if slot.words is not None:
            words = {word.strip(".,") for word in text.lower().replace("-", " ").split()}
            assert words & set(slot.words(CONTEXT.grammar)), name


@pytest.mark.parametrize(
    ("slot", "end", "text"),
    [
        ("names", "may_open", "the quay was closed on Monday"),
        ("person", "may_open", "Quay closed after pillars crack"),
        ("date", "may_open", "Quay closed"),
        ("date", "may_close", "closed for a year"),
        ("updated", "may_close", "closed for a year!"),
        ("number", "may_open", "closed"),
        ("time", "may_open", "at 14:05"),
    ],
)
def test_a_condition_rejects_prose(slot: str, end: str, text: str) -> None:
    condition = getattr(SLOTS[slot], end)
    assert not condition(text, CONTEXT)


FIELDS = st.builds(
    Fields,
    people=st.lists(st.sampled_from(people("Jane Doe", "Tom Roe")), max_size=2).map(tuple),
    **{name: st.sampled_from((None, "a", "b")) for name in ("agency", "source", "place")},
    **{name: st.sampled_from((None, day("2024-06-20"), day("2024-06-21"))) for name in ("date", "updated")},
)


SINGLE = ("agency", "source", "place", "date", "updated")


@given(FIELDS, FIELDS, FIELDS)
def test_fields_add_up_from_left_to_right(one: Fields, two: Fields, three: Fields) -> None:
    assert (one | two) | three == one | (two | three)
    assert one | Fields() == Fields() | one == one
    both = one | two
    assert both.people == one.people + two.people
    for left, right, joined in zip(*(tuple(getattr(each, name) for name in SINGLE) for each in (one, two, both)), strict=True):
        assert joined == (left if left is not None else right)


@given(st.text(max_size=60))
def test_a_slot_answers_any_text(text: str) -> None:
    assert all(isinstance(slot.read(text, CONTEXT), Fields | None) for slot in SLOTS.values())
