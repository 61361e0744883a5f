"""Compare articles with the expectations of cases, and update these."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import cast

from newsnorm.parser import Parser, parse_page
from newsnorm.records import Article
from newsnorm.records.schema import Json, to_dict
from newsnorm.testing.case import CONTAINS, LACKS, Case, Expected, page_of
from newsnorm.testing.laws import check_laws

USUAL_KEYS = frozenset({"title", "authors", "published", "language", "paragraphs", "removals"})
"""Keys that `accept` writes for a case that states none."""

USUAL_ITEM_KEYS = frozenset({"name", "role", "kind", "text", "reason", "code"})
"""Keys that `accept` writes for the objects in a list, if the case states none."""


def check(case: Case, parser: Parser | None = None) -> None:
    """
    Parse a case, check the laws, and compare the article with the keys that the case states.

    Objects are compared on the stated keys, lists as a whole. Of ``removals`` and ``fixes`` every stated one must occur, and
    others may; an empty list demands that there is none. Each stretch in ``contains`` must occur in the report, and none in
    ``lacks``.

    Args:
        case: the case.
        parser: the parser; the default one unless given.

    Raises:
        AssertionError: something differs; the message has one line per difference.

    >>> from newsnorm.testing import cases, shipped
    >>> check(cases(shipped() / "untouched")[0])

    """
    page = page_of(case)
    article = parse_page(page, parser or Parser())
    check_laws(article, page)
    wrong = _differences(case.expected or {}, article)
    if case.known_failure is not None:
        passing = [key for key in case.fails if key not in wrong] if wrong else ["the case"]
        assert not passing, (
            f"{case}: {', '.join(passing)} passes now; change known_failure ({case.known_failure}) in {case.path}/about.toml"
        )
        wrong = {key: lines for key, lines in wrong.items() if case.fails and key not in case.fails}
    assert not wrong, "\n  ".join([f"{case} ({case.why})", *(line for lines in wrong.values() for line in lines)])


def _differences(expected: Expected, article: Article) -> dict[str, list[str]]:
    """Return the keys that differ, each with a line per difference."""
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


def accept(case: Case, parser: Parser | None = None) -> bool:
    """
    Write the present article to the ``expected.json`` of a case.

    Only the keys that the case states are written; ``contains`` and ``lacks`` stay as they are. A case without the file gets
    title, authors, date, language, paragraphs and removals. Review the change before you commit it.

    Args:
        case: the case.
        parser: the parser; the default one unless given.

    Returns:
        Whether the file changed.

    """
    data = to_dict(parse_page(page_of(case), parser or Parser()))
    stated = case.expected or {}
    keys = USUAL_KEYS if case.expected is None else stated.keys()
    new: Expected = {key: _like(stated.get(key), data[key]) for key in data if key in keys}
    new |= {key: stated[key] for key in (CONTAINS, LACKS) if key in stated}
    text = json.dumps(new, ensure_ascii=False, indent=2) + "\n"
    path = case.path / "expected.json"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def _like(expected: Json, got: Json) -> Json:
    """Reduce `got` to the keys that the case states."""
    if isinstance(got, dict) and isinstance(expected, dict) and expected:
        return {key: _like(expected.get(key), value) for key, value in got.items() if key in expected}
    if isinstance(got, list) and got and isinstance(got[0], dict):
        keys = _stated_keys(expected)
        return [{key: value for key, value in cast("dict[str, Json]", item).items() if key in keys} for item in got]
    return got


def _stated_keys(expected: Json) -> Collection[str]:
    """Return the keys of the first object in an expected list, or the usual ones."""
    objects = [item for item in expected if isinstance(item, dict)] if isinstance(expected, list) else []
    return objects[0].keys() if objects and objects[0] else USUAL_ITEM_KEYS
