"""How lines are held against rules: forms, openings, hints and what looks up a template."""

from __future__ import annotations

import pytest

from newsnorm import Catalogue
from newsnorm.catalogue import LineForms, Rule
from newsnorm.catalogue.templates import TEMPLATE_LIMIT
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import normalise_for_template

RULES = Catalogue.default().narrow("en")


def test_a_line_beyond_the_limit_has_no_forms_and_matches_nothing() -> None:
    forms = LineForms("a" * (TEMPLATE_LIMIT + 1))
    assert (forms.folded, list(forms.words), forms.normalised, forms.lowered) == ("", [], "", "")
    assert RULES.matches(forms) == ()


@pytest.mark.parametrize("line", ["• Crédit：“Example”", "\u200fآخر الأخبار", "İSTANBUL — haber", "３ comments", "By\tAna  Ng"])
def test_forms_do_not_depend_on_the_order_in_which_they_are_asked(line: str) -> None:
    first, second = LineForms(line), LineForms(line)
    assert first.lowered == lower_same_length(second.normalised) == lower_same_length(normalise_for_template(line))
    assert len(first.lowered) == len(first.normalised)


@pytest.mark.parametrize("line", ["Reuters", "reuters.", "(AFP)", "Associated Press", "ap", "Reuters said"])
def test_a_line_that_is_an_agency_is_found_as_its_slot_reads_it(line: str) -> None:
    rule = next(rule for rule in Catalogue.default().rules if rule.id == "common.byline.agency")
    expected = rule.id in [match.rule.id for match in RULES.matches(LineForms(line))]
    assert expected == (line in ("Reuters", "(AFP)", "Associated Press"))


def test_the_opening_of_a_long_line_is_evidence_where_no_rule_acts() -> None:
    opening = next(
        phrase
        for rule in Catalogue.default().rules
        if rule.kind == "start" and rule.table == "removal" and not rule.needs
        for phrase in rule.phrases
    )
    line = f"{opening} {'and so on ' * 40}"
    assert RULES.matches(LineForms(line)) == ()
    assert RULES.opening_matches(LineForms(line))
    assert RULES.opening_matches(LineForms("The quay closes on Monday, the port said.")) == ()


def test_the_hints_of_a_catalogue_are_found_by_their_lower_case_name() -> None:
    rule = Rule(id="ours.removal.aside", table="removal", kind="hint", phrases=("Related-Box",), reason="related")
    rules = (Catalogue.default() | Catalogue(rules=(rule,))).narrow("en")
    assert rules.has_hints
    assert not RULES.has_hints
    assert rules.hint("related-box") == rule
    assert rules.hint("related") is None


@pytest.mark.parametrize(
    ("line", "matches"),
    [
        ("Sign up for our newsletter.", True),
        ("Sign up for the Sunday newsletters of the Echo", True),
        ("Sign up by Friday if you want a plot.", False),
        ("“Sign up for our newsletter,” the fishmonger said.", False),
        ("Sign up for the enewsletter", False),
        ("Sign up", False),
    ],
)
def test_an_opening_with_needs_asks_for_one_of_them(line: str, *, matches: bool) -> None:
    rule = Rule(
        id="ours.removal.plea", table="removal", kind="start", phrases=("Sign up",), needs=("newsletter",), reason="subscription"
    )
    rules = Catalogue(rules=(rule,)).narrow("en")
    assert bool(rules.matches(LineForms(line))) == matches
    assert bool(rules.opening_matches(LineForms(line.strip("“")))) == ("newsletter" in line and "enews" not in line)
