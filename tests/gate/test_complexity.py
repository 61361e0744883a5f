"""No function, method or class of sources, tools and benchmarks is more complex than `LIMIT`, as radon counts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from folders import ROOT

radon = pytest.importorskip("radon.complexity", reason="the complexity gate needs the extra dev")

LIMIT = 20
"""Cyclomatic complexity; a function should stay at 12 (ruff's C901), and this is the hard limit."""


def blocks() -> Iterator[tuple[str, int]]:
    """Yield each function, method and class as ``path:name``, with its complexity."""
    for folder in ("src", "tools", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for block in radon.cc_visit(path.read_text(encoding="utf-8")):
                yield f"{path.relative_to(ROOT).as_posix()}:{block.fullname}", block.complexity


def test_nothing_is_more_complex_than_the_limit() -> None:
    over = sorted(f"{name} ({complexity})" for name, complexity in blocks() if complexity > LIMIT)
    assert not over, f"over complexity {LIMIT}; split into functions that each answer one question: {', '.join(over)}"


def test_a_complex_function_is_counted() -> None:
    (block,) = radon.cc_visit("def f(a):\n" + "    if a:\n        a -= 1\n" * LIMIT)
    assert block.complexity == LIMIT + 1
