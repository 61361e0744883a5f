"""What lies stranded between removals?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.passes.found import CodeRule, Found, closes
from newsnorm.records import Line, Page, Removal

STRANDED = CodeRule("structure.stranded", "A short line below the report, between two removals, that is no sentence.")
CODE_RULES = (STRANDED,)

LEFTOVER = 40
"""Characters: a counter, a name of a network, a form field."""


def find_stranded(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """Runs last and looks only at what lies below the last prose, between removals: certain first, doubtful from its neighbours."""
    del rules
    between: list[Line] = []
    open_ = False  # whether a removal stands above
    for line in page.lines[found.body_end :] if found.body_end else ():
        if not line.text:
            continue
        taken = found.taken(line.number)
        if taken is None:
            if len(line.text) > LEFTOVER or closes(line.text):
                between, open_ = [], False
            elif open_:
                between.append(line)
            continue
        if isinstance(taken, Removal):
            for left in between:
                span = left.raw_span(0, len(left.text))
                yield Removal(line=left.number, span=span, text=left.text, rule=STRANDED.id, reason="stranded")
            between, open_ = [], True
        else:
            between, open_ = [], False
