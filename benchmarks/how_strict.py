"""
Measure what each setting of `keep` keeps and leaves: ``benchmarks/how_strict.py --shared DIR [--every N]``.

The texts are those of ``extraction.py`` (what extractors leave of pages, and whole pages as two tools print them), and the pages
of HTML of ``html_pages.py``; the metric is the benchmark's own. ``--sure`` counts instead, for each kind of removal, the words
that belong to a report: ``most`` makes the removals of the first kinds. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

import newsnorm
from newsnorm.keeping import KEEPS, is_sure
from newsnorm.page.state import run_passes
from newsnorm.parser import parse_page, read_page
from newsnorm.records import Metadata, Page, Removal

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import extraction
import page_lines

TEXTS = ("trafilatura", "resiliparse", "boilerpy3", "bs4", "inscriptis", extraction.CLEAN)
LEAST = 4
"""Words of a removed line from which it may belong to a report: a shorter one may occur in it by chance."""


@attrs.frozen
class Sample:
    """A text or a page of HTML, and the report in it."""

    id: str
    page: Page
    body: str


def samples(name: str, options: argparse.Namespace) -> list[Sample]:
    """Read the texts of one kind of input, or the pages of HTML."""
    if name == "html":
        every = page_lines.cases(options.shared, page_lines.SETS)[:: options.every]
        return [Sample(case.id, read_page(case.source(), _known(case.url, "text/html")), case.body) for case in every]
    cases = extraction.cases(options.shared)
    texts = extraction.texts_of(name, cases, options.shared, options.cache)
    known = [case for case in cases if case.id in texts][:: options.every]
    return [Sample(case.id, read_page(texts[case.id], _known(case.url, "text/plain")), case.body) for case in known]


def _known(url: str, media_type: str) -> Metadata:
    return Metadata(url=url, media_type=media_type)


def settings(name: str, options: argparse.Namespace) -> Iterator[str]:
    """Yield a row for each setting."""
    score, every = extraction.scorer(options.shared), samples(name, options)
    truth = [{"id": sample.id, "body": sample.body} for sample in every]
    for keep in KEEPS:
        parser = newsnorm.Parser(keep=keep)
        found = score.score(truth, {sample.id: parse_page(sample.page, parser).text for sample in every})
        values = " ".join(
            f"{label} {found[key]:.3f}" for label, key in (("R", "R"), ("P", "P"), ("F1", "F1"), ("left over", "dirty"))
        )
        yield f"{name:12} {keep:6} n={found['n']:<4} {values}"


def sureness(names: Sequence[str], options: argparse.Namespace) -> Iterator[str]:
    """Yield for each kind of removal how many lines and words it takes, and how many words of these belong to a report."""
    score, parser = extraction.scorer(options.shared), newsnorm.Parser()
    rules = {rule.id: rule for rule in parser.catalogue.rules}
    counts: dict[tuple[bool, str], Counter[str]] = {}
    for sample in (sample for name in names for sample in samples(name, options)):
        found = run_passes(sample.page, parser.catalogue, parser.passes)
        for removal in found.all(Removal):
            rule = rules.get(removal.rule)
            kind = f"{rule.kind}, tier {rule.tier}" if rule is not None else removal.rule
            covered = score.coverage(removal.text, sample.body)
            words, hit = sum(row[1] for row in covered), sum(row[2] for row in covered)
            belongs = words >= LEAST and 2 * hit >= words
            tally = counts.setdefault((is_sure(found, removal), kind), Counter())
            tally.update({"lines": 1, "words": words, "of reports": words * belongs})
    for (sure, kind), tally in sorted(counts.items(), key=lambda item: (not item[0][0], item[0][1])):
        yield _row("sure" if sure else "unsure", kind, tally)
    for sure in (True, False):
        total = sum((tally for (is_of, _), tally in counts.items() if is_of is sure), Counter[str]())
        yield _row("sure" if sure else "unsure", "together", total)


def _row(name: str, kind: str, tally: Counter[str]) -> str:
    share = 100 * tally["of reports"] / max(tally["words"], 1)
    return f"{name:7} {kind:26} lines {tally['lines']:6} words {tally['words']:7} of reports {share:5.1f} %"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench/extraction and bench/wcxb")
    parser.add_argument("--cache", type=Path, default=Path("out/extraction"), help="where the extractors' texts are kept")
    parser.add_argument("--input", action="append", choices=(*TEXTS, "html"), help="only these (all unless given)")
    parser.add_argument("--every", type=int, default=1, help="one text in so many")
    parser.add_argument("--sure", action="store_true", help="count words of reports by kind of removal")
    options = parser.parse_args()
    names = options.input or [*TEXTS, "html"]
    rows = sureness(names, options) if options.sure else (row for name in names for row in settings(name, options))
    for row in rows:
        print(row, flush=True)


if __name__ == "__main__":
    main()
