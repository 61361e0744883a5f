"""
Parse, learn and deduplicate on a cluster: the calls of one machine, on data frames of Spark.

`parse` gives the articles that ``newsnorm run`` gives, `learn` the rules that `newsnorm.learn` gives, and `deduplicate` the
relations and clusters that `newsnorm.deduplicate` gives, whatever the order of the rows and their partitions. Spark moves, joins
and counts rows; the decisions about articles, site lines and copies are made by the same functions as elsewhere.

Needs the extra ``spark`` and Java 17 or newer. Executors need the same version of newsnorm as the driver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnorm.spark.deduplication import DeduplicationFrames, deduplicate
    from newsnorm.spark.learning import learn
    from newsnorm.spark.parsing import parse

__all__ = ["DeduplicationFrames", "deduplicate", "learn", "parse"]

_LATER = {
    "DeduplicationFrames": "newsnorm.spark.deduplication",
    "deduplicate": "newsnorm.spark.deduplication",
    "learn": "newsnorm.spark.learning",
    "parse": "newsnorm.spark.parsing",
}
"""Name → the module that it is imported from on first use, which requires pyspark."""


def __getattr__(name: str) -> object:
    """
    Import a name of `_LATER` on first use.

    Raises:
        MissingExtraError: the extra ``spark`` is not installed.

    """
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from newsnorm.spark.extra import require_spark

    require_spark()
    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
