"""Judge the kinds of pairs in which an operator made one text from the other: `--kinds` and `--operators`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import operators
from dedup_texts import HARD_NEGATIVES, Bench, inputs, load
from operators import APART, EITHER, EXCERPT, NEAR

import newsnorm
from newsnorm.dedup import Deduplication

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures" / "dedup"
CLASSES = ("near", "excerpt", "update", "apart")
CLOSENESS = ("overlap", "excerpt", "update", "near", "exact")
"""Kinds, the closest last."""


class Outcome(NamedTuple):
    """The outcome for a pair whose class is known."""

    operator: str
    right: str
    found: str


class Kinds:
    """
    The kind of any two texts; an exact duplicate has the relations of its canonical text.

    A bridge that the clusters cut counts as an overlap, unless `alone` asks for pairs without clusters.
    """

    def __init__(self, found: Deduplication, *, alone: bool = False) -> None:
        self._first = {each.right: each.left for each in found.relations if each.kind == "exact"}
        self._kinds: dict[tuple[str, str], str] = {
            (each.left, each.right): each.kind for each in found.relations if each.kind != "exact"
        }
        if not alone:
            self._kinds.update({(each.left, each.right): "overlap" for each in found.bridges()})

    def between(self, left: str, right: str) -> str:
        """Return the kind of two texts, or "nothing"."""
        ours, theirs = sorted((self._first.get(left, left), self._first.get(right, right)))
        return "exact" if ours == theirs else self._kinds.get((ours, theirs), "nothing")


def class_of(kind: str) -> str:
    """Return the class of a kind: exact copies count as near, and overlaps as apart."""
    return {"exact": "near", "overlap": "apart", "nothing": "apart"}.get(kind, kind)


def judged(operator: str, kind: str) -> Outcome:
    """Judge the kind found for an operator's text and its base."""
    found = class_of(kind)
    return Outcome(operator, right_class(operator, found), found)


def right_class(operator: str, found: str) -> str:
    """Return the right class for the output of an operator; if two are right, the one that was found."""
    if operator in EITHER:
        return found if found in ("near", "excerpt") else "near"
    if operator in NEAR:
        return "near"
    return "excerpt" if operator in EXCERPT else "update" if operator == "update" else "apart"


def show_bench(shared: Path) -> None:
    """Print the outcome for the benchmark's generated set, by kind of input: with clusters, and by pairs only."""
    bench = load(shared, "noise")
    for how, texts in inputs(bench).items():
        print(f"noise, {how}")
        found = newsnorm.deduplicate(zip((row.id for row in bench.rows), texts, strict=True))
        show(
            [*_of_variants(bench, Kinds(found)), *_of_hard_negatives(bench, found, Kinds(found))],
            [*_of_variants(bench, Kinds(found, alone=True)), *_of_hard_negatives(bench, found, Kinds(found, alone=True))],
        )


def _of_variants(bench: Bench, kinds: Kinds) -> Iterator[Outcome]:
    """Judge the kind of each variant and its base."""
    base = {row.base: row.id for row in bench.rows if row.operator == "base"}
    for row in bench.rows:
        if row.operator not in (*HARD_NEGATIVES, "base", "") and row.base in base:
            yield judged(row.operator, kinds.between(base[row.base], row.id))


def _of_hard_negatives(bench: Bench, found: Deduplication, kinds: Kinds) -> Iterator[Outcome]:
    """Judge the closest kind of each hard negative, among its relations to texts that it is not a copy of."""
    number = {row.id: number for number, row in enumerate(bench.rows)}
    closest: dict[str, str] = {}
    for each in found.relations:
        if bench.label(number[each.left], number[each.right]) == 0:
            kind = kinds.between(each.left, each.right)
            for name in (each.left, each.right):
                closest[name] = max(closest.get(name, "overlap"), kind, key=CLOSENESS.index)
    for row in bench.rows:
        if row.operator in HARD_NEGATIVES:
            yield Outcome(row.operator, "apart", class_of(closest.get(row.id, "nothing")))


def pool() -> list[operators.Report]:
    """Collect the reports of our own fixtures: the first text of each case of copies, each headline once."""
    texts: dict[str, tuple[str, str]] = {}
    for folder in sorted(FIXTURES.iterdir()):
        path = folder / "docs" / "a.txt"
        if path.is_file() and folder.name.startswith(("exact-", "near-", "excerpt-", "update-")):
            text = path.read_text(encoding="utf-8")
            if text.strip().count("\n\n") >= 3:
                texts.setdefault(text.split("\n")[0], (folder.name.rsplit("-", 1)[1], text))
    return operators.reports(list(texts.values()))


def show_operators() -> None:
    """Print the outcome for the variants of our own fixtures, all of them in one corpus."""
    reports = pool()
    bases = {f"{number:03}": report.text for number, report in enumerate(reports)}
    made = {f"{number:03}-{name}": text for number, report in enumerate(reports) for name, text in operators.variants(report)}
    found = newsnorm.deduplicate({**bases, **made}.items())
    print(f"{len(bases)} reports, {len(made)} variants, {len(found.relations):,} relations, {len(found.clusters):,} clusters")
    show_operator_kinds(made, found)
    show(list(_of_made(made, Kinds(found))), list(_of_made(made, Kinds(found, alone=True))))


def _of_made(made: Iterable[str], kinds: Kinds) -> Iterator[Outcome]:
    for name in made:
        number, operator = name.split("-", 1)
        yield judged(operator, kinds.between(number, name))


def show_operator_kinds(made: Iterable[str], found: Deduplication) -> None:
    """Print for each operator how many of its variants are in the cluster of their report, and the kinds found."""
    kinds = Kinds(found)
    joined: Counter[str] = Counter()
    given: dict[str, Counter[str]] = {}
    for name in made:
        number, operator = name.split("-", 1)
        joined[operator] += found.representative(number) == found.representative(name)
        given.setdefault(operator, Counter())[kinds.between(number, name)] += 1
    for operator, counts in given.items():
        listed = ", ".join(f"{kind} {count}" for kind, count in counts.items())
        print(f"  {operator:13} {joined[operator]:3} of {counts.total():3} in the cluster of their report   {listed}")
    copies = [operator for operator in given if operator not in APART]
    share = sum(joined[name] for name in copies) / sum(given[name].total() for name in copies)
    print(f"  copies in the cluster of their report: {share:.3f}")


def show(outcomes: Sequence[Outcome], by_pairs: Sequence[Outcome]) -> None:
    """Print the confusion of the classes with counts, F1 of each and their mean, and the operators with errors."""
    counts = confusion(outcomes)
    print(f"  {'right':>9} found " + "".join(f"{name:>9}" for name in CLASSES) + "       F1")
    for name in CLASSES:
        print(f"  {name:>15} " + "".join(f"{counts[name, other]:9}" for other in CLASSES) + f"    {f1(counts, name):.4f}")
    print(
        f"  macro F1 of {len(outcomes):,} pairs: {macro_f1(counts):.4f}; by the pairs alone {macro_f1(confusion(by_pairs)):.4f}"
    )
    wrong = Counter((each.operator, each.found) for each in outcomes if each.right != each.found)
    many = Counter(each.operator for each in outcomes)
    print("  wrong: " + "  ".join(f"{name} {count}/{many[name]} {found}" for (name, found), count in sorted(wrong.items())))


def confusion(outcomes: Sequence[Outcome]) -> Counter[tuple[str, str]]:
    """Count the pairs of the right class and the one that was found."""
    return Counter((each.right, each.found) for each in outcomes)


def macro_f1(counts: Mapping[tuple[str, str], int]) -> float:
    """Return the mean F1 of the classes."""
    return sum(f1(counts, name) for name in CLASSES) / len(CLASSES)


def f1(counts: Mapping[tuple[str, str], int], name: str) -> float:
    """Return the F1 of one class."""
    right = counts.get((name, name), 0)
    asked = sum(count for (expected, _), count in counts.items() if expected == name)
    given = sum(count for (_, found), count in counts.items() if found == name)
    return 2 * right / max(1, asked + given)
