"""
Fits the trees that tell copies from texts that share passages: ``tools/fit_relations.py --shared DIR [--folds 5] [--write]``.

Every pair of texts of the duplicates benchmark that `newsnorm.dedup` proposes is labelled by the benchmark: copies are those of
one cluster, updates of a report among them. The texts as they are, and what `newsnorm.parse` leaves of them with and without a
headline, teach alike, so that the trees know texts with and without furniture. Round-ups teach nothing: two texts can't say
whether one is a report and the other an excerpt of it, or a round-up of two (`newsnorm.dedup.cluster.bridges` can, from
clusters).
The trees are gradient boosted (Friedman 2001; scikit-learn's histograms), each split chosen among half of the measures, and
monotone: more in common never makes a copy less likely, more numbers that disagree never more.
``--folds`` fits on other clusters each time and prints what the whole way to clusters makes of those left out; ``--write`` fits
on all. No word of any text is written. Needs the extra ``data``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from newsnorm.dedup.cluster.clusters import groups_of, told_apart
from newsnorm.dedup.pair_pipeline import Pairs
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import features_of
from newsnorm.dedup.propose.join import candidates
from newsnorm.dedup.text.tokens import words_of
from newsnorm.dedup.verify.align import align
from newsnorm.dedup.verify.classify import SHARE, WORDS, no_parts, overlapping
from newsnorm.dedup.verify.measures import MEASURES, Measures, measure
from newsnorm.evidence.forest import UNIT, Forest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import dedup
import dedup_texts

Array = npt.NDArray[np.float64]

WIDE = Params(share=0.1, least=3)
"""What teaches: more pairs than are proposed, since those that are hard to tell lie just within and just without."""
ROUND_UP = "roundup"
REAL = 2.0
"""Weight of pairs of the real set, whose texts nobody made up; there are fewer of them."""
TREES, DEPTH, RATE, SOME = 200, 5, 0.08, 0.5
RISING = ("short_cover", "long_cover", "longest", "lead", "agreeing")
FALLING = ("swapped", "insertion")
TARGET = Path(__file__).parents[1] / "src" / "newsnorm" / "evidence" / "models" / "relations.json"


@attrs.frozen(eq=False, kw_only=True)
class Labelled:
    """Pairs with their measures: 1 copies, 0 not, -1 not labelled."""

    pairs: npt.NDArray[np.int64]
    proposed: npt.NDArray[np.bool_]
    """Whether `Params` proposes it; the others teach only."""
    size: npt.NDArray[np.int64]
    """Words of each text."""
    measures: Measures
    columns: Array
    label: npt.NDArray[np.int64]
    """-1 also where trees aren't asked."""
    fold: npt.NDArray[np.int64]

    def clusters(self, odds: Array) -> list[list[int]]:
        """The whole way from log odds to clusters, as newsnorm goes it."""
        told = np.flatnonzero(self.proposed & (overlapping(self.measures) | (odds > 0)))
        pairs = Pairs(
            pairs=self.pairs[told],
            kind=np.zeros(len(told), np.int8),
            odds=odds[told],
            left_cover=self.measures.left_cover[told],
            right_cover=self.measures.right_cover[told],
            cells=np.stack([self.measures.left_cells[told], self.measures.right_cells[told]], 1),
            first=np.zeros(len(told) + 1, np.int64),
            spans=np.zeros((0, 4), np.int32),
        )
        return list(groups_of(told_apart(self.size, np.ones_like(self.size), pairs).tolist()))


def labelled(bench: dedup_texts.Bench, texts: list[str], folds: int) -> Labelled:
    """The proposed pairs of one set."""
    words = words_of(texts)
    pairs = candidates(features_of(words, WIDE), WIDE)
    proposed = set(map(tuple, candidates(features_of(words, Params()), Params()).tolist()))
    measures = measure(words, pairs, align(words, pairs))
    asked = (measures.common >= WORDS) & (measures.short_cover >= SHARE)
    return Labelled(
        pairs=pairs,
        proposed=np.array([tuple(pair) in proposed for pair in pairs.tolist()]),
        size=np.diff(words.offset),
        measures=measures,
        columns=np.stack([column.astype(np.float64) for column in measures.columns().values()], 1),
        label=np.where(asked, [label_of(bench, left, right) for left, right in pairs.tolist()], -1),
        fold=np.where(asked, [fold_of(bench.rows[left].cluster, folds) for left, _ in pairs.tolist()], -1),
    )


def label_of(bench: dedup_texts.Bench, left: int, right: int) -> int:
    """The benchmark's label, but none for round-ups."""
    return -1 if ROUND_UP in (bench.rows[left].operator, bench.rows[right].operator) else bench.label(left, right)


def fold_of(cluster: str, folds: int) -> int:
    """The part that a cluster belongs to, by its name alone."""
    return hashlib.sha256(cluster.encode()).digest()[0] % folds


def fit(columns: Array, label: npt.NDArray[np.int64], weight: Array) -> Forest:
    """Trees for the labelled pairs."""
    known = label >= 0
    signs = [1 if name in RISING else -1 if name in FALLING else 0 for name in MEASURES]
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_depth=DEPTH,
        max_leaf_nodes=None,
        learning_rate=RATE,
        max_features=SOME,
        early_stopping=False,
        monotonic_cst=signs,
        random_state=0,
    ).fit(columns[known], label[known], sample_weight=weight[known])
    return packed(model)


def packed(model: HistGradientBoostingClassifier) -> Forest:
    """The model's trees, each filled up to the full depth and rounded."""
    inner, leaves = 2**DEPTH - 1, 2**DEPTH
    measures, limits, values = [], [], []
    for (tree,) in model._predictors:
        measure, limit, leaf = [0] * inner, [0.0] * inner, [0] * leaves
        fill(tree.nodes, 0, 0, measure, limit, leaf)
        measures.append(measure)
        limits.append(limit)
        values.append(leaf)
    return Forest(
        names=MEASURES,
        feature=np.array(measures),
        threshold=np.array(limits),
        leaf=np.array(values),
        base=round(float(model._baseline_prediction.ravel()[0]) / UNIT),
    )


def fill(nodes: npt.NDArray[np.void], node: int, place: int, measure: list[int], limit: list[float], leaf: list[int]) -> None:
    """Write one node and what is below it; a leaf above the lowest level stands for all leaves below it."""
    row = nodes[node]
    if place >= len(measure):
        leaf[place - len(measure)] = round(float(row["value"]) / UNIT)
    elif row["is_leaf"]:
        fill(nodes, node, 2 * place + 1, measure, limit, leaf)
        fill(nodes, node, 2 * place + 2, measure, limit, leaf)
    else:
        measure[place], limit[place] = int(row["feature_idx"]), round(float(row["num_threshold"]), 4)
        fill(nodes, int(row["left"]), 2 * place + 1, measure, limit, leaf)
        fill(nodes, int(row["right"]), 2 * place + 2, measure, limit, leaf)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--shared", type=Path, required=True)
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    benches = [dedup_texts.load(given.shared, name) for name in dedup_texts.SETS]
    inputs = [(bench, how, texts) for bench in benches for how, texts in dedup.inputs(bench).items()]
    sets = [labelled(bench, texts, given.folds) for bench, _, texts in inputs]
    columns, label, fold = (np.concatenate([getattr(each, name) for each in sets]) for name in ("columns", "label", "fold"))
    weight = np.concatenate(
        [
            np.full(len(each.label), REAL if bench.name == "real" else 1.0)
            for (bench, _, _), each in zip(inputs, sets, strict=True)
        ]
    )
    print(f"{len(label):,} pairs, {int((label == 1).sum()):,} copies, {int((label == 0).sum()):,} not")
    if given.write:
        trees = fit(columns, label, weight)
        data = {
            "names": trees.names,
            "feature": trees.feature.tolist(),
            "threshold": trees.threshold.tolist(),
            "leaf": trees.leaf.tolist(),
            "base": trees.base,
        }
        TARGET.write_text("".join(json.dumps(data, separators=(",", ":")).replace('],"', '],\n"')) + "\n", "utf-8")
        print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")
        return
    odds = [np.full(len(each.label), -np.inf) for each in sets]
    for part in range(given.folds):
        trees = fit(columns[fold != part], label[fold != part], weight[fold != part])
        for each, found in zip(sets, odds, strict=True):
            found[each.fold == part] = trees.score(each.columns[each.fold == part])
    odds = [no_parts(each.measures, found) for each, found in zip(sets, odds, strict=True)]
    for (bench, how, _), each, found in zip(inputs, sets, odds, strict=True):
        copy, taken = (each.label == 1) & each.proposed, (found > 0) & (each.label >= 0) & each.proposed
        print(f"{bench.name}, {how}: pairs P {copy[taken].mean():.4f} R {taken[copy].mean():.4f}")
        dedup.show(bench.scored([[bench.rows[member].id for member in group] for group in each.clusters(found)]))


if __name__ == "__main__":
    main()
