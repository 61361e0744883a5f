"""
Find near-identical reports: relate texts that have passages in common, and cluster texts that carry the same report.

A corpus contains the same report many times: under another headline, cut, with paragraphs added, with newer figures, or misread
by a scanner. No single number separates such copies from texts that merely share a paragraph or a form. So four steps answer four
questions:

1. **Features propose** (`propose`). Which pairs are worth comparing? Pairs that share enough sampled pairs of neighbouring words.
   A fixed share of all word pairs is sampled, so that shared features estimate how much of one text is contained in another, and
   an excerpt is found in a text of any length. All pairs that meet the condition are found, however common a feature is, so
   other texts never influence whether a pair is found.
2. **The alignment decides** (`verify`). What do two texts have in common? Passages, the evidence that a reader can check. All
   measures are computed from them.
3. **Trees classify** (`verify`, `newsnorm.evidence.forest`). Are the two copies of one report? That depends on the combination of
   which side has a stretch of its own, where it is and how long it is, which no threshold and no weighted sum can express.
4. **Clusters correct** (`cluster`). What can no pair show? That many other reports share a stretch, so that it is a template and
   proves little; and that a text tells two stories, so that it is a round-up and belongs to neither.

Two laws follow, and are tested. A relation is a function of its two texts and of `Params`: ids, order, batches and other texts
don't change it. Clusters are a function of the set of texts. An index on disk (`index`) gives the same answers as `deduplicate`.
"""

from __future__ import annotations

from newsnorm.dedup.api import Deduplication, Relations, compare, deduplicate
from newsnorm.dedup.index.disk import Index, open_index
from newsnorm.dedup.params import Params
from newsnorm.dedup.verify.differences import differences

__all__ = ["Deduplication", "Index", "Params", "Relations", "compare", "deduplicate", "differences", "open_index"]
