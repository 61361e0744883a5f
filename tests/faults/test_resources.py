"""Rows B of the fault matrix: a run that lacks something says so, and leaves nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import generated
import pytest
from corpus_run import MB, digest, grown
from folders import contents
from killable_runs import SOME_ERRORS, Job, environment, finish, limit_file_size, limit_open_files, start

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", [1_000, 10_000, 30_000, 60_000, 120_000])
def test_b1_disk_full(corpus: Path, reference: Path, tmp_path: Path, size: int) -> None:
    out = tmp_path / "out"
    ended = finish(corpus, out, before=partial(limit_file_size, size))
    if ended.status != SOME_ERRORS:
        assert ended.status == 1
        assert "File too large" in ended.stderr or "disk is full" in ended.stderr or "disk I/O error" in ended.stderr
        assert [name for name in contents(out) if not name.startswith(".work/")] == []
        assert finish(corpus, out).status == SOME_ERRORS
    assert digest(out) == digest(reference)


def command_line(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a shell does."""
    call = [sys.executable, "-m", "newsnorm.cli", *map(str, arguments)]
    return subprocess.run(call, env=environment(**variables), capture_output=True, timeout=120, check=False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_b4_read_only_folder(corpus: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    ended = command_line("run", corpus, "--out", tmp_path / "out", "--jobs", "0")
    tmp_path.chmod(0o755)
    assert ended.returncode == 2
    assert b"can't create the folder" in ended.stderr


def test_b5_the_folder_is_a_file(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    ended = command_line("run", corpus, "--out", tmp_path / "out", "--jobs", "0")
    assert (ended.returncode, (tmp_path / "out").read_bytes()) == (2, b"mine")


def test_b5_the_folder_is_a_link(corpus: Path, reference: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.txt").write_bytes(b"mine")
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    assert finish(corpus, tmp_path / "out").status == SOME_ERRORS
    assert contents(tmp_path / "elsewhere") == {**contents(reference), "mine.txt": b"mine"}


@pytest.mark.parametrize("name", [".work", "articles"])
def test_b5_a_link_in_the_folder_is_not_followed(corpus: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).symlink_to(tmp_path / "elsewhere")
    ended = finish(corpus, tmp_path / "out")
    assert ended.status == 1
    assert "is a link" in ended.stderr or "has articles from an earlier run" in ended.stderr
    assert contents(tmp_path / "elsewhere") == {}


def test_b5_foreign_files_stay(corpus: Path, reference: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "notes").mkdir(parents=True)
    (out / "notes" / "mine.txt").write_bytes(b"mine")
    assert finish(corpus, out).status == SOME_ERRORS
    assert contents(out) == {**contents(reference), "notes/mine.txt": b"mine"}
    assert finish(corpus, out, overwrite=True).status == SOME_ERRORS
    assert contents(out) == {**contents(reference), "notes/mine.txt": b"mine"}


def test_b6_few_open_files(reference: Path, corpus: Path, tmp_path: Path) -> None:
    ended = finish(corpus, tmp_path / "out", jobs=4, before=limit_open_files)
    assert ended.status == SOME_ERRORS, ended.stderr
    assert digest(tmp_path / "out") == digest(reference)


def test_b8_no_folder_for_temporary_files(corpus: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere")
    ended = command_line("run", corpus, "--out", tmp_path / "out", "--jobs", "1", TMPDIR=missing)
    assert ended.returncode == SOME_ERRORS, ended.stderr


def test_b9_standard_output_is_closed(tmp_path: Path) -> None:
    generated.write(tmp_path / "in", 5, 1, 40)
    call = f"{sys.executable} -m newsnorm.cli run {tmp_path / 'in'} --dry-run --jobs 0 --json | head -c 1"
    ended = subprocess.run(["sh", "-c", call], env=environment(), capture_output=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"{", b"")


def test_two_runs_into_one_folder(corpus: Path, reference: Path, tmp_path: Path) -> None:
    runs = [start(Job(inputs=corpus, out=tmp_path / "out")) for _ in range(2)]
    ended = sorted((run.end() for run in runs), key=lambda each: each.status)
    assert [each.status for each in ended] == [1, SOME_ERRORS]
    assert digest(tmp_path / "out") == digest(reference)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """Mount a disk of so many bytes in memory; only root can."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("can't mount a small disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


MORE_SIZES = [pytest.param(number * 30_000, marks=pytest.mark.nightly) for number in range(1, 8)]


@pytest.mark.parametrize("size", [40_000, 200_000, *MORE_SIZES])
def test_b2_the_disk_is_full(corpus: Path, tmp_path: Path, size: int) -> None:
    with small_disk(tmp_path / "disk", size):
        out = tmp_path / "disk" / "out"
        ended = finish(corpus, out, errors_to=tmp_path / "stderr")
        assert ended.status == 1
        assert "No space left on device" in ended.stderr or "disk is full" in ended.stderr
        assert [name for name in contents(out) if not name.startswith(".work/")] == []


def test_b3_the_disk_of_the_index_is_full(corpus: Path, reference: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with small_disk(tmp_path / "disk", 60_000):
        ended = finish(corpus, out, index=tmp_path / "disk" / "news.db")
        assert ended.status == 1
        assert "check the space on its disk" in ended.stderr
    assert finish(corpus, out, fresh=True).status == SOME_ERRORS
    assert digest(out) == digest(reference)


@pytest.mark.parametrize("megabytes", [8, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_b10_a_long_stream(megabytes: int) -> None:
    """Standard input of any length takes a bounded amount of memory."""
    growth = grown(megabytes, words=2_000)
    for first, last in (growth.run, growth.worker):
        assert last - first <= 32 * MB
