"""Check whether Spark is installed."""

from __future__ import annotations

from importlib.util import find_spec

from newsnorm.errors import MissingExtraError

PACKAGES = ("pyspark", "pyarrow", "pandas")
"""The packages of the extra; pyspark does not move Arrow's batches without pandas."""


def is_installed() -> bool:
    """Return whether the extra ``spark`` is installed; nothing of it is imported."""
    return all(find_spec(package) is not None for package in PACKAGES)


def require_spark() -> None:
    """
    Check that the extra ``spark`` is installed.

    Raises:
        MissingExtraError: it is not installed.

    """
    if not is_installed():
        raise MissingExtraError("newsnorm.spark needs the extra spark, and Java 17 or newer: pip install 'newsnorm[spark]'")
