"""Word the rules that decided, and find the phrases of a rule that match a line, so that reviewers can correct rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import attrs

from newsnorm.catalogue import Catalogue, LineForms, Rule
from newsnorm.passes import CODE_RULES
from newsnorm.records.schema import Json
from newsnorm.report.explain import rule_sentence
from newsnorm.report.html.index import RuleText

_KEYS = ("kind", "reason", "zone", "tier", "side", "only_in", "host", "needs", "truncates", "role", "credit", "person_role")
"""The keys of a rule file besides id, phrases and never, in the order in which they are written."""


@attrs.frozen(order=True)
class TakenLine:
    """A line that a rule took."""

    rule: str
    line: str
    language: str
    """The language of its article."""


def rule_texts(ids: Iterable[str], catalogue: Catalogue) -> list[RuleText]:
    """Describe rules, sorted by id; for a rule in neither catalogue nor code, only its id is given."""
    by_code = {rule.id: rule.says for rule in CODE_RULES}
    by_id = {rule.id: rule for rule in catalogue.rules}
    return [_rule_text(name, by_id.get(name), by_code.get(name, "")) for name in sorted(ids)]


def _rule_text(id: str, rule: Rule | None, says: str) -> RuleText:
    if rule is None:
        return RuleText(id=id, says=says, origin="code")
    table = _table(rule) if rule.origin == "curated" else None
    return RuleText(id=id, says=rule_sentence(rule), origin=rule.origin, table=table)


def _table(rule: Rule) -> Mapping[str, Json]:
    """Return the keys of a rule that differ from their defaults, as for a rule file in any folder."""
    usual = {field.name: field.default for field in attrs.fields(Rule)}
    keys: dict[str, Json] = {"table": rule.table, "id": rule.id}
    for name in _KEYS:
        value = getattr(rule, name)
        if value != usual[name]:
            keys[name] = list(value) if isinstance(value, tuple) else value
    if rule.is_translated and not rule.only_in:  # the rule's file is not in the folder of its language
        keys["only_in"] = [rule.language]
    return keys | {"phrases": list(rule.phrases), "never": list(rule.never)}


def phrase_hits(taken: Iterable[TakenLine], catalogue: Catalogue) -> Mapping[str, Mapping[str, Sequence[int]]]:
    """
    Find which phrases of a rule match each of the lines that it took.

    Args:
        taken: the lines.
        catalogue: the rules.

    Returns:
        Rule → line → numbers of the phrases; lines that no phrase matches by itself, such as those below a label, are left out.

    """
    rules = {rule.id: rule for rule in catalogue.rules if rule.origin == "curated"}
    hits: dict[str, dict[str, Sequence[int]]] = {}
    for each in sorted(set(taken)):
        if each.rule in rules and (found := _matching(rules[each.rule], each)):
            hits.setdefault(each.rule, {})[each.line] = found
    return hits


def _matching(rule: Rule, taken: TakenLine) -> list[int]:
    """Return the numbers of the phrases of a rule that match a line, in its language or in any."""
    forms = LineForms(taken.line)
    codes = dict.fromkeys((taken.language, "und"))
    return [
        number
        for number, single in enumerate(_by_phrase(rule))
        if any(single.narrow(code, rule.host).matches(forms) for code in codes)
    ]


@cache
def _by_phrase(rule: Rule) -> tuple[Catalogue, ...]:
    """Return one catalogue per phrase of a rule, with only that phrase."""
    return tuple(Catalogue(rules=(attrs.evolve(rule, phrases=(phrase,)),)) for phrase in rule.phrases)
