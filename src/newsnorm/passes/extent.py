"""
Where does the report begin and end, and what stands amid it that is none of it?

Most of what extractors leave in is full sentences of other texts above or below the report: comments, teasers, author boxes,
company notes. No phrase reaches them. So each line gets a probability of being the report, from features of the line in its
surroundings and of the cuts between lines, by a linear-chain model (Lafferty, McCallum and Pereira 2001) whose states run
head → report ⇄ hole, report → tail. Its weights are data (``evidence/models/extent.toml``), fitted by
``tools/fit_extent.py``.

Then restraint: in a text that does not look like a whole page a stretch goes only where something known speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsnorm.catalogue import Rules
from newsnorm.catalogue.slots import place
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Doubt, Page, Removal

if TYPE_CHECKING:
    from newsnorm.grammar.tables import Weights
    from newsnorm.page.units import Features

HEAD = CodeRule(
    "extent.head", "Lines above the report, by their features and their surroundings; the finding names what decided."
)
AMID = CodeRule("extent.amid", "Lines amid the report that are none of it, by their features and their surroundings.")
TAIL = CodeRule("extent.tail", "Lines below the report, by their features and their surroundings.")
KEPT = CodeRule("extent.kept", "More than three tenths of the words would go: nothing goes, and a note says so.")
CODE_RULES = (HEAD, AMID, TAIL, KEPT)

REASONS = 3
"""How many features a finding names."""


def find_extent(page: Page, found: Found, rules: Rules) -> Iterator[Removal | Doubt]:
    """The stretches above, below and amid the report that are none of it."""
    from newsnorm.evidence.chain import keep, may_go, probabilities  # they need numpy, and importing newsnorm is to be light
    from newsnorm.page.units import glance, look

    seen = glance(page, found)
    if not may_go(seen):
        return
    features = look(page, found, seen)
    weights = rules.context.tables.extent.weights
    likely = probabilities(features, weights)
    stays, whole = keep(features, likely)
    if whole:
        first = features.units[0].lines[0]
        yield Doubt(
            line=first.number, span=first.raw_span(0, 0), text="", rule=KEPT.id, takes_line=False,
            doubt="extent: more than three tenths of the words look like other texts; all were kept",
        )  # fmt: skip
        return
    body = stays.nonzero()[0]
    if not len(body):
        return
    gone = (~stays & features.free).nonzero()[0].tolist()
    for number, said in zip(gone, _spoken(features, weights, gone) if gone else (), strict=True):
        if number < body[0] and place(features.units[number].text, rules.context) is not None:
            continue  # a dateline on a line of its own: the next pass reads it
        rule = HEAD if number < body[0] else TAIL if number > body[-1] else AMID
        why = f"{likely[number]:.2f} likely the report: {', '.join(said)}"
        yield from (removed(line, rule, "other-text", why) for line in features.units[number].lines)


def _spoken(features: Features, weights: Weights, of: Sequence[int]) -> Iterator[list[str]]:
    """The features that speak most against each of these units, more than against the page's other units."""
    import numpy as np

    names = tuple(sorted(name for name in weights.body if name != "bias"))
    rows = features.line(names)
    rows -= rows.mean(1, keepdims=True)
    said = rows[:, of] * np.array([[weights.body[name]] for name in names])
    for column, order in zip(said.T, said.argsort(axis=0, kind="stable")[:REASONS].T, strict=True):
        yield [names[place] for place in order if column[place] < 0]
