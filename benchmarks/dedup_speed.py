"""Compare speed with datasketch and rensa (`--peers`), and measure growth of time and memory (`--growth`)."""

from __future__ import annotations

import json
import math
import re
import resource
import subprocess
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import ParamSpec, TypeAlias, TypeVar
from unittest import mock

from dedup_texts import SETS, Bench, load
from larger import grown

import newsnorm
from newsnorm.dedup import pair_pipeline
from newsnorm.dedup.array_ops import Indices
from newsnorm.dedup.params import BatchSizes, Params
from newsnorm.dedup.propose.candidates import candidate_pairs
from newsnorm.dedup.propose.features import FeatureBatch, sample_features
from newsnorm.dedup.text.tokens import tokenize

P = ParamSpec("P")
T = TypeVar("T")
Tool: TypeAlias = Callable[[Sequence[str]], list[list[int]]]
GRAM, PERMUTATIONS, THRESHOLD = 5, 128, 0.5
"""Settings of the peers: words of a shingle, hashes of a text, and the estimated Jaccard from which two texts are copies."""
SIZES = (5_000, 12_000, 25_000, 50_000, 100_000)
STAGES = ("read and features", "join", "rest")

_WORD = re.compile(r"\w+")


def peers(shared: Path) -> None:
    """Print texts per CPU second, from text to clusters, and the quality of the clusters, for newsnorm and installed peers."""
    tools: dict[str, Tool] = {"newsnorm": newsnorm_clusters, "datasketch": datasketch_clusters, "rensa": rensa_clusters}
    for tool in [tool for tool in tools if not find_spec(tool)]:
        print(f"{tool} is not installed: left out")
        del tools[tool]
    for name in SETS:
        bench = load(shared, name)
        for tool, clusters in tools.items():
            clusters(bench.texts[:50])  # warm the caches
            before = time.process_time()
            found = clusters(bench.texts)
            spent = time.process_time() - before
            print(f"{name:6} {tool:11} {len(bench.texts) / spent:7,.0f} texts per CPU second   {quality(bench, found)}")


def quality(bench: Bench, clusters: list[list[int]]) -> str:
    measures = bench.scored([[bench.rows[member].id for member in cluster] for cluster in clusters])
    return "  ".join(f"{name} {measures[name]:.4f}" for name in ("P", "R", "F1", "ARI"))


def newsnorm_clusters(texts: Sequence[str]) -> list[list[int]]:
    found = newsnorm.deduplicate((f"{number:09}", text) for number, text in enumerate(texts))
    return [[int(member) for member in cluster.members] for cluster in found.clusters]


def datasketch_clusters(texts: Sequence[str]) -> list[list[int]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    hashes = MinHash.bulk([[gram.encode() for gram in grams(text)] for text in texts], num_perm=PERMUTATIONS, hashfunc=zlib.crc32)
    pairs = []
    for number, each in enumerate(hashes):
        pairs += [(other, number) for other in index.query(each) if each.jaccard(hashes[other]) >= THRESHOLD]
        index.insert(number, each)
    return united(pairs)


def rensa_clusters(texts: Sequence[str]) -> list[list[int]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    hashes: list[RMinHash] = []
    pairs = []
    for number, text in enumerate(texts):
        each = RMinHash(num_perm=PERMUTATIONS, seed=42)
        each.update(grams(text))
        pairs += [(other, number) for other in index.query(each) if each.jaccard(hashes[other]) >= THRESHOLD]
        index.insert(number, each)
        hashes.append(each)
    return united(pairs)


def grams(text: str) -> list[str]:
    """Return the shingles of a text; a text shorter than one is a single shingle."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[place : place + GRAM]) for place in range(max(1, len(words) - GRAM + 1))]


def united(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Cluster by single linkage, as users of these tools do."""
    parent: dict[int, int] = {}

    def root(text: int) -> int:
        while (above := parent.setdefault(text, text)) != text:
            parent[text] = parent.get(above, above)
            text = parent[text]
        return text

    for left, right in pairs:
        parent[root(left)] = root(right)
    groups = defaultdict(list)
    for text in parent:
        groups[root(text)].append(text)
    return [sorted(group) for group in groups.values() if len(group) > 1]


def growth(shared: Path, most: int, kept: int) -> None:
    """Measure each size in a process of its own, so that its peak of memory is its own."""
    for forms in (False, True):
        print("one text in ten a form that is filled in" if forms else "natural texts")
        rows: list[dict[str, float]] = []
        for size in (size for size in SIZES if size <= most):
            command = [sys.executable, __file__, str(shared), str(size), str(kept), str(int(forms))]
            rows.append(json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout))
            print(line(rows))


def line(rows: Sequence[dict[str, float]]) -> str:
    """Describe the last size, with the growth exponent of each stage since the size before."""
    last = rows[-1]
    parts = [f"  {last['texts']:9,.0f} texts  {last['texts'] / last['all']:7,.0f} a CPU second"]
    for name in STAGES:
        step = ""
        if len(rows) > 1:
            step = f" (n^{math.log(last[name] / rows[-2][name]) / math.log(last['texts'] / rows[-2]['texts']):.2f})"
        parts.append(f"{name} {last[name]:6.2f} s{step}")
    parts.append(f"{last['pairs']:,.0f} pairs compared, {last['rest'] / max(1, last['pairs']) * 1e6:.0f} µs each")
    parts.append(f"{last['relations']:,.0f} relations")
    above = (last["peak"] - last["before"]) / last["texts"]
    parts.append(f"peak {last['peak'] / 1e6:,.0f} MB, {above / 1e3:.1f} kB a text above the texts")
    return "   ".join(parts)


def measured(shared: Path, size: int, kept: int, forms: bool) -> dict[str, float]:
    """Measure the times of the stages and the peak of memory for one corpus."""
    texts = [(f"{number:09}", text) for number, text in enumerate(grown(load(shared, "real").texts, size, kept, forms=forms))]
    newsnorm.deduplicate(texts[:50])  # warm the caches
    before = peak()
    spent = dict.fromkeys(STAGES[:2], 0.0)
    pairs: list[int] = []
    propose = timed(spent, STAGES[1], candidate_pairs)

    def counted(features: FeatureBatch, params: Params, sizes: BatchSizes | None = None) -> Indices:
        found = propose(features, params, sizes)
        pairs.append(len(found))
        return found

    with (
        mock.patch.object(pair_pipeline, "tokenize", timed(spent, STAGES[0], tokenize)),
        mock.patch.object(pair_pipeline, "sample_features", timed(spent, STAGES[0], sample_features)),
        mock.patch.object(pair_pipeline, "candidate_pairs", counted),
    ):
        begin = time.process_time()
        found = newsnorm.deduplicate(texts)
        every = time.process_time() - begin
    stages = {name: spent[name] for name in STAGES[:2]}
    counts = {"texts": size, "pairs": sum(pairs), "relations": len(found.relations), "before": before, "peak": peak()}
    return {**stages, "rest": every - sum(stages.values()), "all": every, **counts}


def peak() -> float:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def timed(spent: dict[str, float], name: str, call: Callable[P, T]) -> Callable[P, T]:
    """Wrap a call so that its CPU seconds are added to a stage."""

    def wrapped(*arguments: P.args, **named: P.kwargs) -> T:
        begin = time.process_time()
        try:
            return call(*arguments, **named)
        finally:
            spent[name] += time.process_time() - begin

    return wrapped


if __name__ == "__main__":
    shared, size, kept, forms = sys.argv[1:]
    print(json.dumps(measured(Path(shared), int(size), int(kept), forms == "1")))
