"""
Count errors in headline, date and authors, by kind: ``benchmarks/fields.py --shared DIR [--mode crop|text] [--impossible]``.

The metadata benchmark's own measure decides what is right; this says of the rest what it is: an author that the benchmark
counts and newsnorm does not (an agency, a desk, one word), a name that no candidate reads, a wrong choice, none at all.
``--impossible`` holds the reader of dates against the reliability benchmark's impossible and odd dates. No word of any page
is printed.
Prints the time that the passes for fields take, too.
"""

from __future__ import annotations

import argparse
import html
import importlib.util
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import cast

import newsnorm
from newsnorm import fields
from newsnorm.grammar import Grammar
from newsnorm.page.state import Found
from newsnorm.passes import find_bylines, find_credits, find_dateline, find_dates, find_standfirst, find_title

Gold = Mapping[str, object]

FIELDS = frozenset((find_bylines, find_credits, find_dateline, find_dates, find_standfirst, find_title))

_TIME = re.compile(r"<time[^>]*>(.*?)</time>", re.DOTALL)
_WORDS = re.compile(r"[^\W_]+")


def load(path: Path, name: str) -> ModuleType:
    """Load a script of the benchmarks as a module."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.exists():
        raise SystemExit(f"{path}: not found; --shared names the directory that holds bench/")
    sys.path.insert(0, str(path.parent))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_no_person(name: str, grammar: Grammar) -> bool:
    """Return whether a gold author is an agency, a desk, a staff or an address, none of which newsnorm counts as a person."""
    words = _WORDS.findall(name.lower())
    agencies = {agency.lower() for agency in grammar.agencies}
    return name.lower() in agencies or any(word in grammar.names.not_names for word in words) or len(words) < 2


def authors(score: ModuleType, case: Mapping[str, object], mode: str, article: newsnorm.Article, counts: Counter[str]) -> None:
    """Count the outcome for a page's authors."""
    gold = cast("dict[str, object]", case["gold"])
    seen = cast("dict[str, list[str]]", case["crop_visible" if mode == "crop" else "visible"])
    names = score.name_list(seen["authors"])
    if gold.get("authors") is None or not names:
        return
    grammar = Grammar.default()
    said = score.name_list([person.name for person in article.authors])
    hit, left = score.match_names(names, said)
    left = [name for name in left if not any(score.same_name(name, known) for known in score.name_list(gold["authors"]))]
    counts["gold names"] += len(names)
    counts["found"] += hit
    counts["wrong names"] += len(left)
    missing = [name for name in names if not any(score.same_name(name, known) for known in said)]
    nobody = [name for name in missing if is_no_person(name, grammar)]
    counts["missing: an agency, a desk, one word"] += len(nobody)
    counts["missing: another" + (" (somebody else was said)" if said else " (nobody was said)")] += len(missing) - len(nobody)


def titles(score: ModuleType, case: Mapping[str, object], mode: str, article: newsnorm.Article, counts: Counter[str]) -> None:
    """Count the outcome for a page's headline."""
    gold = cast("dict[str, str]", case["gold"]).get("title")
    if not gold or not cast("dict[str, object]", case["crop_visible" if mode == "crop" else "visible"])["title"]:
        return
    meant, said = (score.fold(text or "").replace(" ", "") for text in (gold, article.title))
    kind = (
        "right" if meant == said
        else "none" if not said
        else "more or less of the same line" if said in meant or meant in said
        else "another line"
    )  # fmt: skip
    counts[kind] += 1


def days(case: Mapping[str, object], mode: str, article: newsnorm.Article, counts: Counter[str]) -> None:
    """Count the outcome for a page's date."""
    gold = cast("dict[str, list[str]]", case["gold"])
    date = article.published or article.updated
    said = date.value[:10] if date and date.precision not in ("year", "month") else None
    if gold.get("date_doubt"):
        return
    if not gold.get("date"):
        if case["source"] == "trafilatura":
            counts["none is known: " + ("one was said" if said else "none was said")] += 1
        return
    if not cast("dict[str, object]", case["crop_visible" if mode == "crop" else "visible"])["date"]:
        counts["none is written: " + ("another was said" if said and said not in gold["date_alt"] else "none was said")] += 1
        return
    kind = "right" if said in gold["date_alt"] else "none" if said is None else "another"
    counts[f"written: {kind}"] += 1


def impossible(shared: Path) -> None:
    """Test the date reader with impossible and odd dates."""
    module = load(shared / "bench" / "reliability" / "badinputs.py", "badinputs")
    counts: Counter[str] = Counter()
    for case in module.cases():
        if case.category != "date":
            continue
        data = case.data if isinstance(case.data, str) else case.data.decode("utf-8", "replace")
        found = _TIME.search(data)
        if found is None and data.lstrip().startswith("<"):
            counts["in markup that is not read yet"] += 1
            continue
        article = newsnorm.parse(data) if found is None else None
        date = article.published if article else fields.parse_date(html.unescape(found.group(1)) if found else "")
        said, meant = date.value[:10] if date else None, case.checks.get("date")
        right = meant == "any" or (said is None if meant == "none" else said == meant)
        counts[f"{'none' if meant == 'none' else 'a date'} is meant: {'right' if right else 'wrong'}"] += 1
    show("dates of the reliability benchmark", counts)


def timed(texts: list[tuple[str, str | None]]) -> None:
    """Print the CPU time of the passes that find fields."""
    parser = newsnorm.Parser()
    spent: list[float] = []
    for text, url in texts:
        page = parser.page(text, url=url)
        found = Found(page, parser.catalogue)
        of_fields = 0.0
        for find in newsnorm.PASSES:
            begun = time.process_time()
            for finding in find(page, found, found.rules):
                found.add(finding)
            of_fields += time.process_time() - begun if find in FIELDS else 0.0
        spent.append(of_fields * 1000)
    median, mean = statistics.median(spent), statistics.mean(spent)
    print(f"passes that find fields: {median:.2f} ms CPU median, {mean:.2f} ms mean, {len(spent)} texts")


def show(name: str, counts: Counter[str]) -> None:
    """Print counts, the most frequent first."""
    print(
        f"{name}: " + "; ".join(f"{kind} {count}" for kind, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])))
    )


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--mode", choices=("crop", "text"), default="crop")
    parser.add_argument("--impossible", action="store_true", help="only impossible dates")
    given = parser.parse_args()
    if given.impossible:
        impossible(given.shared)
        return
    score = load(given.shared / "bench" / "metadata" / "score.py", "metadata_score")
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("authors", "title", "date")}
    cases = [case for case in score.load_cases(given.shared / "bench" / "metadata" / "data") if case.get(given.mode)]
    timed([(case[given.mode], case.get("url")) for case in cases])
    for case in cases:
        article = newsnorm.parse(case[given.mode], url=case.get("url"))
        authors(score, case, given.mode, article, counts["authors"])
        titles(score, case, given.mode, article, counts["title"])
        days(case, given.mode, article, counts["date"])
    for name, of in counts.items():
        show(f"{name}, {given.mode}", of)
    of = counts["authors"]
    persons = of["gold names"] - of["missing: an agency, a desk, one word"]
    precision, recall = of["found"] / (of["found"] + of["wrong names"]), of["found"] / persons
    print(
        f"authors, {given.mode}: F1 over names of persons {200 * precision * recall / (precision + recall):.1f}, "
        f"over all {200 * of['found'] / (of['found'] + of['wrong names'] + of['gold names']):.1f}"
    )


if __name__ == "__main__":
    main()
