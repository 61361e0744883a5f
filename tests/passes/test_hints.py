"""Rules of kind hint: what they take is in an element with a name."""

from __future__ import annotations

import pytest

import newsnorm
from newsnorm.catalogue import Catalogue, Rule
from newsnorm.passes import find_curated

PAGE = """<body class="page"><main id="Story"><p>The quay closes on Monday.</p>
<div class="wide Related-Box"><p>Tram back on track</p><ul role="list"><li>Fares rise</li></ul></div>
<aside>Weather</aside></main></body>"""


def removed(*phrases: str, html: str = PAGE, media_type: str = "text/html") -> list[str]:
    rule = Rule(id="ours.removal.box", table="removal", kind="hint", phrases=phrases, reason="related")
    parser = newsnorm.Parser(catalogue=Catalogue(rules=(rule,)), passes=(find_curated,))
    return [removal.text for removal in parser.parse(html, media_type=media_type).removals]


@pytest.mark.parametrize(
    ("phrase", "lines"),
    [
        ("related-box", ["Tram back on track", "Fares rise"]),
        ("RELATED-BOX", ["Tram back on track", "Fares rise"]),
        ("aside", ["Weather"]),
        ("li", ["Fares rise"]),
        ("list", ["Fares rise"]),
        ("related", []),
        ("story", ["The quay closes on Monday.", "Tram back on track", "Fares rise", "Weather"]),
    ],
)
def test_a_hint_takes_the_lines_in_an_element_with_its_name(phrase: str, lines: list[str]) -> None:
    assert removed(phrase) == lines


def test_a_hint_never_acts_on_plain_text() -> None:
    assert removed("p", "body", html="The quay closes on Monday.\naside", media_type="text/plain") == []


def test_the_innermost_rule_is_named() -> None:
    rules = tuple(
        Rule(id=f"ours.removal.{name}", table="removal", kind="hint", phrases=(name,), reason="related")
        for name in ("related-box", "li")
    )
    parser = newsnorm.Parser(catalogue=Catalogue(rules=rules), passes=(find_curated,))
    removals = parser.parse(PAGE, media_type="text/html").removals
    assert [removal.rule for removal in removals] == ["ours.removal.related-box", "ours.removal.li"]
