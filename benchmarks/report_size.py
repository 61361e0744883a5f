"""
Measure the page of a report: its size, the time to make it, and the weight of each of its parts.

    python benchmarks/report_size.py [FOLDER] [--articles 5000] [--words 450]

Without a folder, runs over generated articles with the furniture of sites around them, with one near copy in 33. With the folder
of a finished run, shows that. Times are of this process, without the run.
"""

from __future__ import annotations

import argparse
import base64
import re
import time
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import generated

from newsnorm.cli.report import last_run
from newsnorm.corpus.jobs.normalise import run
from newsnorm.corpus.jobs.report.job import report
from newsnorm.report.html.page import weight_of_frame

SIZES = (None, 5_000)
"""The numbers of articles that are asked for; None is the default."""


def parts(page: str) -> dict[str, int]:
    """Return what the parts of a page weigh, in bytes."""
    packs = dict.fromkeys(("index", "articles", "articles unpacked", "clusters"), 0)
    for name, pack in re.findall(r'<template data-pack="(\w+)">([^<]*)<', page):
        packs[name] += len(pack)
        if name == "articles":
            packs["articles unpacked"] += len(zlib.decompress(base64.b64decode(pack)))
    charts = re.findall(r"<svg.*?</svg>", page)
    return {
        "style, scripts, frame": weight_of_frame(),
        f"{len(charts)} charts": sum(map(len, charts)),
        "their tables": sum(map(len, re.findall(r"<details><summary>Table.*?</details>", page))),
        **packs,
    }


def measure(out: Path, inputs: tuple[Path, ...] | None, articles: int | None, target: Path) -> None:
    start = time.process_time()
    summary = report(out, target, inputs=inputs, articles=articles, overwrite=True)
    seconds = time.process_time() - start
    asked = "by default" if articles is None else f"--articles {articles}"
    shown = f"{summary.shown:,} of {summary.figures.articles:,} articles"
    print(f"{asked}: {shown}, {summary.size / 1e6:.2f} MB, {seconds:.1f} s of CPU")
    if summary.shown:
        print(f"  {summary.size / summary.shown:,.0f} bytes an article; without raw text: {summary.without_raw:,}")
    for name, size in parts(target.read_text(encoding="utf-8")).items():
        print(f"  {name}: {size / 1e3:,.1f} kB")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--articles", type=int, default=5_000)
    options.add_argument("--words", type=int, default=450)
    given = options.parse_args()
    with TemporaryDirectory() as temporary:
        target = Path(temporary, "report.html")
        if given.folder is not None:
            out, inputs = given.folder, last_run(given.folder).inputs
        else:
            out, feeds = Path(temporary, "out"), Path(temporary, "in")
            generated.write(feeds, given.articles, 10, given.words)
            run([feeds], out)
            inputs = (feeds,)
        start = time.process_time()
        report(out, None)
        print(f"figures alone: {time.process_time() - start:.1f} s of CPU")
        for articles in SIZES:
            measure(out, inputs, articles, target)


if __name__ == "__main__":
    main()
