"""
Count how many articles carry each note, and write the table of notes into the documentation.

Run with ``PYTHONPATH=src:benchmarks python benchmarks/notes.py --shared PATH [--write]``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from catalogue_price import rows

import newsnorm
from newsnorm.notes import code_of, note_forms

DOCUMENT = Path(__file__).parents[1] / "docs" / "fields.md"
TABLE = re.compile(r"(?<=\| code \| says \| whole pages \| corpora \|\n\|---\|---\|---\|---\|\n)(?:\|.*\n)*")
SETS = ("pages", "corpora")


def texts(shared: Path) -> Iterator[tuple[str, str, str | None]]:
    """Yield the name of a set, a text and its URL."""
    for row in rows(shared / "bench/metadata/data/cases.jsonl.gz"):
        yield "pages", row["text"], row.get("url")
    for row in rows(shared / "bench/corpora/data/cases.jsonl.gz"):
        if row["split"] == "DEV":
            yield "corpora", row["input"], row["url"] or None


def share(times: int, size: int) -> str:
    """Return a share in percent; a dash for none."""
    return f"{100 * times / size:.1f} %" if times else "–"


def main() -> None:
    """Print the table of notes, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds bench/")
    parser.add_argument("--write", action="store_true", help="write the table into docs/fields.md")
    options = parser.parse_args()
    sizes: Counter[str] = Counter()
    carried: Counter[tuple[str, str]] = Counter()
    for name, text, url in texts(options.shared):
        sizes[name] += 1
        carried.update({(name, code_of(note)) for note in newsnorm.parse(text, url=url).notes})
    table = ""
    for form in note_forms().values():
        shares = [share(carried[name, form.code], sizes[name]) for name in SETS]
        table += f"| `{form.code}` | {form.meaning} | {' | '.join(shares)} |\n"
    print(table, end="")
    print(", ".join(f"{name}: {size:,} texts" for name, size in sizes.items()))
    if options.write:
        DOCUMENT.write_text(TABLE.sub(lambda _: table, DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
