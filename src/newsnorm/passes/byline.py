"""Who wrote it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from newsnorm.catalogue import Match, Rules
from newsnorm.evidence.linear import Candidate, best, true
from newsnorm.grammar.byline import BylineReading
from newsnorm.page.layout import INTO, SIGNED, TOGETHER, Seen, Sight, bucket, sight
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import WRITERS, Byline, Line, Page, Person, Removal
from newsnorm.text.folding import fold

WEIGHED = CodeRule("byline.weighed", "The line that most speaks for as the report's byline; the finding names what decided.")
MARKER_ABOVE = CodeRule("byline.marker-above", "The marker of a byline on a line of its own, above the names (By / María Pérez).")
NAME_AGAIN = CodeRule("byline.name-again", "A line that is the name of somebody whom a byline of the page names.")
AGENCY_LINE = CodeRule("byline.agency-line", "An agency alone on a line between headline and report, with or without a date.")
OTHER = CodeRule("byline.other", "A line that is a byline of another text: a teaser's, a comment's.")
CODE_RULES = (WEIGHED, MARKER_ABOVE, NAME_AGAIN, AGENCY_LINE, OTHER)

CROWD, CROWD_FROM = 3, 7
"""Names behind markers, and lines from the headline, from which they are those of teasers; chosen, not measured."""

BIO = 20
"""Code points behind a name that are looked at for a note on its bearer."""


def find_bylines(page: Page, found: Found, rules: Rules) -> Iterator[Byline | Removal]:
    """
    The byline is chosen among all lines that name somebody, by where and how they do.

    Nothing is taken under a threshold: photographers, commenters and authors of teasers wrote other things.
    """
    of = sight(page, found)
    weights = rules.context.tables.weights.authors
    chosen = choose(author_candidates(of, of.title), weights.features, weights.least, weights.more)
    people: set[Person] = set()
    for candidate in chosen:
        yield _finding(of, candidate.seen, candidate.value, candidate.why(weights.features))
        people.update(candidate.value.people)
        above = of.lines[candidate.seen.number - 1] if candidate.seen.number else None
        if candidate.value.kind == "below" and above is not None and found.is_free(above.line.number):
            yield _plain(above.line, MARKER_ABOVE.id)
    if not any(candidate.value.agency for candidate in chosen):
        yield from _agency_lines(of)
    known = {fold(person.name): person for person in people}
    meeting = {line.number: line for line in found.meeting("byline")}
    named = (
        [line for line in found.free() if line.number in meeting or found.folded(line) in known] if known else meeting.values()
    )
    for line in named:
        if not found.is_free(line.number) or found.zone(line.number) is None or len(line.text) > SIGNED:
            continue
        if (again := known.get(found.folded(line))) is not None:
            yield _plain(line, NAME_AGAIN.id, (again,))
        elif (match := _match(found, line)) is not None:
            roles = {person.role for person in match.fields.people}
            if (roles and roles != {"author"}) or (not roles and match.fields.agency and found.zone(line.number) == "head"):
                yield attrs.evolve(_plain(line, match.rule.id, match.fields.people), agency=match.fields.agency)
            else:
                yield removed(line, OTHER, "author-box", f"as {match.rule.id}")


def _agency_lines(of: Sight) -> Iterator[Byline]:
    """An agency alone, or with the date, between headline and report: ``dpa``, ``ČTK | 3 May``."""
    title = of.title
    if title is None:
        return
    for number, reading in of.bylines.items():
        seen = of.lines[number]
        if reading.agency and not reading.people and reading.clean and title <= number <= of.start + 1 and of.goes_with(seen):
            yield attrs.evolve(_plain(seen.line, AGENCY_LINE.id), agency=reading.agency)


def _match(found: Found, line: Line) -> Match | None:
    return next(iter(found.matches("byline", line)), None)


def _plain(line: Line, rule: str, people: tuple[Person, ...] = ()) -> Byline:
    return Byline(line=line.number, span=line.raw_span(0, len(line.text)), text=line.text, rule=rule, people=people)


def choose(
    candidates: Sequence[Candidate[BylineReading]], weights: Mapping[str, float], least: float, more: float
) -> list[Candidate[BylineReading]]:
    """The byline that most speaks for, and those beside it of the same kind; none, if that is too little."""
    top = best(candidates, weights)
    if top is None or top.evidence(weights) < least:
        return []
    return [
        candidate
        for candidate in candidates
        if candidate is top
        or (
            candidate.value.kind == top.value.kind
            and candidate.value.clean == top.value.clean
            and abs(candidate.seen.number - top.seen.number) <= TOGETHER
            and candidate.evidence(weights) > more
        )
    ]


def author_candidates(of: Sight, title: int | None) -> list[Candidate[BylineReading]]:
    """The lines that name somebody, each with what speaks for and against its being the report's byline."""
    tables = of.found.rules.context.tables
    marked = [number for number, reading in of.bylines.items() if reading.kind in ("marked", "below") and _writes(reading)]
    below_title = [number for number in marked if title is None or number >= title - 2]
    far = {_first(of.bylines[number]) for number in marked if title is None or not -2 <= number - title <= CROWD_FROM}
    names = [_first(reading) for reading in of.bylines.values()]
    bare_below = [number for number, reading in of.bylines.items() if reading.kind == "bare" and number > (title or 0)]
    others = of.signed_below
    made: list[Candidate[BylineReading]] = []
    for number, reading in of.bylines.items():
        if not _writes(reading):
            continue  # editors, translators: no candidates, but read all the same
        if reading.kind == "bare" and of.lines[number].bullet and (number > of.start or _is_listed(of, number)):
            continue  # results, casts
        if reading.kind == "link":
            continue  # "More by" says who wrote something else
        if reading.agency and (
            number > of.start + 1 if not reading.people else reading.kind == "bare" and "/" in of.lines[number].text
        ):
            continue  # a credit: "Reporting by AP" below the report, "Jane Doe/AP" beside a picture
        seen = of.lines[number]
        if of.start + INTO < number < of.end or number in others:
            continue  # a sentence, a verse, somebody who speaks; those who comment, authors of teasers
        kind = "bare" if reading.kind == "bare" else "marked"
        bare, name = kind == "bare", _first(reading)
        words = [word.lower().strip(".,") for word in name.split()]
        wide = name[:1] > "\u2e7f"
        given = reading.given
        around = (
            "date-here" if seen.dates
            else "date-below" if any(other.dates for other in of.lines[number + 1 : number + 3])
            else "date-above" if any(other.dates for other in of.lines[max(0, number - 2) : number])
            else "no-date"
        )  # fmt: skip
        zone = "head" if number < of.start else "amid" if number <= of.end else "below" if number - of.end < 6 else "far"
        elsewhere = bare and bool(name) and of.text.count(name) > 1
        prose = elsewhere and any(other.paragraph and name in other.text for other in of.lines[of.start : of.end + 1])
        lowered = seen.line.text.lower()
        features = [
            reading.kind,
            f"{kind}-{around}",
            f"{kind}-{zone}",
            f"{kind}-{'clean' if reading.clean else 'more'}",
            f"words-{2 if wide else min(4, len(words))}",
            *([f"{kind}-" + bucket("title", number - title, (-4, -1, 0, 1, 2, 4, 7, 12, 25))] if title is not None else ()),
            *true(
                alone=bare and seen.gap and seen.after,
                two_and_clean=bare and reading.clean and len(words) == 2,
                in_prose=prose,
                written_small=not wide
                and bare
                and any(
                    len(word) > 2 and word in of.text and word in of.words and word not in tables.particles for word in words
                ),
                photo=any(word.strip(".,:()[]") in tables.photo for word in lowered.replace("/", " ").split()),
                given=given,
                unknown=reading.people and not given and words[0] not in tables.word_names,
                nearest_marked=below_title and number == below_title[0],
                first_marked=marked and number == marked[0],
                removed=isinstance(of.found.taken(seen.line.number), Removal),
                nearest_bare=bare_below and number == bare_below[0],
                handle=name[:1].islower(),
                others_marked=bare and marked,
                again_candidate=names.count(name) > 1,
                several=len(reading.people) > 1,
                beside_comments=of.beside(number, "comments"),
                crowd=len(far) >= CROWD and not (title is not None and -2 <= number - title <= CROWD_FROM),
                bio=bare and not reading.agency and _opens_bio(of, name),
            ),
        ]
        features += [f"{kind}-{name}" for name in true(bullet=seen.bullet, agency=not reading.people, role=reading.role)]
        made.append(Candidate(seen, reading, features))
    return made


def _opens_bio(of: Sight, name: str) -> bool:
    """Whether a note on somebody stands where the page names them last."""
    words = of.text[of.text.rfind(name) + len(name) :][:BIO].split(None, 1)
    return len(words) > 1 and words[0] in of.found.rules.context.tables.bio


def _is_listed(of: Sight, number: int) -> bool:
    """Whether an item above or below names somebody too."""
    others = (of.bylines.get(number + step) for step in (-1, 1))
    return any(other is not None and other.kind == "bare" for other in others)


def _writes(reading: BylineReading) -> bool:
    """Whether it names a writer, or nobody but an agency: no editors or translators alone."""
    return not reading.people or any(person.role in WRITERS for person in reading.people)


def _first(reading: BylineReading) -> str:
    return reading.people[0].name if reading.people else reading.agency or ""


def _finding(of: Sight, seen: Seen, reading: BylineReading, why: str) -> Byline:
    """The names as a finding; it takes the line, if that is short and stands above or below the report."""
    line = seen.line
    takes = of.goes_with(seen)
    return Byline(
        line=line.number,
        span=line.raw_span(0, len(line.text)),
        text=line.text,
        rule=WEIGHED.id,
        takes_line=takes,
        why=why,
        people=reading.people,
        agency=reading.agency,
    )
