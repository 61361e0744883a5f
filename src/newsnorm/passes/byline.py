"""Find who wrote the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

import attrs

from newsnorm.catalogue import Match, Rules
from newsnorm.evidence.linear import Candidate, best, score
from newsnorm.evidence.weights import field_weights
from newsnorm.grammar.byline import BylineReading
from newsnorm.grammar.byline_markers import opening_marker
from newsnorm.grammar.credit import read_credit
from newsnorm.grammar.name_shape import holds_glued_names, is_office, name_size
from newsnorm.notes import note
from newsnorm.page.byline_cues import byline_candidates
from newsnorm.page.claimed_people import ClaimedPeople, are_one
from newsnorm.page.state import SIGNED, CodeRule, Found, removed
from newsnorm.passes.wording import why
from newsnorm.records import Byline, Caption, Credit, Line, Page, Person, Removal
from newsnorm.text.folding import fold
from newsnorm.text.sentences import ends_clause

WEIGHED = CodeRule(
    "byline.weighed", "The line with the strongest evidence of being the report's byline; the finding says what decided."
)
CLAIM = CodeRule("byline.claim", "The author that the page states for machines, if no line of the text names that person.")
MARKED = CodeRule(
    "byline.marked",
    "A line near the headline inside an element for authors, if neither a claim nor any other line names an author.",
)
MARKER_ABOVE = CodeRule(
    "byline.marker-above", "The marker of a byline on a line of its own above the names: By, then María Pérez."
)
NAME_AGAIN = CodeRule("byline.name-again", "A line that only repeats the name of somebody whom another byline of the page names.")
AGENCY_LINE = CodeRule("byline.agency-line", "An agency alone on a line between headline and report, with or without a date.")
OF_NOBODY = CodeRule(
    "byline.of-nobody",
    "A byline above the report without a readable name: an office (Von der Redaktion), or names glued together.",
)
SIGNED_PICTURES = CodeRule("byline.signed-pictures", "The name, below the report, of somebody who is credited with its pictures.")
OTHER = CodeRule("byline.other", "The byline of another text, such as a teaser or a comment.")
CODE_RULES = (WEIGHED, CLAIM, MARKED, MARKER_ABOVE, NAME_AGAIN, AGENCY_LINE, OF_NOBODY, SIGNED_PICTURES, OTHER)

MAX_BYLINE_GAP = 3
"""Most lines between the bylines of one report, each on its own line."""


SIGNATURE = 40
"""Code points of the longest name with which a report is signed. Chosen, not measured."""

SIGNED_WITHIN = 3
"""Lines below the prose within which a signature may be: a short last sentence may be above it. Chosen, not measured."""

OFFICE = 60
"""Code points of the longest byline of an office. Chosen, not measured."""


def find_bylines(page: Page, found: Found, rules: Rules) -> Iterator[Byline | Removal]:
    """
    Choose the byline among all lines that name somebody, by their position and form.

    Nothing is taken below a threshold, since photographers, commenters and authors of teasers wrote other things.
    """
    weights = field_weights().authors
    candidates = [
        candidate
        for candidate in byline_candidates(found, found.title_index, weights.features)
        if not isinstance(found.taken(found.layout.lines[candidate.index].line.number), Caption | Credit)
    ]
    claims = found.layout.claimed.authors
    features = {**weights.features, **CLAIMED}
    chosen = choose(_confirmed(candidates, claims.names), features, weights.least, weights.more)
    chosen = [candidate for candidate in chosen if _is_believed(found, candidate)]
    people: set[Person] = set()
    for candidate in chosen:
        yield _finding(found, candidate, why(candidate.features, features))
        people.update(candidate.value.people)
        yield from _marker_above(found, candidate)
    for finding in _by_claims(found, people):
        yield finding
        people.update(finding.people)
    if not any(candidate.value.agency for candidate in chosen):
        yield from _agency_lines(found)
    if not people:
        yield from _of_nobody(found)
        yield from _signed(found)
    yield from _known_by_rule(found, {fold(person.name): person for person in people})


CLAIMED = {"claimed": 4.0}
"""Weight of the feature that a line names a person claimed by the page as author. Chosen, not measured."""

MOST_MARKED = 2
"""Most lines in elements for authors that are believed; of more, most belong to teasers. Chosen, not measured."""

SIGNED_BELOW = range(1, 4)
"""Lines from the last paragraph of the report to a name that signs it. Chosen, not measured."""

NEAR_HEAD, BARE_NEAR_HEAD, NEAR_DATE = range(-3, 61), range(1, 9), 3
"""Distances in lines from the marked headline, with and without a marker, and from a date, within which a line may name an author
whom no claim names."""


def _confirmed(candidates: Sequence[Candidate[BylineReading]], names: Sequence[str]) -> Sequence[Candidate[BylineReading]]:
    """Return the candidates, with an additional feature where the line names a person claimed by the page as author."""
    if not names:
        return candidates
    return [
        attrs.evolve(candidate, features=[*candidate.features, "claimed"]) if _names_one(candidate.value, names) else candidate
        for candidate in candidates
    ]


def _names_one(reading: BylineReading, names: Sequence[str]) -> bool:
    return any(are_one(person.name, name) for person in reading.people for name in names)


def _is_among(person: Person, people: Iterable[Person]) -> bool:
    return any(are_one(person.name, other.name) for other in people)


def _is_believed(found: Found, candidate: Candidate[BylineReading]) -> bool:
    """
    Return whether a line may be the byline according to the page's markup.

    If JSON-LD states people, the line must name one of them. Otherwise, if the markup shows which line is the headline, the line
    must be near it, near a date or right below the report, unless a claim names its people; a bare name must not be above it.
    """
    reading, line = candidate.value, found.layout.lines[candidate.index].line
    if reading.agency and not reading.people and not _is_agency_believed(found, line, reading.agency):
        return False
    claims, head = found.layout.claimed.authors, found.layout.claimed.title.headline
    stated = [person.name for claimed in claims.stated for person in claimed.people]
    if stated:
        return not candidate.value.people or _names_one(candidate.value, stated)
    if head is None or not candidate.value.people or "claimed" in candidate.features:
        return True
    lines, index = found.layout.lines, candidate.index
    if reading.kind == "bare" and reading.given and reading.clean and index - found.layout.end in SIGNED_BELOW:
        return True
    below = line.number - head.number
    if reading.kind == "bare" and below < 0:
        return False  # a trending topic, a section
    if below in (BARE_NEAR_HEAD if reading.kind == "bare" else NEAR_HEAD):
        return True
    return any(view.dates for view in lines[max(0, index - NEAR_DATE) : index + NEAR_DATE + 1])


def _is_agency_believed(found: Found, line: Line, agency: str) -> bool:
    """
    Return whether a line may name the agency according to the page's markup: near the headline and not on a button, or
    claimed.
    """
    claims, markup = found.layout.claimed.authors, found.page.markup
    mark = markup.of_line(line.number)
    if mark is None or any(claimed.agency == agency for claimed in (*claims.stated, *claims.others)):
        return True
    head = found.layout.claimed.title.headline
    is_near = head is None or line.number - head.number in BARE_NEAR_HEAD
    return is_near and markup.elements[mark.block].tag != "button" and markup.elements[mark.element].tag != "button"


def _by_claims(found: Found, people: Set[Person]) -> Iterator[Byline]:
    """
    Yield the authors that the markup of a page states but no line of the text names.

    JSON-LD comes first; if it and the text name nobody, meta elements, then lines in elements for authors near the headline.
    """
    claims = found.layout.claimed.authors
    for claimed in claims.stated or (() if people else claims.others):
        missing = tuple(person for person in claimed.people if not _is_among(person, people))
        if missing or (claimed.agency and not people):
            yield _of_claim(claimed, missing)
    if people:
        return
    for marked in claims.marked[:MOST_MARKED]:
        missing = tuple(person for person in marked.people if not _is_among(person, people))
        if missing:
            yield _of_mark(found, marked.line, missing)


def _of_mark(found: Found, line: Line, people: tuple[Person, ...]) -> Byline:
    """Make the finding for a line in an element for authors."""
    span, takes = line.raw_span(0, len(line.text)), found.is_free(line.number)
    return Byline(line=line.number, span=span, text=line.text, rule=MARKED.id, takes_line=takes, people=people)


def _of_claim(claimed: ClaimedPeople, people: tuple[Person, ...]) -> Byline:
    """Make the finding for authors claimed by the page."""
    claim = claimed.claim
    return Byline(
        line=claim.line, span=claim.span, text=claim.value, rule=CLAIM.id, why=claim.name, people=people, agency=claimed.agency
    )


def _marker_above(found: Found, candidate: Candidate[BylineReading]) -> Iterator[Byline]:
    """Yield the line above a name if it is the byline's marker."""
    if candidate.value.kind == "marker_above" and candidate.index:
        above = found.layout.lines[candidate.index - 1].line
        if found.is_free(above.number):
            yield _plain(above, MARKER_ABOVE.id)


def _known_by_rule(found: Found, known: Mapping[str, Person]) -> Iterator[Byline | Removal]:
    """Yield the short lines above and below the report that name an author again, or match a byline rule."""
    lines = {line.number: line for line in found.matching_lines("byline")}
    lines.update({line.number: line for name in known for line in found.layout.lines_by_folded.get(name, ())})
    for _, line in sorted(lines.items()):
        if not found.is_free(line.number) or found.zone(line.number) is None or len(line.text) > SIGNED:
            continue
        if (person := known.get(found.folded(line))) is not None:
            yield _plain(line, NAME_AGAIN.id, (person,))
        elif (match := _match(found, line)) is not None:
            unread = not known and not match.fields.agency and found.zone(line.number) == "head" and _is_unread(found, line)
            yield _plain(line, OF_NOBODY.id) if unread else _by_rule(found, line, match)


def _is_unread(found: Found, line: Line) -> bool:
    """Return whether the byline reader could not read a line."""
    return all(found.layout.lines[index].line.number != line.number for index in found.layout.bylines)


def _by_rule(found: Found, line: Line, match: Match) -> Byline | Removal:
    """Make the finding for a line that matches a rule: editors and agencies belong to the report, other writers don't."""
    roles = {person.role for person in match.fields.people}
    agency = match.fields.agency if not roles and found.zone(line.number) == "head" else None
    if (roles and roles != {"author"}) or (agency and _is_agency_believed(found, line, agency)):
        return attrs.evolve(_plain(line, match.rule.id, match.fields.people), agency=match.fields.agency)
    return removed(line, OTHER, "author-box", f"as {match.rule.id}")


def _agency_lines(found: Found) -> Iterator[Byline]:
    """Yield a line between headline and report with only the agency, or agency and date: ``dpa``, ``ČTK | 3 May``."""
    title, layout = found.title_index, found.layout
    if title is None:
        return
    for index, reading in layout.bylines.items():
        view = layout.lines[index]
        is_alone = reading.agency and not reading.people and reading.clean
        if not is_alone or not title <= index <= layout.start + 1 or not found.is_removable(view):
            continue
        if reading.agency and _is_agency_believed(found, view.line, reading.agency):
            yield attrs.evolve(_plain(view.line, AGENCY_LINE.id), agency=reading.agency)


def _of_nobody(found: Found) -> Iterator[Byline]:
    """Yield the bylines between headline and report that name an office, or people whose names are not separated."""
    title, layout, grammar = found.title_index, found.layout, found.rules.context.grammar
    first = title + 1 if title is not None else 0 if found.page.raw.title else layout.start + 2
    for view in layout.lines[first : layout.start + 2]:
        if view.size > OFFICE or view.position in layout.bylines or not found.is_removable(view):
            continue
        marker, rest = opening_marker(view.text, found.rules.markers)
        words = rest.split()
        if marker is None or not words:
            continue
        if holds_glued_names(words, grammar):
            yield attrs.evolve(_plain(view.line, OF_NOBODY.id), doubt=note("byline-glued", text=rest))
        elif is_office(words, grammar):
            yield _plain(view.line, OF_NOBODY.id)


def _signed(found: Found) -> Iterator[Byline]:
    """Yield the line below the report with the name of the person credited with its pictures, with which reporters sign."""
    tail = islice(found.free(found.body_end), SIGNED_WITHIN) if found.body_end else ()
    line = next((line for line in tail if len(line.text) <= SIGNATURE and _is_signature(line.text, found)), None)
    above = found.neighbour(line.number, -1) if line is not None else None
    if line is None or above is None or not ends_clause(above.text):
        return
    credited = {fold(caption.credit) for caption in found.all(Caption)}
    context, name = found.rules.context, fold(line.text)
    for other in found.page.lines[: line.number]:
        if line.text in other.text and (reading := read_credit(other.text, context.grammar, context.languages)) is not None:
            credited.update((fold(reading.name),) if reading.kind == "photo" else ())
    if name in credited:
        yield _plain(line, SIGNED_PICTURES.id, (Person(name=line.text, role="author"),))


def _is_signature(text: str, found: Found) -> bool:
    """Return whether a line has the shape of one person's name, or of a name with a glued initial: ``T.Hoa``."""
    words, grammar = text.split(), found.rules.context.grammar
    if grammar.agencies.find(text) is not None or is_office(words, grammar):
        return False
    if len(words) == 1:
        initial, stop, name = text.partition(".")
        return len(initial) == 1 and stop != "" and initial.isupper() and name.istitle()
    return name_size(words, grammar, marked=True) == len(words)


def _match(found: Found, line: Line) -> Match | None:
    return next(iter(found.matches("byline", line)), None)


def _plain(line: Line, rule: str, people: tuple[Person, ...] = ()) -> Byline:
    return Byline(line=line.number, span=line.raw_span(0, len(line.text)), text=line.text, rule=rule, people=people)


def choose(
    candidates: Sequence[Candidate[BylineReading]], weights: Mapping[str, float], least: float, more: float
) -> list[Candidate[BylineReading]]:
    """
    Return the candidate with the strongest evidence of being the byline, and similar candidates beside it.

    Args:
        candidates: the candidate lines.
        weights: the weights of their features.
        least: the score that the best candidate needs; below it, nothing is returned.
        more: the score that each further candidate needs.

    """
    top = best(candidates, weights)
    if top is None or score(top.features, weights) < least:
        return []
    listed = _below_marker(candidates, top)
    return [
        each
        for each in candidates
        if each is top or each.index in listed or (_is_alike(each, top) and score(each.features, weights) > more)
    ]


def _below_marker(candidates: Sequence[Candidate[BylineReading]], top: Candidate[BylineReading]) -> frozenset[int]:
    """Return the indices of the lines listing names below one marker, if the best candidate is among them."""
    indices = {each.index for each in candidates if each.value.kind == "marker_above"}
    first = last = top.index
    while first - 1 in indices:
        first -= 1
    while last + 1 in indices:
        last += 1
    return frozenset(range(first, last + 1)) if top.index in indices else frozenset()


def _is_alike(candidate: Candidate[BylineReading], top: Candidate[BylineReading]) -> bool:
    """Return whether a line is near another and names somebody in the same form."""
    one, other = candidate.value, top.value
    return one.kind == other.kind and one.clean == other.clean and abs(candidate.index - top.index) <= MAX_BYLINE_GAP


def _finding(found: Found, candidate: Candidate[BylineReading], reason: str) -> Byline:
    """Make the finding; it takes the line if the line is short and above or below the report."""
    view, reading = found.layout.lines[candidate.index], candidate.value
    line = view.line
    return Byline(
        line=line.number,
        span=line.raw_span(0, len(line.text)),
        text=line.text,
        rule=WEIGHED.id,
        takes_line=found.is_removable(view),
        why=reason,
        people=reading.people,
        agency=reading.agency,
    )
