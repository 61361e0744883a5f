"""Clusters, templates and bridges are those of slow versions that work on sets, text by text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsnorm.dedup.cluster import bridges as rules
from newsnorm.dedup.cluster import furniture
from newsnorm.dedup.cluster.bridges import find_bridges, weigh_pairs
from newsnorm.dedup.cluster.clusters import MAX_LOG_ODDS, MISSING_PAIR_PENALTY, Edge, contract
from newsnorm.dedup.cluster.furniture import find_site_pairs
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.verify.classify import MIN_COPY_COVER
from newsnorm.dedup.verify.measures import CELLS


def slow_contract(count: int, odds: dict[tuple[int, int], float]) -> list[int]:
    """Join the best two groups, weighed anew each time, until none is worth joining."""
    groups = [{text} for text in range(count)]
    while True:
        weighed = []
        for one, other in combinations(groups, 2):
            between = [odds[pair] for pair in odds if len(set(pair) & one) == 1 and len(set(pair) & other) == 1]
            capped = sum(max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, each)) for each in between)
            weight = round(capped - MISSING_PAIR_PENALTY * (len(one) * len(other) - len(between)), 6)
            if between and weight > 0:
                weighed.append((-weight, *sorted((min(one), min(other)))))
        if not weighed:
            return [min(next(group for group in groups if text in group)) for text in range(count)]
        _, first, second = min(weighed)
        joined = [group for group in groups if first in group or second in group]
        groups = [group for group in groups if group not in joined] + [joined[0] | joined[1]]


PAIRS = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])


@given(st.dictionaries(PAIRS, st.integers(-20, 20).map(lambda number: number / 2), max_size=20))
def test_groups_are_those_of_a_slow_contraction(odds: dict[tuple[int, int], float]) -> None:
    edges = [Edge(left, right, weight) for (left, right), weight in odds.items()]
    assert contract(8, edges) == slow_contract(8, odds)


@attrs.frozen
class Side:
    """A pair seen from one of its texts."""

    pair: int
    other: int
    cells: frozenset[int]
    other_cells: frozenset[int]
    held: int


@attrs.frozen(eq=False)
class Corpus:
    """Related pairs with their cells as sets."""

    pairs: list[tuple[int, int]]
    cells: list[tuple[frozenset[int], frozenset[int]]]
    covers: list[tuple[float, float]]
    size: list[int]
    printings: list[int]
    labels: list[int]
    odds: list[float]

    def sides(self, text: int) -> Iterator[Side]:
        for number, pair in enumerate(self.pairs):
            if text in pair:
                side = pair.index(text)
                other = pair[1 - side]
                held = round(self.covers[number][1 - side] * self.size[other])
                yield Side(number, other, self.cells[number][side], self.cells[number][1 - side], held)

    def own(self, text: int) -> list[Side]:
        return [side for side in self.sides(text) if self.labels[side.other] == self.labels[text]]

    def away(self, text: int) -> dict[int, list[Side]]:
        found: dict[int, list[Side]] = {}
        for side in self.sides(text):
            if self.labels[side.other] != self.labels[text]:
                found.setdefault(self.labels[side.other], []).append(side)
        return found

    def template(self, text: int) -> set[int]:
        unions = [set().union(*(side.cells for side in sides)) for sides in self.away(text).values()]
        many = {cell for cell in range(CELLS) if sum(cell in union for union in unions) >= rules.TEMPLATE_CLUSTERS}
        return many | self.furniture(text)

    def by_copies(self, text: int) -> set[int]:
        return set().union(*(side.cells for side in self.own(text)))

    def furniture(self, text: int) -> set[int]:
        found: set[int] = set()
        stories: set[int] = set()
        for side in (side for sides in self.away(text).values() for side in sides):
            theirs = self.by_copies(side.other)
            if theirs:
                is_furniture = len(side.other_cells & theirs) <= furniture.MAX_CONFIRMED_SHARE * len(side.other_cells)
                rest = CELLS - len(side.other_cells)
                is_furniture &= len(theirs - side.other_cells) >= furniture.MIN_REST_SHARE * rest
            else:
                is_furniture = slow_surrounds(side.cells, side.other_cells)
            (found if is_furniture else stories).update(side.cells)
        return found - self.by_copies(text) - stories

    def related(self) -> RelatedPairs:
        bits = [[sum(1 << cell for cell in cells) for cells in pair] for pair in self.cells]
        return RelatedPairs(
            pairs=np.array(self.pairs, np.int64).reshape(-1, 2),
            kind=np.zeros(len(self.pairs), np.int8),
            log_odds=np.array(self.odds),
            left_cover=np.array([cover[0] for cover in self.covers]),
            right_cover=np.array([cover[1] for cover in self.covers]),
            coverage=np.array(bits, np.uint32).reshape(-1, 2),
            span_offset=np.zeros(len(self.pairs) + 1, np.int64),
            spans=np.zeros((0, 4), np.int32),
        )


def slow_surrounds(left: frozenset[int], right: frozenset[int]) -> bool:
    """Whether two texts share their ends alone."""
    ends = []
    for cells in (left, right):
        free = [set(range(start, end)) for start in range(CELLS) for end in range(start + 1, CELLS + 1)]
        own = max((each for each in free if not each & cells), key=len, default=set())
        stray = set(range(CELLS)) - cells - own
        if len(own) < furniture.MIN_OWN_CELLS or len(stray) > furniture.MAX_STRAY_CELLS:
            return False
        ends.append((sum(cell < min(own) for cell in cells), sum(cell > max(own) for cell in cells)))
    (our_head, our_tail), (their_head, their_tail) = ends
    short = max(our_head, their_head) <= furniture.MAX_HEAD_CELLS
    if our_tail and their_tail:
        return bool(short or (our_head and their_head))
    return bool(short and our_head and their_head and not our_tail and not their_tail)


def slow_site_pairs(corpus: Corpus) -> list[int]:
    texts = range(len(corpus.size))
    around = {
        (text, side.pair)
        for text in texts
        for side in corpus.sides(text)
        if slow_surrounds(side.cells, side.other_cells)
        and slow_surrounds(side.other_cells, side.cells)
        and (CELLS - len(side.cells)) * corpus.size[text] >= furniture.MIN_OWN_WORDS * CELLS
    }

    def is_told(text: int, side: Side) -> bool:
        copies = set().union(
            *(each.cells for each in corpus.sides(text) if corpus.odds[each.pair] > 0 and (text, each.pair) not in around)
        )
        own = CELLS - len(side.cells)
        if (
            not copies
            and corpus.odds[side.pair] < furniture.MAX_SITE_ODDS
            and sum(each == text for each, _ in around) >= furniture.MIN_SITE_TEXTS
        ):
            return True
        by_copies = len(copies - side.cells) >= furniture.MIN_TOLD_SHARE * own
        return by_copies and len(copies & side.cells) <= furniture.MAX_CONFIRMED_SHARE * len(side.cells)

    told = {(text, side.pair) for text in texts for side in corpus.sides(text) if is_told(text, side)} & around
    return [
        number
        for number, pair in enumerate(corpus.pairs)
        if corpus.odds[number] > 0 and all((text, number) in told for text in pair)
    ]


def slow_bridges(corpus: Corpus) -> set[int]:
    texts = range(len(corpus.size))
    return {pair for text in texts for pair in (*cut_from_own_cluster(corpus, text), *cut_within(corpus, text))}


def tells(corpus: Corpus, text: int, cluster: int) -> bool:
    sides = corpus.away(text).get(cluster, [])
    return bool(sides) and share_of(corpus, sides) >= rules.MIN_STORY_SHARE


def share_of(corpus: Corpus, sides: list[Side]) -> float:
    return sum(side.held for side in sides) / sum(corpus.size[side.other] for side in sides)


def slow_lies_between(inner: set[int], outer: set[int]) -> bool:
    before, behind = (sum(cell < min(inner) for cell in outer), sum(cell > max(inner) for cell in outer))
    return min(before, behind) >= rules.MIN_STORY_CELLS


def cut_from_own_cluster(corpus: Corpus, text: int) -> Iterator[int]:
    """The pairs that part a text from its cluster, since it tells another cluster's story too."""
    template = corpus.template(text)
    for cluster, sides in corpus.away(text).items():
        story = set().union(*(side.cells for side in sides)) - template
        share = share_of(corpus, sides)
        if share < rules.MIN_STORY_SHARE or len(story) < rules.MIN_STORY_CELLS:
            continue
        expected = {
            side: max(1, corpus.size[side.other] * (CELLS - len(corpus.template(side.other) - side.other_cells)))
            for side in corpus.own(text)
        }
        others = [side for side in expected if not tells(corpus, side.other, cluster)]
        if sum(expected[side] for side in others) <= rules.MIN_UNINVOLVED_SHARE * sum(expected.values()):
            continue
        own = set().union(*(side.cells for side in others))
        own_share = CELLS * sum(side.held for side in others) / sum(expected[side] for side in others)
        tells_other_story = len(story - own) >= rules.MIN_STORY_CELLS and not slow_lies_between(story - own, own)
        if tells_other_story and (own_share <= rules.MAX_OWN_SHARE or share >= rules.WHOLE_STORY_SHARE):
            yield from (side.pair for side in others)


def parts_within(corpus: Corpus, text: int) -> tuple[list[Side], list[Side]]:
    """The sides with the first part of a text, and those with another part."""
    sides = [side for side in corpus.own(text) if len(side.cells) < rules.WHOLE_CELLS]
    sides.sort(key=lambda side: (-side.held, side.other))
    apart = [
        side
        for side in sides
        if len(side.cells & sides[0].cells) <= rules.MAX_SHARED_CELLS and len(side.cells) >= rules.MIN_STORY_CELLS
    ]
    return [side for side in sides if side not in apart], apart


def cut_within(corpus: Corpus, text: int) -> Iterator[int]:
    """The pairs that part a text from two groups of its cluster, of which each has another part of it."""
    multi_story = {each for each in range(len(corpus.size)) if parts_within(corpus, each)[1]}
    if text not in multi_story:
        return
    groups = [[side for side in group if side.other not in multi_story] for group in parts_within(corpus, text)]
    if not all(groups):
        return
    around, inside = (set().union(*(side.cells for side in group)) for group in groups)
    if slow_lies_between(inside, around):
        yield from (side.pair for side in groups[1])
        return
    shares = [sum(side.held for side in group) / sum(corpus.size[side.other] for side in group) for group in groups]
    holds_parts = min(shares) >= rules.MIN_STORY_SHARE and max(shares) <= rules.MAX_PART_SHARE
    copies = corpus.printings[text] + sum(corpus.printings[side.other] for side in corpus.own(text) if side.other in multi_story)
    printed = [sum(corpus.printings[side.other] for side in group) for group in groups]
    across = {frozenset((one.other, other.other)) for one in groups[0] for other in groups[1]}
    if (holds_parts or min(printed) > copies) and not across & {frozenset(pair) for pair in corpus.pairs}:
        yield from (side.pair for group in groups for side in group)


def slow_weights(corpus: Corpus) -> list[float]:
    found = []
    for pair, cells, covers, odds in zip(corpus.pairs, corpus.cells, corpus.covers, corpus.odds, strict=True):
        templates = [corpus.template(text) for text in pair]
        shares = [len(part - template) / max(1, len(part)) for part, template in zip(cells, templates, strict=True)]
        left = [CELLS - len(template - part) for part, template in zip(cells, templates, strict=True)]
        adjusted = [cover * CELLS / max(1, many) for cover, many in zip(covers, left, strict=True)]
        if min(adjusted) >= rules.SAME_REPORT_COVER and min(left) < CELLS:
            odds = max(odds, rules.SAME_REPORT_ODDS)
        capped = min(odds, 0) if max(adjusted) < MIN_COPY_COVER else odds
        found.append(round(capped - rules.TEMPLATE_DISCOUNT * (1 - min(shares)), 4))
    return found


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Few texts that are much related: halves, thirds and wholes of each other, in few clusters or many."""
    count = draw(st.integers(3, 9))
    edges = st.sampled_from([0, 8, 16, 20, 32])
    stretch = st.tuples(edges, edges).map(lambda ends: frozenset(range(min(ends), max(ends))))
    pairs = draw(st.lists(st.sampled_from(list(combinations(range(count), 2))), unique=True, min_size=2))
    if hub := draw(st.booleans()):
        count = 9
        pairs = sorted({*pairs, *((0, other) for other in range(1, count))})
    covers = st.tuples(*[st.sampled_from([0.1, 0.25, 0.5, 0.7, 0.95, 1.0])] * 2)
    cells = st.one_of(st.tuples(stretch, st.just(frozenset(range(CELLS)))), st.tuples(stretch, stretch))
    if hub:  # a text that many clusters have something in common with
        labels = [0, 0, *range(2, count)]
    else:
        labels = [draw(st.integers(0, text)) for text in range(count)] if draw(st.booleans()) else [0] * count
    return Corpus(
        pairs=pairs,
        cells=[draw(cells) for _ in pairs],
        covers=[draw(covers) for _ in pairs],
        size=[draw(st.sampled_from([40, 100, 300])) for _ in range(count)],
        printings=[draw(st.integers(1, 3)) for _ in range(count)],
        labels=labels,
        odds=[draw(st.sampled_from([-1.0, 1.0, 3.0, 5.0])) for _ in pairs],
    )


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(corpora())
def test_bridges_and_furniture_are_those_found_text_by_text(corpus: Corpus) -> None:
    size, labels = np.array(corpus.size), np.array(corpus.labels)
    related = corpus.related()
    assert weigh_pairs(related, size, labels).tolist() == slow_weights(corpus)
    assert find_site_pairs(related, size, related.log_odds).tolist() == slow_site_pairs(corpus)
    assert set(find_bridges(related, size, np.array(corpus.printings), labels).tolist()) == slow_bridges(corpus)
