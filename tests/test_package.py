"""What is said of the package in several places is the same everywhere."""

from __future__ import annotations

import re
import tomllib

from folders import ROOT

import newsnorm


def test_the_citation_names_this_version() -> None:
    stated = re.search(r"(?m)^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert stated is not None
    assert stated[1] == newsnorm.__version__


def test_every_extra_but_spark_and_those_for_development_is_part_of_all() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    (all_of_them,) = (re.findall(r"[a-z]+", line.partition("[")[2]) for line in extras["all"])
    assert set(all_of_them) == set(extras) - {"all", "spark", "testing", "test", "docs", "dev", "bench", "data"}
