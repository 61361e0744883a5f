"""Check Python, newsnorm and the packages it needs."""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from newsnorm.health.requirements import required, version_of
from newsnorm.profiles import installed_langdetect, prepared_counts
from newsnorm.records.health import Diagnosis
from newsnorm.resources import directory_of, prepared_toml
from newsnorm.version import __version__

TOPIC = "installation"


def examine_installation() -> Iterator[Diagnosis]:
    """Report the versions of Python, newsnorm and its packages, and whether its data is prepared."""
    folder = str(directory_of())
    yield Diagnosis(topic=TOPIC, code="newsnorm", values={"version": __version__, "folder": folder})
    yield Diagnosis(
        topic=TOPIC,
        code="python",
        values={
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "unicode": unicodedata.unidata_version,
        },
    )
    packages = required()
    if packages is None:
        yield Diagnosis(topic=TOPIC, code="not-installed", values={"folder": folder})
    for package in packages or ():
        found = version_of(package)
        code = "package" if found is not None else "package-missing"
        yield Diagnosis(topic=TOPIC, code=code, is_problem=found is None, values={"package": package, "version": found or ""})
    yield _prepared(Path(folder))


def _prepared(folder: Path) -> Diagnosis:
    """Report whether all data files have a fresh prepared form; a file without one is read many times slower."""
    cases = folder / "testing" / "fixtures"  # part of the wheel, but not read at start-up
    files = sorted(file for file in folder.rglob("*.toml") if not file.is_relative_to(cases))
    stale = [file.name for file in files if not prepared_toml(file.stem, file.read_text(encoding="utf-8")).is_file()]
    with suppress(ModuleNotFoundError):  # missing packages are reported elsewhere
        stale += [] if prepared_counts(installed_langdetect()).is_file() else ["langdetect"]
    if not stale:
        return Diagnosis(topic=TOPIC, code="prepared", values={"files": len(files)})
    return Diagnosis(topic=TOPIC, code="prepared-stale", is_problem=True, values={"stale": len(stale), "first": stale[0]})
