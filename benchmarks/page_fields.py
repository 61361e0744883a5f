"""
Measure the fields that are read of pages of HTML: ``benchmarks/page_fields.py --shared DIR [--by-source] [--errors KIND]``.

The pages are the development half of a benchmark of metadata (645 pages of six sources) and the articles of another (wcxb); the
metric is that of the first: its ``score.py`` is loaded from ``--shared``. Dates whose truth is neither on the page nor in its
markup are left out unless ``--all-dates``. ``--rules`` counts by which rule each field was taken and how often it was right.

Kinds of errors: ``date-wrong``, ``date-absent``, ``date-invented``, ``authors-wrong`` (no right name), ``authors-junk`` (a wrong
name too many), ``authors-part`` (a name is missing), ``authors-absent``, ``authors-invented``, ``title-wrong``, ``site-wrong``,
``language-wrong``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TypeAlias, cast

import attrs

import newsnorm

Gold: TypeAlias = "dict[str, str | list[str] | None]"
Answer: TypeAlias = "dict[str, str | list[str] | None]"

FIELDS = ("date", "authors", "title", "siteName", "lang")
SETS = {"metadata": "metadata/data", "wcxb": "wcxb"}


@attrs.frozen(kw_only=True)
class PageCase:
    """A page and what is true of it."""

    id: str
    source: str
    path: Path
    url: str | None
    row: Mapping[str, object]
    """As the scorer reads it: ``gold``, ``source``, ``id``."""

    @property
    def gold(self) -> Gold:
        """The true fields."""
        return cast("Gold", self.row["gold"])


@attrs.frozen(kw_only=True)
class Taken:
    """The fields of an article, and the rules by which they were taken."""

    answer: Answer
    rules: Mapping[str, str]


def load_scorer(shared: Path) -> ModuleType:
    """Load the scorer of the benchmark of metadata."""
    spec = importlib.util.spec_from_file_location("metadata_score", shared / "bench" / "metadata" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(shared: Path, name: str) -> Iterator[PageCase]:
    """Yield the pages of a set."""
    folder = shared / "bench" / SETS[name]
    with gzip.open(folder / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if not row.get("html"):
                continue
            if name == "wcxb":
                authors = [row["author"]] if row.get("author") else None
                row["gold"] = {
                    "title": row.get("title"),
                    "date": row.get("date"),
                    "date_alt": [row.get("date")],
                    "authors": authors,
                }
                row["source"] = name
            yield PageCase(id=row["id"], source=row["source"], path=folder / row["html"], url=row.get("url"), row=row)


def fields_of(case: PageCase) -> Taken:
    """Parse a page."""
    with gzip.open(case.path, "rt", encoding="utf-8", errors="replace") as file:
        article = newsnorm.parse(file.read(), url=case.url, media_type="text/html")
    dates = [date for date in (article.published, article.updated) if date and date.precision not in ("year", "month")]
    site = next((fact for fact in article.facts if fact.kind == "site"), None)
    rules = {
        "date": "+".join(sorted({date.rule for date in article.dates if date.role == dates[0].role})) if dates else "",
        "authors": "+".join(sorted({byline.rule for byline in article.bylines if byline.people})),
        "title": article.headline.rule if article.headline else "",
        "siteName": site.rule if site else "",
        "lang": article.language.method,
    }
    answer: Answer = {
        "date": dates[0].value[:10] if dates else None,
        "authors": [person.name for person in article.authors],
        "title": article.title,
        "siteName": article.site,
        "lang": article.language.code,
    }
    return Taken(answer=answer, rules=rules)


def kinds(score: ModuleType, case: PageCase, answer: Answer) -> Iterator[str]:
    """Yield the kinds of errors of a page, and for each field that has a truth and no error ``FIELD-right``."""
    gold = case.gold
    day = answer["date"]
    if gold.get("date_doubt") and vars(score)["TRUSTED"]:
        pass
    elif gold.get("date"):
        is_right = day in cast("list[str]", gold["date_alt"])
        yield "date-right" if is_right else "date-wrong" if day else "date-absent"
    elif case.source == "trafilatura":
        yield "date-invented" if day else "date-none"
    if gold.get("authors") is not None:
        yield _kind_of_authors(score, cast("list[str]", gold["authors"]), cast("list[str]", answer["authors"]))
    for field, name in (("title", "title"), ("siteName", "site"), ("lang", "language")):
        if gold.get(field):
            result = score.score([case.row], {case.id: {"id": case.id, **answer}}, "html", [field]).get(field)
            if result:
                yield f"{name}-right" if result["acc"] else f"{name}-wrong"


def _kind_of_authors(score: ModuleType, gold: Sequence[str], got: Sequence[str]) -> str:
    wanted, names = score.name_list(gold), score.name_list(got)
    if not wanted:
        return "authors-invented" if names else "authors-none"
    if not names:
        return "authors-absent"
    hits, left = score.match_names(wanted, names)
    if not hits:
        return "authors-wrong"
    return "authors-junk" if left else "authors-right" if hits == len(wanted) else "authors-part"


def print_rules(score: ModuleType, all_cases: Sequence[PageCase], taken: Mapping[str, Taken]) -> None:
    """Print by which rule each field was taken, on how many pages with a truth, and the share that is right."""
    names = {"date": "date", "authors": "authors", "title": "title", "siteName": "site", "lang": "language"}
    for field, name in names.items():
        answered, right = Counter[str](), Counter[str]()
        for case in all_cases:
            found = [kind for kind in kinds(score, case, taken[case.id].answer) if kind.startswith(f"{name}-")]
            if found and found[0] not in (f"{name}-absent", f"{name}-none", f"{name}-invented"):
                rule = taken[case.id].rules[field] or "none"
                answered[rule] += 1
                right[rule] += found[0] == f"{name}-right"
        for rule, count in answered.most_common():
            print(f"  {field}: {rule}: {count} pages, {100 * right[rule] / count:.1f} % right")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench/metadata and bench/wcxb")
    parser.add_argument("--set", action="append", choices=tuple(SETS), help="only these (both unless given)")
    parser.add_argument("--by-source", action="store_true", help="print a table for each source")
    parser.add_argument("--all-dates", action="store_true", help="count dates whose truth is not on the page too")
    parser.add_argument("--rules", action="store_true", help="count by which rule fields were taken")
    parser.add_argument("--errors", metavar="KIND", help="list the pages with errors of a kind: true and found")
    options = parser.parse_args()
    score = load_scorer(options.shared)
    vars(score)["TRUSTED"] = not options.all_dates
    for name in options.set or SETS:
        all_cases = list(cases(options.shared, name))
        taken = {case.id: fields_of(case) for case in all_cases}
        print(f"{name}: {len(all_cases)} pages\n{score.HEAD}")
        sources = sorted({case.source for case in all_cases}) if options.by_source else [""]
        for source in sources:
            rows = [case.row for case in all_cases if source in ("", case.source)]
            answers = {case.id: {"id": case.id, **taken[case.id].answer} for case in all_cases}
            score.show(f"{name} {source}".strip(), score.score(rows, answers, "html", FIELDS))
        counts = Counter(kind for case in all_cases for kind in kinds(score, case, taken[case.id].answer))
        print("  " + ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
        if options.rules:
            print_rules(score, all_cases, taken)
        for case in all_cases if options.errors else ():
            if options.errors in kinds(score, case, taken[case.id].answer):
                kind = options.errors.partition("-")[0]
                field, page = {"site": "siteName", "language": "lang"}.get(kind, kind), taken[case.id]
                print(f"  {case.id}: {case.gold.get(field)!r}; found {page.answer[field]!r} ({page.rules[field]})")


if __name__ == "__main__":
    main()
