"""Rows A of the fault matrix: a run that is killed anywhere goes on, and ends as if it had never been killed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import generated
import pytest
from corpus_run import digest
from folders import article_rows, contents, json_rows
from killable_runs import SOME_ERRORS, Job, environment, finish, start

from newsnorm.dedup import open_index

pytestmark = pytest.mark.slow

CHECKPOINTS = (
    *("plan-written", "part-written", "part-synced", "part-renamed", "index-added", "index-noted", "related"),
    *("publish-planned", "publish-unsealed", "publish-renamed", "publish-moved", "publish-sealed"),
)
MANY = {"part-written", "part-synced", "part-renamed", "index-added", "index-noted", "publish-renamed"}
"""Checkpoints that are passed once for each part, or file."""


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "out"
    shutil.rmtree(tmp_path / "out", ignore_errors=True)


def test_the_account_of_the_corpus_adds_up(reference: Path) -> None:
    counts = json.loads((reference / "manifest.json").read_text(encoding="utf-8"))["counts"]
    articles, errors = article_rows(reference), json_rows(reference / "errors.jsonl")
    assert (counts["written"], counts["failed"]) == (len(articles), len(errors))
    assert len({row["id"] for row in articles}) == len(articles) == counts["read"] - 1
    assert counts["related"]["clusters"] == 0 < counts["related"]["relations"]["overlap"]


def killed(job: Job, delay: float) -> None:
    """Start a run, kill it and its workers after a delay in seconds, unless it ended before."""
    running = start(job)
    time.sleep(delay)
    with suppress(ProcessLookupError):
        os.killpg(cast("int", running.process.pid), signal.SIGKILL)
    running.end()


@pytest.mark.parametrize("seeds", [range(5), pytest.param(range(5, 200), marks=pytest.mark.nightly)], ids=["a few", "200"])
def test_a1_kill_at_random_points(corpus: Path, reference: Path, tmp_path: Path, seeds: range) -> None:
    before = time.monotonic()
    assert finish(corpus, tmp_path / "alone", jobs=2).status == SOME_ERRORS
    longest = (time.monotonic() - before) * 1.1
    for seed in seeds:
        out = tmp_path / f"out-{seed}"
        choice = random.Random(seed)
        for _ in range(2 if seed % 5 == 0 else 1):
            killed(Job(inputs=corpus, out=out, jobs=2), choice.uniform(0, longest))
        ended = finish(corpus, out, jobs=2, overwrite=(out / "manifest.json").exists())
        assert ended.status == SOME_ERRORS, ended.stderr
        assert digest(out) == digest(reference), seed
        assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in reference.iterdir())


@pytest.mark.parametrize(("name", "times"), [*((name, 1) for name in CHECKPOINTS), *((name, 3) for name in sorted(MANY))])
def test_a3_kill_at_each_checkpoint(corpus: Path, reference: Path, out: Path, name: str, times: int) -> None:
    result = finish(corpus, out, fault=f"{name}:{times}")
    assert result.status == -signal.SIGKILL, f"{name} was not passed {times} times"
    sealed = (out / "manifest.json").exists()
    assert sealed == (name == "publish-sealed")
    result = finish(corpus, out)
    assert result.status == SOME_ERRORS, result.stderr
    assert digest(out) == digest(reference)


@pytest.mark.parametrize("name", ["part-written", "publish-planned", "publish-renamed", "publish-moved", "publish-sealed"])
def test_a3_kill_a_run_into_a_dataset(corpus: Path, out: Path, tmp_path: Path, name: str) -> None:
    assert finish(corpus, tmp_path / "once", layout="datasets").status == SOME_ERRORS
    assert finish(corpus, out, layout="datasets", fault=f"{name}:1").status == -signal.SIGKILL
    result = finish(corpus, out, layout="datasets")
    assert result.status == SOME_ERRORS, result.stderr
    assert digest(out) == digest(tmp_path / "once")
    assert finish(corpus, out, layout="datasets", overwrite=True, fault=f"{name}:1").status == -signal.SIGKILL
    result = finish(corpus, out, layout="datasets", overwrite=True)
    assert result.status == SOME_ERRORS, result.stderr
    assert digest(out) == digest(tmp_path / "once")


def test_a6_kill_at_each_of_five_resumes(corpus: Path, reference: Path, out: Path) -> None:
    for times in range(1, 6):
        assert finish(corpus, out, fault=f"{('part-synced', 'part-renamed')[times % 2]}:1").status < 0
    assert finish(corpus, out).status == SOME_ERRORS
    assert digest(out) == digest(reference)


def test_a7_resume_with_other_settings(corpus: Path, reference: Path, out: Path) -> None:
    assert finish(corpus, out, fault="part-renamed:2").status < 0
    before = {name: data for name, data in contents(out).items() if name != ".work/lock"}
    refused = finish(corpus, out, ledger=True)
    assert "unfinished job with ledger = false, now it is true" in refused.stderr
    assert before == {name: data for name, data in contents(out).items() if name != ".work/lock"}
    assert finish(corpus, out, ledger=True, fresh=True).status == SOME_ERRORS
    assert "ledger" in article_rows(out)[0]


def test_a8_input_changed_between_runs(corpus: Path, out: Path, tmp_path: Path) -> None:
    changed = tmp_path / "in"
    shutil.copytree(corpus, changed)
    assert finish(changed, out, fault="related:1").status < 0
    parts = {path.read_bytes(): path.stat().st_mtime_ns for path in out.glob(".work/parts/*/articles.jsonl")}
    with (changed / "0001.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "new", "text": "It rained in Ulm."}) + "\n")
    (changed / "0002.jsonl").unlink()
    assert finish(changed, out).status == 0
    again = {path.read_bytes(): path.stat().st_mtime_ns for path in (out / "articles").iterdir()}
    assert [data for data in again if data not in parts] == [data for data in again if b'"id": "new"' in data]
    assert all(parts[data] == time_ns for data, time_ns in again.items() if data in parts)
    finish(changed, tmp_path / "alone")
    assert digest(out) == digest(tmp_path / "alone")


@pytest.mark.parametrize("fault", ["index-added:7", "related:1"])
def test_a8_a_shared_index_forgets_what_the_input_no_longer_holds(corpus: Path, out: Path, tmp_path: Path, fault: str) -> None:
    changed, index = tmp_path / "in", tmp_path / "news.db"
    shutil.copytree(corpus, changed)
    assert finish(changed, out, index=index, fault=fault).status < 0
    lines = (changed / "0002.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (changed / "0002.jsonl").write_text("".join(lines[:5]), encoding="utf-8")
    assert finish(changed, out, index=index).status == SOME_ERRORS
    finish(changed, tmp_path / "alone")
    with open_index(index) as known:
        assert len(known) == len(article_rows(out))
    for name in ("relations.jsonl", "clusters.jsonl"):
        assert (out / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a4_a_signal_stops_in_good_order(tmp_path: Path, number: signal.Signals) -> None:
    generated.write(tmp_path / "in", 400, 2, 200)
    call = [sys.executable, "-m", "newsnorm.cli", "run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--jobs", "2"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as run:
        while not (tmp_path / "out" / ".work" / "parts").exists():
            time.sleep(0.05)
        run.send_signal(number)
        time.sleep(0.2)
        run.send_signal(number)
        _, error = run.communicate(timeout=30)
    assert run.returncode == 128 + number
    assert error == b"interrupted; run the same command again to continue\n"
    assert not (tmp_path / "out" / "manifest.json").exists()
