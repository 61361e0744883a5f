"""Show how many rows are done: a bar on a terminal or in a notebook, or a function of the caller's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Progress: TypeAlias = "bool | Callable[[int, int], None]"
"""True shows a bar where somebody can see it; a function gets the amount done and the total."""


def is_watched() -> bool:
    """Whether standard error is shown to somebody: a terminal, or a notebook."""
    return "ipykernel" in sys.modules or (sys.stderr is not None and sys.stderr.isatty())


def counted(items: Iterable[Item], total: int, progress: Progress) -> Iterator[Item]:
    """Pass on items, and tell how many there were so far."""
    if callable(progress):
        for done, item in enumerate(items, start=1):
            yield item
            progress(done, total)
    elif progress and is_watched():
        from tqdm import tqdm

        yield from tqdm(items, total=total, unit=" rows", file=sys.stderr)
    else:
        yield from items
