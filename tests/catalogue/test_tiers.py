"""What a removal needs besides its words: nothing, its place, or lines on both sides that are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsnorm import Catalogue, CatalogueError, Parser, Removal
from newsnorm.passes import find_all, find_curated

PROSE = "The quay closes on Monday because two of its pillars are broken, the port said in a statement."

RULES = """
[[removal]]
id = 'ours.removal.alone'
kind = 'line'
reason = 'advert'
phrases = ['Kiosk of the day']

[[removal]]
id = 'ours.removal.between'
kind = 'line'
reason = 'advert'
tier = 3
phrases = ['Kiosk', 'Stall']

[[removal]]
id = 'ours.removal.in-place'
kind = 'line'
reason = 'advert'
tier = 2
phrases = ['At the kiosk', 'At the stall']

[[removal]]
id = 'ours.removal.in-tail'
kind = 'label'
reason = 'related'
tier = 2
zone = 'tail'
phrases = ['From the kiosk']
"""


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Parser:
    file = tmp_path_factory.mktemp("rules") / "ours.toml"
    file.write_text(RULES, encoding="utf-8")
    return Parser(catalogue=Catalogue.default() | Catalogue.load(file))


def removed(parser: Parser, lines: tuple[str, ...]) -> list[str]:
    """What goes of a page of a title, these lines, and `PROSE` for each dot."""
    text = "\n".join(["Quay to close", *(PROSE if line == "." else line for line in lines)])
    page = parser.page(text)
    findings = sorted(find_all(page, parser.catalogue, (find_curated,)), key=lambda finding: finding.line)
    return [finding.text for finding in findings if isinstance(finding, Removal)]


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        ((".", "At the kiosk", "."), []),
        (("At the kiosk", ".", "."), ["At the kiosk"]),
        ((".", ".", "At the kiosk"), ["At the kiosk"]),
        ((".", "Kiosk of the day", "", "At the kiosk", "."), ["Kiosk of the day", "At the kiosk"]),
        ((".", "At the kiosk", "At the stall", "."), ["At the kiosk", "At the stall"]),
        ((".", "At the kiosk", "Kiosk", "."), []),
        (("From the kiosk", "Tram on time", "."), []),
        ((".", "From the kiosk", "Tram on time"), ["From the kiosk", "Tram on time"]),
        (("At the kiosk", "Tram on time", "Kiosk of the day"), ["Kiosk of the day"]),  # nothing here is prose
    ],
)
def test_tier_2_acts_in_its_place_or_beside_its_like(parser: Parser, lines: tuple[str, ...], gone: list[str]) -> None:
    assert removed(parser, lines) == gone


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        (("Kiosk", ".", "Stall"), []),
        ((".", "Kiosk of the day", "Kiosk", "."), ["Kiosk of the day"]),
        ((".", "Kiosk of the day", "Kiosk"), ["Kiosk of the day", "Kiosk"]),
        (
            (".", "Kiosk of the day", "Kiosk", "Stall", "Kiosk of the day", "."),
            ["Kiosk of the day", "Kiosk", "Stall", "Kiosk of the day"],
        ),
    ],
)
def test_tier_3_acts_between_lines_that_are_gone(parser: Parser, lines: tuple[str, ...], gone: list[str]) -> None:
    assert removed(parser, lines) == gone


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrases = ['a']\nreason = 'advert'\ntier = 4", "tier = 4"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'run'\nphrases = ['a']\nreason = 'advert'\ntier = 2", "only removals may"),
        ("[[credit]]\nid = 'x.credit.y'\nkind = 'template'\nphrases = ['Via {source}']\ntier = 2", "only removals may"),
    ],
)
def test_a_wrong_tier_is_refused(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "our.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=says):
        Catalogue.load(file)
