"""List the packages that newsnorm needs, and which are installed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, version

_NAME = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[([\w,\s-]+)\])?")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([\w-]+)[\"']")
_BEFORE = re.compile(r"python_version\s*<\s*[\"']3\.(\d+)[\"']")


def required(extra: str = "") -> tuple[str, ...] | None:
    """
    Return the names of the packages that newsnorm, or one of its extras, needs on this Python.

    None if newsnorm is not installed, or the installed version has no such extra.

    >>> names = required()
    >>> names is None or "attrs" in names
    True
    """
    try:
        about = metadata("newsnorm")
    except PackageNotFoundError:
        return None
    if extra and extra not in (about.get_all("Provides-Extra") or ()):
        return None
    rows = about.get_all("Requires-Dist") or []
    return tuple(dict.fromkeys(_packages(rows, extra)))


def _packages(rows: list[str], extra: str) -> Iterator[str]:
    """Yield the packages of an extra and of the extras that it consists of."""
    for row in rows:
        requirement, _, marker = row.partition(";")
        named = _EXTRA.search(marker)
        before = _BEFORE.search(marker)
        if (named[1] if named else "") != extra or (before is not None and sys.version_info.minor >= int(before[1])):
            continue
        match = _NAME.match(requirement.strip())
        if match is None:
            continue
        if match[1] != "newsnorm":
            yield match[1]
        for inner in (match[2] or "").replace(" ", "").split(",") if match[1] == "newsnorm" else ():
            yield from _packages(rows, inner)


def version_of(package: str) -> str | None:
    """Return the version of a package; None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
