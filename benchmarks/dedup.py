"""
Measure how well and how fast near-identical reports are found: ``benchmarks/dedup.py --shared DIR [--kinds | --peers |
--growth]``.

Prints the measures of the duplicates benchmark (its ``score.py``) for both sets, recall by operator, and which hard negatives
were joined: for the texts as they are, and for what `newsnorm.parse` leaves of them, since articles are compared after parsing.
No word of any text is printed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import dedup_kinds
import dedup_speed
import dedup_texts
import larger

import newsnorm

MODES = {
    "kinds": "which kinds are given to pairs that the benchmark's operators made",
    "operators": "the same for variants that our own operators make of our own fixtures; needs no --shared",
    "peers": "speed and quality beside datasketch and rensa",
    "growth": "time of the stages and memory at five sizes; half an hour, less with --most",
}


def show_sets(shared: Path) -> None:
    """Print the benchmark's measures of each set and each kind of input."""
    for name in dedup_texts.SETS:
        bench = dedup_texts.load(shared, name)
        ids = [row.id for row in bench.rows]
        for how, texts in dedup_texts.inputs(bench).items():
            found = newsnorm.deduplicate(zip(ids, texts, strict=True))
            print(f"{name}, {how}: {len(found.relations):,} relations, {len(found.clusters):,} clusters")
            dedup_texts.show_measures(bench.scored([cluster.members for cluster in found.clusters]))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path)
    for mode, does in MODES.items():
        arguments.add_argument(f"--{mode}", action="store_true", help=does)
    arguments.add_argument("--most", type=int, default=100_000, help="texts of the largest corpus of --growth")
    arguments.add_argument("--common", type=int, default=larger.COMMON, help="words that made-up texts of --growth keep")
    given = arguments.parse_args()
    if given.operators:
        dedup_kinds.show_operators()
    elif given.shared is None:
        arguments.error("--shared names the directory that holds bench/; only --operators does without it")
    elif given.kinds:
        dedup_kinds.show_bench(given.shared)
    elif given.peers:
        dedup_speed.peers(given.shared)
    elif given.growth:
        dedup_speed.growth(given.shared, given.most, given.common)
    else:
        show_sets(given.shared)


if __name__ == "__main__":
    main()
