"""Collect evidence for and against each line being the byline of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import attrs

from newsnorm.evidence.linear import Candidate, bucket
from newsnorm.grammar.byline import BylineReading
from newsnorm.grammar.byline_markers import opening_marker
from newsnorm.page.date_standing import is_date_line, is_of_event
from newsnorm.page.frame import is_short
from newsnorm.page.layout import LineView, PageLayout, is_sentence
from newsnorm.page.state import Found
from newsnorm.records import WRITERS, Removal
from newsnorm.text.lazy_regex import lazy_regex

LEAD_WINDOW = 6
"""Lines from the start of the report in which a byline may be, since the first paragraphs may be a standfirst or a summary."""

CROWD, CROWD_FROM = 3, 7
"""Number of names after markers from which they are taken to be teasers', and distance in lines from the headline at which names
count; not measured."""

BIO = 20
"""Code points after a name within which a note on the person may begin."""

SOON_BELOW = 6
"""Lines below the report that still count as its end."""

BYLINE, BYLINE_WITHIN = 60, 12
"""Code points of the longest byline of an outlet or an office, and lines below the headline within which one is expected."""

SIGNATURE_BELOW = 4
"""Lines below the report within which a name may sign it."""

LETTERS = 3
"""Fewest lines that each sign a paragraph for the text to be letters to the editor. Chosen, not measured."""

SIGNED_WITH = 2
"""Lines of a signature: a name and a place."""

UNKNOWN_BELOW = 3
"""Lines below the headline within which an unlisted name may stand without a marker; further down, most such lines are
sections."""

DASHES = frozenset("-–—―")
QUOTES = frozenset("\"'”“’‘»«›‹」』")
SIGNS = ".,:;!?\"'()[]«»“”„‘’"

_AGE = lazy_regex(r"\s\d{1,2}(?:\s[^\W\d_]+){1,3}\Z")
"""How long ago something was published, or how long it takes to read: ``2 months``, ``5 min read``."""

IDEOGRAPHS = "\u2e7f"
"""The last character before the scripts of East Asia, in which a name is one word."""


@attrs.frozen(eq=False)
class BylineCues:
    """What a page says about its byline."""

    found: Found
    layout: PageLayout
    title: int | None
    """Index of the headline; None if none was found."""

    @cached_property
    def marked(self) -> Sequence[int]:
        """Indices of lines that name a writer after or below a marker."""
        readings = self.layout.bylines.items()
        return [index for index, reading in readings if reading.kind in ("marked", "marker_above") and names_writer(reading)]

    @cached_property
    def nearest_marked(self) -> int | None:
        """Index of the first marked line at or below the headline."""
        title = self.title
        return next((index for index in self.marked if title is None or index >= title - 2), None)

    @cached_property
    def nearest_bare(self) -> int | None:
        """Index of the first bare name below the headline."""
        readings = self.layout.bylines.items()
        return next((index for index, reading in readings if reading.kind == "bare" and index > (self.title or 0)), None)

    @cached_property
    def is_crowd(self) -> bool:
        """Whether several people are named after markers away from the headline."""
        return len({first_name(self.layout.bylines[index]) for index in self.marked if not self.is_near_title(index)}) >= CROWD

    @cached_property
    def prose(self) -> str:
        """The paragraphs of the report, joined by line breaks."""
        layout = self.layout
        return "\n".join([view.text for view in layout.lines[layout.start : layout.end + 1] if view.paragraph])

    @cached_property
    def names(self) -> Counter[str]:
        """First name of a line → how many lines begin with it."""
        return Counter(map(first_name, self.layout.bylines.values()))

    def is_near_title(self, index: int) -> bool:
        """Return whether a line is near the headline; without a headline, no line is."""
        return self.title is not None and -2 <= index - self.title <= CROWD_FROM

    def is_below_title(self, index: int, within: int = CROWD_FROM) -> bool:
        """Return whether a line stands at most so many lines below the headline."""
        return self.title is not None and 0 < index - self.title <= within

    @cached_property
    def has_byline_of_nobody(self) -> bool:
        """Whether a marker below the headline precedes an outlet or an office; then no line without a marker names a writer."""
        if self.title is None or self.marked:
            return False
        markers = self.layout.rules.markers
        for view in self.layout.lines[self.title + 1 : self.title + 1 + BYLINE_WITHIN]:
            if view.size <= BYLINE and not view.paragraph and view.position not in self.layout.bylines:
                marker, rest = opening_marker(view.text, markers)
                if marker is not None and marker.role == "author" and rest[:1].isupper():
                    return True
        return False

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of the headline, in lower case, without signs around them."""
        if self.title is None:
            return frozenset()
        words = self.layout.lines[self.title].text.lower().split()
        return frozenset(word.removesuffix("'s").removesuffix("’s") for word in (word.strip(SIGNS) for word in words))

    def is_one_of_several(self, index: int) -> bool:
        """
        Return whether a bare name below the first paragraph follows a line that announces it, or is one of several placed
        alike.
        """
        if self.layout.lines[index - 1].text.endswith((":", "：")):
            return True
        name = first_name(self.layout.bylines[index])
        return any(
            first_name(self.layout.bylines[other]) != name
            for other in (*self.headings, index - 1, index + 1)
            if self.is_name(other)
        )

    def is_name(self, index: int) -> bool:
        """Return whether a line is a known name and nothing else."""
        reading = self.layout.bylines.get(index)
        return reading is not None and reading.kind == "bare" and reading.given and reading.clean

    @cached_property
    def letters_from(self) -> int:
        """
        Index of the first of several lines that each sign a paragraph, as in letters to the editor; the number of lines if there
        are none.

        At least half of the sentences, and the last one, must be followed by one or two such lines, and some of these must be
        names.
        """
        lines, sentences = self.layout.lines, self._sentences_in_a_row
        signed = [index + 1 for index in sentences if index + 1 < len(lines) and is_short(lines[index + 1])]
        names = {first_name(self.layout.bylines[index]) for index in signed if self._is_bare(index)}
        is_signed_all_along = LETTERS <= len(signed) >= len(sentences) / 2 and signed[-1] > sentences[-1]
        if not is_signed_all_along or len(names) < LETTERS - 1:
            return len(lines)
        closes = len(lines) - signed[-1] <= SIGNED_WITH or self._is_bare(signed[-1])
        return signed[0] if closes else len(lines)

    @property
    def _sentences_in_a_row(self) -> Sequence[int]:
        """Indices of the sentences from the first paragraph on, until more lines follow than a signature has."""
        sentences: list[int] = []
        for view in self.layout.lines[self.layout.start :]:
            if is_sentence(view):
                sentences.append(view.position)
            elif sentences and view.position - sentences[-1] > SIGNED_WITH:
                break
        return sentences

    def _is_bare(self, index: int) -> bool:
        """Return whether a line names somebody and has no marker."""
        reading = self.layout.bylines.get(index)
        return reading is not None and reading.kind == "bare" and bool(reading.people)

    @cached_property
    def headings(self) -> Sequence[int]:
        """Indices of the lines below the first paragraph that are only a known name, right above a paragraph."""
        lines, first, last = self.layout.lines, self.layout.start, self.layout.end
        return [
            index for index in self.layout.bylines if first < index < last and self.is_name(index) and lines[index + 1].paragraph
        ]

    def is_listed(self, index: int) -> bool:
        """Return whether the line above or below is a bare name too."""
        others = (self.layout.bylines.get(index + step) for step in (-1, 1))
        return any(other is not None and other.kind == "bare" for other in others)


@attrs.frozen(eq=False)
class Signature:
    """One line that names somebody."""

    cues: BylineCues
    view: LineView
    reading: BylineReading

    @property
    def bare(self) -> bool:
        """Whether only the name suggests that the line is a byline."""
        return self.reading.kind == "bare"

    @property
    def name(self) -> str:
        """The first person named, or else the agency."""
        return first_name(self.reading)

    @cached_property
    def words(self) -> Sequence[str]:
        """The words of that name in lower case."""
        return [word.lower().strip(".,") for word in self.name.split()]

    @property
    def is_of_unknown_name(self) -> bool:
        """Whether the person's first name is not a listed given name."""
        return unknown(self)

    @property
    def is_known_shape(self) -> bool:
        """Whether the line matches a byline rule that names people."""
        matches = self.cues.layout.matches.get(self.view.line.number, ())
        return any(match.rule.table == "byline" and match.fields.people for match in matches)

    @cached_property
    def rest(self) -> str:
        """The text of the line after the last name; empty if the name is not printed as it is read."""
        text, last = self.view.line.text, self.reading.people[-1].name.split()[-1].lower() if self.reading.people else ""
        at = text.lower().find(last)
        return text[at + len(last) :] if at >= 0 else ""

    @property
    def is_right_before_date(self) -> bool:
        """Whether only white space separates the name from the first date."""
        line = self.view.line.text
        start = len(line) - len(self.rest)
        return any(mention.start >= start and not line[start : mention.start].strip() for mention in self.view.dates[:1])

    @property
    def wide(self) -> bool:
        """Whether the name is written in characters of East Asia."""
        return self.name[:1] > IDEOGRAPHS


def names_writer(reading: BylineReading) -> bool:
    """Return whether a byline names a writer, or only an agency; editors or translators alone don't count."""
    return not reading.people or any(person.role in WRITERS for person in reading.people)


def first_name(reading: BylineReading) -> str:
    """Return the first person named, or the agency, or nothing."""
    return reading.people[0].name if reading.people else reading.agency or ""


def alone(by: Signature) -> bool:
    """A bare name is between blank lines."""
    return by.bare and by.view.gap and by.view.gap_below


def two_and_clean(by: Signature) -> bool:
    """The line is a bare name of two words and nothing else."""
    return by.bare and by.reading.clean and len(by.words) == 2


def in_prose(by: Signature) -> bool:
    """A paragraph of the report contains the bare name, too, so the person is a subject, not the author."""
    return by.bare and by.name != "" and by.name in by.cues.prose and by.cues.layout.text.count(by.name) > 1


def written_small(by: Signature) -> bool:
    """A word of the bare name also occurs on the page in lower case, so it is not a name."""
    if by.wide or not by.bare:
        return False
    layout, particles = by.cues.layout, by.cues.layout.rules.context.grammar.names.particles
    return any(len(word) > 2 and word not in particles and layout.prints(word) for word in by.words)


def photo(by: Signature) -> bool:
    """A word of the line says that it credits a picture."""
    words = by.view.line.text.lower().replace("/", " ").split()
    return any(word.strip(".,:()[]") in by.cues.layout.rules.context.grammar.bylines.photo for word in words)


def unknown(by: Signature) -> bool:
    """The person's first name is not a listed given name."""
    word_names = by.cues.layout.rules.context.grammar.names.word_names
    return bool(by.reading.people) and not by.reading.given and by.words[0] not in word_names


def nearest_marked(by: Signature) -> bool:
    """The line is the first marked byline from the headline on."""
    return by.view.position == by.cues.nearest_marked


def first_marked(by: Signature) -> bool:
    """The line is the first marked byline of the page."""
    return bool(by.cues.marked) and by.view.position == by.cues.marked[0]


def removed(by: Signature) -> bool:
    """A rule removed the line as boilerplate."""
    return isinstance(by.cues.found.taken(by.view.line.number), Removal)


def nearest_bare(by: Signature) -> bool:
    """The line is the first bare name below the headline."""
    return by.view.position == by.cues.nearest_bare


def handle(by: Signature) -> bool:
    """The name begins in lower case, as handles do."""
    return by.name[:1].islower()


def others_marked(by: Signature) -> bool:
    """Other lines name somebody after a marker, but this line is a bare name."""
    return by.bare and bool(by.cues.marked)


def again_candidate(by: Signature) -> bool:
    """Another line names the same person first."""
    return by.cues.names[by.name] > 1


def several(by: Signature) -> bool:
    """The line names several people."""
    return len(by.reading.people) > 1


def beside_comments(by: Signature) -> bool:
    """The line, or one next to it, was removed as part of readers' comments."""
    return by.cues.found.is_beside(by.view.position, "comments")


def crowd(by: Signature) -> bool:
    """The line is far from the headline, on a page that names several people after markers there."""
    return by.cues.is_crowd and not by.cues.is_near_title(by.view.position)


def bio(by: Signature) -> bool:
    """A note on the person follows where the page names them last."""
    if not by.bare or by.reading.agency:
        return False
    text = by.cues.layout.text
    words = text[text.rfind(by.name) + len(by.name) :][:BIO].split(None, 1)
    return len(words) > 1 and words[0] in by.cues.layout.rules.context.grammar.bylines.bio


Flag: TypeAlias = Callable[[Signature], bool]

FLAGS: Mapping[str, Flag] = {
    "alone": alone,
    "two-and-clean": two_and_clean,
    "in-prose": in_prose,
    "written-small": written_small,
    "photo": photo,
    "given": lambda by: by.reading.given,
    "unknown": unknown,
    "nearest-marked": nearest_marked,
    "first-marked": first_marked,
    "removed": removed,
    "nearest-bare": nearest_bare,
    "handle": handle,
    "others-marked": others_marked,
    "again-candidate": again_candidate,
    "several": several,
    "beside-comments": beside_comments,
    "crowd": crowd,
    "bio": bio,
}
"""Feature → test of whether it holds for a line that names somebody."""

KIND_FLAGS: Mapping[str, Flag] = {
    "bullet": lambda by: by.view.bullet,
    "agency": lambda by: not by.reading.people,
    "role": lambda by: by.reading.role,
}
"""Feature → test of whether it holds, for features weighted separately for bare and for marked names."""


def byline_candidates(found: Found, title: int | None, wanted: Container[str] | None = None) -> list[Candidate[BylineReading]]:
    """
    Return the candidates for the report's byline, each with the features that hold for it.

    Args:
        found: what is known about the page.
        title: the index of the headline in `PageLayout.lines`, if one was found.
        wanted: the features that have a weight; None for all.

    """
    flags = [(name, holds) for name, holds in FLAGS.items() if wanted is None or name in wanted]
    cues = BylineCues(found, found.layout, title)
    made = []
    for index, reading in cues.layout.bylines.items():
        by = Signature(cues, cues.layout.lines[index], reading)
        if names_writer(reading) and not _is_excluded(by):
            made.append(Candidate(index, reading, _features(by, flags)))
    return made


def _is_excluded(by: Signature) -> bool:
    """Return whether a line that names somebody is certain not to be the byline of the report."""
    layout, index, reading = by.cues.layout, by.view.position, by.reading
    if reading.kind == "link":
        return True  # "More by" names the author of something else
    if by.bare and _is_other_name(by):
        return True
    is_deep = layout.start + LEAD_WINDOW < index < layout.end
    if (is_deep and not _is_marked_below_title(by)) or index in layout.signed_below:
        return True  # a sentence, a verse, a speaker; commenters, authors of teasers
    if reading.kind == "inline_marker" and not by.cues.is_below_title(index):
        return True  # "the sale of a house by NAME"
    if reading.kind == "marker_above" and _is_picture_credit(by):
        return True
    return bool(reading.agency) and _is_agency_credit(by)


def _is_other_name(by: Signature) -> bool:
    """Return whether a name without a marker is certainly somebody else's, or not a name at all."""
    if by.view.bullet and _is_item(by):
        return True  # lists of results or of a cast
    if by.view.position == by.cues.title:
        return True  # a portrait or an obituary: the headline is a name
    if not by.reading.people:
        return False
    if by.view.position >= by.cues.letters_from or _tells_a_life(by):
        return True
    return not (_stands_like_byline(by) and _reads_like_byline(by))


def _tells_a_life(by: Signature) -> bool:
    """Return whether a day in the line is that of a birth, a death or another event, as beside the subject of an obituary."""
    return any(is_of_event(by.cues.layout, by.view, mention) for mention in by.view.dates)


def _is_item(by: Signature) -> bool:
    """Return whether a name after a bullet is an item of a list, not a signature at the end of a text."""
    index = by.view.position
    return (index > by.cues.layout.start or by.cues.is_listed(index)) and not _is_signed_off(by)


def _is_marked_below_title(by: Signature) -> bool:
    """
    Return whether a marked byline stands soon below the headline, despite paragraphs above it such as a summary or a
    caption.
    """
    is_marked = by.reading.kind in ("marked", "marker_above") and (by.reading.clean or by.reading.role or by.reading.given)
    return is_marked and not by.view.paragraph and by.cues.is_below_title(by.view.position, BYLINE_WITHIN)


def _stands_like_byline(by: Signature) -> bool:
    """
    Return whether a name without a marker stands where bylines do: near the headline, near a date, or right below the
    report.
    """
    cues, index = by.cues, by.view.position
    if cues.has_byline_of_nobody:
        return False
    if cues.found.frame.kind == "none":
        is_alone = by.is_known_shape or _is_known_name_alone(by) or (by.reading.given and _AGE.match(by.rest) is not None)
        return is_alone and not in_prose(by) and (cues.is_below_title(index, 1) or _is_signed_off(by))
    if index > cues.layout.end:
        return _is_signature(by)
    by_date = _date_around(by) != "no-date"
    if by.is_of_unknown_name:
        if bio(by):
            return cues.is_below_title(index)
        return cues.is_below_title(index, UNKNOWN_BELOW) and (by_date or by.reading.role or not written_small(by))
    if index > cues.layout.start and not by_date and cues.is_one_of_several(index):
        return False  # subheadings, interviewees, participants
    return by_date or cues.is_near_title(index)


def _is_signature(by: Signature) -> bool:
    """Return whether a line below the report is only a name, the first one there, and not part of comments, teasers or a list."""
    cues, layout, index = by.cues, by.cues.layout, by.view.position
    between = layout.lines[layout.end + 1 : index]
    if len(between) >= SIGNATURE_BELOW or not _is_known_name_alone(by) or cues.is_listed(index):
        return False
    if any(view.text.endswith(":") or layout.evidence(view.line) or view.position in layout.bylines for view in between):
        return False
    return not any(map(is_date_line, layout.lines[index : index + 2]))


def _is_signed_off(by: Signature) -> bool:
    """Return whether a known name in brackets or after a dash ends a text, below a paragraph that is not a quotation."""
    lines, text = by.cues.layout.lines, by.view.line.text
    is_set_off = text[0] in DASHES or (text[0] in "(（" and text[-1] in ")）")
    if not is_set_off or by.view.position != len(lines) - 1 or not _is_known_name_alone(by):
        return False
    above = lines[by.view.position - 1]
    return is_sentence(above) and above.text[-1] not in QUOTES


def _is_known_name_alone(by: Signature) -> bool:
    """Return whether a line is only a likely name; the surname may come first, as in Vietnam."""
    return by.reading.clean and (by.reading.given or by.words[0] in by.cues.layout.rules.context.grammar.names.surnames)


def _reads_like_byline(by: Signature) -> bool:
    """Return whether a line that begins with a name may only say who wrote the report."""
    return not (_is_label(by) or _is_quoted_post(by) or _is_picture_credit(by) or _is_subject(by) or _goes_on_in_lower_case(by))


def _is_label(by: Signature) -> bool:
    """Return whether a line is a label or boilerplate, by a rule or by a date right after an unknown name."""
    layout, line = by.cues.layout, by.view.line
    matches = layout.matches.get(line.number, ())
    if any(match.rule.table == "date" and not match.fields.people for match in matches):
        return True
    if removed(by) or layout.evidence(line):
        return True
    last = by.words[-1]
    if by.view.dates and last in by.cues.layout.rules.context.grammar.calendar.words:
        return True  # "Early April - Saturday, April 5"
    return by.is_of_unknown_name and by.is_right_before_date


def _is_quoted_post(by: Signature) -> bool:
    """Return whether a line signs a quoted post: ``- NAME (@handle) DATE``."""
    return by.view.line.text[0] in DASHES and "@" in by.rest


def _is_picture_credit(by: Signature) -> bool:
    """Return whether an agency follows a name and a slash or a bar: ``NAME / AP``, ``NAME | Getty Images``."""
    agencies = by.cues.layout.rules.context.grammar.agencies
    parts = [part.rpartition(" via ")[2].strip(" .)") for part in by.rest.replace("|", "/").split("/")[1:]]
    return not by.view.dates and any(agencies.find(part) is not None for part in parts if part)


def _is_subject(by: Signature) -> bool:
    """Return whether the headline names the person, who then is the subject and not the author."""
    title = by.cues.title
    if title is None or title == by.view.position or by.wide or len(by.words) < 2:
        return False
    return by.words[-1] in by.cues.title_words


def _goes_on_in_lower_case(by: Signature) -> bool:
    """
    Return whether the name is followed by two words, the first in lower case, as in a sentence, and not by a place, a job or
    another name.
    """
    words = by.rest.split()
    if by.view.dates or not by.rest[:1].isspace() or len(words) < 2 or not words[0][0].islower():
        return False
    names = by.cues.layout.rules.context.grammar.names
    return all(words[0] not in known for known in (names.locatives, names.conjunctions, names.roles, names.particles))


def _is_agency_credit(by: Signature) -> bool:
    """Return whether an agency is credited: "Reporting by AP" below the report, "Jane Doe/AP" beside a picture."""
    if by.reading.people:
        return by.bare and "/" in by.view.text
    return by.view.position > by.cues.layout.start + 1


def _features(by: Signature, flags: Sequence[tuple[str, Flag]]) -> list[str]:
    kind = "bare" if by.bare else "marked"
    features = [
        by.reading.kind.replace("_", "-"),
        f"{kind}-{_date_around(by)}",
        f"{kind}-{_zone(by)}",
        f"{kind}-{'clean' if by.reading.clean else 'more'}",
        f"words-{2 if by.wide else min(4, len(by.words))}",
    ]
    if by.cues.title is not None:
        features.append(f"{kind}-" + bucket("title", by.view.position - by.cues.title, (-4, -1, 0, 1, 2, 4, 7, 12, 25)))
    features += [name for name, holds in flags if holds(by)]
    features += [f"{kind}-{name}" for name, holds in KIND_FLAGS.items() if holds(by)]
    return features


def _date_around(by: Signature) -> str:
    """Return the position of the nearest date, as part of a feature's name."""
    lines, index = by.cues.layout.lines, by.view.position
    if by.view.dates:
        return "date-here"
    if any(view.dates for view in lines[index + 1 : index + 3]):
        return "date-below"
    return "date-above" if any(view.dates for view in lines[max(0, index - 2) : index]) else "no-date"


def _zone(by: Signature) -> str:
    """Return the position of the line relative to the report, as part of a feature's name."""
    layout, index = by.cues.layout, by.view.position
    if index < layout.start:
        return "head"
    if index <= layout.end:
        return "amid"
    return "below" if index - layout.end < SOON_BELOW else "far"
