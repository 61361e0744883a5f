"""
Cluster texts that carry the same report; every compared pair counts.

The log odds of all compared pairs are weighed by greedy additive edge contraction (Keuper et al., ICCV 2015): the two groups
with the strongest evidence for being one are joined, their evidence about other groups is added up, and so on until no evidence
is positive. So one wrong pair does not join two stories whose other members disagree, as it would with single linkage.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from newsnorm.dedup.array_ops import Floats, Indices, connected_components
from newsnorm.dedup.cluster.bridges import find_bridges, weigh_pairs
from newsnorm.dedup.cluster.furniture import find_site_pairs
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.verify.classify import OVERLAP, cap_partial_copies
from newsnorm.records import Cluster, Relation

MISSING_PAIR_PENALTY = 0.3
"""Log odds against joining two groups for each of their pairs that was never proposed; small, since two excerpts of one report
may have nothing in common either."""
MAX_LOG_ODDS = 8.0
"""Cap on the log odds of a pair, for and against, so that one pair can't outvote many."""
MAX_ROUNDS = 3
"""The most rounds of cutting bridges and clustering again: a round-up that was cut off may then join the other cluster."""


class Edge(NamedTuple):
    """A compared pair of texts."""

    left: int
    right: int
    log_odds: float
    """Log odds that the two are copies of one report."""


def contract(count: int, edges: Iterable[Edge], penalty: float = MISSING_PAIR_PENALTY) -> list[int]:
    """
    Group texts by greedy additive edge contraction, and return the smallest member of each text's group.

    Args:
        count: number of texts.
        edges: compared pairs, each once.
        penalty: log odds against joining for each pair without an edge.

    >>> contract(4, [Edge(0, 1, 3.0), Edge(1, 2, 0.5), Edge(0, 2, -2.0), Edge(2, 3, 1.0)])
    [0, 0, 2, 2]

    """
    groups = _Groups(count, edges, penalty)
    while (best := groups.best_pair()) is not None:
        groups.merge(*best)
    return groups.labels()


class _Evidence(NamedTuple):
    """Evidence about two groups, from the pairs between them that have an edge."""

    log_odds: float
    """Sum of the log odds of these pairs."""
    pairs: int
    """Number of these pairs."""


class _Groups:
    """Groups of texts, the evidence between groups, and a queue of pairs of groups with evidence for joining."""

    def __init__(self, count: int, edges: Iterable[Edge], penalty: float) -> None:
        self._penalty = penalty
        self._members: list[list[int]] = [[text] for text in range(count)]
        self._between: dict[int, dict[int, _Evidence]] = {}
        self._queue: list[tuple[float, int, int, int, int]] = []
        self._smallest = list(range(count))
        """The smallest member of each group, to break ties; the number of a group would depend on other texts."""
        for edge in edges:
            capped = round(max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, edge.log_odds)), 6)
            self._set_evidence(edge.left, edge.right, _Evidence(capped, 1))
            if capped > 0:
                self._queue.append(self._entry(capped, edge.left, edge.right))
        heapq.heapify(self._queue)

    def best_pair(self) -> tuple[int, int] | None:
        """Remove and return the pair of groups with the highest weight; entries that a merge made obsolete are skipped."""
        while self._queue:
            negative_weight, _, _, left, right = heapq.heappop(self._queue)
            if right in self._between.get(left, ()) and self._weight(left, right) == -negative_weight:
                return left, right
        return None

    def merge(self, left: int, right: int) -> None:
        """Join two groups under the number of the group with more neighbours."""
        kept, gone = (left, right) if len(self._between[left]) >= len(self._between[right]) else (right, left)
        neighbours = self._between[kept]
        del neighbours[gone]
        for other, evidence in self._between.pop(gone).items():
            if other != kept:
                del self._between[other][gone]
                known = neighbours.get(other, _Evidence(0.0, 0))
                self._set_evidence(kept, other, _Evidence(known.log_odds + evidence.log_odds, known.pairs + evidence.pairs))
        self._smallest[kept] = min(self._smallest[kept], self._smallest[gone])
        self._members[kept] += self._members[gone]
        self._members[gone] = []
        for other in neighbours:
            weight = self._weight(kept, other)
            if weight > 0:
                heapq.heappush(self._queue, self._entry(weight, kept, other))

    def labels(self) -> list[int]:
        """Return the smallest member of each text's group."""
        labels = list(range(len(self._members)))
        for smallest, members in zip(self._smallest, self._members, strict=True):
            for text in members:
                labels[text] = smallest
        return labels

    def _set_evidence(self, left: int, right: int, evidence: _Evidence) -> None:
        self._between.setdefault(left, {})[right] = evidence
        self._between.setdefault(right, {})[left] = evidence

    def _weight(self, left: int, right: int) -> float:
        """Return the evidence for joining two groups: the log odds of their pairs, less the penalty for missing pairs."""
        evidence = self._between[left][right]
        missing = len(self._members[left]) * len(self._members[right]) - evidence.pairs
        return round(evidence.log_odds - self._penalty * missing, 6)

    def _entry(self, weight: float, left: int, right: int) -> tuple[float, int, int, int, int]:
        first, second = sorted((left, right), key=self._smallest.__getitem__)
        return -weight, self._smallest[first], self._smallest[second], first, second


def groups_of(labels: Iterable[int]) -> Iterator[list[int]]:
    """
    Yield the members of each group of two or more, ascending.

    >>> list(groups_of([0, 1, 0, 3, 3]))
    [[0, 2], [3, 4]]
    """
    members: dict[int, list[int]] = {}
    for text, label in enumerate(labels):
        members.setdefault(label, []).append(text)
    return (group for group in members.values() if len(group) > 1)


def is_bridge(relation: Relation, home: Mapping[str, str]) -> bool:
    """
    Return whether clusters overrule a relation of copies.

    Args:
        relation: any relation.
        home: id of each clustered text → id of its cluster; texts in no cluster are omitted.

    """
    left, right = relation.left, relation.right
    return relation.kind != "overlap" and home.get(left, left) != home.get(right, right)


def cluster_texts(ids: Sequence[str], canonical: Indices, size: Indices, pairs: RelatedPairs) -> Iterator[Cluster]:
    """
    Yield the clusters of related texts.

    Args:
        ids: ids of the texts, ascending.
        canonical: for each text, the index of the first text with the same tokens.
        size: number of tokens of each text.
        pairs: the related pairs of canonical texts.

    """
    printings = np.bincount(canonical, minlength=len(ids))
    labels = cluster_labels(size, printings, pairs)[canonical]
    confirmed = _confirmed_words(canonical, size, pairs, labels)
    for group in groups_of(labels.tolist()):
        best = max(group, key=lambda text: (int(confirmed[text]), -int(size[text]), -text))
        yield Cluster(id=ids[group[0]], members=tuple(ids[text] for text in group), representative=ids[best])


def cluster_labels(size: Indices, printings: Indices, pairs: RelatedPairs) -> Indices:
    """
    Label each text with its cluster: first by pairs, then judged without templates and furniture, then with bridges cut.

    Args:
        size: number of tokens of each text.
        printings: number of texts with the same tokens as each text, itself included.
        pairs: the related pairs.

    """
    count = len(size)
    log_odds = cap_partial_copies(pairs.covers.max(axis=1), pairs.log_odds)
    of_a_site = find_site_pairs(pairs, size, log_odds)
    log_odds[of_a_site] = -MAX_LOG_ODDS
    labels = contract_components(count, pairs.pairs, log_odds)
    log_odds = weigh_pairs(pairs, size, labels)
    log_odds[of_a_site] = -MAX_LOG_ODDS
    labels = contract_components(count, pairs.pairs, log_odds)
    for _ in range(MAX_ROUNDS):
        cut = find_bridges(pairs, size, printings, labels)
        if not len(cut):
            break
        log_odds[cut] = -MAX_LOG_ODDS
        labels = contract_components(count, pairs.pairs, log_odds)
    return labels


def contract_components(count: int, pairs: Indices, log_odds: Floats) -> Indices:
    """
    Return the labels of `contract`, running it only where its outcome is open.

    Texts that are not connected by positive pairs can't be joined, and a component in which all pairs are positive is one group.
    """
    positive = np.flatnonzero(np.round(log_odds, 6) > 0)
    label = connected_components(count, pairs[positive])
    members = np.bincount(label, minlength=count)
    is_clique = np.bincount(label[pairs[positive, 0]], minlength=count) == members * (members - 1) // 2
    within = label[pairs[:, 0]] == label[pairs[:, 1]]
    open_pairs = np.flatnonzero(np.isfinite(log_odds) & within & ~is_clique[label[pairs[:, 0]]])
    texts, row = np.unique(pairs[open_pairs], return_inverse=True)
    left, right = row.reshape(-1, 2).T.tolist()  # as indices into `texts`
    label[texts] = texts[contract(len(texts), map(Edge, left, right, log_odds[open_pairs].tolist()))]
    return label


def _confirmed_words(canonical: Indices, size: Indices, pairs: RelatedPairs, labels: Indices) -> Indices:
    """Count for each text the tokens that one other member of its cluster also has, for the member that has the most."""
    words = np.zeros(len(size), np.int64)
    is_copy = pairs.kind > OVERLAP
    within = np.flatnonzero(is_copy & (labels[pairs.pairs[:, 0]] == labels[pairs.pairs[:, 1]]))
    for side, cover in enumerate((pairs.left_cover, pairs.right_cover)):
        text = pairs.pairs[within, side]
        np.maximum.at(words, text, np.rint(cover[within] * size[text]).astype(np.int64))
    duplicates = np.flatnonzero(canonical != np.arange(len(size)))
    words[duplicates] = size[duplicates]
    words[canonical[duplicates]] = size[canonical[duplicates]]
    return words
