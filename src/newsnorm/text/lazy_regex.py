"""Regular expressions that are compiled when they are first used: importing newsnorm compiles none, and few texts need all."""

from __future__ import annotations

import re
from functools import cached_property
from typing import cast


class LazyRegex:
    """
    What `lazy_regex` gives: a pattern, not compiled yet.

    >>> year = LazyRegex(r"[0-9]{4}")
    >>> year.search("since 1999").group(), year.pattern
    ('1999', '[0-9]{4}')
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> object:
        """Return a method of the compiled pattern; kept, so that its next call costs what it costs there."""
        if name.startswith("__"):
            raise AttributeError(name)
        method: object = getattr(self.compiled, name)
        setattr(self, name, method)
        return method


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """
    As `re.compile`, but nothing is compiled before the first use; an error in the pattern shows then.

    For constants of modules: what is made of data is compiled where it is made.
    """
    return cast("re.Pattern[str]", LazyRegex(pattern, flags))
