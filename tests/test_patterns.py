"""No expression of ours is slower than linear: each is found by itself and run on floods of 100 KB, in the ways it is used."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import cast

import attrs
import pytest

import newsnorm
from newsnorm import fields
from newsnorm.spark.extra import is_installed as spark_is_installed
from newsnorm.text.lazy_regex import LazyRegex

SIZE = 100_000
"""Characters of a flood."""

SMALLER = (1_500, 4_500, 13_500)
"""What is slower than linear shows here, before it takes minutes."""

LIMIT = 0.05
"""Seconds of the process for one run over `SIZE`."""

LINEAR, QUARTER = 10.0, SIZE // 4
"""A run over the limit may be due to a busy machine: then four times the text may take so many times as long, and no more."""

BUSY = 4
"""Times the limit that it may take then."""

FLOODS = {
    "spaces": " ",
    "newlines": "\n",
    "digits": "7",
    "letters": "a",
    "capitals": "A",
    "dots": ".",
    "commas": ",",
    "colons": ":",
    "hyphens": "-",
    "dashes": "— ",
    "slashes": "/",
    "pipes": "| ",
    "underscores": "_",
    "apostrophes": "'",
    "quotes": '"',
    "opening brackets": "(",
    "closing brackets": ")",
    "square brackets": "[",
    "less-than signs": "<",
    "ats": "@",
    "ampersands": "&",
    "ideographs": "的",
    "kana": "ア",
    "combining marks": "\u0301",
    "accents apart": "e\u0301",
    "words": "a ",
    "titled words": "Ab ",
    "names in a list": "Ab, ",
    "initials": "A.",
    "numbers with dots": "1.",
    "numbers": "1 ",
    "times": "1:",
    "days": "3/",
    "days by name": "May 3, ",
}

OPENED = {"open tag": ("<", "a"), "open bracket": ("(", "a "), "spaces behind a bracket": (")", " "), "address": ("a@", "a")}
"""What stands once before a flood."""

WAYS = {
    "match": ("match",),
    "fullmatch": ("fullmatch",),
    "search": ("search",),
    **dict.fromkeys(("findall", "finditer", "split", "sub", "subn"), ("findall",)),
}
"""How an expression is called → how it is run here."""

ALL_WAYS = ("match", "fullmatch", "search", "findall")


@attrs.frozen
class Found:
    """An expression, where it was found, and how it is used."""

    where: str
    pattern: re.Pattern[str] | re.Pattern[bytes]
    ways: tuple[str, ...]


def modules() -> Iterator[ModuleType]:
    yield newsnorm
    for module in pkgutil.walk_packages(newsnorm.__path__, "newsnorm."):
        is_importable = spark_is_installed() or not module.name.startswith("newsnorm.spark.")
        if "test_" not in module.name and is_importable:
            yield importlib.import_module(module.name)


def used() -> dict[str, set[str]]:
    """Name of an expression (with its module's, if it is private) → the methods that are called on it."""
    ways: dict[str, set[str]] = {}
    for module in modules():
        for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in WAYS:
                name = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
                ways.setdefault(f"{module.__name__}.{name}" if name.startswith("_") else name, set()).add(node.attr)
    return ways


def is_foreign(value: object) -> bool:
    code = isinstance(value, (type, FunctionType, BuiltinFunctionType, MethodType))
    return isinstance(value, ModuleType) or (code and not str(getattr(value, "__module__", "")).startswith("newsnorm"))


def every_pattern() -> list[Found]:
    """All expressions that can be reached from our modules: in names, tuples, classes, records, closures and caches."""
    code = "<script>window.open();</script>\nThe quay closes."
    for text in (
        "Quay to close\nBy María Pérez\n3 May 2024\n\nKIEL (dpa) - The quay closes.\nSource: dpa",
        "港口\n记者 王芳",
        code,
    ):
        newsnorm.parse(text, url="https://www.example.com/2024/05/03/quay-to-close", fetched="2024-05-03T10:00")
    fields.parse_date("yesterday", reference="2024-05-03")  # fills what is made on first use
    ways, seen, found = used(), set[int](), dict[tuple[object, int], Found]()
    queue = deque((module.__name__, cast("object", vars(module))) for module in modules())
    while queue:
        where, value = queue.popleft()
        if id(value) in seen or is_foreign(value):
            continue
        seen.add(id(value))
        if isinstance(value, LazyRegex):
            value = value.compiled
        if isinstance(value, re.Pattern):
            name = where.rpartition(".")[2]
            calls = ways.get(where if name.startswith("_") else name, set())
            runs = tuple(way for way in ALL_WAYS if not calls or any(way in WAYS[call] for call in calls))
            known = found.get((value.pattern, value.flags))
            if known is None or len(known.ways) < len(runs):
                found[value.pattern, value.flags] = Found(where, value, runs)
        elif isinstance(value, dict) and str(value.get("__name__", "newsnorm")).startswith("newsnorm"):
            # What a loader keeps is none of ours.
            own = ((key, part) for key, part in value.items() if str(key)[:2] != "__")
            queue.extend((f"{where}.{key}" if isinstance(key, str) else where, part) for key, part in own)
        elif not isinstance(value, dict):
            queue.extend((where, part) for part in gc.get_referents(value) if not isinstance(part, (str, bytes, int, float)))
    return sorted(found.values(), key=lambda each: (each.where, str(each.pattern.pattern)))


FOUND = every_pattern()


def seconds(run: Callable[[str | bytes], object], flood: tuple[str, str], size: int, *, as_bytes: bool) -> float:
    opening, unit = flood
    text = opening + unit * (size // len(unit))
    data = text.encode()[:size] if as_bytes else text
    start = time.process_time()
    run(data)
    return time.process_time() - start


def is_fast(each: Found, way: str, flood: tuple[str, str]) -> bool:
    run, as_bytes = getattr(each.pattern, way), isinstance(each.pattern.pattern, bytes)
    for size in (*SMALLER, SIZE):
        took = seconds(run, flood, size, as_bytes=as_bytes)
        if took >= LIMIT and size < SIZE:
            return False
    if took >= LIMIT:
        took = min(took, *(seconds(run, flood, SIZE, as_bytes=as_bytes) for _ in range(2)))
    if took >= LIMIT:
        quarter = min(seconds(run, flood, QUARTER, as_bytes=as_bytes) for _ in range(3))
        return took < BUSY * LIMIT and took < LINEAR * quarter
    return True


def test_expressions_are_found_wherever_they_are_kept() -> None:
    places = {each.where for each in FOUND}
    assert len(FOUND) > 100
    assert {"newsnorm.assemble", "newsnorm.cli"}.isdisjoint(places)
    assert any(each.where.startswith("newsnorm.read") for each in FOUND)


@pytest.mark.slow
@pytest.mark.parametrize("each", FOUND, ids=[f"{number}-{each.where}" for number, each in enumerate(FOUND)])
def test_an_expression_is_linear(each: Found) -> None:
    floods = {**{name: ("", unit) for name, unit in FLOODS.items()}, **OPENED}
    slow = [f"{way} on {name}" for way in each.ways for name, flood in floods.items() if not is_fast(each, way, flood)]
    assert not slow, f"{each.where} = {ascii(each.pattern.pattern)[:300]} is slow: {', '.join(slow)}"


def test_a_slow_expression_is_told() -> None:
    quadratic = Found("here", re.compile(r"\s+x"), ("search",))
    assert not is_fast(quadratic, "search", ("", " "))
    assert is_fast(quadratic, "search", ("", "a"))
