"""
Parse and deduplicate the rows of a data frame, of pandas or Polars.

A frame and the names of its columns go in; a frame of the same library comes out, with a row for each row and the index kept.
"""

from newsnorm.frames.duplicates import Duplicates, deduplicate
from newsnorm.frames.parsing import parse

__all__ = ["Duplicates", "deduplicate", "parse"]
