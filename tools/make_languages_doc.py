"""
Write docs/languages.md from the data: ``python tools/make_languages_doc.py``.

With ``--measure ../shared``, first count how many sentences of each language are identified rightly, into tools/languages.toml.
A test compares the page with the output of this program.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeAlias

import attrs

from newsnorm import Catalogue, identify_language
from newsnorm.catalogue import Rule
from newsnorm.language import _SCRIPTS
from newsnorm.profiles import load_ngram_counts

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "languages.md"
TEMPLATE = Path(__file__).with_name("languages.template.md")
NAMES = Path(__file__).with_name("languages.toml")
RULES = ROOT / "src" / "newsnorm" / "catalogue" / "data" / "lang"
GRAMMAR = ROOT / "src" / "newsnorm" / "grammar" / "data"

Toml: TypeAlias = "dict[str, Toml] | list[Toml] | str | int | float | bool"

WRITTEN_AS = {"nb": ("no",), "tl": ("fil",), "zh": ("zh-hans", "zh-hant"), "he": ("iw",)}
"""Other codes under which tables or profiles have a language."""


@attrs.frozen
class Measured:
    """How many sentences of a language were asked about, and how many came out right."""

    sentences: int
    right: int


def strings(value: Toml) -> Iterator[str]:
    """Each text in a table or an array, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def counted(table: Toml, codes: tuple[str, ...]) -> int:
    """The number of texts that stand below any of these codes in a table."""
    if not isinstance(table, dict):
        return 0
    return sum(len(list(strings(value))) if key in codes else counted(value, codes) for key, value in table.items())


def tables(*names: str) -> dict[str, Toml]:
    """Tables of the grammar."""
    return {name: tomllib.loads((GRAMMAR / f"{name}.toml").read_text(encoding="utf-8")) for name in names}


def identified_by(codes: Collection[str]) -> str:
    """Whether a language has a profile, a script of its own, or neither."""
    scripts = {code for code, _ in _SCRIPTS} | {"ja", "ko"}
    if scripts.intersection(codes):
        return "script"
    profiles = {str(code).lower() for code in load_ngram_counts().codes}
    return "profile" if profiles.intersection(codes) else "–"


def cells_of(code: str, entry: dict[str, str | int], rules: list[Rule], dates: Toml, credit: Toml) -> list[str]:
    """The cells of a language's row; `entry` is its line of languages.toml."""
    codes = (code, *WRITTEN_AS.get(code, ()))
    by = identified_by(codes)
    measured = by != "–" and "sentences" in entry
    removals = [rule for rule in rules if rule.table == "removal"]
    bylines = sum(len(rule.phrases) for rule in rules if rule.table == "byline")
    return [
        str(entry["name"]),
        f"`{code}`",
        by,
        f"{100 * int(entry['right']) / int(entry['sentences']):.0f} % of {entry['sentences']}" if measured else "–",
        f"{sum(len(rule.phrases) for rule in removals)} in {len(removals)}" if removals else "–",
        *(str(count or "–") for count in (bylines, counted(dates, codes), counted(credit, codes))),
    ]


def page() -> str:
    """Return the whole page."""
    known = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    if nameless := sorted({path.stem for path in RULES.glob("*.toml")} - set(known)):
        raise SystemExit(
            f'{NAMES.name} lacks the names of {", ".join(nameless)}: add a line such as {nameless[0]} = {{ name = "…" }}'
        )
    dates: Toml = tables("calendar", "calendar-extra", "date-roles", "relative-dates")
    credit: Toml = tables("credits")
    rules: dict[str, list[Rule]] = {}
    for rule in Catalogue.default().rules:
        rules.setdefault(rule.id.partition(".")[0], []).append(rule)
    names = sorted(known, key=lambda code: str(known[code]["name"]))
    rows = (" | ".join(cells_of(code, known[code], rules[code], dates, credit)) for code in names)
    return TEMPLATE.read_text(encoding="utf-8").replace("{rows}", "".join(f"| {row} |\n" for row in rows))


def measure(shared: Path) -> dict[str, Measured]:
    """Ask about each sentence of the benchmark of languages."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    with gzip.open(shared / "bench/metadata/data/langid.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] == "sentence":
                asked[row["lang"]] += 1
                right[row["lang"]] += identify_language(row["text"]).code.partition("-")[0] == row["lang"]
    return {code: Measured(number, right[code]) for code, number in asked.items()}


def main() -> None:
    """Write the page, and before it the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--measure", type=Path, metavar="SHARED")
    if given := options.parse_args().measure:
        known, found = tomllib.loads(NAMES.read_text(encoding="utf-8")), measure(given)
        lines = [
            "# English names of the languages with rules, and how many sentences in each are identified rightly.\n",
            "# Counted by tools/make_languages_doc.py --measure.\n",
        ]
        for code, entry in known.items():
            figures = f", sentences = {found[code].sentences}, right = {found[code].right}" if code in found else ""
            lines.append(f'{code} = {{ name = "{entry["name"]}"{figures} }}\n')
        NAMES.write_text("".join(lines), encoding="utf-8")
    TARGET.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
