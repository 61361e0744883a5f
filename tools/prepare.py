"""
Write the prepared forms of data that ships with newsnorm: ``python tools/prepare.py``.

Writes one JSON file per TOML file, and one file of arrays with the language profiles of the installed langdetect
(`newsnorm.profiles`). Forms of outdated sources are deleted. A test compares every form with its source.
"""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import numpy as np

from newsnorm.catalogue.loading import load_files, rule_files
from newsnorm.profiles import installed_langdetect, prepared_counts, read_profiles
from newsnorm.resources import Toml, directory_of, parse_toml, prepared_toml

PACKAGE = Path(__file__).parents[1] / "src" / "newsnorm"
TARGET = PACKAGE / "prepared"


def toml_files() -> list[Path]:
    """Return the TOML files that ship with newsnorm."""
    return sorted(PACKAGE.rglob("*.toml"))


def prepared_path(file: Path) -> Path:
    """Return the path of the prepared form of a TOML file."""
    return TARGET / prepared_toml(file.stem, file.read_text(encoding="utf-8")).name


def as_json(content: Toml) -> str:
    """
    Return the content of a TOML file as one line of JSON.

    Raises:
        TypeError: it contains a date or a time, which JSON lacks; write a string, or leave the file without a prepared form.

    """
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> None:
    """
    Write missing forms, and delete outdated ones.

    Raises:
        CatalogueError: a rule is wrong; rules that have a prepared form are not checked when they are loaded.

    """
    load_files(rule_files(directory_of("catalogue", "data")))
    TARGET.mkdir(exist_ok=True)
    counts = TARGET / prepared_counts(installed_langdetect()).name
    forms = {prepared_path(file): file for file in toml_files()}
    for path in set(TARGET.iterdir()) - {counts, *forms}:
        path.unlink()
    for path, file in forms.items():
        path.write_text(as_json(parse_toml(file.read_text(encoding="utf-8"))), encoding="utf-8", newline="\n")
    if not counts.exists():
        np.savez_compressed(counts, **attrs.asdict(read_profiles(installed_langdetect()), recurse=False))


if __name__ == "__main__":
    main()
