"""
Which texts tell one report? Clusters of related texts, where every pair that was compared has a say.

The log odds of all compared pairs are weighed by greedy additive edge contraction (Keuper et al., ICCV 2015): the two groups
that most speaks for are joined, their odds against others added up, until nothing speaks for a joint any more. So one false
bridge does not join two stories whose other members disagree, which single linkage does.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from newsnorm.dedup.array_ops import connected
from newsnorm.dedup.cluster.bridges import bridges, without_templates
from newsnorm.dedup.pair_pipeline import Pairs
from newsnorm.dedup.text.tokens import Places
from newsnorm.dedup.verify.classify import OVERLAP
from newsnorm.dedup.verify.measures import Numbers
from newsnorm.records import Cluster, Relation

ABSENT = 0.3
"""What a pair that was never proposed says against joining its groups: little, since two ends of a report share nothing."""
MOST = 8.0
"""Odds are capped there, so that one pair can't outvote many."""
ROUNDS = 3
"""How often bridges are looked for: a round-up that is cut off may meet the other story's cluster."""


def join(count: int, edges: Iterable[tuple[int, int, float]], absent: float = ABSENT) -> list[int]:
    """
    For each of some texts, the smallest member of its cluster.

    Args:
        count: how many texts there are.
        edges: pairs of texts and the log odds that they are one report, each pair once.
        absent: what is counted against joining for each pair without an edge.

    >>> join(4, [(0, 1, 3.0), (1, 2, 0.5), (0, 2, -2.0), (2, 3, 1.0)])
    [0, 0, 2, 2]

    """
    groups = _Groups(count, edges, absent)
    while (best := groups.best()) is not None:
        groups.merge(*best)
    return groups.labels()


class _Groups:
    """Groups, and between each two that have edges: the sum of their odds and their number."""

    def __init__(self, count: int, edges: Iterable[tuple[int, int, float]], absent: float) -> None:
        self._absent = absent
        self._members: list[list[int]] = [[text] for text in range(count)]
        self._between: dict[int, dict[int, tuple[float, int]]] = {}
        self._queue: list[tuple[float, int, int, int, int]] = []
        self._least = list(range(count))
        """The smallest member of each group, which breaks ties: a group's name depends on what else there is."""
        for left, right, odds in edges:
            capped = round(max(-MOST, min(MOST, odds)), 6)
            self._between.setdefault(left, {})[right] = self._between.setdefault(right, {})[left] = (capped, 1)
            if capped > 0:
                self._queue.append(self._entry(capped, left, right))
        heapq.heapify(self._queue)

    def best(self) -> tuple[int, int] | None:
        """The two groups that most speaks for joining."""
        while self._queue:
            against, _, _, left, right = heapq.heappop(self._queue)
            if right in self._between.get(left, ()) and self._weight(left, right) == -against:
                return left, right
        return None

    def _weight(self, left: int, right: int) -> float:
        odds, pairs = self._between[left][right]
        return round(odds - self._absent * (len(self._members[left]) * len(self._members[right]) - pairs), 6)

    def merge(self, left: int, right: int) -> None:
        """Join two groups under the name that has more neighbours."""
        kept, gone = (left, right) if len(self._between[left]) >= len(self._between[right]) else (right, left)
        ours = self._between[kept]
        del ours[gone]
        for other, (odds, pairs) in self._between.pop(gone).items():
            if other != kept:
                del self._between[other][gone]
                standing = ours.get(other, (0.0, 0))
                ours[other] = self._between[other][kept] = (standing[0] + odds, standing[1] + pairs)
        self._least[kept] = min(self._least[kept], self._least[gone])
        self._members[kept] += self._members[gone]
        self._members[gone] = []
        for other in ours:
            weight = self._weight(kept, other)
            if weight > 0:
                heapq.heappush(self._queue, self._entry(weight, kept, other))

    def _entry(self, weight: float, left: int, right: int) -> tuple[float, int, int, int, int]:
        first, second = sorted((left, right), key=self._least.__getitem__)
        return -weight, self._least[first], self._least[second], first, second

    def labels(self) -> list[int]:
        labels = list(range(len(self._members)))
        for least, members in zip(self._least, self._members, strict=True):
            for text in members:
                labels[text] = least
        return labels


def groups_of(labels: list[int]) -> Iterator[list[int]]:
    """The members of each cluster of two or more, in rising order."""
    members: dict[int, list[int]] = {}
    for text, label in enumerate(labels):
        members.setdefault(label, []).append(text)
    return (cluster for cluster in members.values() if len(cluster) > 1)


def is_bridge(relation: Relation, home: Mapping[str, str]) -> bool:
    """Whether two texts are alike enough for one report, but their clusters, as far as `home` names some, speak against it."""
    left, right = relation.left, relation.right
    return relation.kind != "overlap" and home.get(left, left) != home.get(right, right)


def clustered(ids: Sequence[str], twin: Places, size: Places, pairs: Pairs) -> Iterator[Cluster]:
    """
    The clusters of related texts.

    Args:
        ids: their ids, in rising order.
        twin: for each text the first one of the same words.
        size: how many words each has.
        pairs: the verdicts on texts of different words.

    """
    firsts = told_apart(size, np.bincount(twin, minlength=len(ids)), pairs)
    labels = firsts[twin].tolist()
    confirmed = _confirmed(twin, size, pairs, labels)
    for group in groups_of(labels):
        best = max(group, key=lambda text: (confirmed[text], -int(size[text]), -text))
        yield Cluster(id=ids[group[0]], members=tuple(ids[text] for text in group), representative=ids[best])


def told_apart(size: Places, times: Places, pairs: Pairs) -> Places:
    """
    The cluster of each text: by pairs, then without what the clusters prove to be templates, then without bridges.

    Args:
        size: words of each text.
        times: how many articles have the words of each.
        pairs: the verdicts on texts of different words.

    """
    many = len(size)
    odds = without_templates(pairs, pairs.odds, size, joined(many, pairs.pairs, pairs.odds))
    labels = joined(many, pairs.pairs, odds)
    for _ in range(ROUNDS):
        cut = bridges(pairs, size, times, labels)
        if not len(cut):
            break
        odds[cut] = -MOST
        labels = joined(many, pairs.pairs, odds)
    return labels


def joined(many: int, pairs: Places, odds: Numbers) -> Places:
    """As `join`, which is only asked of the texts that are connected, and of which not every two speak for a joint."""
    speak = np.flatnonzero(np.round(odds, 6) > 0)
    label = connected(many, pairs[speak])
    texts, agreeing = np.bincount(label, minlength=many), np.bincount(label[pairs[speak, 0]], minlength=many)
    whole = agreeing == texts * (texts - 1) // 2
    within = label[pairs[:, 0]] == label[pairs[:, 1]]
    asked = np.flatnonzero(np.isfinite(odds) & within & ~whole[label[pairs[:, 0]]])
    texts, at = np.unique(pairs[asked], return_inverse=True)
    left, right = at.reshape(-1, 2).T.tolist()
    label[texts] = texts[join(len(texts), zip(left, right, odds[asked].tolist(), strict=True))]
    return label


def _confirmed(twin: Places, size: Places, pairs: Pairs, labels: Sequence[int]) -> list[int]:
    """For each text how many of its words another member of its cluster has too, at most."""
    words = np.zeros(len(size), np.int64)
    label = np.array(labels, np.int64)
    within = np.flatnonzero((pairs.kind > OVERLAP) & (label[pairs.pairs[:, 0]] == label[pairs.pairs[:, 1]]))
    for side, cover in enumerate((pairs.left_cover, pairs.right_cover)):
        text = pairs.pairs[within, side]
        np.maximum.at(words, text, np.rint(cover[within] * size[text]).astype(np.int64))
    twins = np.flatnonzero(twin != np.arange(len(size)))
    words[twins] = size[twins]
    words[twin[twins]] = size[twin[twins]]
    return [int(many) for many in words]
