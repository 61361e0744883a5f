"""
Parse and deduplicate the rows of a pandas or Polars data frame.

Both take a frame and the names of its columns, and return frames of the same library, with one row per row and the index kept.
"""

from newsnorm.frames.duplicates import Duplicates, deduplicate
from newsnorm.frames.parsing import parse

__all__ = ["Duplicates", "deduplicate", "parse"]
