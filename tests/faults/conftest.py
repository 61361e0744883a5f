"""The corpus that the runs of the fault matrix read, and what an undisturbed run makes of it."""

from __future__ import annotations

from pathlib import Path

import generated
import pytest
from killable_runs import SOME_ERRORS, finish

ARTICLES, FILES, WORDS = 70, 3, 60


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "in"
    generated.write(folder, ARTICLES, FILES, WORDS, bad=True)
    return folder


@pytest.fixture(scope="session")
def reference(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reference") / "out"
    ended = finish(corpus, out)
    assert ended.status == SOME_ERRORS, ended.stderr
    return out
