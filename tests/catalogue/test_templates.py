"""A line fits a template as a whole or not at all, and then its slots read what stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsnorm.catalogue import Catalogue, LineForms
from newsnorm.catalogue.rules import Rule
from newsnorm.catalogue.slots import SLOTS, Context, Fields, Slot
from newsnorm.catalogue.templates import TEMPLATE_LIMIT, Template, check_template, is_template
from newsnorm.errors import CatalogueError
from newsnorm.grammar import Grammar
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import normalise_for_template

CONTEXT = Context(grammar=Grammar.default())


def match(phrase: str, line: str) -> Fields | None:
    normal = normalise_for_template(line)
    return Template.of(phrase, "ours.toml: ours.x").match(normal, lower_same_length(normal), CONTEXT)


def names(fields: Fields | None) -> Sequence[str] | None:
    return None if fields is None else [person.name for person in fields.people]


@pytest.mark.parametrize(
    ("phrase", "line", "people"),
    [
        ("By {names}", "By María Pérez", ["María Pérez"]),
        ("By {names}", "•  BY  MARÍA PÉREZ", ["María Pérez"]),
        ("Von {names} und {photographers}", "Von Anna Weber und Jan Kern", ["Anna Weber", "Jan Kern"]),
        ("记者{names}", "记者李思远", ["李思远"]),
        ("（记者：{names}）", "(记者:李思远)", ["李思远"]),
        ("{names}記者", "山田花子記者", ["山田花子"]),
        ("Ein Text von {names} (Foto)", "Ein Text von Anna Weber (Foto)", ["Anna Weber"]),
        ("By {names} - {place} - {date}", "By Jean-Luc Renard - PARIS - 3 May 2024", ["Jean-Luc Renard"]),
        ("بقلم {names}", "بقلم ليلى الحداد", ["ليلى الحداد"]),
    ],
)
def test_names_are_read_from_a_line_that_fits(phrase: str, line: str, people: list[str]) -> None:
    assert names(match(phrase, line)) == people


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("By {names}", "By"),
        ("By {names}", "By "),
        ("By {names}", "ByMaría Pérez"),
        ("{names} on {date}", "María Pérezon 3 May 2024"),
        ("{names} on {date}", "María Pérez onto 3 May 2024"),
        ("By {names}", "Standby María Pérez"),
        ("By {names}", "Report by María Pérez"),
        ("By {names} today", "By María Pérez"),
        ("By {names} today", "By María Pérez todays"),
        ("By {names} today", "By María Péreztoday"),
        ("By {names}", "By the harbour office"),
        ("{names} / {place}", "Elif Karahan / Belediye Meclisi"),
        ("{title} - {source}", "Quay closed - it was a cold morning at the harbour."),
        ("{number} comments", " comments"),
        ("{number} comments", "3comments4"),
    ],
)
def test_a_line_that_does_not_fit_reads_nothing(phrase: str, line: str) -> None:
    assert match(phrase, line) is None


def test_each_place_of_a_literal_is_tried() -> None:
    fields = match("{title} - {source}", "Quay closed - what now? - The Harbour Times")
    assert fields is not None
    assert fields.source == "The Harbour Times"
    assert match("{title}: {date}", "Updated: Quay closed: 3 May 2024") is not None


def test_slots_add_up_in_their_order() -> None:
    fields = match("{names} | {place} | {date} | Updated: {updated}", "Jane Doe | LONDON | 3 May 2024 | Updated: 4 May 2024")
    assert fields is not None
    assert (names(fields), fields.place) == (["Jane Doe"], "LONDON")
    assert fields.date is not None
    assert fields.updated is not None
    assert (fields.date.value, fields.updated.value) == ("2024-05-03", "2024-05-04")


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("By names", "'By names' has no known slot (none); known: names, person"),
        ("By {nmaes} on {dtae}", "(nmaes, dtae); known: names"),
        ("By {names} {nmaes}", "(nmaes)"),
        ("{names}{date}", "two slots touch in '{names}{date}'"),
        ("By {names} on {date}{time}", "two slots touch"),
        ("", "has no known slot"),
    ],
)
def test_a_wrong_phrase_is_refused_with_its_place(phrase: str, says: str) -> None:
    with pytest.raises(CatalogueError) as error:
        Template.of(phrase, "lang/en.toml: en.byline.x")
    assert str(error.value).startswith("lang/en.toml: en.byline.x: ")
    assert says in str(error.value)


def test_literals_and_slots_are_returned_as_they_are_written() -> None:
    assert check_template("BY  {names} – {date}", "x") == ["BY  ", "names", " – ", "date", ""]
    template = Template.of("BY  {names} – {date}", "x")
    assert (template.literals, template.slots) == (("by", "-", ""), ("names", "date"))


@pytest.mark.parametrize(
    ("phrase", "key", "needs_digit"),
    [
        ("By {names}", "by", False),
        ("{agency}", "", False),
        ("{names} {date}", "", True),
        ("{number} comments", "comments", True),
        ("Mail: {email}", "mail:", False),
        ("{title} {handle}", "@", False),
        ("See {url}", "see", False),
    ],
)
def test_a_template_says_what_a_line_must_hold(phrase: str, key: str, needs_digit: bool) -> None:
    template = Template.of(phrase, "x")
    assert (template.key, template.needs_digit) == (key, needs_digit)


@pytest.mark.parametrize(
    ("phrase", "is_one"), [("By {names}", True), ("{x}", True), ("By {} names", False), ("By names}", False)]
)
def test_a_phrase_with_a_slot_is_a_template(phrase: str, is_one: bool) -> None:
    assert is_template(phrase) is is_one


# A phrase whose slots are filled with what they read fits the line that results. (A line's leading bullets are not looked at.)

FILLERS = {
    "names": ("María Pérez", "Jane Doe and Tom Roe"),
    "agency": ("Reuters", "AFP"),
    "place": ("LONDON", "Paris"),
    "date": ("3 May 2024", "2024-05-03"),
    "number": ("12", "1,204"),
    "time": ("14:05",),
    "email": ("jane@example.com",),
    "url": ("https://example.com/a",),
    "handle": ("@jane_doe",),
    "role": ("Chief Editor",),
}
FILLED = st.sampled_from(sorted(FILLERS)).flatmap(lambda slot: st.tuples(st.just(slot), st.sampled_from(FILLERS[slot])))
WORDS = ("By", "Von:", "Text", "|", "“Quote”", "写", "Σχόλια", "ПО", "I·")
LITERALS = st.sampled_from((*WORDS, "—", "•", "»"))
PARTS = st.tuples(st.sampled_from(WORDS), st.lists(st.tuples(FILLED, LITERALS), min_size=1, max_size=3))


def write(parts: tuple[str, list[tuple[tuple[str, str], str]]]) -> tuple[str, str]:
    """A phrase with slots, and the line in which each slot is filled."""
    first, rest = parts
    phrase = line = first
    for (slot, text), literal in rest:
        phrase += f" {{{slot}}} {literal}"
        line += f" {text} {literal}"
    return phrase, line


@given(PARTS, st.sampled_from((str, str.upper)))
def test_a_filled_template_fits(parts: tuple[str, list[tuple[tuple[str, str], str]]], print_as: type[str]) -> None:
    phrase, line = write(parts)
    assume(all(SLOTS[slot].read(print_as(text), CONTEXT) is not None for (slot, text), _ in parts[1]))
    fields = match(phrase, print_as(line))
    assert fields is not None, line
    read = [SLOTS[slot].read(print_as(text), CONTEXT) for (slot, text), _ in parts[1]]
    assert fields.people == tuple(person for each in read if each is not None for person in each.people)
    rule = Rule(id="ours.byline.x", table="byline", kind="template", phrases=(phrase,))
    assert [
        found.rule for found in attrs.evolve(Catalogue.default(), rules=(rule,)).narrow("en").matches(LineForms(print_as(line)))
    ] == [rule]


@given(PARTS, st.sampled_from(("x ", " x", "x")), st.booleans())
def test_one_word_more_and_it_does_not_fit(
    parts: tuple[str, list[tuple[tuple[str, str], str]]], more: str, is_before: bool
) -> None:
    phrase, line = write(parts)
    assume(normalise_for_template(line).startswith(parts[0][:1]))
    assert match(phrase, f"{more}{line}" if is_before else f"{line}{more}x") is None


@given(st.text(max_size=40), st.sampled_from(("By {names}", "{title} - {source}", "{names} {date}", "{number} comments")))
def test_a_template_answers_any_line(line: str, phrase: str) -> None:
    assert isinstance(match(phrase, line), Fields | None)


@pytest.mark.parametrize("line", ["- " * 120, "a-" * 120, "a - " * 60, "1 | " * 60])
def test_the_longest_line_is_read_in_bounded_steps(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    title = SLOTS["title"]

    def counted(text: str, context: Context) -> Fields | None:
        nonlocal asked
        asked += 1
        return title.read(text, context)

    monkeypatch.setitem(cast("dict[str, Slot]", SLOTS), "title", attrs.evolve(title, read=counted))
    match("{title} - {title} - {title} - {names}", line[:TEMPLATE_LIMIT])
    assert asked < TEMPLATE_LIMIT**2
