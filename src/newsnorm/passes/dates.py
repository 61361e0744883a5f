"""When was it published, and when updated?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp
from typing import TypeAlias

import attrs

from newsnorm.catalogue import Rules
from newsnorm.evidence.linear import Candidate, true
from newsnorm.grammar.dates.search import DateMention
from newsnorm.page.layout import Seen, Sight, bucket, sight
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import DateRole, Page, PublicationDate, Removal
from newsnorm.text.lazy_regex import lazy_regex

WEIGHED = CodeRule("date.weighed", "The day that most speaks for as the report's; the finding names what decided.")
OTHER = CodeRule("date.other", "A line that is a date with a word that marks it, of another text.")
CODE_RULES = (WEIGHED, OTHER)

NEAR = 5
"""Lines between the mentions that say when a report was published and when it was updated."""

DAY = 10
"""Signs of a day, as ISO 8601."""

SENTENCE = 7
"""Words of a line that closes with a stop, from which it is a sentence."""

LAST_MONTH = 12

SERIES, APART = 3, 4
"""Different days, and lines between two of them, from which dates below a report are those of other reports."""

MANY = 8
"""Mentions of days from which a page is full of them."""

_IN_ADDRESS = lazy_regex(r"(?<!\d)((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DIGITS = lazy_regex(r"\d{1,4}")
_MONTH_IN_ADDRESS = lazy_regex(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/")


def find_dates(page: Page, found: Found, rules: Rules) -> Iterator[PublicationDate | Removal]:
    """
    The day of the report is chosen among all that the page names, by where and how they stand.

    Mentions of one day add up, so repetition counts without a rule for it. Nothing is taken under a threshold: the day of a
    comment, a teaser or an event is none of the report's.
    """
    of = sight(page, found)
    weights = rules.context.tables.weights.date
    chosen = choose(date_candidates(of, of.title), weights.features, weights.least)
    stated: set[int] = set()
    if chosen is not None:
        published, updated = _told_apart(of, chosen)
        if published is not None:
            yield _finding(of, *published, "published", chosen.why(weights.features))
        if updated is not None:
            yield _finding(of, *updated, "updated", "")
        stated.update(place[0].line.number for place in (published, updated) if place is not None)
    for line in found.meeting("date"):
        if found.is_free(line.number) and found.zone(line.number) is not None and line.number not in stated:
            match = next((match for match in found.matches("date", line) if match.fields.date or match.fields.updated), None)
            if match is not None:
                yield removed(line, OTHER, "timestamp", f"as {match.rule.id}")


_Place: TypeAlias = tuple[Seen, DateMention]


def _told_apart(of: Sight, chosen: Candidate[DateMention]) -> tuple[_Place | None, _Place | None]:
    """When it was published and when updated: each the fullest mention near the chosen one; a lone update stays one."""
    near = [
        (seen, mention)
        for seen in of.lines[max(0, chosen.seen.number - NEAR) : chosen.seen.number + NEAR + 1]
        for mention in settled(of, seen)
        if len(mention.reading.value) >= DAY
    ]
    day = chosen.value.reading.value[:DAY]
    if chosen.value.role == "updated":
        earlier = [place for place in near if place[1].role != "updated" and place[1].reading.value[:DAY] <= day]
        if not earlier:  # wherever it stands, if a word says that it is the day of publication
            stated = ((seen, mention) for seen in of.dated for mention in settled(of, seen) if mention.role == "published")
            published = next((place for place in stated if place[1].reading.value[:DAY] <= day), None)
            return published, (chosen.seen, chosen.value)
        day = max(place[1].reading.value[:DAY] for place in earlier)
    same = [place for place in near if place[1].role != "updated" and place[1].reading.value[:DAY] == day]
    published = max(same, key=lambda place: len(place[1].reading.value), default=(chosen.seen, chosen.value))
    updates = (
        place for place in near if place[1].role == "updated" and place[1].reading.value[:DAY] >= day and place != published
    )
    return published, next(updates, None)


def choose(
    candidates: Sequence[Candidate[DateMention]], weights: Mapping[str, float], least: float
) -> Candidate[DateMention] | None:
    """The mention that most speaks for, of the day that all its mentions most speak for; None, if that is too little."""
    mass: dict[str, float] = {}
    top: dict[str, Candidate[DateMention]] = {}
    for candidate in candidates:
        day = candidate.value.reading.value[:DAY]
        mass[day] = mass.get(day, 0.0) + exp(candidate.evidence(weights))
        if day not in top or candidate.evidence(weights) > top[day].evidence(weights):
            top[day] = candidate
    day = max(mass, key=lambda day: mass[day], default="")
    return top[day] if day and mass[day] >= exp(least) else None


def date_candidates(of: Sight, title: int | None) -> list[Candidate[DateMention]]:
    """The mentions of days, each with what speaks for and against its being the report's."""
    mentions = [(seen, mention) for seen in of.dated for mention in settled(of, seen) if len(mention.reading.value) >= DAY]
    near = {number for number, reading in of.bylines.items() if reading.kind != "bare"}
    days = sorted({mention.reading.value[:DAY] for _, mention in mentions})
    told = {"-".join(match) for match in _IN_ADDRESS.findall(of.page.raw.url or "")}
    months = {f"{year}-{int(month):02}" for year, month in _MONTH_IN_ADDRESS.findall(of.page.raw.url or "")}
    below = {mention.reading.value[:DAY] for seen, mention in mentions if seen.number > of.end and mention.role is None}
    others = _of_others(of, mentions)
    made: list[Candidate[DateMention]] = []
    for place, (seen, mention) in enumerate(mentions):
        number, day = seen.number, mention.reading.value[:DAY]
        if number in others and mention.role is None and day not in told:
            continue
        before = mentions[place - 1] if place else None
        features = [
            "day",
            f"role-{mention.role or 'none'}",
            bucket("line", seen.size, (24, 45, 90)),
            "head" if number < of.start else "amid" if number <= of.end else bucket("below", number - of.end, (3, 12)),
            *([bucket("title", number - title, (-13, -4, -1, 0, 2, 5, 9, 16, 40))] if title is not None else ()),
            *([bucket("above", of.start - number, (1, 3, 6, 12))] if number < of.start else ()),
            *true(
                time="T" in mention.reading.value,
                bullet=seen.bullet,
                first=place == 0,
                opens=mention.start < 4,
                second=before is not None and before[0] is seen and before[1].reading.value[:DAY] != day,
                byline_here=number in near,
                byline_near=number not in near and near & {number - 2, number - 1, number + 1},
                newest=day == days[-1],
                oldest=len(days) > 1 and day == days[0],
                many=len(mentions) > MANY,
                in_address=day in told,
                not_in_address=told and day not in told,
                month_in_address=not told and day[:7] in months,
                other_month_in_address=not told and months and day[:7] not in months,
                only=len(days) == 1,
                one_below_of_many=number > of.end and mention.role is None and len(below) > 1,
                beside_related=of.beside(number, "related"),
                beside_comments=of.beside(number, "comments"),
                rights="©" in seen.text,
                prose=seen.paragraph,
                sentence=not seen.paragraph and seen.text[-1] in ".!?…" and seen.text.count(" ") > SENTENCE,
            ),
        ]
        made.append(Candidate(seen, mention, features))
    return made


def _of_others(of: Sight, mentions: Sequence[_Place]) -> frozenset[int]:
    """The lines whose dates are of comments, teasers and events: beside names below the report, in a series, in a sentence."""
    signed = of.signed_below
    near = {seen.number for seen, _ in mentions if "comments" in of.found.evidence(seen.line)}
    near |= {number + step for number in signed for step in (-1, 0, 1)}
    below = [
        (seen.number, mention.reading.value[:DAY]) for seen, mention in mentions if seen.number > of.end and mention.role is None
    ]
    series: set[int] = set()
    chain: list[tuple[int, str]] = []
    for number, day in below:
        if chain and number - chain[-1][0] > APART:
            chain = []
        chain.append((number, day))
        if len({day for _, day in chain}) >= SERIES:
            series.update(number for number, _ in chain)
    parts = [
        (seen, mention)
        for seen, mention in mentions
        if seen.number > of.start and mention.role is None and _heads_sentence(of, seen, mention)
    ]
    if len({mention.reading.value[:DAY] for _, mention in parts}) > 1:  # a chronicle
        series.update(seen.number for seen, _ in parts)
    sentences = {seen.number for seen, _ in mentions if seen.number > of.start and of.is_sentence(seen)}
    return frozenset(near | series | sentences)


def _heads_sentence(of: Sight, seen: Seen, mention: DateMention) -> bool:
    """Whether a line is the date and nothing else, and a sentence stands below it."""
    below = of.lines[seen.number + 1 : seen.number + 2]
    return len(seen.text) <= mention.end - mention.start + 2 and any(map(of.is_sentence, below))


def settled(of: Sight, seen: Seen) -> Sequence[DateMention]:
    """The days of a line; where the order of 3/5/2024 is open, the rest of the page settles it if it can."""
    if not any(mention.other for mention in seen.dates):
        return seen.dates
    orders = of.found.once(_Orders, lambda: _Orders.of(of))
    return [orders.settle(mention) for mention in seen.dates]


@attrs.frozen(eq=False)
class _Orders:
    """What a page says about the order of day and month."""

    sure: frozenset[str]
    """The days whose order is not open."""
    day_first: bool | None
    """The order of those; None, if there are none, or of both orders."""

    @classmethod
    def of(cls, of: Sight) -> _Orders:
        mentions = [mention for seen in of.dated for mention in seen.dates]
        told = _IN_ADDRESS.findall(of.page.raw.url or "")
        firsts = [first for seen in of.dated for mention in seen.dates if (first := _day_first(seen, mention)) is not None]
        day_first = None if not firsts or len(set(firsts)) > 1 else firsts[0]
        sure = {mention.reading.value[:DAY] for mention in mentions if not mention.other}
        return cls(frozenset((*sure, *map("-".join, told))), day_first)

    def settle(self, mention: DateMention) -> DateMention:
        """Read in the other order, if that day is written elsewhere and this one is not, or other days are in that order."""
        if mention.other is None or mention.reading.value[:DAY] in self.sure:
            return mention
        if mention.other[:DAY] not in self.sure:
            first = mention.reading.doubt.endswith("day, month")
            if self.day_first is None or self.day_first == first:
                return mention
        doubt = "date: the order of day and month is as in other dates of the page"
        return attrs.evolve(mention, reading=attrs.evolve(mention.reading, value=mention.other, doubt=doubt), other=None)


def _day_first(seen: Seen, mention: DateMention) -> bool | None:
    """The order of day and month in a date of numbers that has but one; None of any other."""
    if mention.how != "numeric" or mention.other is not None:
        return None
    numbers = [int(number) for number in _DIGITS.findall(seen.line.text, mention.start, mention.end)[:2]]
    if len(numbers) < 2 or (max(numbers) <= LAST_MONTH or numbers[0] == numbers[1]):
        return None
    return numbers[0] > LAST_MONTH


def _finding(of: Sight, seen: Seen, mention: DateMention, role: DateRole, why: str) -> PublicationDate:
    """The mention as a finding; it takes the line, if that is short and stands above or below the report."""
    line, reading = seen.line, mention.reading
    takes = of.goes_with(seen)
    start, end = (0, len(line.text)) if takes else (mention.start, mention.end)
    return PublicationDate(
        line=line.number,
        span=line.raw_span(start, end),
        text=line.text[start:end],
        rule=WEIGHED.id,
        takes_line=takes,
        why=why,
        doubt=reading.doubt,
        value=reading.value,
        precision=reading.precision,
        role=role,
        zone=reading.zone,
    )
