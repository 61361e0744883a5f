"""Take values out of frames of pandas and Polars, and make such frames: the one place that knows either library."""

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
"""The name of a column: a text, or whatever else pandas has as a label."""

MAX_NAMES = 8
"""The most names of columns that a message lists."""


class Adapter(Protocol):
    """A frame, as newsnorm sees it; what it returns has the types of its library."""

    def names(self) -> Sequence[Name]:
        """Return the names of its columns."""
        ...

    def values(self, name: Name) -> list[object]:
        """Return the values of a column as Python's."""
        ...

    def made(self, table: pa.Table) -> Any:
        """Make a frame of the same library."""
        ...

    def aligned(self, table: pa.Table) -> Any:
        """Make a frame with a row for each row of this one, and with its index, if the library has such a thing."""
        ...


@attrs.frozen
class Pandas:
    """A frame of pandas."""

    _frame: Any

    def names(self) -> Sequence[Name]:
        """Return the labels of the columns."""
        return list(self._frame.columns)

    def values(self, name: Name) -> list[object]:
        """Return the values of a column; missing ones are whatever the column has for them."""
        return [value.item() if isinstance(value, np.generic) else value for value in self._frame[name].tolist()]

    def made(self, table: pa.Table) -> Any:
        """Make a frame whose columns have Arrow's types, so that flags, numbers and lists keep theirs where some are missing."""
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
    Return a frame as newsnorm sees it.

    Raises:
        InputError: it is no frame of pandas or Polars; the message says what to pass.

    """
    for base in type(frame).__mro__:
        known = (base.__module__.partition(".")[0], base.__name__)
        if known == ("pandas", "DataFrame"):
            return Pandas(frame)
        if known == ("polars", "DataFrame"):
            return Polars(frame)
        if known == ("polars", "LazyFrame"):
            raise InputError("frame is a LazyFrame, whose rows are not there yet; pass frame.collect()")
    raise InputError(f"frame is a {type(frame).__name__}; pass a DataFrame of pandas or Polars")


def column(frame: Adapter, name: Name) -> list[object]:
    """
    Return the values of a column, those that are missing as None.

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
