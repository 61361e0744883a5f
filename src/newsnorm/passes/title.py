"""Which line is the headline, and which only repeat it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.catalogue.slots import place
from newsnorm.evidence.linear import Candidate, best, true
from newsnorm.grammar.names import is_person
from newsnorm.page.layout import Seen, Sight, bucket, sight, stems
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Line, Page, Removal, Title
from newsnorm.text.folding import fold, fold_numbers
from newsnorm.text.lazy_regex import lazy_regex

WEIGHED = CodeRule(
    "title.weighed", "The line above the report that most speaks for as its headline; the finding names what decided."
)
FIRST_LINE = CodeRule(
    "title.first-line",
    "The first line of a text that begins like a headline, where no address and no other line speaks against it.",
)
GIVEN = CodeRule("title.given", "The line says what the caller knows to be the title.")
REPEAT = CodeRule("title.repeat", "The line says the title again, with or without the name of the site.")
CODE_RULES = (GIVEN, WEIGHED, FIRST_LINE, REPEAT)

SHORTEST, LONGEST = 6, 220
"""Code points of a headline."""

PARAGRAPH = 160
"""Code points. A longer paragraph is no headline."""

ABOVE, BELOW = 70, 8
"""Lines above the report, and from its first paragraph on, among which the headline is looked for."""

SAYS, SAYS_AT = 0.34, 22
"""The share of a line's words that the report uses, and the code points of the line, from which it speaks of the report."""

NEAR = 5
"""Lines."""

SURE, SIGNED = 2.5, 2.0
"""Evidence. Without an address a line of less than the first gives way to a first line that begins like a headline; and one
with a byline or a date below needs less by the second. Chosen, not measured: all benchmarks know the address."""

FEWEST, UNPROVEN, UNPROVEN_WORDS = 3, 120, 19
"""Words, code points and words again of a first line that nothing else calls the headline: the name of a site is shorter, a
standfirst longer. Chosen, not measured."""

REPEAT_AMID = 16
"""Characters. A title so long is removed wherever it is said again; a shorter one may be a line of the report."""

_SIGNED = frozenset(("byline-below", "date-below", "signed-next"))
_BEFORE = " :："
_CLOSING = frozenset(".。।:：,;")
_SUFFIX = lazy_regex(r"\s[-–—|·•:»]\s{1,3}(?=[^-–—|·•»]{2,60}\Z)")
_CRUMBS = lazy_regex(r"\s[>›»/]\s")


def find_title(page: Page, found: Found, rules: Rules) -> Iterator[Title | Removal]:
    """
    The headline stands above the report, rarely below its first lines: the line that most speaks for.

    A text in which nothing speaks for any line has none, and none is invented.
    """
    chosen = _given(page, found) if page.raw.title else _weighed(page, found, rules)
    if chosen is None:
        return
    line, text, rule, why = chosen
    at = max(0, line.text.find(text))  # behind its bullet
    yield Title(line=line.number, span=line.raw_span(at, at + len(text)), text=text, rule=rule.id, why=why)
    known = (fold(text), found.folded(line))
    for other in found.free():
        if len(other.text) > LONGEST or other.number == line.number or not found.folded(other).startswith(known):
            continue
        if found.zone(other.number) is None and len(text) < REPEAT_AMID:
            continue
        if found.folded(other) in known or fold(other.text[: _suffix_from(other.text)]) in known:
            yield removed(other, REPEAT, "repetition")


def _given(page: Page, found: Found) -> tuple[Line, str, CodeRule, str] | None:
    """The line that says the title that the caller knows; the caller knows better than any other line."""
    given = fold(page.raw.title or "")
    for line in found.free(0, found.body_start):
        if given and len(line.text) <= LONGEST and given in (found.folded(line), fold(line.text[: _suffix_from(line.text)])):
            return line, line.text[: _site_from(line.text, page, found)], GIVEN, ""
    return None


def _weighed(page: Page, found: Found, rules: Rules) -> tuple[Line, str, CodeRule, str] | None:
    weights, of = rules.context.tables.weights.title, sight(page, found)
    chosen = best(title_candidates(of), weights.features)
    least = weights.least
    if not of.address.tells:  # nothing says how much a line says of it: the first line, or one with a byline or a date below
        if (chosen is None or chosen.evidence(weights.features) < least + SURE) and (first := _first(of)) is not None:
            return first
        least -= SIGNED if chosen is not None and not _SIGNED.isdisjoint(chosen.features) else 0
    if chosen is None or chosen.evidence(weights.features) < least:
        return None
    return chosen.seen.line, headline(of, chosen.seen), WEIGHED, chosen.why(weights.features)


def _first(of: Sight) -> tuple[Line, str, CodeRule, str] | None:
    """
    The first line, if it begins like a headline and a sentence follows: all that a text without address and layout shows.

    A long line without a stop may be a standfirst or the report's first sentence.
    """
    learned = of.found.rules.learned
    seen = next((seen for seen in of.lines if fold_numbers(seen.line.text) not in learned), None)
    if seen is None or of.address.tells:
        return None
    wide = seen.size > len(seen.text)
    words = seen.text.count(" ") + 1
    like = SHORTEST < seen.size <= UNPROVEN and (wide or FEWEST <= words <= UNPROVEN_WORDS) and seen.text[-1] not in _CLOSING
    if not like or seen.bullet or seen.dates or seen.number in of.bylines or not of.found.is_free(seen.line.number):
        return None
    if seen.text[0].islower() or is_person(seen.text, of.found.rules.context.tables):
        return None
    if (
        _crumbs(seen.text)
        or place(seen.text, of.found.rules.context) is not None
        or not any(map(of.is_sentence, of.lines[seen.number + 1 : seen.number + 4]))
    ):
        return None
    return seen.line, seen.text[: _site_from(seen.text, of.page, of.found)], FIRST_LINE, ""


def _crumbs(text: str) -> bool:
    return len(_CRUMBS.findall(text)) > 1


def headline(of: Sight, seen: Seen) -> str:
    """What a line says, without the name of the page's own site behind it."""
    return seen.text[: _site_from(seen.text, of.page, of.found)].lstrip(_BEFORE) or seen.text


def title_candidates(of: Sight) -> list[Candidate[str]]:
    """The lines that may be the headline, each with its text and what speaks for and against it."""
    found, start = of.found, of.start
    if not of.any:
        return []  # nothing that it could be the headline of
    first, last = max(0, start - ABOVE), min(len(of.lines), start + BELOW)
    lines = of.lines
    folded = {seen.number: seen.text.casefold() for seen in lines if 12 <= seen.size <= 180}
    times = Counter(folded.values())
    around = "\n".join(folded[n] for n in range(max(0, first - 20), min(len(of.lines), last + 20)) if n in folded)
    address = of.address
    marked = {number for number, reading in of.bylines.items() if reading.kind != "bare"}
    dated = [bool(seen.dates) for seen in lines]
    made: list[tuple[Seen, list[str]]] = []
    heavy: list[int] = []
    below = last if of.address.tells else start
    for seen in (of.lines[number] for number in sorted({*range(first, below), *of.told})):
        if not SHORTEST <= seen.size <= LONGEST or (seen.paragraph and seen.size > PARAGRAPH):
            continue
        if not found.is_free(seen.line.number) or (found.rules.learned and fold_numbers(seen.line.text) in found.rules.learned):
            continue  # the site prints it above other reports too
        reading = of.bylines.get(seen.number)
        if reading is not None and reading.kind == "marked" and reading.given:
            continue
        own = stems(seen.text)
        share = len(own & of.topic) / max(2, len(own)) if own else 0.0
        number, text, key = seen.number, seen.text, folded.get(seen.number, "")
        if share >= SAYS and seen.size >= SAYS_AT and not seen.bullet and not seen.dates and number not in marked:
            heavy.append(number)
        made.append((seen, [
            "line",
            bucket("size", seen.size, (15, 24, 34, 110, 150)),
            bucket("said", share, (0, 0.2, 0.34, 0.5, 0.7)),
            bucket("above", start - number, (-1, 0, 1, 2, 4, 7, 12, 20, 40)),
            *([] if of.dense else [_gaps(seen)]),
            *([bucket("address", of.likeness.get(number, 0.0), (0, 0.2, 0.4, 0.55, 0.75))] if address.tells else ()),
            *true(
                whole_address=number in of.told and not address.tells,
                signed_next=_is_signed(of, number + 1),
                bullet=seen.bullet,
                stop=text[-1] in ".。।",
                open_end=text[-1] in ":,;…：",
                dated=seen.dates,
                date_below=True in dated[number + 1 : number + 7],
                date_above=True in dated[max(0, number - 3) : number],
                byline_below=not marked.isdisjoint(range(number + 1, number + 7)),
                closes=text[-1] in ".。।!?…" and text.count(" ") > 7,
                prose_next=number + 1 < len(lines) and lines[number + 1].paragraph,
                again=key and times[key] > 1,
                in_another=key and seen.size > 20 and times[key] == 1 and around.count(key) > 1,
            ),
        ]))  # fmt: skip
    for seen, features in made:
        features += true(
            like_above=any(0 < seen.number - other <= NEAR for other in heavy),
            first_like=heavy and seen.number == heavy[0],
        )
    return [Candidate(seen, seen.text, features) for seen, features in made]


def _is_signed(of: Sight, number: int) -> bool:
    """Whether the line is a date or names people and says nothing else."""
    if number >= len(of.lines) or of.lines[number].paragraph:
        return False
    reading = of.bylines.get(number)
    return bool(of.lines[number].dates) or (reading is not None and reading.clean and (reading.kind != "bare" or reading.given))


def _gaps(seen: Seen) -> str:
    return "alone" if seen.gap and seen.after else "gap-above" if seen.gap else "gap-below" if seen.after else "packed"


def _suffix_from(text: str) -> int:
    """Where something like the name of a site begins at the end of a title; else its length."""
    suffix = _SUFFIX.search(text)
    return suffix.start() if suffix else len(text)


def _site_from(text: str, page: Page, found: Found) -> int:
    """Where the name of the page's own site begins; else the length."""
    at = _suffix_from(text)
    if at == len(text):
        return at
    name = fold(text[at:]).replace(" ", "")
    site = fold(page.raw.site or "").replace(" ", "")
    host = found.host.replace("-", "").replace(".", "")
    own = (site and (name == site or name in site or site in name)) or (len(name) > 2 and name in host)
    return at if name and own else len(text)
