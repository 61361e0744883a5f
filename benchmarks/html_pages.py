"""
Measure what is found of the report on pages, beside trafilatura: ``benchmarks/html_pages.py --shared DIR [--set NAME ...]``.

The pages are the development halves of three benchmarks of article extraction, and of the articles of a fourth; the metric is
that of the first three (its ``score.py`` is loaded from ``--shared``). The models that ship with newsnorm were fitted to these
very pages: ``tools/fit_markup.py --folds 5`` prints the figures of models that never saw the site of a page, which are the ones
to trust. ``--time`` measures the time of both on the same pages, page by page in turn; ``--errors`` counts lines that are left
or lost, by kind. ``--hidden`` counts words of newsnorm's reports in elements that the markup hides. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from types import ModuleType
from typing import TypeAlias

import newsnorm

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import extraction
from page_lines import SETS, Case, cases

SHORT, LONG = 8, 25
"""Words from which a line is no short one, and from which it is a long one."""

Call: TypeAlias = Callable[[str, str], object]


def newsnorm_text(html: str, url: str) -> str:
    """Return newsnorm's report."""
    return newsnorm.parse(html, url=url, media_type="text/html").text


def trafilatura_text(html: str, url: str) -> str:
    """Return trafilatura's, without comments."""
    import trafilatura

    return trafilatura.extract(html, url=url, include_comments=False) or ""


def trafilatura_all(html: str, url: str) -> object:
    """Return trafilatura's text and metadata."""
    import trafilatura

    return trafilatura.bare_extraction(html, url=url, with_metadata=True)


TIMED: Mapping[str, Call] = {"newsnorm": newsnorm_text, "bare_extraction": trafilatura_all, "extract": trafilatura_text}
TEXTS: Mapping[str, Callable[[str, str], str]] = {"newsnorm": newsnorm_text, "trafilatura": trafilatura_text}


def quality(score: ModuleType, name: str, all_cases: Sequence[Case], texts: Mapping[str, str]) -> list[str]:
    """Return a row for each set."""
    rows = []
    for kind in SETS:
        truth = [{"id": case.id, "body": case.body} for case in all_cases if case.set == kind]
        found = score.score(truth, texts)
        if found:
            measures = " ".join(f"{key} {found[key]:.3f}" for key in ("F1", "P", "R"))
            rows.append(f"{name:12} {kind:6} n={found['n']:<4} {measures} exact {found['acc']:.3f} dirty {found['dirty']:.3f}")
    return rows


def errors(score: ModuleType, case: Case, text: str) -> Iterator[str]:
    """Yield the kind of each line that is left, and of each line of the report that is lost."""
    covered = [(words, 2 * hit >= words) for _, words, hit in score.coverage(text, case.body)]
    good = [number for number, (_, is_good) in enumerate(covered) if is_good]
    for number, (words, is_good) in enumerate(covered):
        if not is_good:
            place = "none of it" if not good else "above" if number < good[0] else "below" if number > good[-1] else "amid"
            yield f"left {place}, {length(words)}"
    kept = [(words, 2 * hit >= words) for _, words, hit in score.coverage(case.body, text)]
    for number, (words, is_kept) in enumerate(kept):
        if not is_kept:
            place = "first" if number == 0 else "last" if number == len(kept) - 1 else "amid"
            yield f"lost {place}, {length(words)}"


def hidden_words(score: ModuleType, case: Case) -> tuple[int, int]:
    """Return the words of newsnorm's report in hidden elements that the true report has, and those that it lacks."""
    parser = newsnorm.Parser()
    page = parser.page(case.source(), url=case.url, media_type="text/html")
    kept, markup = set(parser.parse(case.source(), url=case.url, media_type="text/html").paragraphs), page.markup
    marks = ((line, markup.of_line(line.number)) for line in page.lines if line.text in kept)
    hidden = [line.text for line, mark in marks if mark is not None and markup.elements[mark.element].is_hidden]
    covered = [(words, 2 * hit >= words) for _, words, hit in score.coverage("\n".join(hidden), case.body)] if hidden else []
    return sum(words for words, is_good in covered if is_good), sum(words for words, is_good in covered if not is_good)


def length(words: int) -> str:
    """Name the length of a line."""
    return "short" if words < SHORT else "long" if words >= LONG else "middling"


def seconds(calls: Mapping[str, Call], all_cases: Sequence[Case]) -> dict[str, list[float]]:
    """Return the CPU seconds of each call on each page, taken in turn on each page."""
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for case in all_cases:
        html = case.source()
        for name, call in calls.items():
            start = time.process_time()
            call(html, case.url)
            spent[name].append(time.process_time() - start)
    return spent


def times(spent: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield the mean times, and how much of the time of the others newsnorm takes: in sum, and on the median page."""
    pages = len(spent["newsnorm"])
    means = ", ".join(f"{name} {1e3 * fmean(values):.1f} ms" for name, values in spent.items())
    yield f"{means} CPU a page, n={pages}"
    for name, others in spent.items():
        if name != "newsnorm":
            ratio = sum(spent["newsnorm"]) / sum(others)
            middle = median(mine / other for mine, other in zip(spent["newsnorm"], others, strict=True))
            yield f"newsnorm takes {ratio:.2f} of the time of {name}, {middle:.2f} on the median page"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench/extraction and bench/wcxb")
    parser.add_argument("--set", action="append", choices=SETS, help="only these (all unless given)")
    parser.add_argument("--every", type=int, default=1, help="one page in so many")
    parser.add_argument("--errors", action="store_true", help="count lines that are left or lost, by kind")
    parser.add_argument("--hidden", action="store_true", help="count hidden words of reports, not quality")
    parser.add_argument("--time", action="store_true", help="measure time, not quality")
    options = parser.parse_args()
    all_cases = cases(options.shared, options.set or SETS)[:: options.every]
    if options.time:
        seconds(TIMED, all_cases[:5])  # what is loaded once is not counted
        print("\n".join(times(seconds(TIMED, all_cases))))
        return
    score = extraction.scorer(options.shared)
    if options.hidden:
        counts_hidden = [hidden_words(score, case) for case in all_cases]
        pages = sum(good + bad > 0 for good, bad in counts_hidden)
        good, bad = (sum(column) for column in zip(*counts_hidden, strict=True))
        print(f"hidden words in reports: {good} of the true report, {bad} not, on {pages} of {len(all_cases)} pages")
        return
    print("The shipped models saw these pages; tools/fit_markup.py --folds 5 prints figures of models that did not.")
    for name, call in TEXTS.items():
        texts = {case.id: call(case.source(), case.url) for case in all_cases}
        print("\n".join(quality(score, name, all_cases, texts)), flush=True)
        if options.errors:
            counts = Counter(kind for case in all_cases for kind in errors(score, case, texts[case.id]))
            print("\n".join(f"  {name}: {kind} {count}" for kind, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
