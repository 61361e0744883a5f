"""
Decide which units of a page of HTML stay. A forest scores each by its markup, its text, and the scores of nearby lines by markup
alone.

Markup is stronger evidence than text, so units unlikely to be part of the report are removed without the limits of
`newsnorm.passes.extent_policy`.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from newsnorm.evidence.forest import Forest, load_forest, probability
from newsnorm.page.extent_features import extract_extent_features
from newsnorm.page.marked_lines import Flags, Floats
from newsnorm.page.markup_screen import BLOCK_WORDS
from newsnorm.page.markup_view import MarkupView
from newsnorm.page.unit_features import extract_features
from newsnorm.page.units import UnitCues
from newsnorm.passes.extent_structure import LEAST_LIKELY, LINKED, keep_alike, keep_structure
from newsnorm.passes.verdict import Verdict
from newsnorm.records import Byline, PublicationDate, Span
from newsnorm.records.markup import Markup

MODEL = "page-extent.json"

KEEP, KEEP_SENTENCE = 0.5, 0.4
"""The probability from which a unit stays, and from which one that ends like a sentence stays, whose loss would be worse
(``tools/fit_markup.py --folds`` prints what other thresholds would do)."""

KEEP_LONG = 0.2
"""The probability from which a sentence stays on a page so long that its last lines come in blocks, which the forest was not
trained on. Chosen, not measured."""

SURE, SURE_SENTENCE = 0.78, 0.5
"""The probabilities from which units, and sentences, are not in doubt."""

DOUBT = 0.04
"""Largest share of the report, by probability, in units in doubt that are all removed together: the text is then most likely
clean, and next to nothing is lost. If they hold more, as long lists do, each is judged by itself."""

WHOLE = frozenset(("h2", "h3", "h4", "h5", "h6", "pre", "table"))
"""Elements whose parts are each judged by themselves, unless they are sentences or links."""

SHARE, USUAL = 0.5, 0.9
"""Where no unit reaches them: the share of the highest probability on the page from which units stay; and the highest probability
on most pages, below which less is in doubt."""

STATES, STATES_WORDS = 0.7, 25
"""Smallest share of a unit in byline and date, and most words, for a unit that only states them."""


def judge_page(cues: UnitCues, markup: MarkupView, forest: Forest | None = None) -> Verdict:
    """
    Decide which units of a page of HTML stay.

    Args:
        cues: the cues of the units.
        markup: what the markup says about the page.
        forest: scores how likely units are part of the report; by default the shipped one.

    """
    forest, features = forest or load_forest(MODEL), extract_features(cues)
    rows = extract_extent_features(markup, features, forest.names)
    leaves, free = forest.leaves(rows), features.free
    likely = probability(forest.score_leaves(leaves))
    is_field = (features.size <= STATES_WORDS) & (_stated(cues) >= STATES)
    is_part = _parts(cues, markup.page.markup)
    kept = keep_likely(likely, free, features.signals["closed"] > 0, features.size, is_part=is_part) & ~is_field
    may_stay = free & ~features.evidence & ~is_field & (likely > LEAST_LIKELY)
    kept = keep_alike(kept, may_stay, cues.units, markup.page.markup)
    kept = keep_structure(kept, free, cues.units, markup.page.markup)
    return Verdict(
        units=cues.units,
        likely=likely,
        keep_mask=kept,
        free=free,
        reasons=lambda units, most: partial(forest.compare(rows, leaves, units, kept).against, most),
    )


def keep_likely(
    likely: Floats, free: Flags, is_sentence: Flags, words: Floats, *, is_part: Flags | bool = False, doubt: float = DOUBT
) -> Flags:
    """
    Return which units stay by their probabilities. Shape (units,).

    Args:
        likely: how likely each is part of the report. Shape (units,).
        free: whether each is free. Shape (units,).
        is_sentence: whether each ends like a sentence. Shape (units,).
        words: number of words of each. Shape (units,).
        is_part: whether each is part of a table or of code, and so is judged by itself. Shape (units,).
        doubt: largest share of the report in units in doubt that are all removed together.

    >>> likely, yes = np.array([0.95, 0.95, 0.7, 0.2]), np.ones(4, bool)
    >>> keep_likely(likely, yes, ~yes, np.array([80.0, 90.0, 4.0, 9.0])).tolist()
    [True, True, False, False]
    >>> keep_likely(likely, yes, ~yes, np.array([80.0, 90.0, 40.0, 9.0])).tolist()
    [True, True, True, False]

    """
    most_likely, is_block = float(likely.max(initial=0.0, where=free)), words >= BLOCK_WORDS
    of_sentence = KEEP_LONG if is_block.any() else KEEP_SENTENCE
    kept = (likely > np.minimum(np.where(is_sentence, of_sentence, KEEP), SHARE * most_likely)) & free
    sure = min(most_likely / USUAL, 1.0) * np.where(is_sentence, SURE_SENTENCE, SURE)
    doubtful = kept & (likely <= sure) & (is_sentence | ~np.asarray(is_part, bool))
    expected = likely * words
    if expected[doubtful].sum() <= doubt * expected[kept].sum():
        kept &= ~doubtful
    return np.asarray(kept | (is_block & free), bool)


def _parts(cues: UnitCues, markup: Markup) -> Flags:
    """
    Return whether each unit is a heading, or part of a table or of code, but not a link. Shape (units,).

    If one of them is removed, the others can't be understood.
    """
    if not any(tag in markup.by_tag for tag in WHOLE):
        return np.zeros(len(cues.units), bool)
    whole = markup.innermost(markup.tagged(WHOLE))
    marks = [markup.of_line(unit.lines[0].number) for unit in cues.units]
    return np.array(
        [
            mark is not None and whole[mark.element] > 0 and mark.linked <= LINKED * len(unit.lines[0].text)
            for unit, mark in zip(cues.units, marks, strict=True)
        ],
        bool,
    )


def _stated(cues: UnitCues) -> Floats:
    """
    Return the share of each unit covered by bylines and dates that were found in it but did not take the line. Shape
    (units,).
    """
    spans: dict[int, list[Span]] = {}
    for finding in (*cues.found.all(Byline), *cues.found.all(PublicationDate)):
        spans.setdefault(finding.line, []).append(finding.span)
    shares = np.zeros(len(cues.units))
    for index, unit in enumerate(cues.units if spans else ()):
        covered = [
            range(max(span.start, line.span.start), min(span.end, line.span.end))
            for line in unit.lines
            for span in spans.get(line.number, ())
        ]
        shares[index] = len({place for places in covered for place in places}) / len(unit.text)
    return shares
