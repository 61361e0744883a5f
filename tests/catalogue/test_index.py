"""Looking phrases up: nothing that matches a line is left out by the index."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import Catalogue
from newsnorm.catalogue import Context, LineForms, Rule, Rules
from newsnorm.catalogue.forms import OPENING_LIMIT, opening_keys
from newsnorm.catalogue.index import OPENING_WORDS, SLOTS_ONLY_LIMIT, START_LIMIT, PhraseIndex, starts_with
from newsnorm.catalogue.slots import SLOTS
from newsnorm.catalogue.templates import Template, is_template
from newsnorm.text.folding import fold
from newsnorm.text.scripts import QUOTES, is_spaced

CATALOGUE = Catalogue.default()
RULES = CATALOGUE.rules
ALL = CATALOGUE.narrow("und")

FILLERS = {
    "date": ["3 May 2024", "Monday", "12. Juni 2023, 10:15 Uhr"],
    "updated": ["4 May 2024 at 6 p.m."],
    "number": ["12", "1,204", "x"],
    "time": ["10:15"],
    "email": ["jane@example.com"],
    "handle": ["@jane"],
    "url": ["www.example.com/a"],
    "agency": ["Reuters", "dpa", "共同通信"],
    "role": ["Chief Reporter", "Redakteur", "harbour"],
    "place": ["London", "Malmö"],
    "source": ["Harbour News", "example.com"],
}
NAMES = ["Jane Miller", "Dr. Anna Weber", "José Pérez and Tom O'Hara", "MARÍA PÉREZ", "王小明", "Harbour Office", "the quay"]
PHRASES = sorted({phrase for rule in RULES if rule.kind != "hint" for phrase in rule.phrases})


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A phrase of the catalogue with its slots filled, perhaps with signs or words around it, in another case or cut."""
    phrase = draw(st.sampled_from(PHRASES))
    filled = re.sub(r"\{(\w+)\}", lambda slot: draw(st.sampled_from(FILLERS.get(slot.group(1), NAMES))), phrase)
    filled = draw(st.sampled_from(["", "", "", "• ", "(", "- ", "the ", "12 "])) + filled
    filled += draw(st.sampled_from(["", "", "", ".", ":", " →", ", 3 May 2024", " and more", "s"]))
    others = (filled.upper(), filled.title(), filled[: len(filled) // 2], filled.replace(" ", "  "))
    return draw(st.sampled_from([filled, filled, *others]))


def obvious(rule: Rule, line: str, context: Context) -> bool:
    """Return whether a rule matches a line: each phrase held against it, one after the other."""
    forms, folded, context = LineForms(line), fold(line), attrs.evolve(context, person_role=rule.person_role)
    if not forms.words:
        return False
    for phrase in rule.phrases:
        if is_template(phrase):
            template = Template.of(phrase, phrase)
            fits = template.match(forms.normalised, forms.lowered, context) is not None
            if fits and (has_words(template) or is_short(forms.lowered)):
                return True
        elif rule.kind == "start":
            may_match = not rule.needs or (line[0] not in QUOTES and holds_need(rule, folded))
            if may_match and len(line) <= START_LIMIT and starts_with(folded, fold(phrase)):
                return True
        elif folded == fold(phrase):
            return True
    return False


def holds_need(rule: Rule, folded: str) -> bool:
    """Return whether a folded line holds a text that the rule needs; if spaces part words, from the beginning of one on."""
    for need in map(fold, rule.needs):
        starts = [at for at in range(len(folded)) if folded.startswith(need, at)]
        if any(at == 0 or not is_spaced(need[0]) or not is_spaced(folded[at - 1]) for at in starts):
            return True
    return False


def has_words(template: Template) -> bool:
    """Return whether a template has a literal in front, or one with a word in letters of scripts with spaces."""
    words = [fold(literal).split() for literal in template.literals]
    return template.literals[0] != "" or any(parts and all(map(is_spaced, "".join(parts))) for parts in words)


def is_short(lowered: str) -> bool:
    return len(lowered) <= (60 if lowered.endswith(".") and not lowered.endswith("m.") else SLOTS_ONLY_LIMIT)


def openings(line: str) -> Iterator[str]:
    """Yield the removals whose phrases open a line: each phrase held against its first code points."""
    folded = fold(line if len(line) <= 240 else line[:OPENING_LIMIT])
    for rule in RULES:
        for phrase in map(fold, rule.phrases if rule.table == "removal" and rule.kind not in ("run", "hint") else ()):
            if len(phrase) > OPENING_LIMIT or is_template(phrase):
                continue
            if rule.kind == "start" and starts_with(folded, phrase) and (not rule.needs or holds_need(rule, folded)):
                yield rule.id
            if rule.kind != "start" and len(phrase.split()) in OPENING_WORDS and f"{folded} ".startswith(f"{phrase} "):
                yield rule.id


@given(lines())
def test_the_index_finds_what_holding_every_phrase_against_the_line_finds(line: str) -> None:
    found = {match.rule.id for match in ALL.matches(LineForms(line))}
    likely = [rule for rule in RULES if rule.kind != "hint" and rule.id not in found and shares_letters(rule, line)]
    assert [rule.id for rule in likely if obvious(rule, line, ALL.context)] == []


@given(lines())
def test_what_the_index_finds_matches(line: str) -> None:
    found = {match.rule.id for match in ALL.matches(LineForms(line))}
    assert [rule.id for rule in RULES if rule.id in found and not obvious(rule, line, ALL.context)] == []


@given(st.lists(lines()))
def test_a_line_is_held_against_each_entry_once(page: list[str]) -> None:
    forms = [form for form in LineForms.of_lines((*page, "• a", "- 転載禁止")).values() if form.words]
    for index in ALL.indexes:
        pairs = index.look_up(forms, ALL.context)
        assert len(pairs) == len({(id(form), id(entry)) for form, entry in pairs})


def shares_letters(rule: Rule, line: str) -> bool:
    """Return whether a phrase may match at all: each of its literals stands in the line. It only makes the test faster."""
    folded = fold(line)
    return any(all(fold(part) in folded for part in re.split(r"\{\w+\}", phrase)) for phrase in rule.phrases)


@given(lines(), st.sampled_from(["", " and so on" * 30]))
def test_openings_are_found_as_every_phrase_held_against_the_line_finds_them(line: str, rest: str) -> None:
    found = [rule.id for rule in ALL.opening_matches(LineForms(line + rest))]
    assert set(found) == set(openings(line + rest))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.kind == "template"], ids=lambda rule: rule.id)
def test_a_template_is_found_alone(rule: Rule) -> None:
    alone = Rules(context=ALL.context, indexes=(PhraseIndex.of([rule], CATALOGUE.grammar),))
    for example in rule.examples:
        assert {match.rule.id for match in alone.matches(LineForms(example.line))} == {rule.id}


@given(st.text(max_size=20), st.sampled_from(PHRASES))
def test_a_text_that_a_slot_reads_meets_its_conditions(text: str, phrase: str) -> None:
    context = ALL.context
    for sample in (text, phrase, *NAMES, *(filler for fillers in FILLERS.values() for filler in fillers)):
        line = " ".join(sample.split())
        for name, slot in SLOTS.items():
            if line and slot.read(line, context) is not None:
                assert slot.may_open is None or slot.may_open(f"{line} and more", context), (name, line)
                assert slot.may_close is None or slot.may_close(f"more {line}", context), (name, line)
                assert slot.sign in line, (name, line)
                assert not slot.needs_digit or re.search(r"\d", line), (name, line)


@given(st.sampled_from(PHRASES).map(fold), st.sampled_from(["", " x", "x", "中", " 中国", "の"]))
def test_a_line_is_looked_up_under_the_key_of_every_phrase_that_opens_it(phrase: str, rest: str) -> None:
    if phrase and starts_with(phrase + rest, phrase):
        assert opening_keys(phrase.split())[-1] in opening_keys((phrase + rest).split())
