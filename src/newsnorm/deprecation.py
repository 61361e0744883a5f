"""Keep old import paths working for a year."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module


def moved(old: str, successors: Mapping[str, str]) -> Callable[[str], object]:
    """
    Return a `__getattr__` for a module whose names have moved.

    Args:
        old: the name of the module.
        successors: old name → the full name of its successor.

    Returns:
        A function that imports the successor of a name, with a DeprecationWarning.

    """

    def import_successor(name: str) -> object:
        if name not in successors:
            raise AttributeError(f"module {old!r} has no attribute {name!r}")
        warnings.warn(f"{old}.{name} is deprecated; use {successors[name]}", DeprecationWarning, stacklevel=2)
        module, _, attribute = successors[name].rpartition(".")
        return getattr(import_module(module), attribute)

    return import_successor
