"""
Measure what newsnorm gets right on the project's own fixtures: ``python tests/gate/quality.py`` writes ``quality.json``.

The figures are counts, so that a change of one case shows. A test compares them with the committed file: an answer may get
better or worse, but never unseen. They guard the code against slips and say nothing about other texts; benchmarks do.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias, cast

import newsnorm
from newsnorm import fields
from newsnorm.records.schema import Json
from newsnorm.testing import Case, cases

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILE = Path(__file__).with_name("quality.json")
VALUES = ("title", "published", "updated", "dateline", "agency", "standfirst", "language", "truncated")
"""Keys of an article with one answer each, which is right or wrong."""

COPIES = ("exact", "near", "excerpt", "update")
"""Kinds of relation between two copies of one report."""

Figures: TypeAlias = "dict[str, int | float]"
Answers: TypeAlias = "Mapping[str, Json]"


def measure() -> dict[str, Figures]:
    """Return the figures of every group of fixtures, by group and name."""
    return {
        "articles": article_figures(cases(FIXTURES / "articles")),
        "untouched": article_figures(cases(FIXTURES / "untouched")),
        "fields": dict(field_figures()),
        "dedup": dedup_figures(),
    }


def article_figures(given: Iterable[Case]) -> Figures:
    """Count right values, authors found and missed, and words of the report lost and of other text left."""
    counts: Counter[str] = Counter()
    parser = newsnorm.Parser()
    for case in given:
        expected: Answers = case.expected or {}
        article = parser.parse(case.raw, url=case.url, title=case.title, site=case.site, encoding=case.encoding)
        got = newsnorm.to_dict(article)
        for key in VALUES:
            if key in expected:
                counts[f"{key} stated"] += 1
                counts[f"{key} right"] += agrees(expected[key], got[key])
        if "authors" in expected:
            counts.update(overlap("authors", names(expected["authors"]), names(got["authors"])))
        if "paragraphs" in expected:
            counts.update(overlap("report words", words(expected["paragraphs"]), words(got["paragraphs"])))
    figures: Figures = dict(sorted(counts.items()))
    if counts["authors expected"]:
        figures["authors F1"] = f1(counts["authors right"], counts["authors expected"], counts["authors found"])
    return figures


def agrees(expected: Json, got: Json) -> bool:
    """Return whether `got` says what is expected, on the keys that are expected."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(key in got and agrees(value, got[key]) for key, value in expected.items())
    return expected == got


def names(people: Json) -> Counter[str]:
    """Return the names of a list of people."""
    return Counter(str(person["name"]) for person in cast("list[dict[str, Json]]", people))


def words(paragraphs: Json) -> Counter[str]:
    """Return the words of paragraphs, cut at white space."""
    return Counter(word for paragraph in cast("list[str]", paragraphs) for word in paragraph.split())


def overlap(what: str, expected: Counter[str], found: Counter[str]) -> Counter[str]:
    """Count what is expected, found, and both."""
    right = (expected & found).total()
    return Counter({f"{what} expected": expected.total(), f"{what} found": found.total(), f"{what} right": right})


def f1(right: int, expected: int, found: int) -> float:
    """Return the harmonic mean of precision and recall, to four digits; 0.0 if nothing is right."""
    return round(2 * right / (expected + found), 4) if right else 0.0


def field_figures() -> Iterator[tuple[str, int]]:
    """Count, for each reader of `newsnorm.fields`, the rows of its table that it reads as stated."""
    for name, right in (("dates", date_is_right), ("credits", credit_is_right), ("datelines", dateline_is_right)):
        rows = tomllib.loads((FIXTURES / "fields" / f"{name}.toml").read_text(encoding="utf-8"))["case"]
        yield f"{name} stated", len(rows)
        yield f"{name} right", sum(map(right, rows))


def date_is_right(row: Mapping[str, str]) -> bool:
    """Return whether `parse_date` reads the value of a row, or none where none is stated."""
    day_first = cast("bool | None", row.get("day_first"))
    found = fields.parse_date(row["text"], row.get("language"), day_first, row.get("reference"))
    return (found.value if found else None) == row.get("value")


def credit_is_right(row: Mapping[str, str]) -> bool:
    """Return whether `parse_credit` reads the kind and the name of a row, or nothing where none is stated."""
    found = fields.parse_credit(row["text"])
    if found is None or "kind" not in row:
        return found is None and "kind" not in row
    return found.kind == row["kind"] and row.get("name", found.name) == found.name


def dateline_is_right(row: Mapping[str, str]) -> bool:
    """
    Return whether `parse_dateline` reads the place and the day of a row, or nothing where none is stated.

    An agency has to be found where one is stated; its usual name may differ from the printed one.
    """
    found = fields.parse_dateline(row["text"])
    stated = {"place", "date", "agency", "people"} & row.keys()
    if found is None or not stated:
        return found is None and not stated
    stated_values = (row.get("place", ""), row.get("date"), "agency" in row)
    return (found.place, found.date, found.agency is not None) == stated_values


def dedup_figures() -> Figures:
    """
    Count the kinds of the pairs whose kind is stated, and the pairs that stand in one cluster.

    ``F1 of near`` and its like judge one kind; ``macro F1`` is their mean over the five kinds. A pair that is stated to be
    ``apart`` is right as an overlap or as no relation.
    """
    stated, found, right, clustered = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for folder in sorted(path.parent for path in (FIXTURES / "dedup").glob("*/relations.json")):
        texts = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted((folder / "docs").glob("*.txt"))]
        result = newsnorm.deduplicate(texts)
        kinds = {(relation.left, relation.right): str(relation.kind) for relation in result.relations}
        for left, other, kind in stated_pairs(json.loads((folder / "relations.json").read_text(encoding="utf-8"))):
            got = kinds.get((left, other), "none")
            wanted = got if kind == "apart" and got in ("overlap", "none") else kind
            stated[wanted] += 1
            found[got] += 1
            right[got] += wanted == got
            who = "copies" if kind in COPIES else "others"
            clustered[f"{who} in one cluster"] += result.representative(left) == result.representative(other)
    scores = {f"F1 of {kind}": f1(right[kind], stated[kind], found[kind]) for kind in (*COPIES, "overlap")}
    figures: Figures = {"pairs stated": stated.total(), "pairs right": right.total(), **dict(sorted(clustered.items()))}
    return figures | scores | {"macro F1": round(sum(scores.values()) / len(scores), 4)}


def stated_pairs(expected: Mapping[str, list[object]]) -> Iterator[tuple[str, str, str]]:
    """Yield the two ids of each pair that a case judges, and its kind, ``none`` or ``apart``."""
    for row in cast("list[dict[str, str]]", expected.get("relations", [])):
        yield row["left"], row["right"], row["kind"]
    for key, kind in (("unrelated", "none"), ("apart", "apart")):
        for left, right in cast("list[list[str]]", expected.get(key, [])):
            yield left, right, kind


def dumps(figures: Mapping[str, Figures]) -> str:
    """Return the figures as the text of ``quality.json``."""
    return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(dumps(measure()), encoding="utf-8")
