"""What speaks for and against a line being the headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import attrs

from newsnorm.evidence.linear import Candidate, bucket
from newsnorm.page.layout import LineView, PageLayout, stems
from newsnorm.page.state import Found
from newsnorm.text.folding import fold_numbers

SHORTEST, LONGEST = 6, 220
"""Code points of a headline."""

LONGEST_PARAGRAPH = 160
"""Code points. A longer paragraph is no headline."""

ABOVE, BELOW = 70, 8
"""Lines above the report, and from its first paragraph on, among which the headline is looked for."""

TOPICAL_SHARE, TOPICAL_SIZE = 0.34, 22
"""The share of a line's words that the report uses, and the code points of the line, from which it speaks of the report."""

NEAR = 5
"""Lines between a line that speaks of the report and the next."""

AHEAD, BEHIND = 6, 3
"""Lines below and above a headline in which its byline and its date stand."""


@attrs.frozen(eq=False)
class TitleCues:
    """The page as a headline is looked for in it."""

    found: Found
    layout: PageLayout

    @classmethod
    def of(cls, found: Found) -> TitleCues:
        """Look at a page for its headline."""
        return cls(found, found.layout)

    @cached_property
    def folded(self) -> Mapping[int, str]:
        """Index → the case-folded text of each line long enough to be repeated on purpose."""
        return {view.position: view.text.casefold() for view in self.layout.lines if 12 <= view.size <= 180}

    @cached_property
    def times(self) -> Counter[str]:
        """How often each folded line stands on the page."""
        return Counter(self.folded.values())

    @cached_property
    def around(self) -> str:
        """The folded lines in which, or near which, the headline is looked for."""
        first, last = self.reach
        lines = range(max(0, first - 20), min(len(self.layout.lines), last + 20))
        return "\n".join(self.folded[index] for index in lines if index in self.folded)

    @cached_property
    def reach(self) -> tuple[int, int]:
        """First and last index (exclusive) of the lines among which the headline is looked for."""
        start = self.layout.start
        return max(0, start - ABOVE), min(len(self.layout.lines), start + BELOW)

    @cached_property
    def marked(self) -> frozenset[int]:
        """Indices of lines that name who wrote something, with more than a bare name."""
        return frozenset(index for index, reading in self.layout.bylines.items() if reading.kind != "bare")

    @cached_property
    def dated(self) -> frozenset[int]:
        """Indices of lines with a date."""
        return frozenset(view.position for view in self.layout.dated)

    @cached_property
    def topical(self) -> Sequence[int]:
        """Indices of lines among the candidates that speak of the report."""
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
        if not SHORTEST <= view.size <= LONGEST or (view.paragraph and view.size > LONGEST_PARAGRAPH):
            return False
        learned = self.layout.rules.learned
        if not self.found.is_free(view.line.number) or (learned and fold_numbers(view.line.text) in learned):
            return False  # the site prints it above other reports too
        reading = self.layout.bylines.get(view.position)
        return reading is None or reading.kind != "marked" or not reading.given

    @cached_property
    def topic_shares(self) -> Mapping[int, float]:
        """Index → the share of a candidate's words that the first paragraphs use too."""
        return {view.position: self._topic_share(view) for view in self.views}

    def _topic_share(self, view: LineView) -> float:
        own = stems(view.text)
        return len(own & self.layout.topic) / max(2, len(own)) if own else 0.0


def is_signed(cues: TitleCues, index: int) -> bool:
    """Return whether a line is a date, or names people and says nothing else."""
    lines = cues.layout.lines
    if index >= len(lines) or lines[index].paragraph:
        return False
    reading = cues.layout.bylines.get(index)
    return bool(lines[index].dates) or (reading is not None and reading.clean and (reading.kind != "bare" or reading.given))


def signed_next(cues: TitleCues, view: LineView) -> bool:
    """A date or a name stands right below."""
    return is_signed(cues, view.position + 1)


def whole_address(cues: TitleCues, view: LineView) -> bool:
    """The line matches a URL slug of few words."""
    return not cues.layout.slug.is_telling and view.position in cues.layout.slug_matches


def stop(cues: TitleCues, view: LineView) -> bool:
    """A full stop ends the line."""
    return view.text[-1] in ".。।"


def open_end(cues: TitleCues, view: LineView) -> bool:
    """The line ends amid a sentence, or announces what follows."""
    return view.text[-1] in ":,;…："


def date_below(cues: TitleCues, view: LineView) -> bool:
    """A date stands in the next lines."""
    return not cues.dated.isdisjoint(range(view.position + 1, view.position + 1 + AHEAD))


def date_above(cues: TitleCues, view: LineView) -> bool:
    """A date stands in the lines above."""
    return not cues.dated.isdisjoint(range(max(0, view.position - BEHIND), view.position))


def byline_below(cues: TitleCues, view: LineView) -> bool:
    """A marked byline stands in the next lines."""
    return not cues.marked.isdisjoint(range(view.position + 1, view.position + 1 + AHEAD))


def closes(cues: TitleCues, view: LineView) -> bool:
    """The line closes as a sentence of nine words or more."""
    return view.text[-1] in ".。।!?…" and view.text.count(" ") > 7


def prose_next(cues: TitleCues, view: LineView) -> bool:
    """A paragraph stands right below."""
    lines = cues.layout.lines
    return view.position + 1 < len(lines) and lines[view.position + 1].paragraph


def again(cues: TitleCues, view: LineView) -> bool:
    """The line stands on the page more than once."""
    key = cues.folded.get(view.position, "")
    return key != "" and cues.times[key] > 1


def in_another(cues: TitleCues, view: LineView) -> bool:
    """Another line near the report holds the line and more."""
    key = cues.folded.get(view.position, "")
    return key != "" and view.size > 20 and cues.times[key] == 1 and cues.around.count(key) > 1


def like_above(cues: TitleCues, view: LineView) -> bool:
    """A line that speaks of the report stands shortly above."""
    return any(0 < view.position - other <= NEAR for other in cues.topical)


def first_like(cues: TitleCues, view: LineView) -> bool:
    """The line is the first of the candidates that speaks of the report."""
    return bool(cues.topical) and view.position == cues.topical[0]


Flag: TypeAlias = Callable[[TitleCues, LineView], bool]

FLAGS: Mapping[str, Flag] = {
    "whole-address": whole_address,
    "signed-next": signed_next,
    "bullet": lambda cues, view: view.bullet,
    "stop": stop,
    "open-end": open_end,
    "dated": lambda cues, view: bool(view.dates),
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
"""Feature → whether it holds for a line."""


def title_candidates(found: Found, wanted: Container[str] | None = None) -> list[Candidate[LineView]]:
    """
    Return the lines that may be the headline, each with the features that hold.

    Args:
        found: what is known of the page.
        wanted: the features that weigh anything; None for all.

    """
    cues = TitleCues.of(found)
    if not cues.layout.has_paragraphs:
        return []  # nothing that a line could be the headline of
    flags = [(name, holds) for name, holds in FLAGS.items() if wanted is None or name in wanted]
    return [Candidate(view.position, view, _features(cues, view, flags)) for view in cues.views]


def _features(cues: TitleCues, view: LineView, flags: Sequence[tuple[str, Flag]]) -> list[str]:
    layout = cues.layout
    features = [
        "line",
        bucket("size", view.size, (15, 24, 34, 110, 150)),
        bucket("said", cues.topic_shares[view.position], (0, 0.2, 0.34, 0.5, 0.7)),
        bucket("above", layout.start - view.position, (-1, 0, 1, 2, 4, 7, 12, 20, 40)),
    ]
    if not layout.dense:
        features.append(_gaps(view))
    if layout.slug.is_telling:
        features.append(bucket("address", layout.slug_similarity.get(view.position, 0.0), (0, 0.2, 0.4, 0.55, 0.75)))
    features += [name for name, holds in flags if holds(cues, view)]
    return features


def _gaps(view: LineView) -> str:
    """Name the blank lines around a line."""
    if view.gap:
        return "alone" if view.gap_below else "gap-above"
    return "gap-below" if view.gap_below else "packed"
