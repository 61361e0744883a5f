"""Tables, lists and sections that stay are not torn."""

from __future__ import annotations

import numpy as np
import pytest

from newsnorm.page.units import Unit
from newsnorm.passes.extent_structure import keep_alike, keep_structure
from newsnorm.read import raw_article, read
from newsnorm.records import Metadata

LONG = "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday."


def kept(html: str, stays: str, free: str = "") -> list[str]:
    """The texts that stay; `stays` has ``1`` for each line that stays by itself, `free` ``0`` for each that is taken."""
    page = read(raw_article(f"<body>{html}</body>", Metadata(media_type="text/html")))
    units = [Unit((line,), line.text) for line in page.lines if line.text]
    mask = np.array([sign == "1" for sign in stays])
    open_ = np.array([sign == "1" for sign in free or "1" * len(stays)])
    return [unit.text for unit, stay in zip(units, keep_structure(mask, open_, units, page.markup), strict=True) if stay]


def test_the_cells_of_a_table_that_stays_stay() -> None:
    table = "<table><tr><td>Quay<td>12<tr><td>Pier<td>14</table>"
    assert kept(table, "1101") == ["Quay", "12", "Pier", "14"]
    assert kept(table, "0100") == ["12"]


def test_a_table_that_arranges_a_page_is_none() -> None:
    assert kept(f"<table><tr><td>{LONG}<tr><td>{LONG}<tr><td>Counter</table>", "110") == [LONG, LONG]


def test_what_another_pass_took_stays_taken() -> None:
    assert kept("<ul><li>One<li>Two<li>Three<li>Four</ul>", "1010", "1110") == ["One", "Two", "Three"]


def test_links_and_long_items_do_not_come_back() -> None:
    assert kept(f"<ul><li>One<li>Two<li><a href='/3'>Three</a><li>{LONG}</ul>", "1100") == ["One", "Two"]


def test_two_items_are_no_list() -> None:
    assert kept("<ul><li>One<li>Two</ul>", "10") == ["One"]


@pytest.mark.parametrize(
    ("html", "stays", "stay"),
    [
        (f"<p>{LONG}</p><h2>Ferries</h2><p>{LONG}</p>", "101", True),
        (f"<p>{LONG}</p><h2>Ferries</h2><p>{LONG}</p>", "001", False),
        (f"<p>{LONG}</p><h2>Ferries</h2><p>{LONG}</p>", "100", False),
        (f"<p>{LONG}</p><h2>Ferries</h2><p>Read more</p>", "101", False),
        (f"<p>{LONG}</p><h2><a href='/1'>Ferries</a></h2><p>{LONG}</p>", "101", False),
        (f"<p>{LONG}</p><div><h2>Ferries</h2></div><p>{LONG}</p>", "101", False),
    ],
)
def test_the_heading_of_a_section_that_stays_stays(html: str, stays: str, *, stay: bool) -> None:
    assert ("Ferries" in kept(html, stays)) == stay


def kept_with_alike(html: str, stays: str, may_stay: str) -> str:
    """Which lines stay, as `kept` takes them: ``1`` for each that does."""
    page = read(raw_article(f"<body>{html}</body>", Metadata(media_type="text/html")))
    units = [Unit((line,), line.text) for line in page.lines if line.text]
    mask, may = (np.array([sign == "1" for sign in signs]) for signs in (stays, may_stay))
    return "".join("01"[stay] for stay in keep_alike(mask, may, units, page.markup).tolist())


def test_a_paragraph_stays_with_those_that_are_marked_up_alike() -> None:
    prose = f"<div>{f'<p class=story>{LONG}</p>' * 4}</div>"
    assert kept_with_alike(prose, "1110", "0001") == "1111"
    assert kept_with_alike(prose, "1110", "0000") == "1110"  # something known speaks against it
    assert kept_with_alike(prose, "1100", "0011") == "1100"  # too few stay


def test_a_paragraph_of_another_element_or_class_does_not_stay_with_others() -> None:
    story = f"<p class=story>{LONG}</p>" * 3
    assert kept_with_alike(f"<div>{story}<p class=note>{LONG}</p></div>", "1110", "0001") == "1110"
    assert kept_with_alike(f"<div>{story}</div><div><p class=story>{LONG}</p></div>", "1110", "0001") == "1110"
    assert kept_with_alike(f"<div>{story}<p class=story>Ferries</p></div>", "1110", "0001") == "1110"
