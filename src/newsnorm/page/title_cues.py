"""Collect evidence for and against each line being the headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import attrs

from newsnorm.evidence.linear import Candidate, bucket
from newsnorm.page.date_standing import ALL_BUT, date_share, is_date_line
from newsnorm.page.layout import LineView, PageLayout
from newsnorm.page.state import Found
from newsnorm.text.folding import fold_numbers
from newsnorm.text.web_address import is_address

SHORTEST, LONGEST = 6, 220
"""Code points of the shortest and longest headline."""

LONGEST_PARAGRAPH = 160
"""Code points from which a paragraph is not a headline."""

ABOVE, BELOW = 70, 8
"""Lines above the first paragraph of the report, and from it on, within which the headline is looked for."""

TOPICAL_SHARE, TOPICAL_SIZE = 0.34, 22
"""Smallest share of a line's words that the report uses, and fewest code points, for a line to be about the report."""

NEAR = 5
"""Distance in lines within which another line about the report counts."""

LONG_ENOUGH_TO_QUOTE = 20
"""Code points above which a line is not part of another one by chance."""

AHEAD, BEHIND = 6, 3
"""Lines below and above a headline within which its byline and date are looked for."""


@attrs.frozen(eq=False)
class TitleCues:
    """What a page shows about its headline."""

    found: Found
    layout: PageLayout

    @classmethod
    def of(cls, found: Found) -> TitleCues:
        """Prepare the cues of a page."""
        return cls(found, found.layout)

    @cached_property
    def folded(self) -> Sequence[str]:
        """The case-folded text of each line of the layout; empty for lines too short or too long to be repeated on purpose."""
        return [view.text.casefold() if 12 <= view.size <= 180 else "" for view in self.layout.lines]

    @cached_property
    def times(self) -> Counter[str]:
        """How often each folded line occurs."""
        return Counter(self.folded)

    @cached_property
    def around(self) -> str:
        """The folded lines around the candidates, joined by line breaks."""
        first, last = self.reach
        return "\n".join(filter(None, self.folded[max(0, first - 20) : last + 20]))

    @cached_property
    def reach(self) -> tuple[int, int]:
        """First and last index (exclusive) of the lines among which the headline is looked for."""
        start = self.layout.start
        return max(0, start - ABOVE), min(len(self.layout.lines), start + BELOW)

    @cached_property
    def marked(self) -> frozenset[int]:
        """Indices of lines that name an author of something by more than a bare name."""
        return frozenset(index for index, reading in self.layout.bylines.items() if reading.kind != "bare")

    @cached_property
    def dated(self) -> frozenset[int]:
        """Indices of lines with a date."""
        return frozenset(view.position for view in self.layout.dated)

    @cached_property
    def topical(self) -> Sequence[int]:
        """Indices of the candidates that are about the report, in ascending order."""
        return [view.position for view in self.views if self._is_topical(view)]

    def _is_topical(self, view: LineView) -> bool:
        plain = not view.bullet and not view.dates and view.position not in self.marked
        return plain and view.size >= TOPICAL_SIZE and self.topic_shares[view.position] >= TOPICAL_SHARE

    @cached_property
    def views(self) -> Sequence[LineView]:
        """The lines that may be the headline."""
        layout = self.layout
        first, last = self.reach
        below = last if layout.slug.is_telling else layout.start
        views = (layout.lines[index] for index in sorted({*range(first, below), *layout.slug_matches}))
        return [view for view in views if self._may_be_title(view)]

    def _may_be_title(self, view: LineView) -> bool:
        if is_address(view.text) or self.layout.is_amid_sentence(view):
            return False
        if not SHORTEST <= view.size <= LONGEST or (view.paragraph and view.size > LONGEST_PARAGRAPH):
            return False
        if view.position in self.layout.date_labels or (view.dates and date_share(view) >= ALL_BUT):
            return False
        learned = self.layout.rules.learned
        if not self.found.is_free(view.line.number) or (learned and fold_numbers(view.line.text) in learned):
            return False  # it also stands above other reports of the site
        return not self._is_byline(view)

    def _is_byline(self, view: LineView) -> bool:
        """Return whether a line names an author: by a marker, or by a date beside a known name below another line."""
        reading = self.layout.bylines.get(view.position)
        if reading is None or reading.kind == "marker_above":
            return reading is not None
        if reading.kind == "marked":
            return reading.given
        beside = self.layout.lines[view.position - 1 : view.position + 2] if view.position > 0 else ()
        is_name = reading.given and reading.clean and view.position not in self.layout.slug_matches
        return is_name and any(is_date_line(other) for other in beside)

    @cached_property
    def topic_shares(self) -> Mapping[int, float]:
        """Index of a candidate → share of its words that the first paragraphs use, too."""
        return {view.position: self.layout.topic.share(view.text) for view in self.views}

    def where(self, holds: Callable[[LineView], bool]) -> frozenset[int]:
        """Return the indices of the candidates for which a condition holds."""
        return frozenset(view.position for view in self.views if holds(view))


def _above(indices: Iterable[int], lines: int) -> frozenset[int]:
    """Return the indices of the lines up to `lines` lines above one of the given lines."""
    return frozenset(index - step for index in indices for step in range(1, lines + 1))


def _below(indices: Iterable[int], lines: int) -> frozenset[int]:
    """Return the indices of the lines up to `lines` lines below one of the given lines."""
    return frozenset(index + step for index in indices for step in range(1, lines + 1))


def is_signed(cues: TitleCues, index: int) -> bool:
    """Return whether a line has a date, or only names people."""
    lines = cues.layout.lines
    if index >= len(lines) or lines[index].paragraph:
        return False
    reading = cues.layout.bylines.get(index)
    return bool(lines[index].dates) or (reading is not None and reading.clean and (reading.kind != "bare" or reading.given))


def signed_next(cues: TitleCues) -> frozenset[int]:
    """Return the lines right above a date or a name."""
    return cues.where(lambda view: is_signed(cues, view.position + 1))


def whole_address(cues: TitleCues) -> frozenset[int]:
    """Return the lines that match a URL slug of few words."""
    return frozenset() if cues.layout.slug.is_telling else cues.layout.slug_matches


def bullet(cues: TitleCues) -> frozenset[int]:
    """Return the lines with a bullet."""
    return cues.where(lambda view: view.bullet)


def stop(cues: TitleCues) -> frozenset[int]:
    """Return the lines that end with a full stop."""
    return cues.where(lambda view: view.text[-1] in ".。।۔።")


def open_end(cues: TitleCues) -> frozenset[int]:
    """Return the lines that end within a sentence, or announce what follows."""
    return cues.where(lambda view: view.text[-1] in ":,;…：")


def dated(cues: TitleCues) -> frozenset[int]:
    """Return the lines with a date."""
    return cues.dated


def date_below(cues: TitleCues) -> frozenset[int]:
    """Return the lines shortly above a date."""
    return _above(cues.dated, AHEAD)


def date_above(cues: TitleCues) -> frozenset[int]:
    """Return the lines shortly below a date."""
    return _below(cues.dated, BEHIND)


def byline_below(cues: TitleCues) -> frozenset[int]:
    """Return the lines shortly above a marked byline."""
    return _above(cues.marked, AHEAD)


def closes(cues: TitleCues) -> frozenset[int]:
    """Return the lines that end like a sentence and have nine words or more."""
    return cues.where(lambda view: view.text[-1] in ".。।۔።!?…" and view.text.count(" ") > 7)


def prose_next(cues: TitleCues) -> frozenset[int]:
    """Return the lines right above a paragraph."""
    return frozenset(view.position - 1 for view in cues.layout.lines if view.paragraph)


def again(cues: TitleCues) -> frozenset[int]:
    """Return the lines that occur on the page more than once."""
    repeated = {folded for folded, times in cues.times.items() if times > 1 and folded}
    return cues.where(lambda view: cues.folded[view.position] in repeated) if repeated else frozenset()


def in_another(cues: TitleCues) -> frozenset[int]:
    """Return the lines that are part of a longer line near the report."""
    return cues.where(lambda view: view.size > LONG_ENOUGH_TO_QUOTE and _is_in_another(cues, cues.folded[view.position]))


def _is_in_another(cues: TitleCues, folded: str) -> bool:
    return folded != "" and cues.times[folded] == 1 and cues.around.count(folded) > 1


def like_above(cues: TitleCues) -> frozenset[int]:
    """Return the lines shortly below a line about the report."""
    return _below(cues.topical, NEAR)


def first_like(cues: TitleCues) -> frozenset[int]:
    """Return the first line about the report."""
    return frozenset(cues.topical[:1])


Flag: TypeAlias = Callable[[TitleCues], frozenset[int]]

FLAGS: Mapping[str, Flag] = {
    "whole-address": whole_address,
    "signed-next": signed_next,
    "bullet": bullet,
    "stop": stop,
    "open-end": open_end,
    "dated": dated,
    "date-below": date_below,
    "date-above": date_above,
    "byline-below": byline_below,
    "closes": closes,
    "prose-next": prose_next,
    "again": again,
    "in-another": in_another,
    "like-above": like_above,
    "first-like": first_like,
}
"""Feature → function that returns the indices of the candidates (and perhaps other lines) for which it holds."""


def title_candidates(found: Found, wanted: Container[str] | None = None) -> list[Candidate[LineView]]:
    """
    Return the candidates for the headline, each with the features that hold for it.

    Args:
        found: what is known about the page.
        wanted: the features that have a weight; None for all.

    """
    cues = TitleCues.of(found)
    if not cues.layout.has_paragraphs:
        return []  # there is nothing to have a headline
    features = {view.position: _measures(cues, view) for view in cues.views}
    for name, holders in FLAGS.items():
        if wanted is None or name in wanted:
            for index in holders(cues) & features.keys():
                features[index].append(name)
    return [Candidate(view.position, view, features[view.position]) for view in cues.views]


def _measures(cues: TitleCues, view: LineView) -> list[str]:
    """Return the features that measure a line: its size and position, and the words it shares with the report and the URL."""
    layout, position = cues.layout, view.position
    features = [
        "line",
        bucket("size", view.size, (15, 24, 34, 110, 150)),
        bucket("said", cues.topic_shares[position], (0, 0.2, 0.34, 0.5, 0.7)),
        bucket("above", layout.start - position, (-1, 0, 1, 2, 4, 7, 12, 20, 40)),
    ]
    if not layout.dense:
        features.append(_gaps(view))
    if layout.slug.is_telling:
        features.append(bucket("address", layout.slug_similarity.get(position, 0.0), (0, 0.2, 0.4, 0.55, 0.75)))
    return features


def _gaps(view: LineView) -> str:
    """Name the blank lines around a line."""
    if view.gap:
        return "alone" if view.gap_below else "gap-above"
    return "gap-below" if view.gap_below else "packed"
