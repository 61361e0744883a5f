"""Show how many rows are done: a bar on a terminal or in a notebook, or a function of the caller's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Progress: TypeAlias = "bool | Callable[[int, int], None]"
"""True shows a bar where somebody can see it; a function gets the amount done and the total."""


def is_watched() -> bool:
    """Whether standard error is shown to somebody: a terminal, or a notebook."""
    return "ipykernel" in sys.modules or (sys.stderr is not None and sys.stderr.isatty())


@contextmanager
def told(progress: Progress) -> Iterator[Callable[[int, int], None] | None]:
    """Yield the function that moves the bar or is the caller's; None if nobody is to be told."""
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
    """Pass on items, and tell how many there were so far."""
    with told(progress) as tell:
        for done, item in enumerate(items, start=1):
            yield item
            if tell is not None:
                tell(done, total)
