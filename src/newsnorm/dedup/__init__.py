"""Near-identical reports: features propose two texts, an alignment decides, and the relation has a kind and its passages."""

from __future__ import annotations

from newsnorm.dedup.api import Deduplication, Relations, compare, deduplicate
from newsnorm.dedup.index.disk import Index, open_index
from newsnorm.dedup.params import Params
from newsnorm.dedup.verify.differences import differences

__all__ = ["Deduplication", "Index", "Params", "Relations", "compare", "deduplicate", "differences", "open_index"]
