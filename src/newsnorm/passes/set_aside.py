"""Report the lines of a page that don't belong to any report, by the markup around them."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.passes.likelihood_wording import LaterWordings
from newsnorm.records import Page, Removal
from newsnorm.records.findings import saying_why_later
from newsnorm.records.markup import SET_ASIDE

OUTSIDE = CodeRule(SET_ASIDE, "Lines whose markup has the features of menus, teasers or forms.", is_sure=True)
CODE_RULES = (OUTSIDE,)

REASONS = 2
"""Most features that a finding names."""


def find_set_aside(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """Yield the lines that the markup of the page sets aside; other passes don't see them."""
    markup = found.layout.markup
    if markup is not None:
        wordings = LaterWordings(markup.set_aside_likely, markup.against(REASONS))
        for index, line in enumerate(markup.set_aside):
            yield saying_why_later(removed(line, OUTSIDE, "other-text"), wordings.of(index))
