"""
Check with pyright that the type of every public name of the installed package is known, and print how many names there are.

    python tools/typed_names.py

Run it where newsnorm and pyright are installed and the sources are not on the path (`scripts/package -s types`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import attrs
from cattrs import Converter

LISTED = Path(__file__).parents[1] / "tests" / "public_api.txt"
"""The public names, as a test holds them."""


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


def public_names() -> list[str]:
    """Return every public name, where it is exported; the version is a plain string."""
    names = re.findall(r"(?m)^(?:class |def )?(newsnorm[\w.]+)", LISTED.read_text(encoding="utf-8"))
    return sorted(set(names) - {"newsnorm.__version__"})


def symbols() -> list[Symbol]:
    """Ask pyright for every name of the package."""
    command = ("pyright", "--verifytypes", "newsnorm", "--ignoreexternal", "--outputjson")
    answer = json.loads(subprocess.run(command, capture_output=True, check=False, text=True).stdout)
    return Converter().structure(answer["typeCompleteness"], Completeness).symbols


def main() -> int:
    """Print the public names whose types pyright does not know."""
    found = {symbol.name: symbol.isTypeKnown and not symbol.isTypeAmbiguous for symbol in symbols()}
    public = public_names()
    unknown = [name for name in public if not found.get(name, False)]
    for name in unknown:
        print(f"unknown type: {name}")
    print(f"{len(public) - len(unknown)} of {len(public)} public names have known types")
    print(f"{sum(found.values())} of all {len(found)} names have")
    return 1 if unknown or not found else 0


if __name__ == "__main__":
    sys.exit(main())
