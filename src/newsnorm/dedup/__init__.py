"""Near-identical reports: features propose two texts, an alignment decides, and the relation has a kind and its passages."""

from __future__ import annotations

from newsnorm.dedup.deduplicate import Deduplication, Relations, compare, deduplicate
from newsnorm.dedup.differences import differences
from newsnorm.dedup.index import Index, open_index
from newsnorm.dedup.params import Params

__all__ = ["Deduplication", "Index", "Params", "Relations", "compare", "deduplicate", "differences", "open_index"]
