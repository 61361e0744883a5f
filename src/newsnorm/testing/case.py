"""
Read regression cases from disk: directories with ``raw.txt``, ``about.toml`` and an optional ``expected.json``.

A page of HTML is in ``input.html`` instead of ``raw.txt``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

import attrs

from newsnorm.errors import CaseError
from newsnorm.parser import read_page
from newsnorm.records import Metadata, Page
from newsnorm.records.schema import Json

T = TypeVar("T")

ABOUT = {"url", "language", "origin", "licence", "why", "known_failure", "fails", "title", "site", "encoding"}
CONTAINS, LACKS = "contains", "lacks"
"""Keys of ``expected.json`` with stretches that must, and must not, occur in the report."""

EXPECTED = {
    *("agency", "authors", "captions", "corrections", "credits", "dateline", "fixes", "images", "language", "layout", "notes"),
    *("paragraph_kinds", "paragraphs", "people", "published", "removals", "standfirst", "title", "truncated", "updated"),
    *("about", "site", CONTAINS, LACKS),
}
"""Keys that ``expected.json`` may state; all but `contains` and `lacks` are keys of the article's JSON form."""

MEDIA_TYPES = {"raw.txt": "text/plain", "input.html": "text/html"}
"""File name of an input → its media type."""

Expected: TypeAlias = "dict[str, Json]"


@attrs.frozen(kw_only=True)
class Case:
    """
    A regression case: a raw text or a page of HTML, its metadata, and the expected article.

    >>> case = cases(shipped() / "articles")[0]
    >>> isinstance(case.raw, bytes), bool(case.why)
    (True, True)
    """

    path: Path
    raw: bytes
    expected: Expected | None
    """The expected values of the keys that the case is about; None to check only the laws."""
    why: str
    """One sentence on what the case shows."""
    url: str | None = None
    title: str | None = None
    site: str | None = None
    encoding: str | None = None
    known_failure: str | None = None
    """Description of the known error; `check` then demands that the case fails."""
    fails: tuple[str, ...] = ()
    """The keys of `expected` that the known error concerns, each of which must fail; if empty, any key may."""
    media_type: str = "text/plain"
    """``text/html`` for a case whose input is ``input.html``."""

    def __str__(self) -> str:
        return self.path.name


def shipped() -> Path:
    """
    Return the directory of the shipped cases, with ``articles``, ``pages`` and ``untouched`` in it.

    >>> sorted(path.name for path in shipped().iterdir() if path.name in ("articles", "pages", "untouched"))
    ['articles', 'pages', 'untouched']
    """
    installed = Path(__file__).parent / "fixtures"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "tests" / "fixtures"


def cases(directory: str | Path) -> list[Case]:
    """
    Load the cases of a directory, sorted by name.

    Args:
        directory: a directory whose subdirectories are cases.

    Raises:
        CaseError: there is no case, or a file of a case is missing or malformed.

    >>> len(cases(shipped() / "untouched")) > 1
    True

    """
    root = Path(directory)
    paths = sorted({path.parent for name in MEDIA_TYPES for path in root.glob(f"*/{name}")})
    if not paths:
        raise CaseError(f"{root}: no case found; a case is a directory with raw.txt or input.html, about.toml and expected.json")
    return [read_case(path) for path in paths]


def is_case(path: Path) -> bool:
    """Return whether a directory is a case, that is, has an input."""
    return any((path / name).is_file() for name in MEDIA_TYPES)


def read_case(path: Path) -> Case:
    """
    Load one case, given its directory.

    Raises:
        CaseError: it lacks a file, or has a malformed one.

    """
    about = _content(path, "about.toml", tomllib.loads)
    expected = _content(path, "expected.json", json.loads) if (path / "expected.json").exists() else None
    source = _input_of(path)
    try:
        raw = (path / source).read_bytes()
    except OSError as error:
        raise CaseError(f"{path}: {source}: {error.strerror}") from error
    for name, unknown in (("about.toml", about.keys() - ABOUT), ("expected.json", (expected or {}).keys() - EXPECTED)):
        if unknown:
            raise CaseError(f"{path}: {name}: unknown key {min(unknown)!r}")
    if "why" not in about:
        raise CaseError(f'{path}: about.toml: missing "why"')
    given = {key: str(about[key]) for key in ("url", "title", "site", "encoding", "known_failure") if key in about}
    wanted, fails = cast("Expected | None", expected), tuple(map(str, about.get("fails", ())))
    for key in (CONTAINS, LACKS):
        if not isinstance((wanted or {}).get(key, []), list):
            raise CaseError(f"{path}: expected.json: {key!r} is not a list")
    return Case(path=path, raw=raw, expected=wanted, why=str(about["why"]), media_type=MEDIA_TYPES[source], fails=fails, **given)


def _content(path: Path, name: str, loads: Callable[[str], T]) -> T:
    """
    Return the content of a file of a case.

    Raises:
        CaseError: there is no such file, or it is malformed.

    """
    try:
        return loads((path / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CaseError(f"{path}: {name} is missing") from error
    except OSError as error:
        raise CaseError(f"{path}: {name}: {error.strerror}") from error
    except ValueError as error:
        raise CaseError(f"{path}: {name}: {error}") from error


def _input_of(path: Path) -> str:
    """
    Return the name of the input of a case.

    Raises:
        CaseError: there are two inputs.

    """
    names = [name for name in MEDIA_TYPES if (path / name).is_file()]
    if len(names) > 1:
        raise CaseError(f"{path}: {' and '.join(names)}; a case has one input")
    return names[0] if names else "raw.txt"


def page_of(case: Case) -> Page:
    """Read the raw text of a case into a page."""
    known = Metadata(url=case.url, title=case.title, site=case.site, encoding=case.encoding, media_type=case.media_type)
    return read_page(case.raw, known)
