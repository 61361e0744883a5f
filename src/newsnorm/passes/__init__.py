"""The passes: one question each, and their order, which is the whole policy."""

from __future__ import annotations

from newsnorm.passes import byline, comments, credit, dateline, dates, extent, structure, title
from newsnorm.passes.byline import find_bare_names, find_bylines
from newsnorm.passes.comments import find_threads
from newsnorm.passes.credit import find_credits
from newsnorm.passes.dateline import find_dateline
from newsnorm.passes.dates import find_dates
from newsnorm.passes.extent import find_extent
from newsnorm.passes.found import CodeRule, Found, Pass, find_all
from newsnorm.passes.phrases import find_curated, find_learned
from newsnorm.passes.structure import find_code, find_repeats, find_stranded
from newsnorm.passes.title import find_title

PASSES: tuple[Pass, ...] = (
    find_code,  # before phrases: a script holds many
    find_curated,  # phrases before fields: "By using this site" is no byline
    find_bylines,  # fields before the title: what they take can't be taken for a headline
    find_dates,  # after bylines: "By María Pérez, 20 June 2024" yields both
    find_credits,
    find_title,  # … and the lines that merely repeat it
    find_bare_names,  # a name without a word that marks it counts only below a title
    find_threads,  # after the title: a thread begins below the report
    find_repeats,  # paragraphs that stand twice
    find_learned,  # lines a corpus repeats: after the fields, or columnists vanish
    find_extent,  # weighs what is left, so all that is certain must be known
    find_dateline,  # sits in the first line that is left, so all else above it must be gone
    find_stranded,  # last: the doubtful, from neighbours that are certain
)

CODE_RULES: tuple[CodeRule, ...] = tuple(
    rule for module in (comments, title, byline, dates, credit, extent, dateline, structure) for rule in module.CODE_RULES
)
"""The rules that code decides, for ``docs/rules.md`` and ``newsnorm explain``."""

__all__ = [
    "CODE_RULES",
    "PASSES",
    "CodeRule",
    "Found",
    "Pass",
    "find_all",
    "find_bare_names",
    "find_bylines",
    "find_code",
    "find_credits",
    "find_curated",
    "find_dateline",
    "find_dates",
    "find_extent",
    "find_learned",
    "find_repeats",
    "find_stranded",
    "find_threads",
    "find_title",
]
