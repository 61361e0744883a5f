"""
Measure how fast `parse` is: ``python benchmarks/speed.py [--shared DIR] [--rounds N] [--only PART] [--json]``.

Times are CPU seconds of this process; a text counts with the best of its rounds, and every candidate sees a text right
after the other, so that they share the machine's good and bad moments. A ratio is a ratio of sums over all texts.
Needs the extra ``bench``.

Parts:

- ``texts``: what trafilatura leaves of the pages of the extraction benchmark, and their whole text by bs4, each set alone and
  all together; beside ``trafilatura.extract`` on the same pages and ftfy with langdetect on the same texts; then the time of
  each stage and each pass. Without ``--shared``: the project's own fixtures, without trafilatura.
- ``stages``: the time of each stage and each pass on generated articles of 450 words, with their address and time of fetching.
- ``growth``: how the time of a text grows when the text becomes four times as long.
- ``floods``: megabytes per second of texts that repeat one thing without end, and how their time grows.
- ``start``: import and first parse in new interpreters.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import attrs
import extraction
import ftfy
import generated
import langdetect

import newsnorm
from newsnorm.assemble import assemble
from newsnorm.language import identify
from newsnorm.page.images import images_of
from newsnorm.page.kind import layout_of
from newsnorm.page.state import Found, run_passes
from newsnorm.passes import PASSES, Pass
from newsnorm.read import raw_article, read
from newsnorm.records import NO_METADATA, ArticleImage, Finding, Layout, Metadata

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
INPUTS = ("trafilatura", "bs4")
START_UPS = 7
STAGES = ("raw_article", "read", "language", "passes", "layout", "assemble", "to_dict")
GENERATED = 150
"""Number of generated articles."""
FLOOD_SIZE = 1_500_000
"""Approximate size of a flood in bytes."""

Item = TypeVar("Item")


@attrs.frozen(kw_only=True)
class Document:
    """A text, and the page that it was taken from."""

    set: str
    text: str
    html: str = ""
    metadata: Metadata = NO_METADATA
    """What is known of it when its stages are measured."""


@attrs.frozen(kw_only=True)
class Speed:
    """How fast one candidate read some texts."""

    documents: int
    median_ms: float
    mean_ms: float
    per_second: float


@attrs.frozen(kw_only=True)
class Comparison:
    """The speed of newsnorm on a set, and how many times as long others take for the same documents (None: not measured)."""

    input: str
    set: str
    ours: Speed
    over_trafilatura: float | None
    over_ftfy_langdetect: float


@attrs.frozen(kw_only=True)
class StageTimes:
    """Mean milliseconds per text in each stage of `parse`, and in each pass."""

    input: str
    stages: Mapping[str, float]
    passes: Mapping[str, float]


@attrs.frozen(kw_only=True)
class Growth:
    """Speed on a long text, and the factor by which four times the text takes longer."""

    name: str
    megabytes: float
    megabytes_per_second: float
    growth: float


@attrs.frozen(kw_only=True)
class Start:
    """Seconds in a new interpreter, the median of several."""

    import_s: float
    first_parse_s: float


Result = Comparison | StageTimes | Growth | Start


def documents_of(shared: Path | None, cache: Path) -> dict[str, list[Document]]:
    """Return the documents of each input, from the extraction benchmark or from the project's fixtures."""
    if shared is None:
        parser = newsnorm.Parser()
        raw = (path.read_bytes() for path in sorted(FIXTURES.glob("*/*/raw.txt")))
        return {"fixtures": [Document(set="fixtures", text=parser.page(data).raw.text) for data in raw]}
    cases = [case for case in extraction.cases(shared) if case.set in extraction.SETS]
    pages = {case.id: extraction.page_of(case) for case in cases}
    made = {}
    for name in INPUTS:
        texts = extraction.texts_of(name, cases, shared, cache)
        made[name] = [Document(set=case.set, text=texts[case.id], html=pages[case.id]) for case in cases if texts.get(case.id)]
    return made


def seconds_of(candidates: Sequence[Callable[[Item], object]], items: Sequence[Item], rounds: int) -> list[list[float]]:
    """Return CPU seconds of each candidate (outer) on each item (inner): the best of `rounds`, with alternating candidates."""
    best = [[float("inf")] * len(items) for _ in candidates]
    for _ in range(rounds):
        for number, item in enumerate(items):
            for candidate, times in zip(candidates, best, strict=True):
                start = time.process_time_ns()
                candidate(item)
                times[number] = min(times[number], (time.process_time_ns() - start) / 1e9)
    return best


def ftfy_and_langdetect(document: Document) -> object:
    """Run ftfy and langdetect, as people combine them today."""
    fixed = ftfy.fix_text(document.text)
    try:
        return fixed, langdetect.detect(fixed)
    except langdetect.LangDetectException:
        return fixed, None


def parse(document: Document) -> object:
    return newsnorm.parse(document.text)


def trafilatura_extract(document: Document) -> object:
    return extraction.extracted("trafilatura", document.html)


def compare(name: str, documents: Sequence[Document], rounds: int) -> list[Comparison]:
    """Compare newsnorm with its peers, on each set and on all of them."""
    langdetect.DetectorFactory.seed = 0
    candidates = [parse, ftfy_and_langdetect, *([trafilatura_extract] if documents[0].html else [])]
    for candidate in candidates:
        candidate(documents[0])  # what is loaded once per process is measured by `start`
    times = seconds_of(candidates, documents, rounds)
    rows = []
    for kind in ("all", *dict.fromkeys(document.set for document in documents)):
        chosen = [number for number, document in enumerate(documents) if kind in ("all", document.set)]
        ours, plain, *extract = ([row[number] for number in chosen] for row in times)
        speed = Speed(
            documents=len(ours),
            median_ms=1e3 * statistics.median(ours),
            mean_ms=1e3 * statistics.mean(ours),
            per_second=len(ours) / sum(ours),
        )
        over_trafilatura = sum(extract[0]) / sum(ours) if extract else None
        rows.append(
            Comparison(
                input=name,
                set=kind,
                ours=speed,
                over_trafilatura=over_trafilatura,
                over_ftfy_langdetect=sum(plain) / sum(ours),
            )
        )
    return rows


class Stopwatch:
    """Adds up the CPU seconds of named calls."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time(self, name: str, call: Callable[[], Item]) -> Item:
        """Call a function, and record its time under `name`."""
        start = time.process_time_ns()
        result = call()
        self.seconds[name] += (time.process_time_ns() - start) / 1e9
        return result

    def timed(self, find: Pass) -> Pass:
        """Wrap a pass so that it records its time under its own name."""
        name = getattr(find, "__name__", repr(find))

        @functools.wraps(find)
        def found(*arguments: object) -> Iterable[Finding]:
            return self.time(name, lambda: list(find(*arguments)))  # type: ignore[arg-type]

        return found


def layout_and_images(found: Found) -> tuple[Layout, tuple[ArticleImage, ...]]:
    return layout_of(found), images_of(found)


def stage_times(name: str, documents: Sequence[Document], rounds: int) -> StageTimes:
    """Measure the time of each stage and each pass: the mean over the texts, each with the best of its rounds."""
    watch = Stopwatch()
    parser = newsnorm.Parser(passes=tuple(watch.timed(find) for find in PASSES))
    digest = parser.digest
    newsnorm.parse(documents[0].text)
    best: list[dict[str, float]] = [{} for _ in documents]
    for _ in range(rounds):
        for document, spent in zip(documents, best, strict=True):
            watch.seconds.clear()
            raw = watch.time("raw_article", functools.partial(raw_article, document.text, document.metadata))
            page = watch.time("read", functools.partial(read, raw))
            page = attrs.evolve(page, language=watch.time("language", functools.partial(identify, page)))
            found = watch.time("passes", functools.partial(run_passes, page, parser.catalogue, parser.passes))
            layout, images = watch.time("layout", functools.partial(layout_and_images, found))
            made = functools.partial(assemble, page, found.findings(), version="", parser=digest, layout=layout, images=images)
            article = watch.time("assemble", made)
            watch.time("to_dict", functools.partial(newsnorm.to_dict, article))
            spent.update({key: min(spent.get(key, seconds), seconds) for key, seconds in watch.seconds.items()})
    mean = {key: 1e3 * statistics.mean(spent[key] for spent in best) for key in watch.seconds}
    passes = {key: spent for key, spent in mean.items() if key not in STAGES}
    passes["between passes"] = mean["passes"] - sum(passes.values())
    stages = {key: mean[key] for key in STAGES}
    return StageTimes(input=name, stages={**stages, "all": sum(stages.values())}, passes=passes)


def measure_stages(options: argparse.Namespace) -> list[Result]:
    articles = [generated.article(number) for number in range(GENERATED)]
    documents = [
        Document(set="generated", text=article["text"], metadata=Metadata(url=article["url"], fetched=article["fetched"]))
        for article in articles
    ]
    return [stage_times("generated", documents, options.rounds)]


def measure_texts(options: argparse.Namespace) -> list[Result]:
    results: list[Result] = []
    for name, documents in documents_of(options.shared, options.cache).items():
        results += compare(name, documents, options.rounds)
        results.append(stage_times(name, documents, options.rounds))
    return results


def grown(name: str, text: str, rounds: int) -> Growth:
    """Measure the speed on `text`, and the growth of its time from a quarter of it."""

    def seconds(part: str) -> float:
        gc.collect()  # what other texts left behind is not collected at this one's expense
        return seconds_of([newsnorm.parse], [part], rounds)[0][0]

    newsnorm.parse("Zürich ZÃ¼rich")  # loads what is loaded once
    quarter, whole = seconds(text[: len(text) // 4]), seconds(text)
    megabytes = len(text.encode("utf-8", "surrogatepass")) / 1e6
    return Growth(name=name, megabytes=megabytes, megabytes_per_second=megabytes / whole, growth=whole / quarter)


def measure_growth(options: argparse.Namespace) -> list[Result]:
    fixtures = "\n".join(path.read_text("utf-8", "replace") for path in sorted(FIXTURES.glob("untouched/*/raw.txt")))
    paragraph = fixtures.replace("\n", " ")
    return [grown("many lines", 16 * fixtures, options.rounds), grown("one line", 16 * paragraph, options.rounds)]


def floods() -> dict[str, str]:
    """Return repetitive texts, by name."""
    sentence = "La façade de Zürich était “naïve” – l’été à Malmö, señor. "
    once = sentence.encode().decode("latin-1")
    controls = "".join(map(chr, range(0x80, 0xA0)))
    units = {
        "one-letter lines": "a\n",
        "same line": "The bridge was closed on Monday.\n",
        "read-more lines": "Read more\n",
        "blank lines": "\n",
        "mojibake": 20 * once + "\n",
        "mojibake twice": 20 * once.encode().decode("latin-1") + "\n",
        "mojibake twice, one line": once.encode().decode("latin-1"),
        "mojibake lines": once + "\n",
        "mojibake words": "MalmÃ¶\n",
        "runs of Â": "Â",
        "runs of C1": controls,
        "lines of C1": controls + "\n",
        "entities": "&amp;",
    }
    return {name: unit * (FLOOD_SIZE // len(unit.encode())) for name, unit in units.items()}


def measure_floods(options: argparse.Namespace) -> list[Result]:
    return [grown(name, text, options.rounds) for name, text in floods().items()]


def measure_start(options: argparse.Namespace) -> list[Result]:
    program = (
        "import time; start = time.process_time(); import newsnorm; imported = time.process_time();"
        "newsnorm.parse('Fire closes bridge\\n\\nBy Ana Ng\\n\\nThe bridge was closed on Monday, the harbour office said.');"
        "print(imported - start, time.process_time() - imported)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(START_UPS)
    ]
    imports, parses = ([float(run[place]) for run in runs] for place in (0, 1))
    return [Start(import_s=statistics.median(imports), first_parse_s=statistics.median(parses))]


def shown(result: Result) -> str:
    """Word a result in one or a few lines."""
    if isinstance(result, Comparison):
        ours = result.ours
        over = "" if result.over_trafilatura is None else f"trafilatura {result.over_trafilatura:.2f} x the time, "
        return (
            f"{result.input:12} {result.set:8} n={ours.documents:<4} {ours.median_ms:6.2f} ms median {ours.mean_ms:6.2f} mean "
            f"{ours.per_second:5.0f} documents/s; {over}ftfy + langdetect {result.over_ftfy_langdetect:.2f} x"
        )
    if isinstance(result, StageTimes):
        rows = [f"{result.input}: mean ms per text", *(f"  {name:20} {spent:6.3f}" for name, spent in result.stages.items())]
        return "\n".join([*rows, *(f"    {name:20} {spent:6.3f}" for name, spent in result.passes.items())])
    if isinstance(result, Growth):
        return (
            f"{result.name:26} {result.megabytes:5.2f} MB {result.megabytes_per_second:6.2f} MB/s; t(4n)/t(n) {result.growth:.2f}"
        )
    return f"import newsnorm: {result.import_s:.3f} s; first parse: {result.first_parse_s:.3f} s"


PARTS = {
    "texts": measure_texts,
    "stages": measure_stages,
    "growth": measure_growth,
    "floods": measure_floods,
    "start": measure_start,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, help="the folder with bench/extraction")
    parser.add_argument("--cache", type=Path, default=Path("out/extraction"), help="where extraction.py keeps its texts")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=list(PARTS))
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    options = parser.parse_args()
    for name, measure in PARTS.items():
        if options.only not in (None, name):
            continue
        for result in measure(options):
            print(json.dumps({"part": name, **attrs.asdict(result)}) if options.json else shown(result), flush=True)


if __name__ == "__main__":
    main()
