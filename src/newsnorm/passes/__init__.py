"""List the passes, each of which answers one question; their order is the whole policy."""

from __future__ import annotations

from newsnorm.page.state import CodeRule, Found, Pass, find_all
from newsnorm.passes import (
    byline,
    caption,
    comment_threads,
    credit,
    dateline,
    dates,
    extent,
    facts,
    figures,
    set_aside,
    standfirst,
    structure,
    title,
)
from newsnorm.passes.byline import find_bylines
from newsnorm.passes.caption import find_captions
from newsnorm.passes.closing import find_closing
from newsnorm.passes.comment_threads import find_comment_threads
from newsnorm.passes.correction import find_corrections
from newsnorm.passes.credit import find_credits
from newsnorm.passes.curated import find_curated
from newsnorm.passes.dateline import find_dateline
from newsnorm.passes.dates import find_dates
from newsnorm.passes.extent import find_extent
from newsnorm.passes.facts import find_facts
from newsnorm.passes.figures import find_figures
from newsnorm.passes.learned_lines import find_learned
from newsnorm.passes.set_aside import find_set_aside
from newsnorm.passes.standfirst import find_standfirst
from newsnorm.passes.structure import find_addresses, find_code, find_orphans, find_repeats, find_ruled_off
from newsnorm.passes.title import find_title

PASSES: tuple[Pass, ...] = (
    find_figures,  # first: pictures and posts, also in lines that the markup sets aside
    find_set_aside,  # no other pass sees these lines
    find_code,  # before phrases: a script contains many
    find_ruled_off,  # before the title: they are not titles, whatever is above them
    find_curated,  # phrases before fields: "By using this site" is not a byline
    find_captions,  # before the title: a description of a picture is neither title nor standfirst
    find_title,  # … and the lines that merely repeat it; names and dates are evidence for it before any of them is chosen
    find_dates,  # after the title: the nearer to it, the likelier
    find_addresses,  # the day in it has been read
    find_bylines,  # after both, for the same reason
    find_facts,  # the claims that no field took
    find_standfirst,  # after bylines and dates, which set it apart
    find_corrections,  # they take no line, so before a pass may take theirs
    find_credits,
    find_comment_threads,  # after the title: a thread begins below the report
    find_repeats,  # paragraphs that occur twice
    find_learned,  # lines that a site repeats: after the fields, or columnists would vanish
    find_extent,  # weighs what is left, so everything certain must be known
    find_closing,  # is in the last line that is left
    find_dateline,  # is in the first line that is left, so everything else above must be gone
    find_orphans,  # last: doubtful lines, judged by neighbours that are certain
)

CODE_RULES: tuple[CodeRule, ...] = tuple(
    rule
    for module in (
        *(figures, set_aside, comment_threads, caption, title, byline, dates),
        *(credit, facts, standfirst, extent, dateline, structure),
    )
    for rule in module.CODE_RULES
)
"""The rules implemented in code, for ``docs/rules.md`` and ``newsnorm explain``."""

__all__ = [
    "CODE_RULES",
    "PASSES",
    "CodeRule",
    "Found",
    "Pass",
    "find_addresses",
    "find_all",
    "find_bylines",
    "find_captions",
    "find_closing",
    "find_code",
    "find_comment_threads",
    "find_corrections",
    "find_credits",
    "find_curated",
    "find_dateline",
    "find_dates",
    "find_extent",
    "find_facts",
    "find_figures",
    "find_learned",
    "find_orphans",
    "find_repeats",
    "find_ruled_off",
    "find_set_aside",
    "find_standfirst",
    "find_title",
]
