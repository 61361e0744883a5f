"""Show progress: a bar on a terminal or in a notebook, or calls of a function."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Progress: TypeAlias = "bool | Callable[[int, int], None]"
"""True shows a bar on a terminal or in a notebook; a function gets the amount done and the total."""


def is_watched() -> bool:
    """Whether somebody sees standard error: it is a terminal, or this is a notebook."""
    return "ipykernel" in sys.modules or (sys.stderr is not None and sys.stderr.isatty())


@contextmanager
def told(progress: Progress) -> Iterator[Callable[[int, int], None] | None]:
    """Yield the function to report progress to: one that moves a bar, the caller's, or None."""
    if callable(progress):
        yield progress
    elif progress and is_watched():
        from tqdm import tqdm

        with tqdm(unit="", unit_scale=True, file=sys.stderr) as bar:

            def move(done: int, total: int) -> None:
                if bar.total != total:
                    bar.reset(total)
                bar.update(done - bar.n)

            yield move
    else:
        yield None


def counted(items: Iterable[Item], total: int, progress: Progress) -> Iterator[Item]:
    """Yield items, and report how many there were so far."""
    with told(progress) as tell:
        for done, item in enumerate(items, start=1):
            yield item
            if tell is not None:
                tell(done, total)
