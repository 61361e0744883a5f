"""
Measure how much of the report is kept and how much else is left: ``benchmarks/extraction.py --shared DIR [--input NAME ...]``.

The texts are what five extractors leave of the pages of the extraction benchmark, what two tools make of whole pages, and the
report itself, which has to come through untouched. The metric is the benchmark's own (its ``score.py`` is loaded from
``--shared``). What extractors leave is made once and kept in ``--cache``. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType

import attrs

import newsnorm
from newsnorm.page.prose import is_prose

RESIDUAL = ("trafilatura", "resiliparse", "readability", "newspaper4k", "boilerpy3")
WHOLE = ("bs4", "inscriptis")
CLEAN = "clean"
INPUTS = (*RESIDUAL, *WHOLE, CLEAN)
SETS = ("aeb", "n4k", "fundus")


@attrs.frozen(kw_only=True)
class Case:
    """A page of the benchmark, with its URL and its report."""

    id: str
    set: str
    url: str
    site: str
    body: str
    html: Path


def scorer(shared: Path) -> ModuleType:
    """Load the benchmark's ``score.py``."""
    path = shared / "bench" / "extraction" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"{path} is missing: --shared is the folder that holds bench/extraction")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(shared: Path) -> list[Case]:
    """Return the cases of the development half, in order."""
    data = shared / "bench" / "extraction" / "data"
    with gzip.open(data / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Case(
            id=row["id"],
            set=row["set"],
            url=row["url"],
            site=str(row.get("site") or row["id"]),
            body=row["body"],
            html=data / row["html"],
        )
        for row in rows
    ]


def page_of(case: Case) -> str:
    """Read the HTML of a case's page; its file may be compressed."""
    packed = case.html if case.html.suffix == ".gz" else case.html.with_name(case.html.name + ".gz")
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else case.html.read_bytes()
    return data.decode("utf-8", "replace")


def extracted(name: str, html: str) -> str:
    """Return the output of an extractor for a page."""
    try:
        if name == "trafilatura":
            import trafilatura

            return trafilatura.extract(html, include_comments=False) or ""
        if name == "resiliparse":
            from resiliparse.extract.html2text import extract_plain_text

            return str(extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False))
        if name == "readability":
            import html_text
            from readability import Document

            return str(html_text.extract_text(Document(html).summary()))
        if name == "newspaper4k":
            import newspaper

            article = newspaper.Article("https://example.com/", fetch_images=False)
            article.download(input_html=html)
            article.parse()
            return str(article.text)
        from boilerpy3.extractors import ArticleExtractor

        return str(ArticleExtractor(raise_on_failure=False).get_content(html))
    except Exception as error:  # an extractor that fails on a page leaves nothing of it
        print(f"{name}: {type(error).__name__}", file=sys.stderr)
        return ""


def texts_of(name: str, all_cases: Sequence[Case], shared: Path, cache: Path) -> dict[str, str]:
    """Return the text of each case in one kind of input, by id."""
    if name == CLEAN:
        return {case.id: case.body for case in all_cases}
    data = shared / "bench" / "extraction" / "data"
    given = data / ("naive" if name in WHOLE else "residual") / f"{name}.jsonl.gz"
    made = cache / f"{name}.jsonl"
    if name in WHOLE or not made.exists():
        with gzip.open(given, "rt", encoding="utf-8") as lines:
            texts = {row["id"]: str(row["text"]) for row in map(json.loads, lines)}
        if texts:
            return texts
        cache.mkdir(parents=True, exist_ok=True)
        with made.open("w", encoding="utf-8") as out:
            for case in all_cases:
                out.write(json.dumps({"id": case.id, "text": extracted(name, page_of(case))}) + "\n")
    with made.open(encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


def body(text: str, url: str) -> str:
    """Return newsnorm's report."""
    return newsnorm.parse(text, url=url).text


def outputs(call: Callable[[str, str], str], all_cases: Sequence[Case], texts: dict[str, str]) -> tuple[dict[str, str], float]:
    """Return the result of `call` for each text, and the CPU seconds that it took."""
    start = time.process_time()
    made = {case.id: call(texts[case.id], case.url) for case in all_cases if case.id in texts}
    return made, time.process_time() - start


def report(score: ModuleType, name: str, all_cases: Sequence[Case], texts: dict[str, str], made: dict[str, str]) -> list[str]:
    """Print a row for each set, before and after newsnorm."""
    rows = []
    for kind in SETS:
        rows_of = [{"id": case.id, "body": case.body} for case in all_cases if case.set == kind]
        before, after = score.score(rows_of, texts), score.score(rows_of, made)
        if before and after:
            scores = "  ".join(f"{key} {before[key]:.3f} > {after[key]:.3f}" for key in ("F1", "P", "R"))
            lost, dirty = after["R"] - before["R"], f"{before['dirty']:.2f} > {after['dirty']:.2f}"
            rows.append(f"{name:12} {kind:6} n={after['n']:<4} {scores} ({lost:+.4f})  dirty {dirty}")
    return rows


def errors(score: ModuleType, all_cases: Sequence[Case], texts: dict[str, str], least: int) -> list[str]:
    """
    Count leftovers by place and form of the line, and losses by the rule that took the line, in words and lines.

    Of the lines that rules took, only lines of `least` words or more count.
    """
    left: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for case in all_cases:
        article = newsnorm.parse(texts[case.id], url=case.url)
        left += _left(score, case, article)
        lost += _lost(score, case, article, least)
    return [f"  {what} {count}" for counts in (left, lost) for what, count in sorted(counts.items())]


def _left(score: ModuleType, case: Case, article: newsnorm.Article) -> Counter[str]:
    """Count the lines in an article that are not part of the report, and their words."""
    left: Counter[str] = Counter()
    lines = [(line, words, 2 * covered >= words) for line, words, covered in score.coverage(article.text, case.body)]
    body = [number for number, (_, _, good) in enumerate(lines) if good]
    for number, (line, words, good) in enumerate(lines):
        if not good:
            place = "none of it" if not body else "above" if number < body[0] else "below" if number > body[-1] else "amid"
            shape = "prose" if is_prose(line) else "short" if words < SHORT else "other"
            left.update({f"left {place}, {shape}: lines": 1, f"left {place}, {shape}: words": words})
    return left


def _lost(score: ModuleType, case: Case, article: newsnorm.Article, least: int) -> Counter[str]:
    """Count the lines of the report that a rule took, and their words."""
    lost: Counter[str] = Counter()
    fields = (article.headline, article.dateline, *article.bylines, *article.dates, *article.credits)
    for finding in (*(field for field in fields if field is not None), *article.removals):
        rows = score.coverage(finding.text, case.body)
        words = sum(row[1] for row in rows)
        if words >= least and 2 * sum(row[2] for row in rows) >= words:
            lost.update({f"lost by {finding.rule}: lines": 1, f"lost by {finding.rule}: words": words})
    return lost


SHORT = 8
"""The fewest words of a line to count; a shorter line of the report may also occur elsewhere on the page."""


def _measure(name: str, shared: Path, cache: Path, count_errors: bool) -> str:
    all_cases = cases(shared)
    texts = texts_of(name, all_cases, shared, cache)
    made, spent = outputs(body, all_cases, texts)
    rows = report(scorer(shared), name, all_cases, texts, made)
    if count_errors:
        rows += errors(scorer(shared), all_cases, texts, 1 if name == CLEAN else SHORT)
    return "\n".join([*rows, f"{name:12} {len(made)} texts, {spent / max(len(made), 1) * 1e3:.1f} ms CPU each on average"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench/extraction")
    parser.add_argument("--cache", type=Path, default=Path("out/extraction"), help="where the extractors' texts are kept")
    parser.add_argument("--input", action="append", choices=INPUTS, help="only these (all unless given)")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="count leftovers and losses, by kind")
    options = parser.parse_args()
    names = options.input or list(INPUTS)
    if options.processes > 1:
        with ProcessPoolExecutor(options.processes) as pool:
            for rows in pool.map(
                _measure, names, [options.shared] * len(names), [options.cache] * len(names), [options.errors] * len(names)
            ):
                print(rows, flush=True)
        return
    for name in names:
        print(_measure(name, options.shared, options.cache, options.errors), flush=True)


if __name__ == "__main__":
    main()
