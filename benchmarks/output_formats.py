"""
Measure the formats that articles are written in: bytes, and the time of a worker, of the process that writes, and of reading.

    python benchmarks/output_formats.py [--articles 2000]

Times are microseconds of process time per article, the best of three rounds; sizes are bytes per article.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import files, version
from pathlib import Path
from tempfile import TemporaryDirectory

from generated import article as raw_article
from timing import ROUNDS, best

import newsnorm
from newsnorm.corpus.output.durable import HashedFile, create
from newsnorm.corpus.sinks.form import FORMATS, ArticleForm, article_form
from newsnorm.corpus.sinks.shards import read_rows, shards_of
from newsnorm.records import Article

WEIGHED = ("pyarrow", "backports.zstd")
IMPORTED = ("pyarrow", "pyarrow.parquet, pyarrow.json", "backports.zstd")


def write(rows: Sequence[bytes], form: ArticleForm, path: Path) -> None:
    path.unlink(missing_ok=True)
    file = HashedFile(create(path))
    shard = shards_of(form).open(file)
    for row in rows:
        shard.write(row)
    shard.finish()
    file.close()


def measure(articles: Sequence[Article], form: ArticleForm, folder: Path) -> str:
    """Return a row of the table of one form."""
    count = len(articles)
    path = folder / f"articles.{shards_of(form).ending}"
    rows = [form.encode(article) for article in articles]
    encoding = best(lambda: [form.encode(article) for article in articles]) / count * 1e6
    writing = best(lambda: write(rows, form, path)) / count * 1e6
    reading = f"{best(lambda: list(read_rows(path))) / count * 1e6:.0f}" if form.columns is None else ""
    name = form.format if form.columns is None or form.format[:3] in ("csv", "tsv") else f"{form.format}, usual columns"
    return f"| {name} | {path.stat().st_size / count:,.0f} | {encoding:.0f} | {writing:.0f} | {reading} |"


def grown(articles: Sequence[Article], form: ArticleForm, path: Path) -> int:
    """Return by how many MB the greatest memory of this process grows while a shard ten times as long is written."""
    rows = [form.encode(article) for article in articles]
    write(rows, form, path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write(rows * 10, form, path)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


def installed(package: str) -> str:
    """Return the version and the size on disk of a package."""
    size = sum(file.size or 0 for file in files(package) or ())
    return f"{package} {version(package)}: {size / 1e6:.0f} MB installed"


def imported(modules: str) -> str:
    """Return the process time that importing takes, beyond that of Python itself."""
    code = "import time; before = time.process_time(); import {}; print(time.process_time() - before)"
    best_time = min(
        float(subprocess.run([sys.executable, "-c", code.format(modules)], check=True, capture_output=True, text=True).stdout)
        for _ in range(ROUNDS)
    )
    return f"import {modules}: {best_time * 1000:.0f} ms"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=2000)
    count = options.parse_args().articles
    parser = newsnorm.Parser()
    articles = [parser.parse(raw_article(number)["text"], id=f"generated/{number}") for number in range(count)]
    forms = [article_form(name) for name in FORMATS] + [
        article_form(name, article_form("csv").columns) for name in ("jsonl", "jsonl.zst", "parquet")
    ]
    print(f"{count:,} articles of {sum(len(article.text) for article in articles) / count:,.0f} characters")
    print("| format | bytes | worker | writing | reading |\n|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        more = grown(articles, article_form("parquet"), Path(folder, "long"))
        for form in forms:
            print(measure(articles, form, Path(folder)), flush=True)
    print(f"ten times as many articles in one Parquet file take {more} MB more memory")
    for package in WEIGHED:
        print(installed(package))
    for modules in IMPORTED:
        print(imported(modules))


if __name__ == "__main__":
    main()
