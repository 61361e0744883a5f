"""
Find where the report begins and ends, and what within it does not belong to it.

Extractors mostly leave in full sentences of other texts above or below the report: comments, teasers, author boxes, company
notes. Phrases can't match them. So each unit of the page gets a probability of being part of the report, from its features and
its surroundings (`newsnorm.evidence.chain`). A policy then limits removals: in a text that does not look like a whole page, a
stretch is removed only if there is known evidence against it (`newsnorm.passes.extent_policy`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from newsnorm.catalogue import Rules
from newsnorm.catalogue.slots import place
from newsnorm.evidence.weights import ExtentWeights, extent_weights
from newsnorm.notes import note
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.page.units import scan_units
from newsnorm.passes.likelihood_wording import LaterWordings
from newsnorm.records import Doubt, Page, Removal
from newsnorm.records.findings import saying_why_later

if TYPE_CHECKING:
    from newsnorm.evidence import Contribution
    from newsnorm.evidence.chain import FeatureRows
    from newsnorm.evidence.forest import Forest
    from newsnorm.page.units import UnitCues
    from newsnorm.passes.verdict import Verdict

HEAD = CodeRule(
    "extent.head",
    "Lines above the report that don't belong to it, judged by features and surroundings; the finding says what decided.",
)
AMID = CodeRule(
    "extent.amid",
    "Lines within the report that don't belong to it, judged by features and surroundings; the finding says what decided.",
)
TAIL = CodeRule(
    "extent.tail",
    "Lines below the report that don't belong to it, judged by features and surroundings; the finding says what decided.",
)
KEPT = CodeRule(
    "extent.kept",
    "Nothing was removed by features and surroundings, because more than 30 % of the words would have gone; a note says so.",
)
CODE_RULES = (HEAD, AMID, TAIL, KEPT)

REASONS = 3
"""Most features that a finding names."""


def find_extent(
    page: Page, found: Found, rules: Rules, weights: ExtentWeights | None = None, forest: Forest | None = None
) -> Iterator[Removal | Doubt]:
    """
    Find the stretches above, below and within the report that don't belong to it.

    Args:
        page: the page.
        found: what earlier passes found.
        rules: the rules that hold on it.
        weights: the weights of the chain that judges texts; by default the shipped ones.
        forest: judges pages with markup; by default the shipped one.

    """
    verdict = _judge(scan_units(found), weights, forest)
    if verdict is None:
        return
    if verdict.refused:
        yield _refusal(verdict)
        return
    body = verdict.keep_mask.nonzero()[0].tolist()
    gone = (~verdict.keep_mask & verdict.free).nonzero()[0].tolist()
    if not body or not gone:
        return
    wordings = LaterWordings(verdict.likely[gone].tolist(), verdict.reasons(gone, REASONS))
    for number, index in enumerate(gone):
        unit = verdict.units[index]
        if index < body[0] and place(unit.text, rules.context) is not None:
            continue  # a dateline on a line of its own, which the next pass reads
        rule = HEAD if index < body[0] else TAIL if index > body[-1] else AMID
        say_why = wordings.of(number)
        yield from (saying_why_later(removed(line, rule, "other-text"), say_why) for line in unit.lines)


def _judge(cues: UnitCues, weights: ExtentWeights | None, forest: Forest | None) -> Verdict | None:
    """Decide which units stay, by the page's markup if it has any; None if nothing can be removed."""
    markup = cues.found.layout.markup
    if markup is None:
        return _judge_text(cues, weights)
    from newsnorm.passes.extent_page import judge_page

    return judge_page(cues, markup, forest)


def _judge_text(cues: UnitCues, weights: ExtentWeights | None) -> Verdict | None:
    """Decide which units of a text stay; None if nothing can be removed."""
    from newsnorm.evidence import chain  # these need numpy, which importing newsnorm must not load
    from newsnorm.page.unit_features import extract_features
    from newsnorm.passes.extent_policy import apply_policy, may_have_boilerplate
    from newsnorm.passes.verdict import Verdict

    if not may_have_boilerplate(cues):
        return None
    features, weights = extract_features(cues), weights or extent_weights()
    rows = features.of_units(weights.unit_features)
    likely = chain.score(rows, features.of_places(weights.place_features), features.free, weights)
    decision = apply_policy(features, likely)
    return Verdict(
        units=features.units,
        likely=likely,
        keep_mask=decision.keep_mask,
        free=features.free,
        reasons=partial(_explained, rows, weights),
        refused=decision.refused,
    )


def _explained(
    rows: FeatureRows, weights: ExtentWeights, units: Sequence[int], most: int
) -> Callable[[], Sequence[Sequence[Contribution]]]:
    """Return a function that names the evidence against some units; it is computed now, so that the rows need not be kept."""
    from newsnorm.evidence import chain

    explained = chain.explain(rows, weights, units, most)
    return lambda: explained


def _refusal(verdict: Verdict) -> Doubt:
    """Make the finding that everything was kept."""
    first = verdict.units[0].lines[0]
    return Doubt(
        line=first.number,
        span=first.raw_span(0, 0),
        text="",
        rule=KEPT.id,
        takes_line=False,
        doubt=note("extent-kept"),
    )
