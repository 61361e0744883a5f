"""Compile regular expressions on first use, so that importing newsnorm compiles none; few texts need all of them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import cast


class LazyRegex:
    """
    A regular expression that is compiled on first use; made by `lazy_regex`.

    >>> year = LazyRegex(r"[0-9]{4}")
    >>> year.search("since 1999").group(), year.pattern
    ('1999', '[0-9]{4}')
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern: str = pattern
        self.flags: int = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> object:
        """Return a method of the compiled pattern, and cache it so that later calls have no overhead."""
        if name.startswith("__"):
            raise AttributeError(name)
        method: object = getattr(self.compiled, name)
        setattr(self, name, method)
        return method


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """
    Return a pattern like `re.compile`, compiled on first use; errors in the pattern are raised then.

    Meant for module constants; patterns built from data are compiled where they are built.
    """
    return cast("re.Pattern[str]", LazyRegex(pattern, flags))
