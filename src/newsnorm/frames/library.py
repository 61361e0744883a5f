"""Read values from pandas and Polars frames, and make such frames; no other module knows either library."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import attrs
import numpy as np

from newsnorm.errors import InputError
from newsnorm.read.metadata import is_missing

if TYPE_CHECKING:
    import pyarrow as pa

Frame = TypeVar("Frame")
"""A frame of pandas or Polars."""

Name: TypeAlias = Hashable
"""The name of a column: a text, or any other label of pandas."""

MAX_NAMES = 8
"""Most column names that a message lists."""


class Adapter(Protocol):
    """Wraps a frame; what it returns has the types of the frame's library."""

    def names(self) -> Sequence[Name]:
        """Return the names of its columns."""
        ...

    def values(self, name: Name) -> list[object]:
        """Return the values of a column as Python objects."""
        ...

    def made(self, table: pa.Table) -> Any:
        """Make a frame of the same library."""
        ...

    def aligned(self, table: pa.Table) -> Any:
        """Make a frame with one row per row of this one, and with its index if the library has one."""
        ...


@attrs.frozen
class Pandas:
    """A frame of pandas."""

    _frame: Any

    def names(self) -> Sequence[Name]:
        """Return the labels of the columns."""
        return list(self._frame.columns)

    def values(self, name: Name) -> list[object]:
        """Return the values of a column; missing values are not converted."""
        return [value.item() if isinstance(value, np.generic) else value for value in self._frame[name].tolist()]

    def made(self, table: pa.Table) -> Any:
        """
        Make a frame whose columns have Arrow's types, so that flags, numbers and lists keep their type when values are
        missing.
        """
        return table.to_pandas(types_mapper=import_module("pandas").ArrowDtype)

    def aligned(self, table: pa.Table) -> Any:
        """Make a frame with the index of this one."""
        return self.made(table).set_axis(self._frame.index, axis="index")


@attrs.frozen
class Polars:
    """A frame of Polars."""

    _frame: Any

    def names(self) -> Sequence[Name]:
        """Return the names of the columns."""
        return list(self._frame.columns)

    def values(self, name: Name) -> list[object]:
        """Return the values of a column."""
        return list(self._frame.get_column(name).to_list())

    def made(self, table: pa.Table) -> Any:
        """Make a frame."""
        return import_module("polars").from_arrow(table)

    aligned = made


def adapter_of(frame: object) -> Adapter:
    """
    Return the adapter of a frame.

    Raises:
        InputError: it is not a pandas or Polars frame; the message says what to pass.

    """
    for base in type(frame).__mro__:
        known = (base.__module__.partition(".")[0], base.__name__)
        if known == ("pandas", "DataFrame"):
            return Pandas(frame)
        if known == ("polars", "DataFrame"):
            return Polars(frame)
        if known == ("polars", "LazyFrame"):
            raise InputError("frame is a LazyFrame, which has no rows yet; pass frame.collect()")
    raise InputError(f"frame is a {type(frame).__name__}; pass a DataFrame of pandas or Polars")


def column(frame: Adapter, name: Name) -> list[object]:
    """
    Return the values of a column, with None for missing ones.

    Raises:
        InputError: the frame has no such column, or several.

    """
    names = frame.names()
    if name not in names:
        shown = ", ".join(map(repr, names[:MAX_NAMES])) or "none"
        raise InputError(f"the frame has no column {name!r}; its columns are: {shown}")
    if names.count(name) > 1:
        raise InputError(f"the frame has {names.count(name)} columns {name!r}; rename all but one")
    return [None if is_missing(value) else value for value in frame.values(name)]
