"""Learning from files: what is learned, and what is counted."""

from __future__ import annotations

from pathlib import Path

from folders import FIXTURES

import newsnorm
from newsnorm.catalogue.learned import dumps
from newsnorm.corpus.jobs.learn import learn_files

LEARN = FIXTURES / "learn"
LEARNED = LEARN / "sites.toml"


def test_the_fixtures_teach_the_committed_file() -> None:
    """If not: ``newsnorm learn tests/fixtures/learn --out tests/fixtures/learn/sites.toml --overwrite``; read the difference."""
    catalogue, summary = learn_files([LEARN])
    assert dumps(catalogue.rules) == LEARNED.read_text(encoding="utf-8")
    assert (summary.read, summary.failed, summary.hosts, summary.hosts_learned) == (24, 0, 3, 3)
    assert newsnorm.Catalogue.load(LEARNED).digest == catalogue.digest


def test_failures_are_counted_and_the_first_ten_are_kept(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text('{"text": "It rained."}\n' + "no json\n" * 12, encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"")
    catalogue, summary = learn_files([tmp_path])
    assert (summary.read, summary.failed, summary.without_host, summary.skipped) == (13, 12, 1, (f"{tmp_path.name}/photo.png",))
    assert (summary.errors, len(summary.failures), catalogue.rules) == ({"bad-json": 12}, 10, ())
