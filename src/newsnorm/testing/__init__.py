"""
Cases as directories, and the laws that hold for every article: our regression set, and the means to keep your own.

A case is a directory with ``raw.txt``, ``about.toml`` and a partial ``expected.json``. Another project points the same
test at its own directory::

    import pytest
    from newsnorm.testing import cases, check

    @pytest.mark.parametrize("case", cases("tests/our-articles"), ids=str)
    def test_article(case):
        check(case)

``pytest --pyargs newsnorm.testing`` runs the cases that ship with newsnorm against what is installed.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TypeAlias, cast

import attrs

from newsnorm.assemble import reconstruct
from newsnorm.errors import CaseError
from newsnorm.parser import Parser
from newsnorm.records import Article, Page
from newsnorm.records.schema import Json, from_dict, to_dict

__all__ = ["Case", "accept", "cases", "check", "check_laws", "shipped"]

ABOUT = {"url", "language", "origin", "licence", "why", "known_failure", "title", "site", "encoding"}
EXPECTED = {
    *("agency", "authors", "corrections", "credits", "dateline", "fixes", "language", "notes", "paragraphs", "people"),
    *("published", "removals", "standfirst", "title", "truncated", "updated"),
}
"""What ``expected.json`` may state: keys of the article's JSON."""

Expected: TypeAlias = "dict[str, Json]"


@attrs.frozen(kw_only=True)
class Case:
    """One regression case."""

    path: Path
    raw: bytes
    expected: Expected | None
    """What is expected of the keys that the case is about; None: the laws alone."""
    why: str
    url: str | None = None
    title: str | None = None
    site: str | None = None
    encoding: str | None = None
    known_failure: str | None = None
    """Why it is known to fail; then `check` fails if it passes."""

    def __str__(self) -> str:
        return self.path.name


def shipped() -> Path:
    """The directory of the cases that ship with newsnorm."""
    installed = Path(__file__).parent / "fixtures"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "tests" / "fixtures"


def cases(directory: str | Path) -> list[Case]:
    """
    The cases of a directory, by name.

    Raises:
        CaseError: there is none, or one lacks a file or has a malformed one.

    """
    root = Path(directory)
    paths = sorted(path.parent for path in root.glob("*/raw.txt"))
    if not paths:
        raise CaseError(f"{root}: no case in it; a case is a directory with raw.txt, about.toml and expected.json")
    return [_case(path) for path in paths]


def _case(path: Path) -> Case:
    try:
        about = tomllib.loads((path / "about.toml").read_text(encoding="utf-8"))
        expected = json.loads((path / "expected.json").read_text(encoding="utf-8")) if (path / "expected.json").exists() else None
        raw = (path / "raw.txt").read_bytes()
    except (OSError, ValueError) as error:
        raise CaseError(f"{path}: {error}") from error
    unknown = sorted(about.keys() - ABOUT) + sorted((expected or {}).keys() - EXPECTED)
    if unknown or "why" not in about:
        raise CaseError(f"{path}: {f'unknown key {unknown[0]!r}' if unknown else 'about.toml says no why'}")
    given = {key: str(about[key]) for key in ("url", "title", "site", "encoding", "known_failure") if key in about}
    return Case(path=path, raw=raw, expected=cast("Expected | None", expected), why=str(about["why"]), **given)


def _page(case: Case, parser: Parser) -> Page:
    return parser.page(case.raw, url=case.url, title=case.title, site=case.site, encoding=case.encoding)


def _article(case: Case, parser: Parser) -> Article:
    return parser.parse(case.raw, url=case.url, title=case.title, site=case.site, encoding=case.encoding)


def check(case: Case, parser: Parser | None = None) -> None:
    """
    Parse a case and compare what it states; the laws are checked whatever it states.

    Objects are compared on the keys given, ``paragraphs`` as a whole; each of ``removals`` must occur, an empty list means none.

    Raises:
        AssertionError: something differs; the message says what, one line each.

    """
    parser = parser or Parser()
    article = _article(case, parser)
    check_laws(article, _page(case, parser))
    wrong = _differences(case.expected or {}, to_dict(article))
    if case.known_failure is not None:
        assert wrong, f"{case}: it passes now; drop known_failure ({case.known_failure}) from {case.path}/about.toml"
        return
    assert not wrong, f"{case} ({case.why})\n  " + "\n  ".join(wrong)


def _differences(expected: Expected, data: Expected) -> list[str]:
    wrong: list[str] = []
    for key, value in expected.items():
        if key in ("removals", "fixes") and isinstance(value, list) and value:
            rows = cast("list[Json]", data[key])
            wrong.extend(f"{key}: missing {item!r}" for item in value if not any(_fits(item, row) for row in rows))
        elif key == "paragraphs" and value != data[key]:
            wrong.extend(_paragraphs(cast("list[str]", value), cast("list[str]", data[key])))
        elif not _fits(value, data[key]):
            wrong.append(f"{key}: expected {value!r}, got {data[key]!r}")
    return wrong


def _paragraphs(expected: list[str], got: list[str]) -> list[str]:
    wrong = [f"paragraph lost: {text!r}" for text in expected if text not in got]
    wrong.extend(f"paragraph too many: {text!r}" for text in got if text not in expected)
    return wrong or [f"paragraphs: other order or number: expected {len(expected)}, got {len(got)}"]


def _fits(expected: Json, got: Json) -> bool:
    """Whether `got` says what is expected, on the keys that are expected; lists as a whole."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(key in got and _fits(value, got[key]) for key, value in expected.items())
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(_fits, expected, got))
    return expected == got


def check_laws(article: Article, page: Page) -> None:
    """
    What holds for every article and the page it was made from.

    The lines tile the raw text; the pieces tile each line's text; the ledger tiles the raw text, and `reconstruct` proves it;
    the body is what nobody took, word for word; every finding has a rule and lies inside its line; the JSON form round-trips.

    Raises:
        AssertionError: a law is broken.

    """
    raw = page.raw.text
    assert raw == "".join(line.span.of(raw) for line in page.lines), "lines do not tile the raw text"
    for number, line in enumerate(page.lines):
        assert line.number == number, "lines are not numbered in order"
        end, place = 0, line.span.start
        for piece in line.pieces:
            assert piece.text.start == end, f"pieces do not tile line {number}"
            assert place <= piece.raw.start <= piece.raw.end <= line.span.end, f"a piece of line {number} leaves it"
            end, place = piece.text.end, piece.raw.end
        assert end == len(line.text), f"pieces do not cover line {number}"
        for fix in line.fixes:
            assert line.span.start <= fix.span.start <= fix.span.end <= line.span.end, f"a fix leaves line {number}"
    assert reconstruct(article, page.raw) == raw, "the ledger does not give the raw text back"
    _check_body(article, page)
    for finding in article.findings():
        line = page.lines[finding.line]
        assert finding.rule, f"{finding} has no rule"
        assert line.span.start <= finding.span.start <= finding.span.end <= line.span.end, f"{finding} leaves its line"
    assert from_dict(to_dict(article, ledger=True)) == article, "the JSON form does not round-trip"


def _check_body(article: Article, page: Page) -> None:
    """The paragraphs are the text of the lines that nobody took, in order."""
    bodies = [entry.span for entry in article.ledger if entry.fate == "body"]
    assert len(bodies) == len(article.paragraphs), "as many body entries as paragraphs are meant"
    lines = {line.span.end: line for line in page.lines}
    for span, paragraph in zip(bodies, article.paragraphs, strict=True):
        line = lines[span.end]
        assert paragraph, "a paragraph is empty"
        assert line.text.endswith(paragraph), "a paragraph is not the text of its line"
        assert span.start == line.span.start or line.raw_span(len(line.text) - len(paragraph), len(line.text)).start == span.start


def accept(case: Case, parser: Parser | None = None) -> bool:
    """
    Write what is produced now into a case's ``expected.json``, on the keys it states already (all, if it has none).

    Returns:
        Whether the file changed. A person reads the difference before it is committed.

    """
    data = to_dict(_article(case, parser or Parser()))
    keys = case.expected if case.expected is not None else {"title", "authors", "published", "language", "paragraphs", "removals"}
    new: Expected = {key: _like((case.expected or {}).get(key), data[key]) for key in data if key in keys}
    text = json.dumps(new, ensure_ascii=False, indent=2) + "\n"
    path = case.path / "expected.json"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def _like(expected: Json, got: Json) -> Json:
    """`got`, on the keys that the case states."""
    if isinstance(got, dict) and isinstance(expected, dict) and expected:
        return {key: _like(expected.get(key), value) for key, value in got.items() if key in expected}
    if isinstance(got, list) and got and isinstance(got[0], dict):
        first = next((item for item in expected if isinstance(item, dict)), None) if isinstance(expected, list) else None
        keys = set(first) if first else {"name", "role", "kind", "text", "reason", "code"}
        return [{key: value for key, value in cast("dict[str, Json]", item).items() if key in keys} for item in got]
    return got
