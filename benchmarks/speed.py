"""
How fast `parse` is, beside its peers, in one run: ``python benchmarks/speed.py [--shared DIR] [--rounds N]``.

The texts are what an extractor leaves of real pages: those of the extraction benchmark, where its folder is given (made
with trafilatura from its pages, if it brings none), else the project's own fixtures. Times are CPU seconds of one
process, the best of some rounds; ratios are what counts. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ftfy
import langdetect
import trafilatura

import newsnorm
from newsnorm.assemble import assemble
from newsnorm.language import identify
from newsnorm.passes import PASSES, find_all
from newsnorm.read import raw_article, read

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"


def texts_of(shared: Path | None) -> tuple[str, list[str], list[str]]:
    """A name, the texts, and the pages they were taken from (for a peer that reads HTML)."""
    data = shared / "bench" / "extraction" / "data" if shared else None
    if data is None or not data.is_dir():
        raw = [path.read_bytes() for path in sorted(FIXTURES.glob("*/*/raw.txt"))]
        texts = [newsnorm.Parser().page(text).raw.text for text in raw]
        return (
            "the project's fixtures",
            texts,
            [f"<html><body>{''.join(f'<p>{line}</p>' for line in text.split(chr(10)))}" for text in texts],
        )
    with gzip.open(data / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    pages = [page(data / str(case["html"])) for case in cases]
    with gzip.open(data / "residual" / "trafilatura.jsonl.gz", "rt", encoding="utf-8") as lines:
        left = {row["id"]: str(row.get("text") or row.get("input") or "") for row in map(json.loads, lines)}
    texts = [left.get(case["id"]) or trafilatura.extract(html) or "" for case, html in zip(cases, pages, strict=True)]
    kept = [(text, html) for text, html in zip(texts, pages, strict=True) if text]
    return "residual texts of the extraction benchmark", [text for text, _ in kept], [html for _, html in kept]


def page(path: Path) -> str:
    """An HTML page, packed or not."""
    path = path if path.exists() else path.parent / "html" / path.name
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8", "replace")


def seconds(call: Callable[[str], object], texts: Sequence[str], rounds: int) -> list[float]:
    """CPU seconds of each text, the best of some rounds."""
    best = [float("inf")] * len(texts)
    for _ in range(rounds):
        for index, text in enumerate(texts):
            start = time.process_time_ns()
            call(text)
            best[index] = min(best[index], (time.process_time_ns() - start) / 1e9)
    return best


def plain(text: str) -> object:
    """What people wire together today."""
    fixed = ftfy.fix_text(text)
    try:
        return fixed, langdetect.detect(fixed)
    except langdetect.LangDetectException:
        return fixed, None


def stages(texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Each stage of `parse` apart."""
    parser = newsnorm.Parser()
    pages = [parser.page(text) for text in texts]
    index = {text: number for number, text in enumerate(texts)}
    found = [find_all(page, parser.catalogue, PASSES) for page in pages]
    digest = parser.digest
    return {
        "read": seconds(lambda text: read(raw_article(text)), texts, rounds),
        "identify": seconds(lambda text: identify(pages[index[text]]), texts, rounds),
        "passes": seconds(lambda text: find_all(pages[index[text]], parser.catalogue, PASSES), texts, rounds),
        "assemble": seconds(
            lambda text: assemble(pages[index[text]], found[index[text]], version="", parser=digest), texts, rounds
        ),
        "to_dict": seconds(lambda text: newsnorm.to_dict(newsnorm.parse(text)), texts[:50], rounds),
    }


def growth() -> float:
    """t(4n)/t(n) on repeated text."""
    text = "\n".join(path.read_text("utf-8", "replace") for path in sorted(FIXTURES.glob("untouched/*/raw.txt")))
    times = [min(seconds(newsnorm.parse, [text * factor], 3)) for factor in (4, 16)]
    return times[1] / times[0]


def start_up() -> float:
    """Seconds of ``import newsnorm`` in a new process, the best of seven; the interpreter's own start is not counted."""
    program = "import time; start = time.perf_counter(); import newsnorm; print(time.perf_counter() - start)"
    return min(
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
        for _ in range(7)
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, help="the folder that holds bench/extraction")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    name, texts, pages = texts_of(options.shared)
    langdetect.DetectorFactory.seed = 0
    newsnorm.parse(texts[0])
    plain(texts[0])
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} {name}, {size:.2f} MB, median {statistics.median(len(text) for text in texts):.0f} characters")
    ours = seconds(newsnorm.parse, texts, options.rounds)
    print(
        f"parse: {statistics.median(ours) * 1e3:.2f} ms median, "
        f"{len(ours) / sum(ours):.0f} documents/s, {size / sum(ours):.1f} MB/s"
    )
    for stage, times in stages(texts, options.rounds).items():
        print(f"  {stage:<9} {statistics.median(times) * 1e3:.3f} ms median, {sum(times) / len(times) * 1e3:.3f} ms mean")
    for peer, call, inputs in (
        ("ftfy.fix_text + langdetect.detect", plain, texts),
        ("trafilatura.extract", trafilatura.extract, pages),
    ):
        theirs = seconds(call, inputs, 1)
        print(
            f"{peer}: {statistics.median(theirs) * 1e3:.2f} ms median; "
            f"newsnorm does {sum(theirs) / sum(ours):.1f} x its documents a second"
        )
    print(f"t(4n)/t(n): {growth():.2f}")
    print(f"import newsnorm: {start_up():.3f} s")


if __name__ == "__main__":
    main()
