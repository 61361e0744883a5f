"""Which lines of a page belong to no report, by the markup around them?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.passes.likelihood_wording import word_likelihood
from newsnorm.records import Page, Removal

OUTSIDE = CodeRule("markup.outside", "Lines whose markup is that of menus, teasers and forms, by its features.")
CODE_RULES = (OUTSIDE,)

REASONS = 2
"""How many features a finding names."""


def find_set_aside(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """State the lines that the markup of the page sets aside; other passes are not shown them."""
    markup = found.layout.markup
    if markup is not None:
        for line, likely, against in markup.against(REASONS):
            yield removed(line, OUTSIDE, "other-text", word_likelihood(likely, against))
