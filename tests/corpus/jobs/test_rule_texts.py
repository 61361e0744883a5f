"""Rules are written for reviewers so that they decide the same in a file of their own."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm.catalogue import Catalogue, LineForms, Rule
from newsnorm.corpus.jobs.report.rule_texts import TakenLine, phrase_hits, rule_texts

SHIPPED = Catalogue.default()
CURATED = [rule for rule in SHIPPED.rules if rule.origin == "curated"]


def decides(rule: Rule) -> Rule:
    """Return what decides of a rule; a rule of a language holds on its pages alone, wherever its file lies."""
    only_in = rule.only_in or ((rule.language,) if rule.is_translated else ())
    return attrs.evolve(rule, examples=(), language="", only_in=only_in)


def test_a_table_loads_as_the_rule_that_it_shows(tmp_path: Path) -> None:
    texts = rule_texts([rule.id for rule in CURATED], SHIPPED)
    lines: list[str] = []
    for text in texts:
        assert text.table is not None
        keys = dict(text.table)
        lines.append(f"[[{keys.pop('table')}]]")
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    path = tmp_path / "rules.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    loaded = {rule.id: rule for rule in Catalogue.load(path).rules}
    assert loaded == {rule.id: decides(rule) for rule in CURATED}


def test_a_rule_of_code_and_an_unknown_one_have_no_table() -> None:
    code, unknown = rule_texts(["title.weighed", "own.rule"], SHIPPED)[::-1]
    assert (code.origin, code.table, bool(code.says)) == ("code", None, True)
    assert (unknown.id, unknown.says) == ("own.rule", "")


@given(st.sampled_from([rule for rule in CURATED if rule.kind == "line"]), st.randoms())
def test_a_rule_without_the_phrases_that_match_does_not_match(rule: Rule, chance: object) -> None:
    line = chance.choice(rule.phrases)  # type: ignore[attr-defined]
    hits = phrase_hits([TakenLine(rule.id, line, "en")], SHIPPED)[rule.id][line]
    left = tuple(phrase for number, phrase in enumerate(rule.phrases) if number not in hits)
    assert rule.phrases.index(line) in hits
    assert not left or not phrase_hits([TakenLine(rule.id, line, "en")], Catalogue(rules=(attrs.evolve(rule, phrases=left),)))


def test_a_template_is_matched_in_the_language_of_the_article() -> None:
    line = "Veröffentlicht am 20. Juni 2024"
    taken = [TakenLine(match.rule.id, line, "de") for match in SHIPPED.narrow("de").matches(LineForms(line))]
    assert {each.rule for each in taken} == set(phrase_hits(taken, SHIPPED))


def test_a_line_below_a_label_matches_no_phrase() -> None:
    article = newsnorm.parse("It rained in Ulm on Monday, the mayor said, and on Tuesday.\nRelated articles\nQuay to close")
    taken = [TakenLine(removal.rule, removal.text, "en") for removal in article.removals]
    hits = phrase_hits(taken, SHIPPED)
    assert any(line == "Related articles" for lines in hits.values() for line in lines)
    assert not any(line == "Quay to close" for lines in hits.values() for line in lines)
