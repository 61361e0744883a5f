"""
Find near-identical reports: relate the texts that have passages in common, and cluster those that tell one report.

The same report reaches a corpus many times: under another headline, cut, with paragraphs added, with newer figures, misread by a
scanner. No single number tells such copies from texts that merely share a paragraph or a form. So four kinds of evidence answer
four questions, each within its reach:

1. **Features propose** (`propose`). Which pairs are worth comparing? Those that share enough sampled pairs of neighbouring words.
   A fixed share of all such pairs is sampled, so that shared features estimate how much of one text lies in another, and an
   excerpt is found in the longest text. All pairs that meet the condition are found, however common a feature is; a pair is
   therefore never found or missed because of the company it is in.
2. **The alignment decides** (`verify`) what two texts have in common: passages, which are the evidence a reader can check. Every
   measure is taken from them.
3. **Trees tell** (`verify`, `newsnorm.evidence.forest`) whether that makes the two copies of one report. Which side has a stretch
   of its own, where it lies and how long it is matter all at once, which neither a threshold nor a weighted sum expresses.
4. **Clusters correct** (`cluster`) what no pair can know: that many other reports share a stretch too, so that it is a template
   and proves little, and that a text tells two stories, so that it is a round-up and belongs to neither.

Two laws follow and are tested. A relation is a function of its two texts and of `Params`: neither ids, order, batches nor other
texts change it. Clusters are a function of the set of texts. An index on disk (`index`) gives the same answers as `deduplicate`.
"""

from __future__ import annotations

from newsnorm.dedup.api import Deduplication, Relations, compare, deduplicate
from newsnorm.dedup.index.disk import Index, open_index
from newsnorm.dedup.params import Params
from newsnorm.dedup.verify.differences import differences

__all__ = ["Deduplication", "Index", "Params", "Relations", "compare", "deduplicate", "differences", "open_index"]
