"""Which lines are phrases that people wrote down as boilerplate, or that a corpus repeats?"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from newsnorm.catalogue import Match, Rule, Rules
from newsnorm.catalogue.rules import Table, Tier
from newsnorm.grammar.credit import agency_in, style_of
from newsnorm.page.prose import closes
from newsnorm.page.state import Found, day_of
from newsnorm.records import Line, Page, Reason, Removal
from newsnorm.text.folding import fold_numbers

RUN = 3
"""Neighbours that are each in a list: three share buttons are a share row, one alone may be a word of the report."""

TITLE_LIKE = 160
"""Characters: the longest line that goes with a label above it."""

FOLLOWERS = 30
"""Lines that go with a label below the report; chosen, not measured."""

TRAILERS: frozenset[Reason] = frozenset({"agency-trailer", "copyright"})
"""Reasons for lines that may say which agency a report is of."""

_GOES_ON = ",.;:)"

_KNOWN: tuple[Table, ...] = ("removal", "credit", "byline")


MOST = 0.5
"""Of the letters that earlier passes left. No more of a page goes by learned lines, the most frequent first: whatever was
learned, a report is not emptied. Chosen, not measured."""


def find_curated(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Whole lines, beginnings, templates, labels with their titles, cuts and runs.

    A label amid the report takes the lines right below it; below the report, all title-like lines.
    What may act alone acts first; what needs its place or its neighbours then sees what is gone.
    Trailers and lines of rights say whose copy it is, if they name an agency.
    """
    for taken in _curated(page, found, rules):
        grammar = rules.context.grammar
        agency = agency_in(taken.text, grammar) or style_of(taken.text, grammar) if taken.reason in TRAILERS else None
        yield taken if agency is None else attrs.evolve(taken, agency=agency)


def _curated(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    for line in found.free():
        if line.hint.tag or line.hint.classes:
            yield from _hinted(line, rules)
    known = [line for line in found.free() if found.matches_any(line)]
    for line in known:  # first what holds anywhere: a sentence of a form is no prose, so the tail may begin above it
        if not found.is_free(line.number):
            continue
        match = _strongest(found, line)
        if match is not None and match.rule.zone is None and match.rule.kind in ("line", "start", "template"):
            yield removal(line, match.rule)
    for line in known:
        match = _strongest(found, line) if found.is_free(line.number) else None
        if match is not None:
            yield from _act(page, found, line, match)
    yield from _runs(page, found, rules)
    yield from _in_place(page, found, known)
    yield from _between(page, found, known)


def _strongest(found: Found, line: Line, tier: Tier = 1) -> Match | None:
    """The strongest rule of a tier for a line by itself; of a run, one line alone is left."""
    return next((match for match in found.matches("removal", line) if match.rule.tier == tier and match.rule.kind != "run"), None)


def _in_place(page: Page, found: Found, known: list[Line]) -> Iterator[Removal]:
    """Rules of tier 2: above or below the prose, or beside a line that is gone or meets such a rule too."""
    for line in known:
        match = _strongest(found, line, 2) if found.is_free(line.number) else None
        if match is not None and (_in_zone(found, line, match.rule) or _is_beside(found, line)):
            yield from _act(page, found, line, match)


def _in_zone(found: Found, line: Line, rule: Rule) -> bool:
    """Whether a line stands above or below the prose, and where its rule wants it; without prose, nothing does."""
    zone = found.zone(line.number) if found.body_end else None
    return zone is not None and rule.zone in (None, zone)


def _is_beside(found: Found, line: Line) -> bool:
    """Whether the line above or below is gone, or meets a rule of tier 2."""
    beside = (found.neighbour(line.number, step) for step in (-1, 1))
    return any(
        _is_gone(found, other) or (found.is_free(other.number) and _strongest(found, other, 2) is not None)
        for other in beside
        if other is not None
    )


def _between(page: Page, found: Found, known: list[Line]) -> Iterator[Removal]:
    """Rules of tier 3: rows of such lines between two that are gone; an end of the text is as good as one of them."""
    if not any(_strongest(found, line, 3) for line in known if found.is_free(line.number)):
        return
    row: list[tuple[Line, Match]] = []
    above: Line | None = None
    for line in page.lines:
        if not line.text:
            continue
        match = _strongest(found, line, 3) if found.is_free(line.number) else None
        if match is not None:
            row.append((line, match))
            continue
        if _is_gone(found, line) and (above is None or _is_gone(found, above)):
            yield from _acts(page, found, row)
        row, above = [], line
    if above is not None and _is_gone(found, above):
        yield from _acts(page, found, row)


def _acts(page: Page, found: Found, row: list[tuple[Line, Match]]) -> Iterator[Removal]:
    for line, match in row:
        if match.rule.zone in (None, found.zone(line.number)):
            yield from _act(page, found, line, match)


def _is_gone(found: Found, line: Line) -> bool:
    return isinstance(found.taken(line.number), Removal)


def _act(page: Page, found: Found, line: Line, match: Match) -> Iterator[Removal]:
    rule = match.rule
    yield removal(line, rule)
    if rule.kind == "label":
        yield from (removal(below, rule) for below in _titles_below(page, found, line))
    elif rule.kind == "cut":
        yield from (removal(other, rule) for other in _beyond(page, found, line, rule))


def _titles_below(page: Page, found: Found, line: Line) -> list[Line]:
    """
    The title-like lines that go with a label: up to the next prose, amid the report up to a gap.

    Amid the report a line that goes on in small letters or with a comma shows that links cut a sentence in pieces: none goes.
    """
    in_tail = line.number >= found.body_end
    titles: list[Line] = []
    for below in page.lines[line.number + 1 :]:
        if not below.text:
            if titles and not in_tail:
                break
            continue
        if not in_tail and (below.text[0].islower() or below.text[0] in _GOES_ON):
            return []
        if len(titles) == FOLLOWERS or not _title_like(below, found):
            break
        if not in_tail and below.text.endswith((":", "：")):
            break  # it opens what the next line says
        titles.append(below)
    return titles


def _title_like(line: Line, found: Found) -> bool:
    """Short, no sentence, and nothing that a rule knows by itself."""
    if not found.is_free(line.number) or len(line.text) > TITLE_LIKE or closes(line.text) or found.is_prose(line.number):
        return False
    known = any(match.rule.tier == 1 for table in _KNOWN for match in found.matches(table, line))
    return not known and not _listed(found.folded(line), found.rules)


def _beyond(page: Page, found: Found, line: Line, rule: Rule) -> list[Line]:
    """All lines on the far side of a cut, unless prose stands among them."""
    lines = page.lines[: line.number] if rule.side == "head" else page.lines[line.number + 1 :]
    if any(found.is_prose(other.number) for other in lines):
        return []
    return [other for other in lines if found.is_free(other.number)]


def _hinted(line: Line, rules: Rules) -> Iterator[Removal]:
    for name in (line.hint.tag, *line.hint.classes):
        rule = rules.hint(name.lower())
        if rule is not None and rule.table == "removal":
            yield removal(line, rule)
            return


def _runs(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """Neighbouring lines that are each in a run list, and single lines made of such phrases alone."""
    row: list[tuple[Line, Rule]] = []
    for line in page.lines:
        if not line.text:
            continue
        listed = _listed(found.folded(line), rules) if found.is_free(line.number) else []
        if len(listed) >= RUN:
            yield removal(line, listed[0])
        elif listed:
            row.append((line, listed[0]))
            continue
        elif found.taken(line.number) is not None:
            continue  # a line that is known already does not part its neighbours
        yield from _row(row)
        row = []
    yield from _row(row)


def _row(row: list[tuple[Line, Rule]]) -> Iterator[Removal]:
    if len(row) >= RUN:
        yield from (removal(line, rule) for line, rule in row)


def _listed(folded: str, rules: Rules) -> list[Rule]:
    """The run rules whose phrases, one after the other, make up the line; empty if anything is left over."""
    if not folded or len(folded) > TITLE_LIKE:
        return []
    words = folded.split()
    if not rules.opens_run(words[0]):
        return []
    listed: list[Rule] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 5), start, -1):
            rule = rules.run(" ".join(words[start:end]))
            if rule is not None:
                listed.append(rule)
                start = end
                break
        else:
            return []
    return listed


def find_learned(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Lines that recur on the documents of the page's host, where they recurred: above the report, below it, or anywhere.

    The report reaches from the first to the last line of prose that is no learned line. A line in which something was found
    (a dateline, a correction) stays.
    """
    if not rules.learned:
        return
    sitting = {finding.line for finding in found.findings()}
    known = {line.number: rules.learned.get(fold_numbers(line.text), ()) for line in found.free() if line.number not in sitting}
    own = [line.number for line in found.free() if found.is_prose(line.number) and not known.get(line.number)]
    start, end = (own[0], own[-1]) if own else (len(page.lines), -1)
    day = day_of(page, found.findings())
    taken: list[tuple[Line, Rule]] = []
    for line in found.free():
        zones = {None, "head" if line.number < start else None, "tail" if line.number > end else None}
        rule = next((rule for rule in known.get(line.number, ()) if rule.zone in zones and _lasts(rule, day)), None)
        if rule is not None:
            taken.append((line, rule))
    room = MOST * sum(len(line.text) for line in found.free())
    for line, rule in sorted(taken, key=lambda pair: -_share(pair[1])):
        room -= len(line.text)
        if room < 0:
            return
        yield removal(line, rule)


def _share(rule: Rule) -> float:
    """On what share of the host's documents the line stood; where somebody struck the count, on all."""
    return rule.seen.documents / rule.seen.of if rule.seen and rule.seen.of else 1.0


def _lasts(rule: Rule, day: str) -> bool:
    """Whether the rule holds on a day; where that is not known, it does."""
    return rule.seen is None or not (rule.seen.until and day) or day <= rule.seen.until


def removal(line: Line, rule: Rule) -> Removal:
    """The removal of a whole line by a rule of the catalogue."""
    reason: Reason = rule.reason or "stranded"
    return Removal(
        line=line.number,
        span=line.raw_span(0, len(line.text)),
        text=line.text,
        rule=rule.id,
        reason=reason,
        truncates=rule.truncates,
    )
