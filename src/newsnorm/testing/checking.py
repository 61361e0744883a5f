"""Compare articles with the expectations of cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from newsnorm.parser import Parser, parse_page
from newsnorm.records import Article
from newsnorm.records.schema import Json, to_dict
from newsnorm.testing.case import CONTAINS, LACKS, Case, Expected, page_of
from newsnorm.testing.laws import check_laws


def check(case: Case, parser: Parser | None = None) -> None:
    """
    Parse a case, check the laws, and compare the article with the keys that the case states.

    Objects are compared on the stated keys, lists as a whole. Every stated item of ``removals`` and ``fixes`` must occur, and
    others may; an empty list demands that there are none. Each stretch in ``contains`` must occur in the report, and none in
    ``lacks``.

    Args:
        case: the case.
        parser: the parser; by default the default parser.

    Raises:
        AssertionError: something differs; the message has one line per difference.

    >>> from newsnorm.testing import cases, shipped
    >>> check(cases(shipped() / "untouched")[0])

    """
    page = page_of(case)
    article = parse_page(page, parser or Parser())
    check_laws(article, page)
    wrong = differences(case.expected or {}, article)
    if case.known_failure is not None:
        passing = [key for key in case.fails if key not in wrong] if wrong else ["the case"]
        if passing:
            raise AssertionError(
                f"{case}: {', '.join(passing)} passes now; change known_failure ({case.known_failure}) in {case.path}/about.toml"
            )
        wrong = {key: lines for key, lines in wrong.items() if case.fails and key not in case.fails}
    if wrong:  # not an assert statement, since pytest would add the expression to its message
        raise AssertionError("\n  ".join([f"{case} ({case.why})", *(line for lines in wrong.values() for line in lines)]))


def failure_of(case: Case, parser: Parser | None = None) -> str | None:
    """Return a description of how a case fails, or None if it passes."""
    try:
        check(case, parser)
    except AssertionError as error:
        return str(error)
    return None


def differences(expected: Expected, article: Article) -> dict[str, list[str]]:
    """Return the keys of an article that differ from the expected values, each with a line per difference."""
    data = to_dict(article) | {CONTAINS: article.text, LACKS: article.text}
    lines = {key: list(_difference(key, value, data[key])) for key, value in expected.items()}
    return {key: found for key, found in lines.items() if found}


def _difference(key: str, expected: Json, got: Json) -> Iterator[str]:
    """Describe how one key of an article differs from the expected value."""
    if key in (CONTAINS, LACKS):
        wanted = key == CONTAINS
        yield from (f"{key}: {text!r}" for text in cast("list[str]", expected) if (text in str(got)) is not wanted)
    elif key in ("removals", "fixes") and isinstance(expected, list) and expected:
        rows = cast("list[Json]", got)
        yield from (f"{key}: missing {item!r}" for item in expected if not any(_fits(item, row) for row in rows))
    elif key == "paragraphs" and expected != got:
        yield from _paragraphs(cast("list[str]", expected), cast("list[str]", got))
    elif not _fits(expected, got):
        yield f"{key}: expected {expected!r}, got {got!r}"


def _paragraphs(expected: list[str], got: list[str]) -> list[str]:
    wrong = [f"paragraph lost: {text!r}" for text in expected if text not in got]
    wrong.extend(f"paragraph too many: {text!r}" for text in got if text not in expected)
    return wrong or [f"paragraphs: another order or number: expected {len(expected)}, got {len(got)}"]


def _fits(expected: Json, got: Json) -> bool:
    """Return whether `got` has the expected values; objects are compared on the expected keys, lists as a whole."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(key in got and _fits(value, got[key]) for key, value in expected.items())
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(_fits, expected, got))
    return expected == got
