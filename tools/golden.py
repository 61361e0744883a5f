"""
Write the golden ledgers, and compare two files of them field by field.

    python tools/golden.py write before.jsonl.gz [--shared ../shared] [--texts MORE.jsonl] [--jobs 2]
    ... change the code ...
    python tools/golden.py write after.jsonl.gz [--shared ../shared] [--jobs 2]
    python tools/golden.py compare before.jsonl.gz after.jsonl.gz

A row is one article as `newsnorm.to_dict` writes it, with its ledger; one answer of a function of `newsnorm.fields`; or the
relations and clusters of one set of texts. Inputs are the project's fixtures and, with ``--shared``, the development texts
beside the project. Digests and version numbers are left out, because they identify the code and not its answers.
``compare`` ends with status 1 if anything differs. Only public names are used, so the tool keeps working when code moves.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path

import attrs

import newsnorm
from newsnorm import fields
from newsnorm.testing import cases

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
SHOWN = 12
"""Number of examples that ``compare`` prints per field."""


@attrs.frozen(kw_only=True)
class Input:
    """One text with its metadata."""

    id: str
    kind: str = "article"
    """``article``, or the name of the function in `newsnorm.fields` to call."""
    data: str | bytes
    url: str | None = None
    title: str | None = None
    site: str | None = None
    fetched: str | None = None
    encoding: str | None = None


def fixture_inputs() -> Iterator[Input]:
    """Yield the articles, fields and corpora among the project's fixtures."""
    for group in ("articles", "untouched"):
        for case in cases(FIXTURES / group):
            yield Input(
                id=f"fixtures/{group}/{case}",
                data=case.raw,
                url=case.url,
                title=case.title,
                site=case.site,
                encoding=case.encoding,
            )
    for folder in ("corpus", "learn", "dedup"):
        for path in sorted((FIXTURES / folder).rglob("*.txt")):
            yield Input(id=f"fixtures/{path.relative_to(FIXTURES)}", data=path.read_bytes())
    for path in sorted((FIXTURES / "fields").glob("*.toml")):
        reader = {"dates": "parse_date", "credits": "parse_credit", "datelines": "parse_dateline"}[path.stem]
        for place, text in enumerate(_strings(tomllib.loads(path.read_text(encoding="utf-8")))):
            yield Input(id=f"fixtures/fields/{path.stem}:{place}", kind=reader, data=text)
    for place, line in enumerate((FIXTURES / "negatives.txt").read_text(encoding="utf-8").splitlines()):
        for reader in ("parse_byline", "parse_credit", "parse_date", "parse_dateline"):
            yield Input(id=f"fixtures/negatives:{place}:{reader}", kind=reader, data=line)


def shared_inputs(shared: Path) -> Iterator[Input]:
    """Yield the development texts: seeds, cases, and the benchmarks' articles, extracted texts, pages, lines and bytes."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        yield Input(id=f"seeds/{path.stem}", data=path.read_bytes())
    for path in sorted((shared / "cases" / "articles").glob("*/raw.txt")):
        about = tomllib.loads((path.parent / "about.toml").read_text(encoding="utf-8"))
        known = {key: str(about[key]) for key in ("url", "title", "site", "fetched", "encoding") if key in about}
        yield Input(id=f"cases/{path.parent.name}", data=path.read_bytes(), **known)
    bench = shared / "bench"
    urls: dict[str, str] = {}
    for row in _rows(bench / "extraction" / "data" / "cases.jsonl.gz"):
        urls[row["id"]] = row["url"]
        yield Input(id=f"extraction/body/{row['id']}", data=row["body"], url=row["url"])
    for folder in ("residual", "naive"):
        for path in sorted((bench / "extraction" / "data" / folder).glob("*.jsonl.gz")):
            for row in _rows(path):
                text = row.get("text") or row.get("input") or ""
                yield Input(id=f"extraction/{path.name.split('.')[0]}/{row['id']}", data=text, url=urls.get(row["id"]))
    for row in _rows(bench / "metadata" / "data" / "cases.jsonl.gz"):
        for form in ("text", "crop"):
            yield Input(id=f"metadata/{form}/{row['id']}", data=row[form] or "", url=row["url"])
    for row in _rows(bench / "corpora" / "data" / "cases.jsonl.gz"):
        title = row["title"] if row["form"] == "column" else None
        yield Input(id=f"corpora/{row['id']}/{row['form']}", data=row["input"], title=title, url=row["url"])
    for name, reader in (("credit_lines", "parse_credit"), ("dateline_lines", "parse_dateline")):
        for row in _rows(bench / "metadata" / "data" / f"{name}.jsonl.gz"):
            yield Input(id=f"metadata/{name}/{row['id']}", kind=reader, data=row["text"])


def other_inputs(path: Path) -> Iterator[Input]:
    """Yield the texts of a file of JSON lines, each with ``id``, ``text`` and optionally ``url``."""
    for row in _rows(path):
        yield Input(id=row["id"], data=row["text"], url=row.get("url"))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def answer(given: Input) -> str:
    """Return one row of the file as JSON: the input's id and newsnorm's answer."""
    said: object
    if given.kind == "article":
        article = newsnorm.parse(
            given.data, url=given.url, title=given.title, site=given.site, fetched=given.fetched, encoding=given.encoding
        )
        written = newsnorm.to_dict(article, ledger=True)
        written["provenance"] = None  # its digests name the code
        said = written
    else:
        found = getattr(fields, given.kind)(given.data)
        said = None if found is None else attrs.asdict(found)
    return json.dumps({"id": given.id, "said": said}, ensure_ascii=False, sort_keys=True)


def dedup_answers(shared: Path | None) -> Iterator[str]:
    """Yield the relations and clusters of the sets of near-identical reports."""
    for path in sorted((FIXTURES / "dedup").glob("*/docs")):
        documents = [(file.stem, file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.txt"))]
        yield _related(f"fixtures/dedup/{path.parent.name}", documents)
    for name in ("noise", "real") if shared else ():
        rows = list(_rows(Path(shared or "") / "bench" / "dedup" / "data" / f"{name}.jsonl.gz"))
        yield _related(f"dedup/{name}", [(row["id"], row["text"]) for row in rows])


def _related(name: str, documents: list[tuple[str, str]]) -> str:
    found = newsnorm.deduplicate(documents)
    relations = [attrs.asdict(relation) for relation in found.relations]
    said: dict[str, object] = {"clusters": [attrs.asdict(cluster) for cluster in found.clusters]}
    if len(relations) <= 1_000:
        said["relations"] = relations
    else:  # a digest for each left side keeps the file small and still says where a difference is
        digests: dict[str, hashlib._Hash] = {}
        for relation in relations:
            digests.setdefault(relation["left"], hashlib.sha256()).update(json.dumps(relation, sort_keys=True).encode())
        said["relations"] = {left: digest.hexdigest()[:16] for left, digest in sorted(digests.items())}
    return json.dumps({"id": f"related/{name}", "said": said}, ensure_ascii=False, sort_keys=True)


def write(path: Path, shared: Path | None, texts: Iterable[Path], jobs: int, only: str, *, dedup: bool) -> None:
    """Write the golden ledgers of all inputs whose ids begin with `only`."""
    every = chain(fixture_inputs(), shared_inputs(shared) if shared else (), *map(other_inputs, texts))
    inputs = [each for each in every if each.id.startswith(only)]
    with gzip.open(path, "wt", encoding="utf-8", newline="\n") as out, ProcessPoolExecutor(jobs) as pool:
        for done, row in enumerate(pool.map(answer, inputs, chunksize=16), start=1):
            print(row, file=out)
            if done % 1_000 == 0:
                print(f"{done:,} of {len(inputs):,}", file=sys.stderr)
        for row in dedup_answers(shared) if dedup else ():
            print(row, file=out)
    print(f"{path}: {len(inputs):,} texts")


def differences(old: object, new: object, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Yield the differences of two JSON values: the path of each field, and both values."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from differences(old.get(key), new.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from differences(one, other, f"{path}[]")
    elif old != new:
        yield path, old, new


def compare(old: Path, new: Path, ignored: Iterable[str], shown: int) -> int:
    """Print how many values of each field differ, with examples; return the number of rows that differ."""
    before, after = _said(old), _said(new)
    skipped = tuple(ignored)
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    rows = 0
    for name in before.keys() & after.keys():
        found = [each for each in differences(before[name], after[name]) if not each[0].startswith(skipped or ("\0",))]
        rows += bool(found)
        for path, one, other in found:
            counts[path] += 1
            examples.setdefault(path, []).append(f"{name}: {_brief(one)} → {_brief(other)}")
    for path, count in counts.most_common():
        print(f"{path or '(whole)'}: {count:,} differ")
        for example in islice(sorted(examples[path]), shown):
            print(f"    {example}")
    for title, names in (
        ("only in the first", before.keys() - after.keys()),
        ("only in the second", after.keys() - before.keys()),
    ):
        if names:
            print(f"{title}: {len(names):,}, such as {', '.join(sorted(names)[:3])}")
    print(f"{len(before.keys() & after.keys()):,} rows compared, {rows:,} differ")
    return rows + len(before.keys() ^ after.keys())


def _said(path: Path) -> dict[str, object]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["said"] for row in map(json.loads, lines)}


def _brief(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 110 else f"{text[:60]} … {text[-45:]}"


def main() -> None:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="write the golden ledgers")
    writing.add_argument("file", type=Path)
    writing.add_argument("--shared", type=Path, help="the folder that holds bench, cases and seeds")
    writing.add_argument("--texts", type=Path, action="append", default=[], help="more texts: JSON lines with id, text, url")
    writing.add_argument("--jobs", type=int, default=2)
    writing.add_argument("--only", default="", help="inputs whose id begins so: fixtures, extraction/bs4")
    writing.add_argument("--no-dedup", action="store_true", help="skip relations and clusters, which take some minutes")
    comparing = commands.add_parser("compare", help="compare two files")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--ignore", action="append", default=[], help="fields that may differ, by the beginning of their path")
    comparing.add_argument("--shown", type=int, default=SHOWN, help="examples of each field")
    options = parser.parse_args()
    if options.command == "write":
        write(options.file, options.shared, options.texts, options.jobs, options.only, dedup=not options.no_dedup)
    elif compare(options.old, options.new, options.ignore, options.shown):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
