"""
How well and how fast near-identical reports are told: ``benchmarks/dedup.py --shared DIR [--kinds | --peers | --growth]``.

Prints the duplicates benchmark's own measures (its ``score.py``) for both sets, recall by operator and hard negatives that were
joined: of the texts as they are, and of what `newsnorm.parse` leaves of them, since articles are compared after parsing.
No word of any text is printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import dedup_kinds
import dedup_speed
import larger
from dedup_texts import SETS, Bench, load

import newsnorm

FLAGS = {
    "kinds": "which kinds are given to pairs that the benchmark's operators made",
    "operators": "the same for variants that our own operators make of our own fixtures; needs no --shared",
    "peers": "speed and quality beside datasketch and rensa",
    "growth": "time of the stages and memory at five sizes; half an hour, less with --most",
}


@cache
def inputs(bench: Bench) -> dict[str, list[str]]:
    """The texts as they are, what the parser leaves of them below their title, and that alone: a minute of work."""
    parser = newsnorm.Parser()
    articles = [parser.parse(text, title=row.title or None) for text, row in zip(bench.texts, bench.rows, strict=True)]
    return {
        "as it is": bench.texts,
        "parsed, with title": [f"{article.title or ''}\n\n{article.text}" for article in articles],
        "parsed": [article.text for article in articles],
    }


def show(measures: Mapping[str, object]) -> None:
    """One line of measures; of operators only those that are not found whole, of hard negatives all."""
    operators = cast("dict[str, float]", measures.get("ops", {}))
    print("  " + "  ".join(f"{name} {measures[name]:.4f}" for name in ("P", "R", "F1", "ARI")))
    if operators:
        print(
            "  joined: "
            + "  ".join(f"{name.removeprefix('FM:')} {share:.3f}" for name, share in operators.items() if name[:3] == "FM:")
        )
        lost = {name: share for name, share in operators.items() if name[:3] != "FM:" and share < 1}
        print("  recall below 1: " + "  ".join(f"{name} {share:.3f}" for name, share in lost.items()))


def show_sets(shared: Path) -> None:
    """The benchmark's measures of each set and each kind of input."""
    for name in SETS:
        bench = load(shared, name)
        ids = [row.id for row in bench.rows]
        for how, texts in inputs(bench).items():
            found = newsnorm.deduplicate(zip(ids, texts, strict=True))
            print(f"{name}, {how}: {len(found.relations):,} relations, {len(found.clusters):,} clusters")
            show(bench.scored([cluster.members for cluster in found.clusters]))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path)
    for flag, does in FLAGS.items():
        arguments.add_argument(f"--{flag}", action="store_true", help=does)
    arguments.add_argument("--most", type=int, default=100_000, help="texts of the largest corpus of --growth")
    arguments.add_argument("--common", type=int, default=larger.COMMON, help="words that made-up texts of --growth keep")
    given = arguments.parse_args()
    if given.operators:
        dedup_kinds.show_operators()
    elif given.shared is None:
        arguments.error("--shared names the directory that holds bench/; only --operators does without it")
    elif given.kinds:
        bench = load(given.shared, "noise")
        for how, texts in inputs(bench).items():
            print(f"noise, {how}")
            dedup_kinds.show(*dedup_kinds.of_bench(bench, texts))
    elif given.peers:
        dedup_speed.peers(given.shared)
    elif given.growth:
        dedup_speed.growth(given.shared, given.most, given.common)
    else:
        show_sets(given.shared)


if __name__ == "__main__":
    main()
