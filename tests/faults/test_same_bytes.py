"""Rows F of the fault matrix: the same inputs give the same bytes, whatever the process is like."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import generated
import pytest
import worker_tasks
from corpus_run import digest
from folders import ROOT, article_rows
from killable_runs import SOME_ERRORS, environment, finish

import newsnorm
from newsnorm.corpus.jobs.normalise import run
from newsnorm.corpus.workers import WorkerOptions

pytestmark = pytest.mark.slow


def afresh(corpus: Path, out: Path, *options: str, **variables: str) -> str:
    """Run the command in a fresh interpreter; return the digest of the output."""
    call = [sys.executable, "-m", "newsnorm.cli", "run", str(corpus), "--out", str(out), *options]
    ended = subprocess.run(call, env=environment(**variables), capture_output=True, timeout=120, check=False)
    assert ended.returncode == SOME_ERRORS, ended.stderr
    return digest(out)


@pytest.fixture(scope="session")
def expected(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return afresh(corpus, tmp_path_factory.mktemp("afresh") / "out", "--jobs", "0", PYTHONHASHSEED="0")


@pytest.mark.parametrize("seed", ["1", *(pytest.param(str(seed), marks=pytest.mark.nightly) for seed in range(2, 50))])
def test_f1_hash_seed(corpus: Path, expected: str, tmp_path: Path, seed: str) -> None:
    assert afresh(corpus, tmp_path / "out", "--jobs", "1", PYTHONHASHSEED=seed) == expected


@pytest.mark.parametrize("jobs", [1, 2, 3, pytest.param(8, marks=pytest.mark.nightly)])
def test_f2_number_of_workers(corpus: Path, reference: Path, tmp_path: Path, jobs: int) -> None:
    assert finish(corpus, tmp_path / "out", jobs=jobs).status == SOME_ERRORS
    assert digest(tmp_path / "out") == digest(reference)


@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_f3_start_method(corpus: Path, reference: Path, tmp_path: Path, method: str) -> None:
    assert finish(corpus, tmp_path / "out", jobs=2, start_method=method).status == SOME_ERRORS
    assert digest(tmp_path / "out") == digest(reference)


STRANGE = {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "TZ": "Pacific/Kiritimati"}


@pytest.mark.parametrize("variables", [{"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "America/St_Johns"}, STRANGE], ids=["C", "tr_TR"])
def test_f5_f6_locale_and_zone(corpus: Path, expected: str, tmp_path: Path, variables: dict[str, str]) -> None:
    assert afresh(corpus, tmp_path / "ausgänge", "--jobs", "1", **variables) == expected


def test_f7_order_of_directory_listing(corpus: Path, reference: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for path in sorted(corpus.iterdir(), reverse=True):
        shutil.copy(path, tmp_path / "in" / path.name)
        os.utime(tmp_path / "in" / path.name, (0, 0))
    assert finish(tmp_path / "in", tmp_path / "out").status == SOME_ERRORS
    assert digest(tmp_path / "out") == digest(reference)


OTHER_PYTHONS = sorted({path.name: str(path) for path in Path.home().glob(".pyenv/versions/*/bin/python3.1[2-4]")}.values())
"""The interpreters that pyenv has."""


@pytest.mark.nightly
@pytest.mark.parametrize("python", OTHER_PYTHONS)
def test_f4_python_version(corpus: Path, tmp_path: Path, python: str) -> None:
    """Articles are equal but for the digest of the parser, and the manifest says which versions differ."""
    if subprocess.run([python, "-m", "venv", str(tmp_path / "venv")], env=environment(PYTHONPATH=""), check=False).returncode:
        pytest.skip(f"{python} makes no environment")
    pip = [str(tmp_path / "venv" / "bin" / "pip"), "install", "-q", str(ROOT)]
    subprocess.run(pip, env=environment(PYTHONPATH=""), capture_output=True, check=True)
    here, there = tmp_path / "here", tmp_path / "there"
    afresh(corpus, here, "--jobs", "2")
    call = [str(tmp_path / "venv" / "bin" / "newsnorm"), "run", str(corpus), "--out", str(there), "--jobs", "2"]
    assert subprocess.run(call, env=environment(PYTHONPATH=""), capture_output=True, check=False).returncode == SOME_ERRORS
    for left, right in zip(article_rows(here), article_rows(there), strict=True):
        assert {**left, "provenance": None} == {**right, "provenance": None}
    for name in ("errors.jsonl", "relations.jsonl", "clusters.jsonl"):
        assert (here / name).read_bytes() == (there / name).read_bytes()
    settings = [json.loads((out / "manifest.json").read_text(encoding="utf-8"))["settings"] for out in (here, there)]
    differ = {name for name in settings[0] if settings[0][name] != settings[1][name]}
    assert differ <= {"parser", "versions"}
    assert ("parser" in differ) == ("versions" in differ)


def test_f8_warm_and_cold(tmp_path: Path) -> None:
    """A record gives the same article first, last, twice and after one that failed."""
    article = generated.article(7, 60)
    records = [{**article, "id": name} for name in ("first", "again", "last")]
    (tmp_path / "in").mkdir()
    lines = [json.dumps(records[0]), json.dumps(records[1]), "no json", *generated.lines(20, 30, 60), json.dumps(records[2])]
    (tmp_path / "in" / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert finish(tmp_path / "in", tmp_path / "out", jobs=2).status == SOME_ERRORS
    rows = [row for row in article_rows(tmp_path / "out") if row["url"] == article["url"]]
    assert [row["id"] for row in rows] == ["first", "again", "last"]
    assert all({**row, "id": ""} == {**rows[0], "id": ""} for row in rows)


EXTRAS = ("pyarrow", "turbohtml", "backports.zstd", "compression.zstd", "pandas", "polars")
"""The packages that are not always there."""


@pytest.mark.parametrize("missing", [EXTRAS, pytest.param(EXTRAS[:1], marks=pytest.mark.nightly)], ids=["all", "pyarrow"])
def test_f9_extras(corpus: Path, expected: str, tmp_path: Path, missing: tuple[str, ...]) -> None:
    """Texts come out equal whether or not packages are there that they don't need, for workers too."""
    for name in missing:
        (path := tmp_path / "missing" / name.replace(".", "/")).mkdir(parents=True)
        (path / "__init__.py").write_text("raise ModuleNotFoundError('not installed')", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path / "missing"), *filter(None, [os.environ.get("PYTHONPATH")])])
    assert afresh(corpus, tmp_path / "out", "--jobs", "1", PYTHONPATH=paths) == expected


POISON = {"id": "poison", "url": "https://example.com/", "fetched": "2024-06-20", "text": "x" * (16 * 1024 * 1024 + 1)}
"""A text that is too long."""


@pytest.mark.parametrize("partitions", [1, 8, pytest.param(64, marks=pytest.mark.nightly)])
def test_f10_other_hosts(tmp_path: Path, partitions: int) -> None:
    """A pickled parser makes in anybody's processes, of shuffled texts, what a run makes; ``tests/spark`` asks Spark."""
    records = [generated.article(number, 60) for number in range(40)]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    run([tmp_path / "in.jsonl"], tmp_path / "out", workers=WorkerOptions(jobs=0))
    shuffled = random.Random(partitions).sample([*records, POISON], len(records) + 1)
    with ProcessPoolExecutor(1, multiprocessing.get_context("forkserver")) as pool:
        made = pool.map(worker_tasks.Host(newsnorm.Parser()), [shuffled[first::partitions] for first in range(partitions)])
    rows = {row["id"]: row for part in made for row in part}
    assert rows.pop("poison").keys() == {"id", "error"}
    assert rows == {row["id"]: row for row in article_rows(tmp_path / "out")}
