"""No module imports itself in a circle: not in the library, not in tools and benchmarks, not inside a function either."""

from __future__ import annotations

from gate import import_graph


def test_no_module_imports_itself_in_a_circle() -> None:
    found = import_graph.cycles(import_graph.import_graph())
    assert not found, "these modules import each other: " + "; ".join(" <-> ".join(group) for group in found)


def test_a_circle_is_found() -> None:
    graph = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("b"), "d": frozenset("a")}
    assert import_graph.cycles(graph) == [["b", "c"]]


def test_every_module_is_seen() -> None:
    graph = import_graph.import_graph()
    assert {"newsnorm", "newsnorm.parser", "golden", "speed"} <= graph.keys()
    assert "newsnorm.catalogue" in graph["newsnorm.parser"]
