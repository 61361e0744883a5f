"""
Measure what `learn` finds on real pages, and what it removes from their reports: ``python benchmarks/learned.py --shared DIR``.

The texts are whole pages of the extraction benchmark, as naive converters leave them; the annotated body of a page says which
lines belong to the report. Only hosts with three or more pages are usable; they are few and have few pages, so the
figures show a tendency, not a rate. For each host the benchmark prints the number of lines learned, and the letters that they
remove from its own pages outside and inside the body; then it repeats this leaving one out: each page is read with what the
other pages of its host taught.

With ``--topics`` it measures instead how well the similarity of `newsnorm.learner.evidence` tells a paragraph of a report from
one of another report.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import newsnorm
from newsnorm.language import identify_language
from newsnorm.learner.evidence import MAX_WORDS, RELATED, content_words, sample_words, similarity
from newsnorm.page.prose import is_prose
from newsnorm.page.state import host_of
from newsnorm.text.folding import fold

Case: TypeAlias = tuple[newsnorm.Page, str]

FEWEST = 3

SURELY = 20
"""From this length, in letters, a line that occurs within a line of the body is counted as part of the body."""


def cases_of(data: Path, source: str) -> dict[str, list[Case]]:
    """Group the pages by host, with their annotated bodies; hosts with too few pages are left out."""
    parser = newsnorm.Parser()
    texts = {row["id"]: row["text"] for row in rows(data / "naive" / f"{source}.jsonl.gz")}
    hosts: dict[str, list[Case]] = defaultdict(list)
    for row in rows(data / "cases.jsonl.gz"):
        if row["url"] and row["id"] in texts:
            page = parser.page(texts[row["id"]], url=row["url"], title=row["title"])
            hosts[host_of(row["url"])].append((page, row["body"]))
    return {host: cases for host, cases in sorted(hosts.items()) if len(cases) >= FEWEST}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Read the objects of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def removed(case: Case, learned: newsnorm.Catalogue) -> tuple[int, int, int]:
    """Count the letters that learned rules remove outside and inside the body, and the letters left without these rules."""
    page, body = case
    before = newsnorm.parse(page.raw.text, url=page.raw.url, title=page.raw.title)
    parser = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | learned)
    after = parser.parse(page.raw.text, url=page.raw.url, title=page.raw.title)
    taken = [removal.text for removal in after.removals if removal.rule.startswith("learned.")]
    whole = f" {fold_all(body)} "
    lines = {fold(line) for line in body.split("\n")}
    inside = sum(len(text) for text in taken if fold(text) in lines or (len(text) >= SURELY and f" {fold(text)} " in whole))
    return sum(map(len, taken)) - inside, inside, len(before.text)


def fold_all(text: str) -> str:
    """Fold a text of any length."""
    return " ".join(fold(line) for line in text.split("\n"))


TRIALS, REPORTS, LEAD = 400, 5, 2
"""Paragraphs that are drawn; reports with which each is compared; paragraphs of each report."""


def print_topics(data: Path) -> None:
    """Print how many paragraphs count as part of a report, if compared with paragraphs of their own report or of others."""
    bodies: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows(data / "cases.jsonl.gz"):
        prose = [line for line in row["body"].split("\n") if is_prose(line)]
        if len(prose) >= 3 * LEAD:
            bodies[identify_language(" ".join(prose)).code].append(prose)
    draw = random.Random(15)
    print(f"share of paragraphs at {RELATED} or more, on average of {REPORTS} comparisons with {LEAD} paragraphs")
    print("language  paragraphs  own report  other reports")
    for language, reports in sorted(bodies.items()):
        for size in (1, 4) if len(reports) > 5 * REPORTS else ():
            hits = [related_shares(reports, size, draw) for _ in range(TRIALS)]
            own, other = (sum(column) / TRIALS for column in zip(*hits, strict=True))
            print(f"{language:<9} {size:>10}  {own:>10.2f}  {other:>13.2f}")


def related_shares(reports: Sequence[list[str]], size: int, draw: random.Random) -> tuple[bool, bool]:
    """Draw `size` paragraphs of a report; return whether they count as related to the rest of it, and to other reports."""
    report = draw.choice(reports)
    order = draw.sample(report, len(report))
    words = sample_words(chain.from_iterable(content_words(order[:size])))
    own = [draw.sample(order[size:], LEAD) for _ in range(REPORTS)]
    others = [draw.sample(other, LEAD) for other in draw.sample([each for each in reports if each is not report], REPORTS)]
    return is_related(words, own), is_related(words, others)


def is_related(words: frozenset[int], leads: Sequence[list[str]]) -> bool:
    """Return whether some words are as similar to the leads as a paragraph of theirs is, on average."""
    found = content_words("\n".join(lead) for lead in leads)
    return sum(similarity(words, set(lead[:MAX_WORDS])) for lead in found) / len(found) >= RELATED


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", type=Path, required=True, help="the folder with bench/extraction")
    arguments.add_argument("--source", default="bs4", choices=("bs4", "inscriptis"))
    arguments.add_argument("--min-documents", type=int, default=FEWEST)
    arguments.add_argument("--topics", action="store_true", help="tell paragraphs of a report from those of others")
    options = arguments.parse_args()
    if options.topics:
        print_topics(options.shared / "bench" / "extraction" / "data")
        return
    hosts = cases_of(options.shared / "bench" / "extraction" / "data", options.source)
    pages = sum(map(len, hosts.values()))
    print(f"{pages} pages of {len(hosts)} hosts with {FEWEST} pages or more, as {options.source} leaves them")
    print(f"{'host':<32} pages lines   left  outside  inside | leaving one out: outside  inside")
    totals = [0] * 6
    for host, cases in hosts.items():
        learned = newsnorm.learn((page for page, _ in cases), min_documents=options.min_documents)
        figures = [removed(case, learned) for case in cases]
        others = []
        for out, case in enumerate(cases):
            rest = (page for number, (page, _) in enumerate(cases) if number != out)
            fewer = newsnorm.learn(rest, min_documents=min(options.min_documents, len(cases) - 1))
            others.append(removed(case, fewer))
        line = [
            len(learned.rules),
            *(sum(column) for column in (list(zip(*figures, strict=True))[at] for at in (2, 0, 1))),
            *(sum(column) for column in list(zip(*others, strict=True))[:2]),
        ]
        totals = [total + figure for total, figure in zip(totals, line, strict=True)]
        print(f"{host:<32} {len(cases):>5} {line[0]:>5} {line[1]:>6} {line[2]:>8} {line[3]:>7} | {line[4]:>24} {line[5]:>7}")
    print(f"{'all':<32} {pages:>5} {totals[0]:>5} {totals[1]:>6} {totals[2]:>8} {totals[3]:>7} | {totals[4]:>24} {totals[5]:>7}")


if __name__ == "__main__":
    main()
