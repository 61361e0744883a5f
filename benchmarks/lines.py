"""
Measure how well datelines and credits are read, on our own labels: ``benchmarks/lines.py dateline --shared DIR [--errors N]``.

``labels/datelines.jsonl`` and ``labels/credits.jsonl`` say what lines of the benchmark's pages are. The lines stay outside:
a label holds the beginning of a line's SHA-1 (its white space folded), its kind, and those of the values in it. The lines are
found again below ``--shared``; those that are not are counted. Labels were made by reading; rules may be tuned on half A (hashes
that begin with 0 to 7), and half B tells what that is worth. The reader is `MODULE:FUNCTION`, as for the benchmark's own scorer.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from newsnorm.text.folding import fold

LABELS = Path(__file__).with_name("labels")
FILES = {"dateline": "datelines.jsonl", "credit": "credits.jsonl"}
TAKEN = {"dateline": "dateline", "credit": "source"}
"""The kind to find; all other labelled lines are look-alikes."""

NAMES = {"dateline": {"value": "city", "agency": "agency"}, "credit": {"value": "value"}}
"""Names of the values in a label → names in a reader's answer."""

SHORTEST = 3
"""The longest line, in characters."""

Reader = Callable[[str], "dict[str, str | None] | None"]


@attrs.frozen(kw_only=True)
class Label:
    """The label of a line, without the line itself."""

    line: str
    kind: str
    values: dict[str, str | None]

    @property
    def half(self) -> str:
        """``a`` is for tuning, ``b`` for evaluation."""
        return "a" if self.line[0] < "8" else "b"


def digest(text: str) -> str:
    """Return enough of the SHA-1 of a text to find it again."""
    return hashlib.sha1(text.encode()).hexdigest()[:16]


def labels(what: str) -> dict[str, Label]:
    """Read the labels of a file, by line digest."""
    rows = [json.loads(row) for row in (LABELS / FILES[what]).read_text(encoding="utf-8").splitlines()]
    return {
        row["line"]: Label(line=row["line"], kind=row["kind"], values={name: row.get(name) for name in NAMES[what]})
        for row in rows
    }


def texts(bench: Path) -> Iterator[str]:
    """Yield every text of the benchmark's development half."""
    keys = {
        "metadata/data/cases.jsonl.gz": ("text", "crop"),
        "metadata/data/langid.jsonl.gz": ("text",),
        "dedup/data/real.jsonl.gz": ("text",),
        "dedup/data/noise.jsonl.gz": ("text",),
        "extraction/data/cases.jsonl.gz": ("body",),
    }
    for name, fields in keys.items():
        with gzip.open(bench / name, "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                yield from (row[field] for field in fields if row.get(field))
    from bs4 import BeautifulSoup

    for page in sorted((bench / "extraction" / "data" / "html").iterdir()):
        yield BeautifulSoup(gzip.decompress(page.read_bytes()).decode("utf-8", "replace"), "lxml").get_text("\n")


def lines(bench: Path) -> dict[str, str]:
    """Return all lines, by digest."""
    found: dict[str, str] = {}
    for text in texts(bench):
        for raw in text.split("\n"):
            line = " ".join(raw.split())
            if len(line) >= SHORTEST:
                found.setdefault(digest(line), line)
    return found


def score(what: str, known: dict[str, Label], found: dict[str, str], read: Reader, half: str, errors: int) -> str:
    """Return precision, recall, and the share of right values among the lines that have one."""
    count: Counter[str] = Counter()
    for label in known.values():
        line = found.get(label.line)
        if label.half not in half or line is None:
            continue
        answer = read(line)
        said = answer is not None and answer.get("kind", TAKEN[what]) == TAKEN[what]
        true = label.kind == TAKEN[what]
        count["lines"] += 1
        count[f"{'t' if true else 'f'}{'p' if said else 'n'}"] += 1
        wrong = said != true
        for name, called in NAMES[what].items():
            value = (answer or {}).get(called)
            right = said and true and (digest(fold(value).replace(" ", "")) if value else None) == label.values[name]
            count[name] += right
            wrong |= said and true and not right
        if wrong and errors:
            errors -= 1
            print(f"  {label.kind}: {line[:100]} => {answer}")
    positive = count["tp"] + count["tn"]
    shares = ", ".join(f"{name} {100 * count[key] / max(1, positive):.1f}" for key, name in NAMES[what].items())
    precision = 100 * count["tp"] / max(1, count["tp"] + count["fp"])
    recall = 100 * count["tp"] / max(1, positive)
    return f"half {half}: {count['lines']} lines, {positive} of the kind: P {precision:.1f} R {recall:.1f}; {shares}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=sorted(FILES))
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench")
    parser.add_argument("--call", help="the reader; adapters:dateline or adapters:credit unless given")
    parser.add_argument("--errors", type=int, default=0, help="show this many errors of half A")
    arguments = parser.parse_args()
    module, _, function = (arguments.call or f"adapters:{arguments.what}").partition(":")
    read: Reader = getattr(importlib.import_module(module), function)
    known, found = labels(arguments.what), lines(arguments.shared / "bench")
    print(f"{len(known)} labels, {len(known.keys() - found.keys())} of them of lines that are not there")
    for half in "ab":
        print(score(arguments.what, known, found, read, half, arguments.errors if half == "a" else 0))
    start = time.process_time()
    said = sum(read(line) is not None for line in found.values())
    each = (time.process_time() - start) / max(1, len(found)) * 1e6
    print(f"all lines: {len(found)}, read as such: {said}, {each:.1f} microseconds each")


if __name__ == "__main__":
    main()
