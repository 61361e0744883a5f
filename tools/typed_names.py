"""
Check with pyright that the type of every public name of the installed package is known, and print how many names there are.

    python tools/typed_names.py

Run it where newsnorm and pyright are installed and the sources are not on the path (`scripts/package -s types`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module

import attrs
from cattrs import Converter

MODULES = ("newsnorm", "newsnorm.dedup", "newsnorm.fields", "newsnorm.testing")
"""The public modules: see docs/api.md."""


@attrs.frozen
class Symbol:
    """A name as pyright sees it."""

    name: str
    isTypeKnown: bool  # noqa: N815
    isTypeAmbiguous: bool  # noqa: N815


@attrs.frozen
class Completeness:
    """What pyright says of a package."""

    symbols: list[Symbol]


def public_names() -> Iterator[str]:
    """Yield every public name, where it is exported."""
    for module in MODULES:
        yield from (f"{module}.{name}" for name in import_module(module).__all__ if name != "__version__")


def symbols() -> list[Symbol]:
    """Ask pyright for every name of the package."""
    command = ("pyright", "--verifytypes", "newsnorm", "--ignoreexternal", "--outputjson")
    answer = json.loads(subprocess.run(command, capture_output=True, check=False, text=True).stdout)
    return Converter().structure(answer["typeCompleteness"], Completeness).symbols


def main() -> int:
    """Print the public names whose types pyright does not know."""
    found = {symbol.name: symbol.isTypeKnown and not symbol.isTypeAmbiguous for symbol in symbols()}
    public = sorted(set(public_names()))
    unknown = [name for name in public if not found.get(name, False)]
    for name in unknown:
        print(f"unknown type: {name}")
    print(f"{len(public) - len(unknown)} of {len(public)} public names have known types")
    print(f"{sum(found.values())} of all {len(found)} names have")
    return 1 if unknown or not found else 0


if __name__ == "__main__":
    sys.exit(main())
