"""Check rules against their own lines: each must match its `examples` with the stated values, and none of its `never` lines."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from newsnorm.catalogue.forms import LineForms
from newsnorm.catalogue.matching import Match, Rules
from newsnorm.catalogue.narrowing import Narrowing
from newsnorm.catalogue.rules import Example, Rule
from newsnorm.grammar import Grammar


def failures_of(rule: Rule, grammar: Grammar) -> Iterator[str]:
    """
    Yield a message for each of its lines that a rule fails, tested alone on a page where it holds; hints have no lines.

    Args:
        rule: the rule.
        grammar: the tables that slots read with.

    >>> rule = Rule(id="a.b", table="removal", kind="line", reason="advert", phrases=("kiosk",), never=("Kiosk!", "It burns."))
    >>> list(failures_of(rule, Grammar.default()))
    ["it matches 'Kiosk!', which is in never"]

    """
    if rule.kind == "hint" or not (rule.examples or rule.never):
        return
    alone = _alone(rule, grammar)
    for example in rule.examples:
        matches = alone.matches(LineForms(example.line))
        if not matches:
            yield f"it does not match its example {example.line!r}"
        elif not any(_reads_as(match, example) for match in matches):
            yield f"its example {example.line!r} is not read as stated: {_read(matches[0])}"
    yield from (f"it matches {line!r}, which is in never" for line in rule.never if alone.matches(LineForms(line)))


def _alone(rule: Rule, grammar: Grammar) -> Rules:
    """Return rules with this rule only, narrowed to a page of its language and host."""
    language = rule.language or (rule.only_in[0] if rule.only_in else "und")
    return Narrowing((rule,), (), grammar).rules_for(language, rule.host.removeprefix("."))


def _values(match: Match) -> dict[str, object]:
    fields = match.fields
    return {
        "names": tuple(person.name for person in fields.people),
        "agency": fields.agency,
        "source": fields.source,
        "place": fields.place,
        "date": fields.date.value if fields.date else None,
        "updated": fields.updated.value if fields.updated else None,
    }


def _reads_as(match: Match, example: Example) -> bool:
    """Return whether a match has the values that an example states."""
    stated = attrs.asdict(example, filter=lambda attribute, value: attribute.name != "line" and bool(value))
    read = _values(match)
    return all(read[key] == value for key, value in stated.items())


def _read(match: Match) -> str:
    return ", ".join(f"{key} = {value!r}" for key, value in _values(match).items() if value) or "no values"
