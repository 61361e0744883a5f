"""Read which module imports which from the sources, without running them; imports inside functions count."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from folders import ROOT

Graph = Mapping[str, frozenset[str]]
"""The modules that each module imports, by dotted name. A tool or a benchmark goes by the name of its file."""


def project_modules() -> dict[str, Path]:
    """Return the file of each module of ``src``, ``tools`` and ``benchmarks``."""
    modules = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        parts = path.relative_to(ROOT / "src").with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    for folder in ("tools", "benchmarks"):
        modules.update((path.stem, path) for path in sorted((ROOT / folder).glob("*.py")))
    return modules


def import_graph() -> Graph:
    """Return the import graph of the project, limited to its own modules."""
    modules = project_modules()
    return {name: frozenset(imports_of(name, path, modules)) - {name} for name, path in modules.items()}


def imports_of(name: str, path: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    """Yield the project's modules that one file imports, wherever in the file."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = imported_from(node, package)
            wanted = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in modules else base for alias in node.names]
        else:
            continue
        yield from (module for module in wanted if module in modules)


def imported_from(node: ast.ImportFrom, package: str) -> str:
    """Return the dotted name after ``from``, relative ones resolved against `package`."""
    if not node.level:
        return node.module or ""
    parents = package.split(".")
    return ".".join([*parents[: len(parents) - node.level + 1], *([node.module] if node.module else [])])


def cycles(graph: Graph) -> list[list[str]]:
    """
    Return the groups of modules that import each other in a circle, each sorted.

    Two modules share a group if each is reachable from the other.

    >>> cycles({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("b"), "d": frozenset("a")})
    [['b', 'c']]

    """
    reached = {name: reachable(graph, name) for name in graph}
    groups = {tuple(sorted(other for other in reached[name] if name in reached[other])) for name in graph}
    return [list(group) for group in sorted(groups) if group]


def reachable(graph: Graph, start: str) -> frozenset[str]:
    """Return every module that `start` imports, directly or through others; `start` too, if a circle leads back."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return frozenset(found)
