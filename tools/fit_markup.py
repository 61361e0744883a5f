"""
Fit the two forests that find the report on a page of HTML: ``tools/fit_markup.py --shared DIR [--folds 5] [--gains] [--write]``.

The pages are the development halves of three benchmarks of article extraction, and of the articles of a fourth. Each line is
labelled by the measure of the benchmark: at least half of its words are covered by the report (`page_lines.label_lines`). The
first forest, ``markup.json``, sees the markup of lines alone. What it says of a page is worked out by a forest fitted to other
sites. The passes see the lines that survive, and the second forest, ``page-extent.json``, sees markup, text and the first one's
opinions around each unit. Both are gradient boosted (Friedman 2001; scikit-learn's histograms), with complete trees. A line
counts by its words, a page as much as any other. ``--folds`` fits to all other sites in turn and prints the results of the whole
parser on the sites left out; ``--gains`` prints how much each feature brings, ``--errors`` counts what is left and lost;
``--write`` fits to all sites. No word of any page is written. What takes long to make is kept in ``--cache``. Needs the extras
``bench`` and ``data``.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import attrs
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

import newsnorm
from newsnorm.assemble import assemble
from newsnorm.evidence.forest import Forest, likelihood
from newsnorm.language import identify
from newsnorm.page.extent_features import extract_extent_features, feature_names
from newsnorm.page.markup_features import extract_markup_features
from newsnorm.page.markup_screen import SURE, keep_mask
from newsnorm.page.markup_view import MODEL as MARKUP_MODEL
from newsnorm.page.markup_view import REPORT, MarkupView
from newsnorm.page.state import run_passes
from newsnorm.page.unit_features import extract_features
from newsnorm.page.units import scan_units
from newsnorm.passes import PASSES, find_extent
from newsnorm.passes.extent_page import MODEL as EXTENT_MODEL
from newsnorm.passes.extent_page import keep_likely
from newsnorm.records import Article, Page
from newsnorm.text.sentences import ends_sentence

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import extraction
import forests
import html_pages
import page_lines

Array: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

READING = ("read", "records", "text")
"""The rooms that pages depend on; then the files that their features depend on."""
MARKUP = (
    *READING,
    *(f"page/{name}.py" for name in ("marked_lines", "markup_claims", "markup_features", "markup_names", "markup_tree")),
    "page/data/markup-names.toml",
)

EXTENT = ("read", "records", "text", "grammar", "catalogue", "page", "passes", "language.py")

EASY_WORDS = 12
"""Words of a line outside the report up to which it is easily told by its markup."""

MOST_WORDS, LEAST_REPORT, MOST_SHARE = 100, 50, 0.3
"""Words that a line counts for at most; words that a report has at least; and the share of its report that a line counts for at
most."""

AFTER = PASSES[PASSES.index(find_extent) + 1 :]
BEFORE = PASSES[: PASSES.index(find_extent)]


@attrs.frozen(kw_only=True)
class Shape:
    """The shape of a forest, and how it is fitted."""

    trees: int
    depth: int
    rate: float
    least: int = 30
    """Rows of a leaf."""
    penalty: float = 5.0
    some: float = 0.4
    """The share of features that each split may choose from."""
    easy: float = 1.0
    """The share of easy lines that it is fitted to, which count for all of them."""
    line: float = 40.0
    """Words that a line counts for whatever its length."""


FIRST = Shape(trees=100, depth=5, rate=0.1, easy=0.2, line=15.0)
SECOND = Shape(trees=200, depth=5, rate=0.08)


@attrs.frozen(kw_only=True, eq=False)
class Rows:
    """The lines of a page, or its units, with features and labels; arrays have one value for each."""

    case: page_lines.Case
    columns: npt.NDArray[np.float32]
    """Shape (rows, features)."""
    is_report: Flags
    words: Array
    texts: Sequence[str]
    free: Flags
    """Whether nothing took it before the extent of the report is found."""

    @property
    def closed(self) -> Flags:
        """Whether each closes as a sentence."""
        return np.fromiter(map(ends_sentence, self.texts), bool, len(self.texts))

    def weight(self, line: float) -> Array:
        """
        Return how much each counts: its words, as a share of the report's, so that each page counts the same.

        Args:
            line: words that each counts for whatever its length.

        """
        words = np.minimum(self.words, MOST_WORDS) + line
        share = words / max(float(words[self.is_report].sum()), LEAST_REPORT)
        return np.asarray(np.minimum(share, MOST_SHARE))


@attrs.frozen(kw_only=True, eq=False)
class Bench:
    """The pages of the benchmarks, read."""

    score: ModuleType
    cases: Sequence[page_lines.Case]
    pages: Sequence[Page]

    @classmethod
    def of(cls, shared: Path, cache: Path) -> Bench:
        """Read the pages."""
        cases = page_lines.cases(shared)
        pages = page_lines.cached(cache, "pages", (*READING, "language.py"), partial(_read, cases))
        return cls(score=extraction.scorer(shared), cases=cases, pages=pages)


def _read(cases: Sequence[page_lines.Case]) -> list[Page]:
    pages = map(page_lines.read_page, cases)
    return [attrs.evolve(page, language=identify(page)) for page in pages]


def lines_of(bench: Bench) -> list[Rows]:
    """Return the labelled lines of each page."""
    rows = []
    for case, page in zip(bench.cases, bench.pages, strict=True):
        features = extract_markup_features(page)
        rows.append(
            Rows(
                case=case,
                columns=np.stack(list(features.columns.values()), axis=1).astype(np.float32),
                is_report=page_lines.label_lines(bench.score, features.lines.texts, case.body),
                words=features.lines.size,
                texts=features.lines.texts,
                free=np.ones(features.lines.count, bool),
            )
        )
    return rows


def units_of(bench: Bench, lines: Sequence[Rows], opinions: Sequence[Array]) -> list[Rows]:
    """Return the units of the lines of each page that survive; a unit is of the report if most words of its lines are."""
    catalogue = newsnorm.Catalogue.default()
    rows = []
    for page, of_page, likely in zip(bench.pages, lines, opinions, strict=True):
        view = view_of(page, likely)
        features = extract_features(scan_units(run_passes(page, catalogue, BEFORE, view)))
        row_of = {number: row for row, number in enumerate(view.features.numbers)}
        words = np.zeros((len(features.units), 2))  # all, and those of the report
        for at, unit in enumerate(features.units):
            own = [row_of[line.number] for line in unit.lines]
            words[at] = of_page.words[own].sum(), of_page.words[own][of_page.is_report[own]].sum()
        columns = extract_extent_features(view, features, feature_names(tuple(view.features.columns)))
        rows.append(
            Rows(
                case=of_page.case,
                columns=columns.astype(np.float32),
                is_report=(2 * words[:, 1] >= words[:, 0]) & (words[:, 0] > 0),
                words=words[:, 0],
                texts=["\n".join(line.text for line in unit.lines) for unit in features.units],
                free=features.free,
            )
        )
    return rows


def view_of(page: Page, likely: Array) -> MarkupView:
    """Return what is seen of a page, given how likely each line is part of the report."""
    features = extract_markup_features(page)
    kept = keep_mask(features, likely)
    aside = tuple(page.lines[number] for number, keep in zip(features.numbers, kept.tolist(), strict=True) if not keep)
    return MarkupView(page, features, likely, aside)


def fit(rows: Sequence[Rows], names: tuple[str, ...], shape: Shape, *, show_gains: bool = False) -> Forest:
    """Fit a forest to the rows of some pages."""
    random = np.random.default_rng(0)
    columns, labels, weights = list[npt.NDArray[np.float32]](), list[Flags](), list[Array]()
    for row in rows:
        is_easy = ~row.is_report & (row.words < EASY_WORDS)
        taken = row.free & (~is_easy | (random.random(len(is_easy)) < shape.easy))
        columns.append(row.columns[taken])
        labels.append(row.is_report[taken])
        weights.append((row.weight(shape.line) * np.where(is_easy, 1 / shape.easy, 1.0))[taken])
    weight = np.concatenate(weights)
    model = HistGradientBoostingClassifier(
        max_iter=shape.trees,
        max_depth=shape.depth,
        max_leaf_nodes=None,
        learning_rate=shape.rate,
        min_samples_leaf=shape.least,
        l2_regularization=shape.penalty,
        max_features=shape.some,
        max_bins=63,
        early_stopping=False,
        random_state=0,
    ).fit(np.concatenate(columns), np.concatenate(labels), sample_weight=weight / weight.mean())
    if show_gains:
        print("\n".join(f"{name} {gain:.4f}" for name, gain in forests.gains(model, names).items()), flush=True)
    return forests.packed(model, names, shape.depth, 5)


def fit_folds(rows: Sequence[Rows], names: tuple[str, ...], shape: Shape, folds: int) -> list[Forest]:
    """Fit a forest to all sites but those of each fold, in turn."""
    made = []
    for fold in range(folds):
        made.append(fit([row for row in rows if page_lines.fold_of(row.case.site, folds) != fold], names, shape))
        print(f"fold {fold} fitted", file=sys.stderr, flush=True)
    return made


def opinions_of(rows: Sequence[Rows], names: tuple[str, ...], made: Sequence[Forest]) -> list[Array]:
    """Return how likely each row, with columns of these names, is part of the report, by the forest that never saw its site."""
    opinions = []
    for row in rows:
        forest = made[page_lines.fold_of(row.case.site, len(made))]
        asked = [names.index(name) for name in forest.names]
        opinions.append(likelihood(forest, row.columns[:, asked].astype(np.float64)))
    return opinions


def parsed(bench: Bench, opinions: Sequence[Array], extents: Sequence[Forest]) -> dict[str, Article]:
    """Return what the whole parser makes of each page, with a forest for the extent of its report that never saw its site."""
    catalogue = newsnorm.Catalogue.default()
    made = {}
    for case, page, likely in zip(bench.cases, bench.pages, opinions, strict=True):
        judge = partial(find_extent, forest=extents[page_lines.fold_of(case.site, len(extents))])
        found = run_passes(page, catalogue, (*BEFORE, judge, *AFTER), view_of(page, likely))
        made[case.id] = assemble(page, found.findings(), version="", parser="")
    return made


def but_for_standfirst(score: ModuleType, article: Article, body: str) -> str:
    """Return the text of an article, without its standfirst if the benchmark leaves that out: newsnorm keeps it and names it."""
    standfirst = "" if article.standfirst is None else article.standfirst.text
    lines = score.coverage(article.text, body)
    return "\n".join(line for line, words, hit in lines if line != standfirst or 2 * hit >= words)


def show(bench: Bench, name: str, texts: dict[str, str]) -> None:
    """Print the quality of some texts, a row for each set."""
    for kind in page_lines.SETS:
        truth = [{"id": case.id, "body": case.body} for case in bench.cases if case.set == kind]
        found = bench.score.score(truth, texts)
        measures = " ".join(f"{key} {found[key]:.3f}" for key in ("F1", "P", "R"))
        print(f"{name:20} {kind:6} {measures} exact {found['acc']:.3f} dirty {found['dirty']:.3f}", flush=True)


def joined(rows: Sequence[Rows], kept: Sequence[Flags]) -> dict[str, str]:
    """Return the rows of each page that are kept, as a text."""
    return {
        row.case.id: "\n".join(text for text, stays in zip(row.texts, keep.tolist(), strict=True) if stays)
        for row, keep in zip(rows, kept, strict=True)
    }


def second_input(
    bench: Bench, lines: Sequence[Rows], names: tuple[str, ...], options: argparse.Namespace
) -> tuple[list[Array], list[Rows]]:
    """Return what forests say of lines of sites that they never saw, and the units that survive."""
    how = how_of(options.folds)

    def opinions() -> list[Array]:
        return opinions_of(lines, names, fit_folds(lines, names, FIRST, options.folds))

    known = page_lines.cached(options.cache, f"opinions-{how}", MARKUP, opinions)
    units = page_lines.cached(options.cache, f"units-{how}", EXTENT, partial(units_of, bench, lines, known))
    return known, units


def how_of(folds: int, *more: object) -> str:
    """Return a short digest of how forests are fitted."""
    values = (FIRST, EASY_WORDS, MOST_WORDS, LEAST_REPORT, MOST_SHARE, folds, *more)
    return hashlib.sha256(repr(values).encode()).hexdigest()[:8]


def main() -> None:
    """Fit, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench/extraction and bench/wcxb")
    parser.add_argument("--cache", type=Path, default=Path("out/pages"), help="where pages and features are kept")
    parser.add_argument("--folds", type=int, default=5, help="folds of sites")
    parser.add_argument("--gains", action="store_true", help="print how much each feature brings")
    parser.add_argument("--errors", action="store_true", help="count lines that are left or lost, by kind")
    parser.add_argument("--write", action="store_true", help=f"write {MARKUP_MODEL} and {EXTENT_MODEL}")
    options = parser.parse_args()
    bench = Bench.of(options.shared, options.cache)
    lines = page_lines.cached(options.cache, "lines", MARKUP, partial(lines_of, bench))
    markup_names = tuple(extract_markup_features(bench.pages[0]).columns)
    names = feature_names(markup_names)

    opinions, units = second_input(bench, lines, markup_names, options)
    if options.write:
        forests.write(fit(lines, markup_names, FIRST, show_gains=options.gains), forests.MODELS / MARKUP_MODEL)
        forests.write(fit(units, names, SECOND, show_gains=options.gains), forests.MODELS / EXTENT_MODEL)
        return
    words = sum(row.words[row.is_report].sum() for row in lines)
    lost = sum(row.words[row.is_report & (likely <= SURE)].sum() for row, likely in zip(lines, opinions, strict=True))
    units_kept, all_lines = sum(len(row.words) for row in units), sum(len(row.words) for row in lines)
    print(f"units shown to passes {units_kept / all_lines:.3f} of lines; good words below {SURE}: {lost / words:.4f}")
    show(bench, "labels", joined(lines, [row.is_report for row in lines]))
    show(bench, "markup alone", joined(lines, [likely > REPORT for likely in opinions]))
    extents = page_lines.cached(
        options.cache, f"extents-{how_of(options.folds, SECOND)}", EXTENT, partial(fit_folds, units, names, SECOND, options.folds)
    )
    likely_units = opinions_of(units, names, extents)
    for keep in (0.4, 0.5, 0.6, 0.7, 0.8):
        kept = [(likely > keep) & row.free for row, likely in zip(units, likely_units, strict=True)]
        show(bench, f"units above {keep}", joined(units, kept))
    for doubt in (0.0, 0.02, 0.04, 0.08):
        kept = [
            keep_likely(likely, row.free, row.closed, row.words, doubt=doubt)
            for row, likely in zip(units, likely_units, strict=True)
        ]
        show(bench, f"doubt {doubt}", joined(units, kept))
    articles = parsed(bench, opinions, extents)
    texts = {id_: article.text for id_, article in articles.items()}
    show(bench, "whole parser", texts)
    bare = {case.id: but_for_standfirst(bench.score, articles[case.id], case.body) for case in bench.cases}
    show(bench, "but for standfirst", bare)
    for kind in page_lines.SETS if options.errors else ():
        counts = Counter(
            error for case in bench.cases if case.set == kind for error in html_pages.errors(bench.score, case, texts[case.id])
        )
        print(f"{kind}: " + ", ".join(f"{error} {count}" for error, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
