"""Remove lines that curated rules know as boilerplate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from newsnorm.catalogue import Match, Rule, Rules, Table, Tier
from newsnorm.grammar.credit_names import agency_in, style_of
from newsnorm.page.prose import alphabetic_length
from newsnorm.page.state import Found
from newsnorm.passes.removing import removal
from newsnorm.records import Line, Page, Reason, Removal
from newsnorm.text.folding import fold
from newsnorm.text.scripts import QUOTES
from newsnorm.text.sentences import ends_in_shout, ends_sentence
from newsnorm.text.words import words_of

RUN = 3
"""Fewest neighbouring lines from run lists that are removed: three share buttons are a share row, one may be a word."""

TITLE_LIKE = 160
"""Code points of the longest line that is removed with a label above it."""

HEADLINE = 25
"""Letters of the shortest headline below "read more"; section names and tags are shorter."""

SUBHEAD_SHARE = 0.6
"""Smallest share of a subheading's words that are in the paragraph below it; chosen, not measured."""

FOLLOWERS = 30
"""Most lines that are removed with a label; chosen, not measured."""

COLUMN = 3
"""Fewest consecutive lines, each a different word and a title, that make a column of tips."""

LABEL = 40
"""Code points from the beginning of a line within which a word for what follows is looked for."""

TRAILERS: frozenset[Reason] = frozenset({"agency-trailer", "copyright"})
"""Reasons of lines that may name the agency that supplied the report."""

_CONTINUATIONS = ",.;:)"
_ELLIPSES = ("…", "...")

_KNOWN: tuple[Table, ...] = ("removal", "credit", "byline")


def find_curated(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove lines by all kinds of rules: whole lines, beginnings, templates, labels with their titles, cuts and runs.

    A label within the report takes the lines right below it; below the report, it takes all title-like lines. Rules that act
    alone act first; rules that depend on place or neighbours then see what has been removed. Trailers and rights notices also
    yield the agency that they name.
    """
    for taken in _curated(page, found, rules):
        grammar = rules.context.grammar
        agency = agency_in(taken.text, grammar) or style_of(taken.text, grammar) if taken.reason in TRAILERS else None
        yield taken if agency is None else attrs.evolve(taken, agency=agency)


def _curated(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    if rules.has_hints and page.markup.elements:
        yield from _hinted(found, rules)
    known = _by_tier(found)
    yield from _anywhere(found, known[1])
    for line in known[1]:
        match = _strongest(found, line)
        if match is not None:
            yield from _act(page, found, line, match)
    yield from _runs(page, found, rules)
    yield from _in_place(page, found, known[2])
    yield from _between(page, found, known[3])


def _by_tier(found: Found) -> Mapping[Tier, Sequence[Line]]:
    """
    Return the free lines that match a removal rule of each tier, ignoring zones; rules of kind run are left out, since they
    need neighbours.
    """
    lines: dict[Tier, list[Line]] = {1: [], 2: [], 3: []}
    for line in found.matching_lines("removal"):
        if found.is_free(line.number):
            rules = (match.rule for match in found.layout.matches[line.number])
            for tier in {rule.tier for rule in rules if rule.table == "removal" and rule.kind != "run"}:
                lines[tier].append(line)
    return lines


def _hinted(found: Found, rules: Rules) -> Iterator[Removal]:
    """Remove lines in an element whose tag or name has a rule of kind hint; the innermost such element counts."""
    markup = found.page.markup
    by_element: list[Rule | None] = []
    for element in markup.elements:  # an element comes before everything it contains
        names = (element.tag, *(name.removeprefix("#") for name in element.names.lower().split()))
        own = next((rule for rule in map(rules.hint, names) if rule is not None and rule.table == "removal"), None)
        by_element.append(by_element[element.parent] if own is None and element.parent >= 0 else own)
    for line in found.layout.whole_page.lines:
        place = markup.lines[line.number] if found.taken(line.number) is None else None
        rule = by_element[place.element] if place is not None else None
        if rule is not None:
            yield removal(line, rule)


def _anywhere(found: Found, known: Sequence[Line]) -> Iterator[Removal]:
    """
    Apply rules that hold anywhere first: a sentence of a form is not prose, so the tail may begin above it.

    A wall above the prose does not truncate the report.
    """
    for line in known:
        match = _strongest(found, line)
        if match is not None and match.rule.zone is None and match.rule.kind in ("line", "start", "template"):
            taken = removal(line, match.rule)
            above = taken.truncates and found.body_end > 0 and found.zone(line.number) == "head"
            yield attrs.evolve(taken, truncates=False) if above else taken  # a report follows it


def _strongest(found: Found, line: Line, tier: Tier = 1) -> Match | None:
    """Return the strongest rule of a tier that a free line matches by itself; a run needs neighbours."""
    if not found.is_free(line.number):
        return None
    matches = (match for match in found.matches("removal", line) if match.rule.tier == tier and match.rule.kind != "run")
    return next((match for match in matches if not _may_be_of_report(found, line, match.rule)), None)


def _may_be_of_report(found: Found, line: Line, rule: Rule) -> bool:
    """
    Return whether a title or an address after a word ("Read: …", "Email: …") may be the report's own.

    An address among other contacts may be. A title may be the report's headline, one of a column of tips ("Read: …", "Watch: …",
    "Listen: …"), or within a report that otherwise matches no rule.
    """
    if rule.holds_address and found.layout.stands_among_contacts(line):
        return True
    if not rule.holds_title or not _label_of(line):
        return rule.spares_head and found.zone(line.number) == "head"
    column = _column_of(found, line)
    if len(column) >= COLUMN:
        return True
    if not rule.spares_head or found.zone(line.number) == "tail":
        return False
    others = (other for other in found.matching_lines("removal") if other.number not in column)
    return found.zone(line.number) == "head" or not any(found.matches("removal", other) for other in others)


def _column_of(found: Found, line: Line) -> frozenset[int]:
    """Return the numbers of the neighbouring lines, including this one, that each are a different word and a title."""
    numbers, labels = {line.number}, {_label_of(line)}
    for step in (-1, 1):
        other = found.neighbour(line.number, step)
        while other is not None and (label := _label_of(other)) and label not in labels and _may_be_tip(found, other):
            numbers.add(other.number)
            labels.add(label)
            other = found.neighbour(other.number, step)
    return frozenset(numbers)


def _label_of(line: Line) -> str:
    """Return the one or two words before the first colon of a line, folded; empty if there are more or none."""
    label, colon, title = line.text[:LABEL].replace("：", ":").partition(":")
    return fold(label) if colon and title and label.count(" ") < 2 else ""


def _may_be_tip(found: Found, line: Line) -> bool:
    """Return whether a line matches no rule, or one for titles after a word."""
    matches = found.layout.matches.get(line.number, ())
    return not matches or any(match.rule.holds_title for match in matches)


def _in_place(page: Page, found: Found, known: Sequence[Line]) -> Iterator[Removal]:
    """Apply rules of tier 2 to lines above or below the prose, or beside a line that is removed or also matches such a rule."""
    for line in known:
        match = _strongest(found, line, 2)
        if match is not None and (_in_zone(found, line, match.rule) or _is_beside(found, line)):
            yield from _act(page, found, line, match)


def _in_zone(found: Found, line: Line, rule: Rule) -> bool:
    """Return whether a line is above or below the prose and in its rule's zone; without prose, no line is."""
    zone = found.zone(line.number) if found.body_end else None
    return zone is not None and rule.zone in (None, zone)


def _is_beside(found: Found, line: Line) -> bool:
    """Return whether the line above or below is removed, or matches a rule of tier 2."""
    beside = (found.neighbour(line.number, step) for step in (-1, 1))
    return any(_is_removed(found, other) or _strongest(found, other, 2) is not None for other in beside if other is not None)


def _between(page: Page, found: Found, known: Sequence[Line]) -> Iterator[Removal]:
    """Apply rules of tier 3 to rows of such lines between two removed lines; an end of the text counts as removed."""
    matched = {line.number: match for line in known if (match := _strongest(found, line, 3)) is not None}
    if not matched:
        return  # most pages end here
    row: list[tuple[Line, Match]] = []
    above: Line | None = None
    for line in page.lines:
        if not line.text:
            continue
        match = matched.get(line.number)
        if match is not None and found.is_free(line.number):
            row.append((line, match))
            continue
        if row and _is_removed(found, line) and (above is None or _is_removed(found, above)):
            yield from _act_in_zone(page, found, row)
        row, above = [], line
    if above is not None and _is_removed(found, above):
        yield from _act_in_zone(page, found, row)


def _act_in_zone(page: Page, found: Found, row: list[tuple[Line, Match]]) -> Iterator[Removal]:
    for line, match in row:
        if match.rule.zone in (None, found.zone(line.number)):
            yield from _act(page, found, line, match)


def _is_removed(found: Found, line: Line) -> bool:
    return isinstance(found.taken(line.number), Removal)


def _act(page: Page, found: Found, line: Line, match: Match) -> Iterator[Removal]:
    rule = match.rule
    titles = _titles_below(page, found, line) if rule.kind == "label" else _headlines_below(page, found, line, rule)
    taken = removal(line, rule)
    yield attrs.evolve(taken, truncates=False) if titles else taken
    yield from (attrs.evolve(removal(below, rule), truncates=False) for below in titles)
    if rule.kind == "cut":
        yield from (removal(other, rule) for other in _beyond(page, found, line, rule))


def _headlines_below(page: Page, found: Found, line: Line, rule: Rule) -> list[Line]:
    """
    Return the headlines below a "read more" that follows a complete report: there it is their heading, and truncates
    nothing.
    """
    if not rule.truncates or rule.reason != "read-more" or found.zone(line.number) != "tail":
        return []
    last = page.lines[found.body_end - 1].text
    if not ends_sentence(last) or last.endswith(_ELLIPSES):
        return []
    titles = _titles_below(page, found, line)
    return titles if all(alphabetic_length(title.text) >= HEADLINE for title in titles) else []


def _titles_below(page: Page, found: Found, line: Line) -> list[Line]:
    """
    Return the title-like lines that are removed with a label: up to the next prose or, within the report, up to a gap.

    The first may be a question. Within the report, none is removed if one begins in lower case or with a comma, since links have
    then cut a sentence in pieces. The subheading of the paragraph below is not removed either, unless it is the only line.
    """
    in_tail = line.number >= found.body_end
    titles: list[Line] = []
    for below in page.lines[line.number + 1 :]:
        if not below.text:
            if titles and not in_tail:
                break
            continue
        if not in_tail and (below.text[0].islower() or below.text[0] in _CONTINUATIONS):
            return []
        if len(titles) == FOLLOWERS or not _is_title_like(below, found, may_ask=not titles):
            return titles if in_tail else _without_subheading(titles, below)
        if not in_tail and below.text.endswith((":", "：")):
            break  # it introduces the next line
        titles.append(below)
    return titles


def _without_subheading(titles: list[Line], below: Line) -> list[Line]:
    """Return titles without the last of several if most of its words are in the line right below it."""
    if len(titles) < 2 or titles[-1].number + 1 != below.number:
        return titles
    words, under = words_of(titles[-1].text.lower()), frozenset(words_of(below.text.lower()))
    shared = sum(word in under for word in words)
    return titles[:-1] if len(words) > 1 and shared >= SUBHEAD_SHARE * len(words) else titles


def _is_title_like(line: Line, found: Found, *, may_ask: bool = False) -> bool:
    """Return whether a line is short, not a sentence (unless it may ask or shout), and matches no rule of its own."""
    if not found.is_free(line.number) or len(line.text) > TITLE_LIKE or found.is_prose(line.number):
        return False
    if ends_sentence(line.text) and not (may_ask and ends_in_shout(line.text) and line.text[0] not in QUOTES):
        return False
    known = any(match.rule.tier == 1 for table in _KNOWN for match in found.matches(table, line))
    return not known and not found.rules.runs(found.layout.form(line))


def _beyond(page: Page, found: Found, line: Line, rule: Rule) -> list[Line]:
    """Return all lines on the far side of a cut; none if there is prose among them."""
    lines = page.lines[: line.number] if rule.side == "head" else page.lines[line.number + 1 :]
    if any(found.is_prose(other.number) for other in lines):
        return []
    return [other for other in lines if found.is_free(other.number)]


def _runs(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """Remove neighbouring lines that are each in a run list, and single lines made only of such phrases."""
    forms = found.layout.forms.values()
    listed = {form.text: runs for form in forms if form.first in rules.run_words and (runs := rules.runs(form))}
    row: list[tuple[Line, Rule]] = []
    for line in page.lines:
        if line.text not in listed or not found.is_free(line.number):
            continue
        runs = listed[line.text]
        if row and (len(runs) >= RUN or _is_parted(page, found, row[-1][0], line)):
            yield from _row(row)
            row = []
        if len(runs) >= RUN:
            yield removal(line, runs[0])
        else:
            row.append((line, runs[0]))
    yield from _row(row)


def _is_parted(page: Page, found: Found, above: Line, below: Line) -> bool:
    """Return whether a free line is between two lines; a line that is already known does not separate its neighbours."""
    return any(found.is_free(line.number) for line in page.lines[above.number + 1 : below.number])


def _row(row: list[tuple[Line, Rule]]) -> Iterator[Removal]:
    if len(row) >= RUN:
        yield from (removal(line, rule) for line, rule in row)
