"""Write articles and relations, with one module per format; `write` writes articles in any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsnorm.export.api import FIELDS, FORMATS, ExportFormat, Located, Quote, cite, dumps, locate, lost, write
    from newsnorm.records.accounts import ExportSummary

__all__ = [
    "FIELDS",
    "FORMATS",
    "ExportFormat",
    "ExportSummary",
    "Located",
    "Quote",
    "cite",
    "dumps",
    "locate",
    "lost",
    "write",
]


def __getattr__(name: str) -> object:
    """Import a public name on first use, since reading files needs only the types of columns, not the formats."""
    from importlib import import_module

    if name == "ExportSummary":
        return getattr(import_module("newsnorm.records.accounts"), name)
    if name in __all__:
        return getattr(import_module("newsnorm.export.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
