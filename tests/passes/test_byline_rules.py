"""
A byline rule whose example names an author gives the article that author.

A rule's examples prove that its templates fit. An article needs more: its byline is read word by word and weighed, and of a
template only the words before the names count there. The examples that fit but name nobody, or somebody else, are listed in
``unmet_byline_examples.txt``; the list must be exact, so an example that is newly met has to leave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import attrs
import pytest

import newsnorm
from newsnorm.catalogue import Catalogue, LineForms
from newsnorm.catalogue.rules import Rule
from newsnorm.parser import Parser, parse_page
from newsnorm.records import WRITERS, Language
from newsnorm.testing import cases, shipped
from newsnorm.text.folding import fold

pytestmark = pytest.mark.slow  # an article for each of some 700 examples

UNMET = Path(__file__).with_name("unmet_byline_examples.txt")


@cache
def reports() -> Mapping[str, tuple[str, str]]:
    """Language → headline and text of the first shipped case in it that has two paragraphs."""
    found: dict[str, tuple[str, str]] = {}
    for case in [*cases(shipped() / "articles"), *cases(shipped() / "untouched")]:
        language = case.path.joinpath("about.toml").read_text(encoding="utf-8").partition('language = "')[2][:2]
        expected = case.expected or {}
        title, paragraphs = expected.get("title"), expected.get("paragraphs")
        if language not in found and isinstance(title, str) and isinstance(paragraphs, list) and len(paragraphs) > 1:
            found[language] = title, "\n\n".join(map(str, paragraphs))
    return found


def authors(parser: Parser, language: str, line: str) -> list[str]:
    """The authors of an article in a language with `line` between headline and report."""
    title, text = reports().get(language) or reports()["en"]
    page = newsnorm.Parser().page(f"{title}\n\n{line}\n\n{text}\n")
    page = attrs.evolve(page, language=Language(code=language, confidence=1.0, method="given"))
    return [fold(person.name) for person in parse_page(page, parser).authors]


def unmet_examples(catalogue: Catalogue) -> Iterator[str]:
    """The examples of byline rules whose authors are not the article's."""
    parser = Parser(catalogue=catalogue)
    for rule in catalogue.rules:
        if rule.table == "byline" and rule.kind == "template" and rule.origin == "curated":
            language = rule.only_in[0] if rule.only_in else rule.id.partition(".")[0]
            for example in rule.examples:
                wanted = written_by(catalogue, language, rule, example.line)
                if wanted and authors(parser, language, example.line) != wanted:
                    yield f"{rule.id}: {example.line}"


def written_by(catalogue: Catalogue, language: str, rule: Rule, line: str) -> list[str]:
    """The writers whom a rule reads in a line."""
    matches = catalogue.narrow(language).matches(LineForms(line))
    people = next((match.fields.people for match in matches if match.rule.id == rule.id), ())
    return [fold(person.name) for person in people if person.role in WRITERS]


def test_an_article_has_the_authors_of_a_rules_example() -> None:
    unmet = sorted(unmet_examples(Catalogue.default()))
    known = UNMET.read_text(encoding="utf-8").splitlines()
    assert sorted(set(unmet) - set(known)) == [], "name no author: see docs/how-to/add-a-byline-shape.md"
    assert sorted(set(known) - set(unmet)) == [], f"name their author now: delete them from {UNMET.name}"


def test_a_rule_that_names_nobody_in_an_article_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "lang").mkdir()
    (tmp_path / "lang" / "en.toml").write_text(
        """
        [[byline]]
        id       = "en.byline.ours"
        kind     = "template"
        phrases  = ["From the pen of {names}", "{names} sat at the desk for this"]
        examples = ["From the pen of Tom Weber", "Zbyxt Qorvan sat at the desk for this"]
        never    = ["From the pen of the mayor came a letter."]
        """,
        encoding="utf-8",
    )
    unmet = list(unmet_examples(Catalogue.load(tmp_path)))
    assert unmet == ["en.byline.ours: Zbyxt Qorvan sat at the desk for this"]
