"""Check whether optional packages for reading are installed."""

from __future__ import annotations

from importlib.util import find_spec


def is_html_installed() -> bool:
    """Return whether the parser of the extra ``html`` is installed; it is not imported."""
    return find_spec("turbohtml") is not None
