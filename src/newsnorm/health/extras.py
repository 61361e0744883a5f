"""Check which extras are installed, and which packages the others lack."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from newsnorm.health.requirements import required, version_of
from newsnorm.records.health import Diagnosis

EXTRAS = ("html", "warc", "arrow", "pandas", "polars", "spark", "office", "zstd", "testing")
"""The extras for users; ``report/health.toml`` says what each is for."""


def examine_extras() -> Iterator[Diagnosis]:
    """Check each extra, and whether Java is there for Spark."""
    for extra in EXTRAS:
        packages = required(extra)
        if packages is not None:
            yield _extra(extra, packages)
    if version_of("pyspark") is not None and not _has_java():
        yield Diagnosis(topic="extras", code="java-missing", is_problem=True)


def _extra(extra: str, packages: tuple[str, ...]) -> Diagnosis:
    versions = {package: version_of(package) for package in packages}
    missing = [package for package, found in versions.items() if found is None]
    if missing:
        return Diagnosis(topic="extras", code="extra-missing", values={"extra": extra, "missing": ", ".join(missing)})
    there = ", ".join(f"{package} {found}" for package, found in versions.items()) or "part of Python"
    return Diagnosis(topic="extras", code="extra", values={"extra": extra, "versions": there})


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or (home is not None and Path(home, "bin", "java").exists())
