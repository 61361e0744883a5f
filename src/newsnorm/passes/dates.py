"""Find when the report was published and updated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from math import exp

import attrs

from newsnorm.catalogue import Rules
from newsnorm.evidence.linear import Candidate, score
from newsnorm.evidence.weights import field_weights
from newsnorm.notes import note
from newsnorm.page.claimed_dates import ClaimedDate, DateClaims
from newsnorm.page.date_cues import DAY, DateCues, DateOnPage, date_candidates, month_of_report
from newsnorm.page.date_standing import is_date_line
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.passes.wording import why
from newsnorm.records import DateRole, Doubt, Page, PublicationDate, Removal

WEIGHED = CodeRule(
    "date.weighed", "The day with the strongest evidence of being the publication date; the finding says what decided."
)
OTHER = CodeRule("date.other", "The date of another text, with a marker and alone on its line.")
CLAIM = CodeRule(
    "date.claim",
    "The date that the page states for machines, if the text agrees, has no date, or has one more than a day away.",
)
BESIDE = CodeRule("date.beside-headline", "The day on a short line next to the marked headline, if nothing else states a date.")
DOUBTFUL = CodeRule(
    "date.doubtful", "A claimed date that a machine filled in: a first of January, the year 1970, a day in the future."
)
LABEL = CodeRule("date.label", "A label on a line of its own, above the date that it announces.", is_sure=True)
CODE_RULES = (WEIGHED, CLAIM, BESIDE, DOUBTFUL, OTHER, LABEL)

NEAR = 5
"""Most lines between the mentions of publication and update."""


def find_dates(page: Page, found: Found, rules: Rules) -> Iterator[PublicationDate | Doubt | Removal]:
    """
    Choose the day of the report among all days that the page names, by their position and form.

    The evidence of all mentions of a day adds up, so repetition counts. Nothing is taken below a threshold, since the day of a
    comment, a teaser or an event is not the report's.
    """
    cues = DateCues(found, found.layout, found.title_index)
    decision = _decide(cues, found.layout.claimed.dates)
    stated: set[int] = set()
    month = month_of_report(cues) if decision.is_empty else None
    if month is not None:
        stated.add(month.view.line.number)
        yield _finding(found, month, month.mention.role or "published", "")
    if decision.is_empty and month is None:
        yield from _beside_headline(found)
    for place, role, reason in decision.places():
        stated.add(place.view.line.number)
        yield _finding(found, place, role, reason)
    yield from _by_claims(found.layout.claimed.dates, decision)
    yield from _in_other_calendars(found, stated)
    yield from _labels(found)
    yield from _other_dates(found, stated)


@attrs.frozen(eq=False)
class _Pair:
    """The mentions of publication and update."""

    published: DateOnPage | None = None
    updated: DateOnPage | None = None


@attrs.frozen(eq=False)
class _Decision:
    """The dates of the report: those in the text, and those claimed by the page that the text does not contradict."""

    pair: _Pair
    why: str
    """What decided for the date of the text."""
    claim: ClaimedDate | None

    @property
    def is_empty(self) -> bool:
        """Whether neither text nor claims state a date."""
        return self.claim is None and self.pair.published is None and self.pair.updated is None

    def places(self) -> Iterator[tuple[DateOnPage, DateRole, str]]:
        """Yield the dates in the text, each with its role and what decided."""
        if self.pair.published is not None:
            yield self.pair.published, "published", self.why
        if self.pair.updated is not None:
            yield self.pair.updated, "updated", ""


def _decide(cues: DateCues, claims: DateClaims) -> _Decision:
    """
    Weigh the dates of the text and the claims of the page.

    If both name one day, or days that differ only by the zone, the text wins. Otherwise the claim wins, since a day printed near
    the headline may be the day of something else.
    """
    weights = field_weights().date
    features = {**weights.features, **CLAIMED}
    chosen = choose(_confirmed(date_candidates(cues, weights.features), claims.published), features, weights.least)
    claim = believed(claims.published, chosen)
    if chosen is None:
        return _Decision(_Pair(), "", claim)
    pair = _published_and_updated(cues, chosen.value)
    if claim is not None and pair.published is not None and not claim.is_near(pair.published.day):
        pair = _Pair(None, pair.updated)
    return _Decision(pair, why(chosen.features, features), claim)


CLAIMED = {"claimed": 3.0, "claimed-near": 1.5}
"""Weights of the features of a day claimed by the page, and of an adjacent day. Chosen, not measured."""


def _confirmed(candidates: Sequence[Candidate[DateOnPage]], claims: Sequence[ClaimedDate]) -> Sequence[Candidate[DateOnPage]]:
    """Return the candidates, with additional features for days claimed by the page."""
    if not claims:
        return candidates
    return [_confirm(candidate, claims) for candidate in candidates]


def _confirm(candidate: Candidate[DateOnPage], claims: Sequence[ClaimedDate]) -> Candidate[DateOnPage]:
    day = candidate.value.day
    if any(claim.day == day for claim in claims):
        return attrs.evolve(candidate, features=[*candidate.features, "claimed"])
    if any(claim.is_near(day) for claim in claims):
        return attrs.evolve(candidate, features=[*candidate.features, "claimed-near"])
    return candidate


def believed(claims: Sequence[ClaimedDate], chosen: Candidate[DateOnPage] | None) -> ClaimedDate | None:
    """
    Return the claim of a date to believe: one confirmed by the text, or else by another claim, or else the first.

    Args:
        claims: one of each kind, the most trusted kind first.
        chosen: the date that the text states, if any.

    """
    if chosen is not None and chosen.value.mention.role != "updated":
        day = chosen.value.day
        near = sorted((claim for claim in claims if claim.is_near(day)), key=lambda claim: claim.day != day)
        if near:
            return near[0]
    days = [claim.day for claim in claims]
    return next((claim for claim in claims if days.count(claim.day) > 1), next(iter(claims), None))


def _by_claims(claims: DateClaims, decision: _Decision) -> Iterator[PublicationDate | Doubt]:
    """Yield the dates claimed by the page that are more precise than the text's, or that the text lacks."""
    published, pair = decision.claim, decision.pair
    is_of_update = published is not None and published.claim.source == "time" and _is_update(pair, published)
    if published is not None and (pair.published is None or pair.published.day == published.day):
        yield _of_claim(published, "updated" if is_of_update else "published")
    updated = next(iter(claims.updated), None)
    if updated is not None and pair.updated is None and published is not None and updated.reading.value > published.reading.value:
        yield _of_claim(updated, "updated")
    if published is None and claims.doubtful is not None:
        claim = claims.doubtful
        doubt = note("date-doubtful", text=claim.value)
        yield Doubt(line=claim.line, span=claim.span, text=claim.value, rule=DOUBTFUL.id, takes_line=False, doubt=doubt)


def _beside_headline(found: Found) -> Iterator[PublicationDate]:
    """Yield the day in a line right beside the marked headline, if neither text nor claims state one."""
    beside = found.layout.claimed.dates.beside_headline
    if beside is None:
        return
    line, mention = beside
    reading = mention.reading
    if not found.is_free(line.number) and not found.is_removed(line.number, "other-text", "navigation"):
        return  # it belongs to something else, such as an embedded post
    yield PublicationDate(
        line=line.number,
        span=line.raw_span(0, len(line.text)),
        text=line.text,
        rule=BESIDE.id,
        takes_line=found.is_free(line.number),
        doubt=reading.doubt,
        value=reading.value,
        precision=reading.precision,
        zone=reading.zone,
    )


def _is_update(pair: _Pair, claim: ClaimedDate) -> bool:
    """Return whether the text marks the day of a claim as an update."""
    return pair.published is None and pair.updated is not None and pair.updated.day == claim.day


def _of_claim(claimed: ClaimedDate, role: DateRole) -> PublicationDate:
    """Make the finding for a date claimed by the page."""
    claim, reading = claimed.claim, claimed.reading
    return PublicationDate(
        line=claim.line,
        span=claim.span,
        text=claim.value,
        rule=CLAIM.id,
        why=claim.name or claim.source,
        doubt=reading.doubt,
        value=reading.value,
        precision=reading.precision,
        role=role,
        zone=reading.zone,
    )


def _in_other_calendars(found: Found, stated: Set[int]) -> Iterator[Removal]:
    """Yield the lines right beside the report's date that repeat the day in another calendar."""
    for above, below in pairwise(found.layout.lines):
        for view, beside in ((above, below), (below, above)):
            is_again = beside.line.number in stated and {mention.how for mention in view.dates} == {"other"}
            if is_again and is_date_line(view) and found.is_free(view.line.number) and found.is_removable(view):
                yield removed(view.line, OTHER, "timestamp")


def _labels(found: Found) -> Iterator[Removal]:
    """Yield the labels of dates on lines of their own, above or below the report."""
    for index in sorted(found.layout.date_labels):
        line = found.layout.lines[index].line
        if found.is_free(line.number) and found.is_removable(found.layout.lines[index]):
            yield removed(line, LABEL, "timestamp")


def _other_dates(found: Found, stated: set[int]) -> Iterator[Removal]:
    """Yield the lines above or below the report that match a date rule but are not the report's date."""
    for line in found.matching_lines("date"):
        if found.is_free(line.number) and found.zone(line.number) is not None and line.number not in stated:
            match = next((match for match in found.matches("date", line) if match.fields.date or match.fields.updated), None)
            if match is not None:
                yield removed(line, OTHER, "timestamp", f"as {match.rule.id}")


def _published_and_updated(cues: DateCues, chosen: DateOnPage) -> _Pair:
    """Find publication and update, each the most precise mention near the chosen one; an update alone stays an update."""
    lines = cues.layout.lines[max(0, chosen.view.position - NEAR) : chosen.view.position + NEAR + 1]
    every = (DateOnPage(view, mention) for view in lines for mention in cues.settled(view))
    near = [place for place in every if len(place.mention.reading.value) >= DAY and cues.standing(place) != "told"]
    day = chosen.day
    if chosen.mention.role == "updated":
        earlier = [place for place in near if place.mention.role != "updated" and place.day <= day and cues.may_be_own(place)]
        if not earlier:
            return _Pair(_stated_before(cues, day), chosen)
        day = max(place.day for place in earlier)
    elif chosen.mention.role is None:
        day = min((place.day for place in near if _is_glued(chosen, place)), default=day)
    same = [place for place in near if place.mention.role != "updated" and place.day == day]
    published = max(same, key=_marked_and_full, default=chosen)
    return _Pair(published, _update_of(near, published, day))


def _marked_and_full(place: DateOnPage) -> tuple[bool, int]:
    """Return whether a word marks a mention as the publication, and how precise the mention is."""
    return place.mention.role == "published", len(place.mention.reading.value)


def _is_glued(chosen: DateOnPage, place: DateOnPage) -> bool:
    """Return whether two unmarked dates are side by side, as templates print publication and change without a word."""
    if place.view.position != chosen.view.position or place.mention.role is not None:
        return False
    first, last = sorted((chosen.mention, place.mention), key=lambda mention: mention.start)
    return not chosen.view.line.text[first.end : last.start].strip()


def _stated_before(cues: DateCues, day: str) -> DateOnPage | None:
    """Return the first mention, anywhere on the page, that a word marks as publication, not later than `day`."""
    every = (DateOnPage(view, mention) for view in cues.layout.dated for mention in cues.settled(view))
    return next(
        (place for place in every if cues.standing(place) == "marked" and place.mention.role == "published" and place.day <= day),
        None,
    )


def _update_of(near: Sequence[DateOnPage], published: DateOnPage, day: str) -> DateOnPage | None:
    """Return the first update not before `day`: one marked by a word, or an unmarked later day beside a marked publication."""
    updates = (place for place in near if place.mention.role == "updated" and place.day >= day)
    marked = next((place for place in updates if not place.is_same(published)), None)
    if marked is not None or published.mention.role != "published":
        return marked
    moment = published.mention.reading.value
    beside = (place for place in near if place.mention.role is None and _is_beside(place, published))
    later = (place for place in beside if place.mention.reading.value > moment)
    return next((place for place in later if not place.mention.reading.value.startswith(moment)), None)


def _is_beside(place: DateOnPage, published: DateOnPage) -> bool:
    """Return whether a date is in the line of the publication, or fills the line next to it."""
    lines = abs(place.view.position - published.view.position)
    return lines == 0 or (lines == 1 and is_date_line(place.view))


def choose(
    candidates: Sequence[Candidate[DateOnPage]], weights: Mapping[str, float], least: float
) -> Candidate[DateOnPage] | None:
    """Return the best mention of the day with the highest total evidence, or None below the threshold `least`."""
    mass: dict[str, float] = {}
    top: dict[str, tuple[float, Candidate[DateOnPage]]] = {}
    for candidate in candidates:
        day, evidence = candidate.value.day, score(candidate.features, weights)
        mass[day] = mass.get(day, 0.0) + exp(evidence)
        if day not in top or evidence > top[day][0]:
            top[day] = evidence, candidate
    day = max(mass, key=lambda day: mass[day], default="")
    return top[day][1] if day and mass[day] >= exp(least) else None


def _finding(found: Found, place: DateOnPage, role: DateRole, reason: str) -> PublicationDate:
    """Make the finding for a mention; it takes the line if the line is short and above or below the report."""
    line, reading = place.view.line, place.mention.reading
    takes = found.is_removable(place.view)
    start, end = (0, len(line.text)) if takes else (place.mention.start, place.mention.end)
    return PublicationDate(
        line=line.number,
        span=line.raw_span(start, end),
        text=line.text[start:end],
        rule=WEIGHED.id,
        takes_line=takes,
        why=reason,
        doubt=reading.doubt,
        value=reading.value,
        precision=reading.precision,
        role=role,
        zone=reading.zone,
    )
