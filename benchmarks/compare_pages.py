"""
Compare newsnorm with other extractors on pages: ``benchmarks/compare_pages.py --shared DIR [--every N] [--cache DIR]``.

Each tool is given a page as text and its address, in the setting that its documentation recommends for whole articles, and
gives the report and what it offers of the metadata in as few calls as it can. The metrics are those of the benchmarks in
``--shared``. CPU time is measured on ``--time`` pages, each of which every tool sees in turn in one process. ``--every N`` takes
the pages whose id has a sha1 divisible by N. ``--cache`` keeps what the other tools gave. Needs the extras ``bench`` and
``html``; tools that are not installed are named.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from operator import truediv
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import TypeAlias

import attrs
from adapters import Answer, answer
from extraction import Case, cases, page_of, scorer

import newsnorm

FIELDS = ("date", "authors", "title", "siteName", "lang")
SETS = ("aeb", "n4k", "fundus", "wcxb")
WCXB = "wcxb"
WARM_UP = "<html><title>Quay</title><body><h1>Quay</h1><p>By Ana Ng</p>" + "<p>The quay closes on Monday, the port said.</p>" * 9


@attrs.frozen
class Result:
    """What a tool gives of a page."""

    body: str
    answer: Answer
    """Only the fields that the tool offers."""
    failed: bool = False
    """Whether the tool raised an error."""


@attrs.frozen
class Tool:
    """An extractor."""

    name: str
    package: str
    module: str
    """What to import of the package."""
    setting: str
    extract: Callable[[str, str], Result]
    """Takes a page and its address."""
    prepare: Callable[[], None] = lambda: None
    """Called before each page; not timed."""

    @property
    def is_installed(self) -> bool:
        """Whether it can be imported."""
        return importlib.util.find_spec(self.module) is not None


def with_newsnorm(html: str, url: str) -> Result:
    article = newsnorm.parse(html, url=url, media_type="text/html")
    return Result(article.text, answer(article))


def _trafilatura(html: str, url: str, *, precise: bool) -> Result:
    import trafilatura

    found = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True, favor_precision=precise)
    if found is None:
        return Result("", dict.fromkeys(FIELDS))
    given: dict[str, str | None] = found if isinstance(found, dict) else found.as_dict()
    authors = [name.strip() for name in (given["author"] or "").split(";") if name.strip()]
    fields: Answer = {"date": given["date"], "authors": authors, "title": given["title"], "siteName": given["sitename"]}
    return Result(given["text"] or "", fields | {"lang": given["language"]})


def with_trafilatura(html: str, url: str) -> Result:
    return _trafilatura(html, url, precise=False)


def with_precise_trafilatura(html: str, url: str) -> Result:
    return _trafilatura(html, url, precise=True)


def with_newspaper(html: str, url: str) -> Result:
    import newspaper

    article = newspaper.Article(url or "https://example.com/", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    date = article.publish_date
    return Result(
        str(article.text),
        {
            "date": date.isoformat()[:10] if date else None,
            "authors": list(article.authors),
            "title": article.title or None,
            "siteName": article.meta_site_name or None,
            "lang": article.meta_lang or None,
        },
    )


def with_readability(html: str, url: str) -> Result:
    import html_text
    from readability import Document

    document = Document(html, url=url or None)
    return Result(str(html_text.extract_text(document.summary())), {"title": document.short_title() or None})


def with_resiliparse(html: str, url: str) -> Result:
    from resiliparse.extract.html2text import extract_plain_text

    return Result(str(extract_plain_text(html, main_content=True, alt_texts=False)), {})


def with_turbohtml(html: str, url: str) -> Result:
    from turbohtml import parse

    found = parse(html).article()
    return Result(
        found.text,
        {
            "date": found.date[:10] if found.date else None,
            "authors": [found.byline] if found.byline else [],
            "title": found.title,
            "siteName": found.site_name,
            "lang": found.lang,
        },
    )


def forget_pages() -> None:
    """Empty the caches of trafilatura, which sees each page twice."""
    from trafilatura.meta import reset_caches

    reset_caches()


TOOLS = (
    Tool("newsnorm", "newsnorm", "newsnorm", 'parse(html, url=url, media_type="text/html")', with_newsnorm),
    Tool("trafilatura", "trafilatura", "trafilatura", "bare_extraction(include_comments=False)", with_trafilatura, forget_pages),
    Tool(
        "trafilatura, precise",
        "trafilatura",
        "trafilatura",
        "as above, favor_precision=True",
        with_precise_trafilatura,
        forget_pages,
    ),
    Tool("newspaper4k", "newspaper4k", "newspaper", "Article(url, fetch_images=False), parse()", with_newspaper),
    Tool("readability-lxml", "readability-lxml", "readability", "Document(html).summary(), html_text", with_readability),
    Tool("resiliparse", "resiliparse", "resiliparse", "extract_plain_text(main_content=True, alt_texts=False)", with_resiliparse),
    Tool("turbohtml", "turbohtml", "turbohtml", "parse(html).article()", with_turbohtml),
)


@attrs.define
class Run:
    """What a tool gave of all pages."""

    tool: Tool
    results: dict[str, Result] = attrs.field(factory=dict)
    seconds: list[float] = attrs.field(factory=list)
    """CPU time of each page."""

    def take(self, name: str, html: str, url: str) -> None:
        """Give a page to the tool; a page on which it fails is empty."""
        self.tool.prepare()
        start = time.process_time()
        try:
            result = self.tool.extract(html, url)
        except Exception as error:
            print(f"{self.tool.name}: {name}: {type(error).__name__}: {str(error)[:120]}", file=sys.stderr)
            result = Result("", {}, failed=True)
        self.seconds.append(time.process_time() - start)
        self.results[name] = result

    @property
    def bodies(self) -> dict[str, str]:
        """The reports, by page."""
        return {name: result.body for name, result in self.results.items()}

    @property
    def answers(self) -> dict[str, Answer]:
        """The fields, by page."""
        return {name: result.answer for name, result in self.results.items()}


@attrs.frozen
class FieldCase:
    """A page with annotated fields."""

    row: dict[str, object]
    """As the scorer of metadata takes it."""
    html: Path


def is_taken(name: str, every: int) -> bool:
    """Return whether a page is in the sample of one in `every`."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % every == 0


def wcxb_cases(shared: Path) -> tuple[list[Case], list[FieldCase]]:
    """Return the pages of the set ``wcxb``: with their reports, and with their fields."""
    data = shared / "bench" / WCXB
    with gzip.open(data / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    bodies = [Case(id=r["id"], set=WCXB, url=r["url"], site=r["site"], body=r["body"], html=data / r["html"]) for r in rows]
    fields = [
        FieldCase(
            {
                "id": r["id"],
                "source": WCXB,
                "url": r["url"],
                "gold": {
                    "title": r["title"],
                    "date": r["date"],
                    "date_alt": [r["date"]],
                    "authors": [r["author"]] if r["author"] else None,
                },
            },
            data / r["html"],
        )
        for r in rows
    ]
    return bodies, fields


def field_cases(shared: Path) -> list[FieldCase]:
    """Return the pages of the benchmark of metadata."""
    data = shared / "bench" / "metadata" / "data"
    with gzip.open(data / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [FieldCase(row, data / row["html"]) for row in rows if row.get("html")]


def metadata_scorer(shared: Path) -> ModuleType:
    """Load the ``score.py`` of the benchmark of metadata."""
    path = shared / "bench" / "metadata" / "score.py"
    spec = importlib.util.spec_from_file_location("score_metadata", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"{path} is missing: --shared is the folder that holds bench/metadata")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Page: TypeAlias = tuple[str, Path, str]
"""The id of a page, its file and its address."""


def read_page(page: Page) -> str:
    """Return the HTML of a page."""
    return page_of(Case(id=page[0], set="", url=page[2], site="", body="", html=page[1]))


def times(tools: Sequence[Tool], pages: Sequence[Page]) -> dict[str, str]:
    """
    Give every page to every tool, each time beginning with another one.

    Returns:
        By tool, its CPU time as a share of trafilatura's: of all pages together, and the median of the shares of single pages.

    """
    for tool in tools:
        Run(tool).take("warm-up", WARM_UP, "https://www.example.com/quay")
    runs = [Run(tool) for tool in tools]
    for number, page in enumerate(pages):
        html, start = read_page(page), number % len(runs)
        for run in (*runs[start:], *runs[:start]):
            run.take(page[0], html, page[2])
    unit = next((run.seconds for run in runs if run.tool.name == "trafilatura"), runs[0].seconds)
    return {run.tool.name: f"{sum(run.seconds) / sum(unit):.2f} / {median(map(truediv, run.seconds, unit)):.2f}" for run in runs}


def outputs(tools: Sequence[Tool], pages: Sequence[Page], cache: Path | None) -> list[Run]:
    """Return what each tool gives of each page; what other tools gave before is read from the cache."""
    return [outputs_of(tool, pages, cache if tool.package != "newsnorm" else None) for tool in tools]


def outputs_of(tool: Tool, pages: Sequence[Page], cache: Path | None) -> Run:
    """Return what one tool gives of each page."""
    kept = cache / f"{tool.name}-{version(tool.package)}.jsonl" if cache else None
    known = _kept_results(kept)
    run = Run(tool)
    for page in pages:
        if page[0] in known:
            run.results[page[0]] = known[page[0]]
            continue
        run.take(page[0], read_page(page), page[2])
        if kept is not None:
            with kept.open("a", encoding="utf-8") as out:
                out.write(json.dumps({"id": page[0], **attrs.asdict(run.results[page[0]])}) + "\n")
    return run


def _kept_results(path: Path | None) -> dict[str, Result]:
    """Read the results of a tool from the cache, by page."""
    if path is None or not path.exists():
        return {}
    with path.open(encoding="utf-8") as lines:
        return {row.pop("id"): Result(**row) for row in map(json.loads, lines)}


def body_table(runs: Sequence[Run], score: ModuleType, pages: Sequence[Case], spent: dict[str, str]) -> Iterable[str]:
    """Yield the table of reports: for each set F1 (P / R), then pages with a leftover line, exact reports, time."""
    sets = {name: rows for name in SETS if (rows := [attrs.asdict(case) for case in pages if case.set == name])}
    heads = " | ".join(f"{name} ({len(rows)})" for name, rows in sets.items())
    yield f"| tool | {heads} | leftover lines | exact | time |"
    yield "|---" * (len(sets) + 4) + "|"
    for run in runs:
        scores = [score.score(rows, run.bodies) for rows in sets.values()]
        cells = " | ".join(f"{s['F1']:.3f} ({s['P']:.3f} / {s['R']:.3f})" for s in scores)
        left, exact = (" / ".join(f"{s[key]:.2f}" for s in scores) for key in ("dirty", "acc"))
        yield f"| {run.tool.name} | {cells} | {left} | {exact} | {spent[run.tool.name]} |"


def field_table(runs: Sequence[Run], score: ModuleType, pages: Sequence[FieldCase]) -> Iterable[str]:
    """Yield the table of fields; a tool that does not give a field has a dash."""
    rows = [page.row for page in pages]
    yield "| tool | date right / wrong / invented | authors F1 / exact / invented | title exact | site name | language |"
    yield "|---|---|---|---|---|---|"
    for run in runs:
        given = [name for name in FIELDS if any(answer.get(name) for answer in run.answers.values())]
        found = score.score(rows, run.answers, "html", given)
        cells = (
            _percent(found.get("date"), "acc", "wrong", "invented"),
            _percent(found.get("authors"), "F1", "acc", "invented"),
            *(_percent(found.get(name), "acc") for name in ("title", "siteName", "lang")),
        )
        yield f"| {run.tool.name} | {' | '.join(cells)} |"


def _percent(found: dict[str, float] | None, *keys: str) -> str:
    """Return values in per cent; a dash for what is not there."""
    return "–" if found is None else " / ".join(f"{100 * found[key]:.1f}" for key in keys if key in found)


def print_tables(tools: Sequence[Tool], shared: Path, every: int, timed: int, cache: Path | None) -> None:
    """Run the tools on the pages of the sample, and print the tables."""
    more, more_fields = wcxb_cases(shared)
    bodies = [case for case in (*cases(shared), *more) if is_taken(case.id, every)]
    fields, of_both = ([case for case in of if is_taken(str(case.row["id"]), every)] for of in (field_cases(shared), more_fields))
    of_bodies = [(case.id, case.html, case.url) for case in bodies]
    of_fields = [(str(case.row["id"]), case.html, str(case.row.get("url") or "")) for case in fields]
    runs = outputs(tools, [*of_bodies, *of_fields], cache)
    some = sorted(of_bodies, key=lambda page: hashlib.sha1(page[0].encode()).digest())[:timed]
    score = metadata_scorer(shared)
    print(f"\nReports, {len(bodies)} pages; time as a share of trafilatura's (all / median page), on {len(some)} of them\n")
    print("\n".join(body_table(runs, scorer(shared), bodies, times(tools, some))))
    print(f"\nFields of {len(of_both)} pages of {WCXB}\n")
    print("\n".join(field_table(runs, score, of_both)))
    print(f"\nFields of {len(fields)} pages\n")
    print("\n".join(field_table(runs, score, fields)))
    failed = {run.tool.name: sum(result.failed for result in run.results.values()) for run in runs}
    print(
        "\npages on which a tool failed: " + (", ".join(f"{name} {count}" for name, count in failed.items() if count) or "none")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--time", type=int, default=60)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", nargs="*", choices=[tool.name for tool in TOOLS])
    given = parser.parse_args()
    for tool in TOOLS:
        print(f"{tool.name} {version(tool.package) if tool.is_installed else 'is not installed'}: {tool.setting}")
    if given.cache is not None:
        given.cache.mkdir(parents=True, exist_ok=True)
    tools = [tool for tool in TOOLS if tool.is_installed and tool.name in (given.only or [tool.name])]
    print_tables(tools, given.shared, given.every, given.time, given.cache)


if __name__ == "__main__":
    main()
