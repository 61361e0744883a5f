"""
Every case of `fixtures/dedup/` is related as its author expects.

``docs/*.txt`` are the texts, their names the ids. ``relations.json`` is partial: ``relations`` (with covers at least so high),
``clusters`` (all of them, if the key is there), ``unrelated`` pairs, and pairs that are ``apart``: they may have passages
in common, but are no copies of one report.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import attrs
import pytest
from folders import FIXTURES

import newsnorm

FIXTURES = FIXTURES / "dedup"


@attrs.frozen(kw_only=True)
class Expected:
    left: str
    right: str
    kind: str
    left_cover: float = 0.0
    right_cover: float = 0.0


@attrs.frozen(kw_only=True)
class Case:
    name: str
    why: str
    known_failure: str
    texts: dict[str, str]
    relations: tuple[Expected, ...]
    clusters: list[list[str]] | None
    unrelated: list[tuple[str, str]]
    apart: list[tuple[str, str]]

    @classmethod
    def read(cls, folder: Path) -> Case:
        about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
        expected = json.loads((folder / "relations.json").read_text(encoding="utf-8"))
        return cls(
            name=folder.name,
            why=about["why"],
            known_failure=about.get("known_failure", ""),
            texts={path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "docs").glob("*.txt"))},
            relations=tuple(Expected(**row) for row in expected.get("relations", [])),
            clusters=expected.get("clusters"),
            unrelated=[(left, right) for left, right in expected.get("unrelated", [])],
            apart=[(left, right) for left, right in expected.get("apart", [])],
        )


CASES = [Case.read(folder) for folder in sorted(FIXTURES.iterdir()) if folder.is_dir()]


def marked() -> Iterator[object]:
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case.known_failure, raises=AssertionError)] if case.known_failure else []
        yield pytest.param(case, marks=marks, id=case.name)


@pytest.mark.parametrize("case", list(marked()))
def test_texts_are_related_as_expected(case: Case) -> None:
    found = newsnorm.deduplicate(case.texts.items())
    relations = {(relation.left, relation.right): relation for relation in found.relations}
    assert [pair for pair in case.unrelated if pair in relations] == []
    assert [(pair, relations[pair].kind) for pair in case.apart if pair in relations and relations[pair].kind != "overlap"] == []
    for row in case.relations:
        relation = relations.get((row.left, row.right))
        assert relation is not None, f"{row.left} and {row.right} are not related"
        assert (relation.left, relation.right, relation.kind) == (row.left, row.right, row.kind), relation
        assert relation.left_cover >= row.left_cover
        assert relation.right_cover >= row.right_cover
    if case.clusters is not None:
        assert [list(cluster.members) for cluster in found.clusters] == case.clusters


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_relation_shows_what_it_rests_on(case: Case) -> None:
    for relation in newsnorm.deduplicate(case.texts.items()).relations:
        left, right = case.texts[relation.left], case.texts[relation.right]
        assert relation.left < relation.right
        assert 0 < relation.left_cover <= 1
        assert 0 < relation.right_cover <= 1
        assert relation.passages
        starts = [passage.left.start for passage in relation.passages]
        assert starts == sorted(starts)
        for passage in relation.passages:
            assert 0 <= passage.left.start < passage.left.end <= len(left)
            assert 0 <= passage.right.start < passage.right.end <= len(right)
            assert left[passage.left.start].isalnum() or left[passage.left.start] > "\x7f"
            assert not left[passage.left.end - 1].isspace()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_whole(case: Case) -> None:
    named = chain.from_iterable(
        [*((row.left, row.right) for row in case.relations), *case.unrelated, *case.apart, *(case.clusters or [])]
    )
    assert set(named) <= set(case.texts), "relations.json names a text that is not there"
    assert case.why.endswith(".")
    assert case.relations or case.unrelated or case.apart
    assert all(row.left < row.right for row in case.relations)
    assert all(left < right for left, right in case.unrelated + case.apart)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 70
    kinds = {row.kind for case in CASES for row in case.relations}
    assert kinds == {"exact", "near", "excerpt", "update", "overlap"}
