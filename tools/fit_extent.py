"""
Fit the weights of `newsnorm.passes.find_extent`: ``python tools/fit_extent.py --shared DIR [--folds 4] [--write]``.

Each text of the extraction benchmark is read and processed up to the extent, like a user's text; units are labelled by the
benchmark's own measure (at least half of the words covered by the report). The chain is fitted by softmax-margin training
(Gimpel and Smith 2010), which maximises the likelihood of the labelled paths against rivals that gain with each word that they
get wrong. The optimiser is L-BFGS, with gradients by forward-backward over all texts at once, L1 and L2 penalties, and early
stopping; then the strongest weights are kept and fitted again. ``--folds`` fits on all other sites in turn and prints the results
of the whole parser on the sites left out; ``--write`` fits on all sites and writes the rounded weights, without a word of any
page. Needs the extras ``bench`` and ``data``.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

import newsnorm
from newsnorm.evidence.chain import EMPTY, TAKEN
from newsnorm.evidence.weights import ExtentWeights
from newsnorm.page.state import run_passes
from newsnorm.page.unit_features import PLACE, PLACE_SIGNALS, UNIT, UNIT_SIGNALS, extract_features
from newsnorm.page.units import scan_units
from newsnorm.passes import PASSES, find_extent

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import extraction

Array = npt.NDArray[np.float64]

TRAINED = tuple(name for name in extraction.INPUTS if name != "boilerpy3")
"""The inputs for fitting; one extractor is left out, to see how well the weights work for an unknown one."""

LONGEST = 700
"""The longest page used, in units. Longer ones are mostly lists, and a few of them would outweigh a hundred reports."""

KEPT = 150
"""Number of weights that are kept, the strongest ones; few enough for a person to read them all."""

COST, DEAR = 4.0, 0.1
"""Cost of a wrong unit in a rival path, and the share of the report's words from which a unit has this cost; smaller units cost
proportionally less. Without it, lists of short lines would decide about paragraphs."""

ROUNDS = 90
"""Steps of the optimiser: stopping early prevents overfitting to the sites."""

LONG_UNIT = 100
"""Number of words above which the cost of a unit does not grow."""

CLEAN = 4.0
"""Weight of a text that is all report, relative to other texts: nothing of it may be removed."""

OUT = Path(__file__).parents[1] / "src" / "newsnorm" / "evidence" / "models" / "extent.toml"

_NEVER = -1e4


@attrs.frozen(kw_only=True, eq=False)
class Text:
    """A text, as input of the chain."""

    site: str
    line: Array
    cut: Array
    free: npt.NDArray[np.bool_]
    report: npt.NDArray[np.bool_]
    words: Array
    weight: float


@attrs.frozen
class Names:
    """The names of features, in the order of the arrays."""

    line: tuple[str, ...]
    cut: tuple[str, ...]

    @property
    def labels(self) -> list[tuple[str, str]]:
        """Return the part and the feature of each weight."""
        lines = [(part, name) for part in ("body", "insertion") for name in self.line]
        cuts = [(part, name) for part in ("start", "end") for name in self.cut]
        return [*lines, *cuts, *(("links", name) for name in ("leave", "back", "stay"))]


def gather(shared: Path, cache: Path) -> tuple[Names, list[Text]]:
    """Collect the features and labels of all texts for fitting."""
    score, cases = extraction.scorer(shared), extraction.cases(shared)
    parser = newsnorm.Parser()
    passes = PASSES[: PASSES.index(find_extent)]
    texts: list[Text] = []
    names = Names((*UNIT_SIGNALS, *UNIT), (*PLACE_SIGNALS, *PLACE))
    for kind in TRAINED:
        of = extraction.texts_of(kind, cases, shared, cache)
        for case in cases:
            page = parser.page(of.get(case.id, ""), url=case.url)
            features = extract_features(scan_units(run_passes(page, parser.catalogue, passes)))
            if not features.units:
                continue
            covered = iter(score.coverage("\n".join(unit.text for unit in features.units), case.body))
            rows = [next(covered) if score.words(unit.text) else ("", 1, 0) for unit in features.units]
            texts.append(
                Text(
                    site=case.site,
                    line=features.of_units(names.line).values.T,
                    cut=features.of_places(names.cut).values.T,
                    free=features.free,
                    report=np.array([2 * hit >= words for _, words, hit in rows], bool) & features.free,
                    words=np.array([words for _, words, _ in rows], float),
                    weight=(CLEAN if kind == extraction.CLEAN else 1.0) / len(rows) ** 0.5,
                )
            )
        print(f"{kind}: {len(texts)} texts so far", file=sys.stderr, flush=True)
    return names, texts


@attrs.frozen(kw_only=True, eq=False)
class Batch:
    """Texts packed into one array, the longest first, so that each step processes all texts that have not ended."""

    line: Array
    cut: Array
    free: npt.NDArray[np.bool_]
    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]
    running: list[int]
    each: Array
    """The weight of each text."""
    wrong: Array
    """Two rows: the gain of a rival that takes the unit for report, and the gain of one that does not."""
    gold: Array
    """Sums of features and links on the labelled paths, in the shape of the weights."""


def batch(texts: Sequence[Text]) -> Batch:
    """Pack the texts that contain some of the report."""
    ordered = sorted(
        (text for text in texts if text.report.any() and len(text.free) <= LONGEST), key=lambda text: -len(text.free)
    )
    lengths = np.array([len(text.free) for text in ordered])
    first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    line, cut = (np.concatenate([getattr(text, name) for text in ordered]) for name in ("line", "cut"))
    body, insertion, start, end = (np.zeros(len(line)) for _ in range(4))
    links = np.zeros(3)
    each = np.array([text.weight for text in ordered])
    each /= each.mean()
    wrong = np.zeros((2, len(line)))
    for text, at, weight in zip(ordered, first.tolist(), each.tolist(), strict=True):
        where = np.flatnonzero(text.report)
        begin, final = where[0], where[-1]
        body[at + where] = weight
        within = text.report[begin : final + 1]
        insertion[at + begin + np.flatnonzero(~within)] = weight
        start[at + begin] = weight
        if final + 1 < len(text.report):
            end[at + final + 1] = weight
        steps = ((within[:-1] & ~within[1:]).sum(), (~within[:-1] & within[1:]).sum(), (~within[:-1] & ~within[1:]).sum())
        links += weight * np.array(steps, float)
        words = np.minimum(text.words, LONG_UNIT)
        cost = COST * np.minimum(words / words[text.report].sum() / DEAR, 1)
        wrong[:, at : at + len(cost)] = np.where(text.report, 0, cost), np.where(text.report, cost, 0)
    return Batch(
        line=line,
        cut=cut,
        free=np.concatenate([text.free for text in ordered]),
        first=first,
        last=first + lengths - 1,
        running=[int((lengths > step).sum()) for step in range(lengths.max())],
        each=each,
        wrong=wrong,
        gold=np.concatenate([line.T @ body, line.T @ insertion, cut.T @ start, cut.T @ end, links]),
    )


def _sum(*terms: Array) -> Array:
    """Return the logarithm of a sum of exponentials."""
    top = np.maximum.reduce(terms)
    return np.asarray(top + np.log(sum(np.exp(term - top) for term in terms)))


def expected(of: Batch, weights: Array) -> tuple[float, Array]:
    """Return the logarithm of the sum over all paths, and the sums of features and links on the average path."""
    lines, cuts = of.line.shape[1], of.cut.shape[1]
    out = of.wrong[1]
    body = np.where(of.free, of.line @ weights[:lines], TAKEN) + of.wrong[0]
    insertion = of.line @ weights[lines : 2 * lines] + out
    start, end = of.cut @ weights[2 * lines : 2 * lines + cuts], of.cut @ weights[2 * lines + cuts : -3]
    leave, back, stay = weights[-3:]
    ahead = np.full((len(body), 4), _NEVER)
    ahead[of.first, 0], ahead[of.first, 3] = out[of.first], EMPTY + out[of.first]
    ahead[of.first, 1] = body[of.first] + start[of.first]
    for step in range(1, len(of.running)):
        at = of.first[: of.running[step]] + step
        h, b, o, e = ahead[at - 1].T
        ahead[at, 0] = h + out[at]
        ahead[at, 1] = body[at] + _sum(h + start[at], b, o + back)
        ahead[at, 2] = insertion[at] + _sum(b + leave, o + stay)
        ahead[at, 3] = _sum(b + end[at], e) + out[at]
    total = _sum(ahead[of.last, 0] + EMPTY, ahead[of.last, 1], ahead[of.last, 3])
    behind = np.full((len(body), 4), _NEVER)
    behind[of.last] = (EMPTY, 0.0, _NEVER, 0.0)
    begins, ends, steps = np.zeros(len(body)), np.zeros(len(body)), np.zeros(3)
    for step in range(len(of.running) - 1, 0, -1):
        at = of.first[: of.running[step]] + step
        z, each = total[: of.running[step]], of.each[: of.running[step]]
        h, b, o, e = behind[at].T
        f = ahead[at - 1]
        begin, on, off = start[at] + body[at] + b, body[at] + b, leave + insertion[at] + o
        close, again, still = end[at] + e + out[at], back + body[at] + b, stay + insertion[at] + o
        begins[at], ends[at] = np.exp(np.minimum(f[:, 0] + begin - z, 0)), np.exp(np.minimum(f[:, 1] + close - z, 0))
        for number, (state, score) in enumerate(((1, off), (2, again), (2, still))):
            steps[number] += (each * np.exp(np.minimum(f[:, state] + score - z, 0))).sum()
        behind[at - 1, 0], behind[at - 1, 1] = _sum(h + out[at], begin), _sum(on, off, close)
        behind[at - 1, 2], behind[at - 1, 3] = _sum(again, still), e + out[at]
    begins[of.first] = np.exp(np.minimum(ahead[of.first, 1] + behind[of.first, 1] - total, 0))
    lengths = of.last - of.first + 1
    unit = np.repeat(of.each, lengths)
    among = ahead + behind - np.repeat(total, lengths)[:, None]
    is_body, is_insertion = (unit * np.exp(np.minimum(among[:, state], 0)) for state in (1, 2))
    sums = [
        of.line.T @ (is_body * of.free),
        of.line.T @ is_insertion,
        of.cut.T @ (begins * unit),
        of.cut.T @ (ends * unit),
        steps,
    ]
    return float(of.each @ total), np.concatenate(sums)


def fit(of: Batch, mask: Array, *, l1: float, l2: float, rounds: int) -> Array:
    """Return the weights with the highest likelihood of the labelled paths; weights outside the mask stay 0."""

    def loss(weights: Array) -> tuple[float, Array]:
        masked = weights * mask
        total, mean = expected(of, masked)
        size = np.sqrt(masked**2 + 1e-4)
        value = total - float(of.gold @ masked) + l2 * float(masked @ masked) / 2 + l1 * float(size.sum())
        return value, (mean - of.gold + l2 * masked + l1 * masked / size) * mask

    found = minimize(loss, np.zeros(len(mask)), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 15})
    return np.asarray(found.x * mask)


def select(of: Batch, names: Names) -> Array:
    """Return a mask of the strongest weights: 1 for these, 0 for the others."""
    weights = fit(of, np.ones(len(names.labels)), l1=30, l2=0.5, rounds=150)
    spread = np.concatenate([of.line.std(0), of.line.std(0), of.cut.std(0), of.cut.std(0), np.ones(3)])
    strength = np.abs(weights) * np.where([name == "bias" for _, name in names.labels], 1, spread)
    strength[-3:] = np.inf
    mask = np.zeros(len(weights))
    mask[np.argsort(-strength, kind="stable")[:KEPT]] = 1
    return mask


def as_weights(names: Names, values: Array) -> ExtentWeights:
    """Return the record of the weights, rounded to two digits."""
    parts: dict[str, dict[str, float]] = {"body": {}, "insertion": {}, "start": {}, "end": {}, "links": {}}
    for (part, name), value in zip(names.labels, values.tolist(), strict=True):
        if round(value, 2) or part == "links":
            parts[part][name] = round(value, 2)
    links = parts.pop("links")
    return ExtentWeights(**parts, **links)  # type: ignore[arg-type]


def parser_with(weights: ExtentWeights) -> newsnorm.Parser:
    """Return the shipped parser with other weights."""
    shipped = newsnorm.Parser()
    weighed = partial(find_extent, weights=weights)
    return newsnorm.Parser(passes=tuple(weighed if find is find_extent else find for find in shipped.passes))


def fold_of(site: str, folds: int) -> int:
    """Return the fold of a site."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def cross_validate(names: Names, texts: Sequence[Text], mask: Array, options: argparse.Namespace) -> None:
    """Print the results of the whole parser for each site, with weights fitted on the other folds."""
    parsers = []
    for fold in range(options.folds):
        rest = batch([text for text in texts if fold_of(text.site, options.folds) != fold])
        parsers.append(parser_with(as_weights(names, fit(rest, mask, l1=2, l2=0.5, rounds=ROUNDS))))
        print(f"fold {fold} fitted", file=sys.stderr, flush=True)
    score, cases = extraction.scorer(options.shared), extraction.cases(options.shared)
    for kind in extraction.INPUTS:
        of = extraction.texts_of(kind, cases, options.shared, options.cache)
        made = {
            case.id: parsers[fold_of(case.site, options.folds)].parse(of[case.id], url=case.url).text
            for case in cases
            if case.id in of
        }
        print("\n".join(extraction.report(score, kind, cases, of, made)), flush=True)


def main() -> None:
    """Fit, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench/extraction")
    parser.add_argument("--cache", type=Path, default=Path("out/extraction"), help="where the extractors' texts are kept")
    parser.add_argument("--folds", type=int, default=4, help="folds of sites; 0: none")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    options = parser.parse_args()
    names, texts = gather(options.shared, options.cache)
    every = batch(texts)
    mask = select(every, names)
    if options.folds:
        cross_validate(names, texts, mask, options)
    if options.write:
        weights = as_weights(names, fit(every, mask, l1=2, l2=0.5, rounds=ROUNDS))
        parts = {"body": weights.body, "insertion": weights.insertion, "start": weights.start, "end": weights.end}
        parts["links"] = {"leave": weights.leave, "back": weights.back, "stay": weights.stay}
        rows = [f"\n[{part}]\n" + "".join(f"{name} = {value}\n" for name, value in of.items()) for part, of in parts.items()]
        head = (
            "# Weights of features of a paragraph, or of the boundary above it, for each state. "
            "Features: newsnorm.page.unit_features.\n"
        )
        OUT.write_text(head + "# Generated by tools/fit_extent.py: do not edit.\n" + "".join(rows), encoding="utf-8")
        print(f"{sum(map(len, parts.values()))} weights written to {OUT.name}")


if __name__ == "__main__":
    main()
