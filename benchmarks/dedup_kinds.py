"""Which kinds are given to pairs whose kind is known, since an operator made one of the other: `--kinds` and `--operators`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import operators
from dedup_texts import HARD, Bench
from operators import APART, EITHER, EXCERPT, NEAR

import newsnorm
from newsnorm.dedup import Deduplication

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures" / "dedup"
CLASSES = ("near", "excerpt", "update", "apart")
WORTH = ("overlap", "excerpt", "update", "near", "exact")
"""Kinds, the closest last."""
Told = tuple[str, str, str]
"""An operator, the class that is right and the one that was found."""


class Kinds:
    """
    The kind of any two texts; one of the same words as another one is related as that one.

    A bridge that the clusters have cut is an overlap, unless `alone` asks what the pairs say by themselves.
    """

    def __init__(self, found: Deduplication, *, alone: bool = False) -> None:
        self._first = {each.right: each.left for each in found.relations if each.kind == "exact"}
        self._kinds: dict[tuple[str, str], str] = {
            (each.left, each.right): each.kind for each in found.relations if each.kind != "exact"
        }
        if not alone:
            self._kinds.update({(each.left, each.right): "overlap" for each in found.bridges()})

    def between(self, left: str, right: str) -> str:
        """A kind, or "nothing"."""
        ours, theirs = sorted((self._first.get(left, left), self._first.get(right, right)))
        return "exact" if ours == theirs else self._kinds.get((ours, theirs), "nothing")


def classed(kind: str) -> str:
    """A copy word for word is near, too; what only overlaps is apart."""
    return {"exact": "near", "overlap": "apart", "nothing": "apart"}.get(kind, kind)


def right_class(operator: str, found: str) -> str:
    """The class that is right for what an operator made; where two are, the one that was found."""
    if operator in EITHER:
        return found if found in ("near", "excerpt") else "near"
    if operator in NEAR:
        return "near"
    return "excerpt" if operator in EXCERPT else "update" if operator == "update" else "apart"


def of_bench(bench: Bench, texts: Sequence[str]) -> tuple[list[Told], list[Told]]:
    """Kinds as the clusters leave them, and as pairs alone say them."""
    found = newsnorm.deduplicate(zip((row.id for row in bench.rows), texts, strict=True))
    return list(_told(bench, found, Kinds(found))), list(_told(bench, found, Kinds(found, alone=True)))


def _told(bench: Bench, found: Deduplication, kinds: Kinds) -> Iterator[Told]:
    """Each variant with its base, and each hard negative with the text that it was found closest to, if it is no copy of it."""
    base = {row.base: row.id for row in bench.rows if row.operator == "base"}
    for row in bench.rows:
        if row.operator not in (*HARD, "base", "") and row.base in base:
            kind = classed(kinds.between(base[row.base], row.id))
            yield row.operator, right_class(row.operator, kind), kind
    place = {row.id: number for number, row in enumerate(bench.rows)}
    closest: dict[str, str] = {}
    for each in found.relations:
        if bench.label(place[each.left], place[each.right]) == 0:
            for name in (each.left, each.right):
                kind = kinds.between(each.left, each.right)
                closest[name] = max(closest.get(name, "overlap"), kind, key=WORTH.index)
    for row in bench.rows:
        if row.operator in HARD:
            yield row.operator, "apart", classed(closest.get(row.id, "nothing"))


def pool() -> list[operators.Report]:
    """The reports of our own fixtures: the first text of each case of copies, each headline once."""
    texts: dict[str, tuple[str, str]] = {}
    for folder in sorted(FIXTURES.iterdir()):
        path = folder / "docs" / "a.txt"
        if path.is_file() and folder.name.startswith(("exact-", "near-", "excerpt-", "update-")):
            text = path.read_text(encoding="utf-8")
            if text.strip().count("\n\n") >= 3:
                texts.setdefault(text.split("\n")[0], (folder.name.rsplit("-", 1)[1], text))
    return operators.reports(list(texts.values()))


def show_operators() -> None:
    """What becomes of the variants of our own fixtures, all in one corpus."""
    reports = pool()
    bases = {f"{number:03}": report.text for number, report in enumerate(reports)}
    made = {f"{number:03}-{name}": text for number, report in enumerate(reports) for name, text in operators.variants(report)}
    found = newsnorm.deduplicate({**bases, **made}.items())
    kinds, alone = Kinds(found), Kinds(found, alone=True)
    told, by_pairs, joined, named = [], [], Counter[str](), Counter[str]()
    for name in made:
        number, operator = name.split("-", 1)
        kind = kinds.between(number, name)
        told.append((operator, right_class(operator, classed(kind)), classed(kind)))
        pair = classed(alone.between(number, name))
        by_pairs.append((operator, right_class(operator, pair), pair))
        joined[operator] += found.representative(number) == found.representative(name)
        named[f"{operator} {kind}"] += 1
    print(f"{len(bases)} reports, {len(made)} variants, {len(found.relations):,} relations, {len(found.clusters):,} clusters")
    for operator, many in Counter(operator for operator, _, _ in told).items():
        kinds_of = ", ".join(f"{each.split(' ')[1]} {count}" for each, count in named.items() if each.split(" ")[0] == operator)
        print(f"  {operator:13} {joined[operator]:3} of {many:3} in the cluster of their report   {kinds_of}")
    show(told, by_pairs)
    copies = [operator not in APART for operator, _, _ in told]
    print(
        f"  copies in the cluster of their report: {sum(joined[name] for name in joined if name not in APART) / sum(copies):.3f}"
    )


def show(told: Sequence[Told], by_pairs: Sequence[Told]) -> None:
    """The confusion of the classes with counts, F1 of each and their mean, and the operators with errors."""
    counts = Counter((right, found) for _, right, found in told)
    print(f"  {'right':>9} found " + "".join(f"{name:>9}" for name in CLASSES) + "       F1")
    scores = []
    for name in CLASSES:
        scores.append(f1(counts, name))
        print(f"  {name:>15} " + "".join(f"{counts[name, other]:9}" for other in CLASSES) + f"    {scores[-1]:.4f}")
    alone = Counter((right, found) for _, right, found in by_pairs)
    of_pairs = sum(f1(alone, name) for name in CLASSES) / len(CLASSES)
    print(f"  macro F1 of {len(told):,} pairs: {sum(scores) / len(scores):.4f}; by the pairs alone {of_pairs:.4f}")
    wrong = Counter((operator, found) for operator, right, found in told if right != found)
    many = Counter(operator for operator, _, _ in told)
    print("  wrong: " + "  ".join(f"{name} {count}/{many[name]} {found}" for (name, found), count in sorted(wrong.items())))


def f1(counts: Mapping[tuple[str, str], int], name: str) -> float:
    """Of one class."""
    right = counts.get((name, name), 0)
    asked = sum(count for (expected, _), count in counts.items() if expected == name)
    given = sum(count for (_, found), count in counts.items() if found == name)
    return 2 * right / max(1, asked + given)
