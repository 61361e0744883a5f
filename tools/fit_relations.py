"""
Fit the trees that separate copies from texts that merely share passages: ``tools/fit_relations.py --shared DIR [--folds 5]
[--write]``.

Every pair of texts in the duplicates benchmark that `newsnorm.dedup` proposes is labelled by the benchmark: texts of one cluster,
including updates of a report, are copies. Pairs are used with the texts as they are, and with the output of `newsnorm.parse` with
and without a headline, so that the trees know texts with and without furniture, and between the lines of made-up sites, which
`benchmarks/furniture.py` never shows. Round-ups are left out: two texts can't show
whether one is an excerpt of a report or the other is a round-up of two (`newsnorm.dedup.cluster.bridges` can, from clusters).
The trees are gradient boosted (Friedman 2001; scikit-learn's histograms); each split is chosen among half of the measures. They
are monotone: more in common never makes a copy less likely, and more differing numbers never make it more likely.
``--folds`` fits on all other clusters in turn and prints the quality of pairs and clusters on those left out; ``--write`` fits on
all. No word of any text is written. Needs the extra ``data``.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from newsnorm.dedup.cluster.clusters import cluster_labels, groups_of
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.candidates import candidate_pairs
from newsnorm.dedup.propose.features import sample_features
from newsnorm.dedup.text.tokens import tokenize
from newsnorm.dedup.verify.align import align
from newsnorm.dedup.verify.classify import MODEL, cap_forms, cap_partial_copies, is_scored, overlaps
from newsnorm.dedup.verify.measures import SYMMETRIC, Measures, measure
from newsnorm.evidence.forest import Forest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import dedup_texts
import forests
import furniture

Array = npt.NDArray[np.float64]

WIDE = Params(share=0.1, least=3)
"""Parameters that propose the training pairs: more than newsnorm compares, since the hard pairs are near its limits."""
ROUND_UP = "roundup"
SITES = ("fit-1", "fit-2")
"""Seeds of made-up sites; `benchmarks/furniture.py` measures on others."""
MOST_SITE_WORDS = 64
"""The most words of a site under the briefs that the trees learn from; with more, a pair looks like a report with a new lead."""
REAL = 2.0
"""Weight of a pair in the real set, which is smaller and has no generated texts."""
TREES, DEPTH, RATE, SOME = 200, 5, 0.08, 0.5
RISING = ("short_cover", "long_cover", "longest", "lead", "agreeing")
FALLING = ("swapped", "renamed", "insertion")
TARGET = forests.MODELS / MODEL


@attrs.frozen(eq=False, kw_only=True)
class Labelled:
    """The proposed pairs of one set and one kind of input: columns, one entry per pair."""

    pairs: npt.NDArray[np.int64]
    proposed: npt.NDArray[np.bool_]
    """Whether newsnorm would compare the pair; other pairs are used only for fitting."""
    size: npt.NDArray[np.int64]
    """Tokens of each text, shape (texts,)."""
    measures: Measures
    columns: Array
    label: npt.NDArray[np.int64]
    """1 for copies, 0 for others, -1 if the label is unknown or the pair is not scored."""
    fold: npt.NDArray[np.int64]

    def clusters(self, odds: Array) -> list[list[int]]:
        """Cluster by some log odds, not capped by cover, as newsnorm does."""
        is_copy = cap_partial_copies(self.measures.short_cover, odds) > 0
        related = np.flatnonzero(self.proposed & (overlaps(self.measures) | is_copy))
        pairs = RelatedPairs(
            pairs=self.pairs[related],
            kind=np.zeros(len(related), np.int8),
            log_odds=odds[related],
            left_cover=self.measures.left_cover[related],
            right_cover=self.measures.right_cover[related],
            coverage=np.stack([self.measures.left_coverage[related], self.measures.right_coverage[related]], 1),
            span_offset=np.zeros(len(related) + 1, np.int64),
            spans=np.zeros((0, 4), np.int32),
        )
        return list(groups_of(cluster_labels(self.size, np.ones_like(self.size), pairs).tolist()))


def labelled(bench: dedup_texts.Bench, texts: list[str], folds: int) -> Labelled:
    """Propose, measure and label the pairs of one set."""
    tokens = tokenize(texts)
    pairs = candidate_pairs(sample_features(tokens, WIDE), WIDE)
    proposed = set(map(tuple, candidate_pairs(sample_features(tokens, Params()), Params()).tolist()))
    measures = measure(tokens, pairs, align(tokens, pairs))
    scored = is_scored(measures)
    return Labelled(
        pairs=pairs,
        proposed=np.array([tuple(pair) in proposed for pair in pairs.tolist()]),
        size=tokens.sizes,
        measures=measures,
        columns=np.stack([column.astype(np.float64) for column in measures.columns().values()], 1),
        label=np.where(scored, [label_of(bench, left, right) for left, right in pairs.tolist()], -1),
        fold=np.where(scored, [fold_of(bench.rows[left].cluster, folds) for left, _ in pairs.tolist()], -1),
    )


def label_of(bench: dedup_texts.Bench, left: int, right: int) -> int:
    """Return the benchmark's label, or -1 for round-ups."""
    return -1 if ROUND_UP in (bench.rows[left].operator, bench.rows[right].operator) else bench.label(left, right)


def fold_of(cluster: str, folds: int) -> int:
    """Assign a cluster to a fold, by its name only."""
    return hashlib.sha256(cluster.encode()).digest()[0] % folds


def fit(columns: Array, label: npt.NDArray[np.int64], weight: Array) -> Forest:
    """Fit trees to the labelled pairs."""
    known = label >= 0
    signs = [1 if name in RISING else -1 if name in FALLING else 0 for name in SYMMETRIC]
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
    return forests.packed(model, SYMMETRIC, DEPTH)


@attrs.frozen(eq=False, kw_only=True)
class Training:
    """The labelled pairs of all sets and inputs, with everything needed for fitting and evaluation."""

    benches: list[dedup_texts.Bench]
    inputs: list[str]
    """How the texts of each set were prepared."""
    sets: list[Labelled]

    @classmethod
    def read(cls, shared: Path, folds: int) -> Training:
        """Read and label all sets."""
        benches, hows, sets = [], [], []
        for name in dedup_texts.SETS:
            bench = dedup_texts.load(shared, name)
            prepared = dedup_texts.inputs(bench)
            if name == "noise":
                prepared = {**prepared, **{f"site lines {seed}": furniture.refurnished(bench, seed) for seed in SITES}}
            for how, texts in prepared.items():
                benches.append(bench)
                hows.append(how)
                sets.append(labelled(bench, texts, folds))
        for seed in SITES:
            bench = furniture.brief_bench(dedup_texts.load(shared, "noise"), seed, MOST_SITE_WORDS)
            benches.append(bench)
            hows.append(f"sites {seed}")
            sets.append(labelled(bench, bench.texts, folds))
        return cls(benches=benches, inputs=hows, sets=sets)

    def fit(self, without_fold: int | None = None) -> Forest:
        """Fit trees on all pairs, or on all but one fold."""
        columns = np.concatenate([each.columns for each in self.sets])
        label = np.concatenate([each.label for each in self.sets])
        fold = np.concatenate([each.fold for each in self.sets])
        weight = np.concatenate(
            [
                np.full(len(each.label), REAL if bench.name == "real" else 1.0)
                for bench, each in zip(self.benches, self.sets, strict=True)
            ]
        )
        taken = fold != without_fold if without_fold is not None else np.ones(len(fold), np.bool_)
        return fit(columns[taken], label[taken], weight[taken])


def cross_validate(training: Training, folds: int) -> None:
    """Print the quality of pairs and clusters in each fold, with trees fitted on the other folds."""
    scores = [np.full(len(each.label), -np.inf) for each in training.sets]
    for fold in range(folds):
        trees = training.fit(without_fold=fold)
        for each, found in zip(training.sets, scores, strict=True):
            found[each.fold == fold] = trees.score(each.columns[each.fold == fold])
    scores = [cap_forms(each.measures, found) for each, found in zip(training.sets, scores, strict=True)]
    for bench, how, each, found in zip(training.benches, training.inputs, training.sets, scores, strict=True):
        odds = cap_partial_copies(each.measures.short_cover, found)
        copy, taken = (each.label == 1) & each.proposed, (odds > 0) & (each.label >= 0) & each.proposed
        if not copy.any():
            print(f"{bench.name}, {how}: {taken.sum()} of {(each.proposed & (each.label == 0)).sum()} pairs taken for copies")
        else:
            print(f"{bench.name}, {how}: pairs P {copy[taken].mean():.4f} R {taken[copy].mean():.4f}")
            dedup_texts.show_measures(
                bench.scored([[bench.rows[member].id for member in group] for group in each.clusters(found)])
            )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--shared", type=Path, required=True)
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    training = Training.read(given.shared, given.folds)
    labels = np.concatenate([each.label for each in training.sets])
    print(f"{len(labels):,} pairs, {int((labels == 1).sum()):,} copies, {int((labels == 0).sum()):,} not")
    if given.write:
        forests.write(training.fit(), TARGET)
    else:
        cross_validate(training, given.folds)


if __name__ == "__main__":
    main()
