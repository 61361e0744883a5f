"""Find the headline, and the lines that repeat it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from newsnorm.catalogue import Rules
from newsnorm.evidence.linear import best, score
from newsnorm.evidence.weights import field_weights
from newsnorm.page.first_line import WHOLE_MATCH, first_line_headline, lacks_head, reads_alone
from newsnorm.page.frame import MANY_SHORT
from newsnorm.page.joined_headline import joined_headline
from newsnorm.page.layout import PARAGRAPH, SLUG_MATCH, LineView, is_sentence
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.page.title_cues import LONGEST, TitleCues, is_signed, title_candidates
from newsnorm.passes.wording import why
from newsnorm.records import Claim, Line, Page, Removal, Span, Title
from newsnorm.text.folding import fold
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.sentences import ends_sentence

WEIGHED = CodeRule(
    "title.weighed",
    "The line above the report with the strongest evidence of being its headline; the finding says what decided.",
)
FIRST_LINE = CodeRule(
    "title.first-line",
    "The first line, if it begins like a headline and neither the URL nor another line is evidence against it.",
)
SAME_LINE = CodeRule(
    "title.same-line",
    "The beginning of the first line, if it has all words of the URL and a new sentence follows. It stays in the text.",
)
GIVEN = CodeRule("title.given", "The line that matches the title given by the caller.")
AGREED = CodeRule(
    "title.agreed", "A line, preferably the main heading, that agrees with the headline that the page states for machines."
)
CLAIM = CodeRule(
    "title.claim", "The headline that the page states for machines, without the name of the site, if no line agrees with it."
)
REPEAT = CodeRule("title.repeat", "A line that repeats the title, with or without the name of the site.", is_sure=True)
CODE_RULES = (GIVEN, AGREED, CLAIM, WEIGHED, FIRST_LINE, SAME_LINE, REPEAT)

SURE, SIGNED_BONUS = 2.5, 2.0
"""Log odds. Without a telling URL, a line with less than the first above the threshold gives way to a first line that begins like
a headline; one with a byline or a date below needs less by the second. Chosen, not measured: all benchmarks know the URL."""

REPEAT_AMID = 16
"""Characters. A title of this length is removed wherever it is repeated; a shorter one may be a line of the report."""

SUBHEAD, LONGER, LEAST_HEADLINE, HEADLINE_WORDS = 50, 1.4, 15, 4
"""Minimum size of a subhead, its minimum length relative to its headline, and minimum size and words of the headline. Chosen, not
measured."""

SHORT_TITLE = 3
"""Fewest words of a headline before the name of a site and its motto."""

_SIGNED = frozenset(("byline-below", "date-below", "signed-next"))
_PARTING, _NAME_END = lazy_regex(r"\s[-–—|•»]\s{1,3}"), lazy_regex(r"\s(?=[-–—|•»]\s)")
_BEFORE = " :："
_PICTURE = lazy_regex(r"\s[-–—|]\s\w+\s\d{1,2}\.?\Z")
"""The label of a picture after the headline: ``Quay closed - Photo 1.``"""
_SUFFIX = lazy_regex(r"\s[-–—|·•:»]\s{1,3}(?=[^-–—|·•»]{2,60}\Z)")


@attrs.frozen(kw_only=True)
class _Choice:
    """The line that is the headline, the part of it that says so, and what decided."""

    line: Line
    text: str
    rule: CodeRule
    why: str = ""
    claim: Claim | None = None
    """The claim, if its line is one."""

    @property
    def span(self) -> Span:
        """The headline's stretch of the raw text."""
        if self.claim is not None:
            return self.claim.part(self.text)
        at = max(0, self.line.text.find(self.text))  # after its bullet
        return self.line.raw_span(at, at + len(self.text))


@attrs.frozen(kw_only=True)
class _Strongest:
    """The candidate with the strongest evidence, its features, and by how many log odds it exceeds the threshold."""

    view: LineView
    features: Sequence[str]
    surplus: float


def find_title(page: Page, found: Found, rules: Rules) -> Iterator[Title | Removal]:
    """
    Choose the headline: it stands above the report, rarely below its first lines.

    A text without evidence for any line has no headline, and none is invented.
    """
    chosen = _given(page, found) if page.raw.title else _agreed(found) or _claimed(found) or _weighed(found)
    if chosen is None:
        return
    line, text = chosen.line, chosen.text
    whole = chosen.rule is not SAME_LINE
    takes = whole and (chosen.rule is CLAIM or found.is_free(line.number))
    yield Title(line=line.number, span=chosen.span, text=text, rule=chosen.rule.id, why=chosen.why, takes_line=takes)
    if whole:
        yield from _repeats(found, chosen)


def _agreed(found: Found) -> _Choice | None:
    """Return the heading or line that agrees with the headline claimed by the page, if any."""
    titles = found.layout.claimed.title
    if titles.headline is not None:
        start, end = titles.part_of(titles.headline)
        share = (
            f"h1, {100 * titles.agreement(titles.headline.text):.0f} % like the headline that the page claims"
            if titles.titles
            else "h1"
        )
        return _Choice(line=titles.headline, text=titles.headline.text[start:end], rule=AGREED, why=share)
    if titles.claimed is None:
        return None
    says = (fold(text) for text in (titles.claimed.text, *titles.parts()))
    lines = (line for known in says for line in found.layout.lines_by_folded.get(known, ()))
    line = next((line for line in lines if found.is_free(line.number) and not titles.is_site_alone(line.text)), None)
    return None if line is None else _Choice(line=line, text=line.text, rule=AGREED, why=titles.claimed.claim.name)


def _claimed(found: Found) -> _Choice | None:
    """Return the headline claimed by the page, if any."""
    title = found.layout.claimed.title.claimed
    if title is None:
        return None
    line = found.page.lines[title.claim.line]
    return _Choice(line=line, text=title.text, rule=CLAIM, why=title.claim.name, claim=title.claim)


def _repeats(found: Found, title: _Choice) -> Iterator[Removal]:
    """Yield the lines that repeat the headline, with or without the name of the site."""
    known = tuple(filter(None, (fold(title.text), found.folded(title.line))))
    alike = (lines for folded, lines in found.layout.lines_by_folded.items() if folded.startswith(known))
    for other in sorted((line for lines in alike for line in lines), key=lambda line: line.number):
        if not found.is_free(other.number) or len(other.text) > LONGEST or other.number == title.line.number:
            continue
        says_it = found.folded(other) in known or fold(other.text[: _suffix_from(other.text)]) in known
        if says_it and not _is_of_report(found, title, other):
            yield removed(other, REPEAT, "repetition")


def _is_of_report(found: Found, title: _Choice, other: Line) -> bool:
    """
    Return whether a line that repeats the headline may be a line of the report.

    A sentence is, unless it stands above the paragraphs and the headline closes like it. Amid the paragraphs of a text without
    links around it, any line may be: a refrain. The label of a picture may not.
    """
    paragraphs = found.layout.lines[found.layout.start :]
    is_amid = found.zone(other.number) is None and bool(paragraphs) and other.number > paragraphs[0].line.number
    labels_picture = _PICTURE.search(other.text) is not None
    if ends_sentence(other.text) and not labels_picture:
        return is_amid or not ends_sentence(title.text)
    return is_amid and (len(title.text) < REPEAT_AMID or (found.frame.kind != "page" and not labels_picture))


def _given(page: Page, found: Found) -> _Choice | None:
    """Return the line above the report that contains the title given by the caller."""
    given = fold(page.raw.title or "")
    for line in found.free(0, found.body_start):
        if given and len(line.text) <= LONGEST and given in (found.folded(line), fold(line.text[: _suffix_from(line.text)])):
            return _Choice(line=line, text=line.text[: _site_from(line.text, found)], rule=GIVEN)
    return None


def _weighed(found: Found) -> _Choice | None:
    """Return the line with the strongest evidence; where no telling URL backs it, rather the first line or a signed one."""
    strongest = _strongest(found)
    if _yields_to_first(found, strongest) and (first := _first(found)) is not None:
        return first
    if strongest is None or not _suffices(found, strongest) or _is_amid_text(found, strongest.view):
        return None
    view = _above_subhead(found, strongest.view)
    decided = why(strongest.features, field_weights().title.features)
    return _Choice(line=view.line, text=headline(found, view), rule=WEIGHED, why=decided)


def _strongest(found: Found) -> _Strongest | None:
    """Return the candidate with the strongest evidence; None without candidates."""
    weights = field_weights().title
    chosen = best(title_candidates(found, weights.features), weights.features)
    if chosen is None:
        return None
    surplus = score(chosen.features, weights.features) - weights.least
    return _Strongest(view=chosen.value, features=chosen.features, surplus=surplus)


def _yields_to_first(found: Found, strongest: _Strongest | None) -> bool:
    """Return whether a first line that begins like a headline is preferred to the line with the strongest evidence."""
    if strongest is None or (lacks_head(found) and not _is_sure(found, strongest)):
        return True
    return not found.layout.slug.is_telling and strongest.surplus < SURE


def _suffices(found: Found, strongest: _Strongest) -> bool:
    """Return whether the evidence for a line suffices; where nothing stands above or around the report, the URL must say it."""
    if lacks_head(found) and found.frame.kind != "page":
        return _is_sure(found, strongest)
    is_signed_above = not found.layout.slug.is_telling and not _SIGNED.isdisjoint(strongest.features)
    return strongest.surplus >= (-SIGNED_BONUS if is_signed_above else 0)


def _is_sure(found: Found, strongest: _Strongest) -> bool:
    """Return whether the evidence for a line suffices and a telling URL contains all of it."""
    return strongest.surplus >= 0 and _says_the_url(found, strongest.view)


def _above_subhead(found: Found, view: LineView) -> LineView:
    """
    Return the headline above a line that is its subhead, else the line.

    A subhead is the longer of the two and stands right above the byline or the date. Where the URL says the headline, there is
    nothing to ask.
    """
    layout = found.layout
    if (
        layout.slug.is_telling
        or view.position == 0
        or view.size < SUBHEAD
        or not is_signed(TitleCues.of(found), view.position + 1)
    ):
        return view
    above = layout.lines[view.position - 1]
    is_shorter = LEAST_HEADLINE <= above.size <= view.size / LONGER
    return above if is_shorter and _says_something(above.text) and reads_alone(found, above) else view


def _says_something(text: str) -> bool:
    """Return whether a line has the words of a headline, not those of a section: four, and one of them in small letters."""
    words = text.split()
    return len(words) >= HEADLINE_WORDS and "|" not in words and any(word[0].islower() for word in words)


def _first(found: Found) -> _Choice | None:
    """Return the first line, if it reads like a headline, or its beginning, if the report was joined to it."""
    view = first_line_headline(found)
    if view is not None:
        return _Choice(line=view.line, text=headline(found, view), rule=FIRST_LINE)
    joined = joined_headline(found)
    return None if joined is None else _Choice(line=joined[0].line, text=joined[0].text[: joined[1]], rule=SAME_LINE)


def _says_the_url(found: Found, view: LineView) -> bool:
    return found.layout.slug.is_telling and found.layout.slug_similarity.get(view.position, 0.0) >= WHOLE_MATCH


def _is_amid_text(found: Found, view: LineView) -> bool:
    """
    Return whether paragraphs of the text stand above a line.

    Notices may stand above the headline, so the URL may back a line amid text: wholly, if nothing stands above the report.
    """
    layout, similarity = found.layout, found.layout.slug_similarity.get(view.position, 0.0)
    if lacks_head(found) and view.position > layout.start and similarity < WHOLE_MATCH:
        return True
    is_signed_below = is_signed(TitleCues.of(found), view.position + 1)
    if _is_below_opening(found, view):
        return found.frame.kind != "page" or not (is_signed_below or _says_the_url(found, view))
    if found.frame.short_lines >= MANY_SHORT or similarity >= SLUG_MATCH or is_signed_below:
        return False
    return any(other.size >= PARAGRAPH for other in layout.lines[: view.position])


def _is_below_opening(found: Found, view: LineView) -> bool:
    """
    Return whether the text opens with sentences of a report, and most lines from there to a line are sentences.

    Such a line is a subhead or heads a table. A notice on a page stands above a menu, and mostly a rule knows it.
    """
    above = found.layout.lines[: view.position]
    if not above or not is_sentence(above[0]) or not found.is_free(above[0].line.number):
        return False
    if found.matches_any(above[0].line) or found.evidence(above[0].line):
        return False
    sentences = sum(map(is_sentence, above))
    return sentences > 1 and 2 * sentences > len(above)


def headline(found: Found, view: LineView) -> str:
    """Return the text of a line without the name of the page's site at its end."""
    return view.text[: _site_from(view.text, found)].lstrip(_BEFORE) or view.text


def _suffix_from(text: str) -> int:
    """Return the offset of something like a site name at the end of a title; its length if there is none."""
    suffix = _SUFFIX.search(text)
    return suffix.start() if suffix else len(text)


def _is_motto(found: Found, headline: str, behind: str) -> bool:
    """Return whether a headline of some words stands before the name of the site, and no words of the URL after it."""
    words, rest = fold(headline).split(), fold(behind).split()
    return len(words) >= SHORT_TITLE and not found.layout.slug.words & (frozenset(rest) - frozenset(words))


def _site_from(text: str, found: Found) -> int:
    """Return the offset of the page's site name at the end of a title; its length if there is none."""
    host = found.host.replace("-", "")
    for parting in _PARTING.finditer(text):  # the site may have a motto after its name
        name = _NAME_END.split(text[parting.end() :], 1)[0]
        behind = text[parting.end() + len(name) :]
        if behind and fold(name).replace(" ", "") in host.split(".") and _is_motto(found, text[: parting.start()], behind):
            return parting.start()
    at = _suffix_from(text)
    if at == len(text):
        return at
    name = fold(text[at:]).replace(" ", "")
    site = fold(found.page.raw.site or "").replace(" ", "")
    host = host.replace(".", "")
    own = (site and (name == site or name in site or site in name)) or (len(name) > 2 and name in host)
    return at if name and own else len(text)
