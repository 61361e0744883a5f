"""Sums over elements, beside the slow and obvious way of working them out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.page.markup_tree import ElementTree
from newsnorm.records.markup import Element, Markup


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    """Draw the parents of elements in the order of a source: each is the last open one or one around it."""
    parents, open_elements = [-1], [0]
    for index in range(1, draw(st.integers(1, 40))):
        del open_elements[draw(st.integers(1, len(open_elements))) :]
        parents.append(open_elements[-1])
        open_elements.append(index)
    return parents


def tree_of(parents: list[int]) -> ElementTree:
    return ElementTree.of([Element(parent, "div", "", 0, False, 0) for parent in parents])


def ancestors(parents: list[int], index: int) -> list[int]:
    """Return an element and all around it, innermost first."""
    chain = [index]
    while parents[chain[-1]] >= 0:
        chain.append(parents[chain[-1]])
    return chain


@given(trees())
def test_sums_are_those_of_all_that_an_element_contains(parents: list[int]) -> None:
    values = np.arange(len(parents), dtype=float) ** 2 + 1
    slow = [sum(values[other] for other in range(len(parents)) if at in ancestors(parents, other)) for at in range(len(parents))]
    assert tree_of(parents).sums(values).tolist() == slow


@given(trees())
def test_depth_end_and_chain_are_those_of_the_tree(parents: list[int]) -> None:
    tree = tree_of(parents)
    for at in range(len(parents)):
        inside = [other for other in range(len(parents)) if at in ancestors(parents, other)]
        assert tree.depth[at] == len(ancestors(parents, at)) - 1
        assert (at, int(tree.end[at])) == (inside[0], inside[-1] + 1)
        assert tree.chain(at) == ancestors(parents, at)


@given(trees())
def test_what_is_inherited_combines_an_element_with_all_around_it(parents: list[int]) -> None:
    bits = 1 << (np.arange(len(parents), dtype=np.int64) % 50)
    inherited = tree_of(parents).inherited(bits, np.bitwise_or)
    for at in range(len(parents)):
        assert inherited[at] == np.bitwise_or.reduce(bits[ancestors(parents, at)])


def test_a_tree_of_any_depth_inherits_from_its_root() -> None:
    for depth in (1, 2, 3, 4, 5, 8, 9, 2_000):
        tree = tree_of([-1, *range(depth)])
        values = np.zeros(depth + 1, np.int64)
        values[0] = 7
        assert tree.inherited(values, np.bitwise_or).tolist() == [7] * (depth + 1)
        assert tree.depth.tolist() == list(range(depth + 1))


@given(trees(), st.sets(st.integers(1, 40)))
def test_the_innermost_of_some_elements_is_the_first_on_the_way_out(parents: list[int], among: set[int]) -> None:
    found = Markup(elements=tuple(Element(parent, "div", "", 0, False, 0) for parent in parents)).innermost(among)
    assert list(found) == [next((each for each in ancestors(parents, at) if each in among), 0) for at in range(len(parents))]


@given(trees())
def test_both_ways_of_adding_up_agree(parents: list[int]) -> None:
    values = [index**2 + 1 for index in range(len(parents))]
    markup = Markup(elements=tuple(Element(parent, "div", "", 0, False, 0) for parent in parents))
    assert markup.sums(values) == tree_of(parents).sums(np.array(values, float)).tolist()
