"""
Read the writers that a line names.

A template matches a whole line or not at all, but most scraped bylines contain more than names: a date without a space before it,
an outlet, a handle, a button. So names are read word by word from where they may begin, and the reading says whether anything
else is beside them. The pass, which sees the page, decides whether the line is the byline of the report.

Most lines of a page name nobody. Three quick checks, which reject no line that names somebody, settle nearly all of them: does
the line contain a word of a marker or a link, does it begin like a name, and is it only a plain name?
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.byline_markers import EDGE_SIGNS, Marker, Markers, glued_size, opening_marker
from newsnorm.grammar.byline_text import prepare
from newsnorm.grammar.name_list import NameListReader, have_known_names, named_agency
from newsnorm.grammar.name_shape import may_open_name
from newsnorm.grammar.names import MAX_PEOPLE, east_asian
from newsnorm.records import Person, PersonRole
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN

LINE_LIMIT = 180
"""Code points of the longest line that is read; on 1,075 pages, 0.9 % of the bylines are only in longer lines."""

BARE_LIMIT = 75
"""Length in code points up to which a line may name somebody without a marker."""

SENTENCE_SPACES = 4
"""Number of spaces above which a line that ends with a full stop is a sentence."""

CAPTION_LIMIT = 40
"""Code points of stretches after which no further unmarked name is read, since the line is a caption."""

NAME_AND_JOB_LIMIT = 30
"""Length in code points up to which a stretch may end with an East Asian name and a job; a longer one is a caption."""

UNCASED_LIMIT = 40
"""Length in code points from which a stretch in a script without capitals needs a marker."""

INLINE_WORDS = 16
"""Number of words up to which a marker is looked for within a stretch."""

LONGEST_UNKNOWN = 3
"""Words of the longest unlisted name after a noun that marks a byline."""

SHORTEST_STRETCH = 2
"""Length in code points of the shortest stretch that is read; shorter ones are skipped."""

MAX_STRETCHES = 8
"""Number of stretches (parts of a line between separators) that are read."""

Kind: TypeAlias = Literal["marked", "marker_above", "inline_marker", "link", "bare"]
"""How a line names somebody: after a marker, below a line with only a marker, after a marker within the line, beside a link to an
author's other articles, or without a marker."""


@attrs.frozen(kw_only=True)
class BylineReading:
    """The people and the agency that a line names, and how it names them."""

    kind: Kind
    people: tuple[Person, ...]
    agency: str | None
    clean: bool
    """Whether the line contains only the names."""
    role: bool = False
    """Whether a job title follows the names."""
    given: bool = False
    """Whether the first person's name begins with a likely given name, or with a known surname where surnames come first."""


_EDGE = EDGE_SIGNS + "0123456789"
_STRETCH = lazy_regex(
    r"[|•·;⋅●‧▪*（）()\[\]［］【】\t\u3000]|//|\s[-–—]{1,2}\s|\s/\s"
    r"|\s(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{1,6}[：:])"  # 作者：NAME 编辑：NAME
)
_LIST_SIGNS = frozenset(";·•⋅‧/")
"""Separators between the members of a list of names."""
_BRACKETS = frozenset("(（[【")
_NUMBERED = lazy_regex(r"\d{1,3}\s?[-–.)]|\d{1,3}\s")
_LABEL_END = (":", "：")
_LABEL_SIGNS = frozenset(":：/／")
_WIDE = lazy_regex(f"[{EAST_ASIAN}]")
_WIDE_NAME = lazy_regex(
    r"([\u30a0-\u30ff]{2,9}[・＝][\u30a0-\u30ff]{2,9}|[\uac00-\ud7a3]{2,4}|[\u3400-\u9fff々]{1,3}\s[\u3400-\u9fff\u3040-\u30ff々]{1,3}"
    r"|[\u3400-\u9fff\u3040-\u30ff々]{2,5})(?=\s|\Z|[、,，;；）)（(/／@])"
)
_HANDLE = lazy_regex(r"(?:[a-z][\w.-]{2,24}|[A-Za-z]{2,20}\d{1,6})\Z")
_UNCASED_FROM = "\u0590"
"""First code point of Hebrew; most scripts from there on have no capitals."""


class _Line(NamedTuple):
    """A line that may name somebody."""

    text: str
    dated: bool
    """Whether it holds a date; a name may follow the date."""
    may_hold_marker: bool
    """Whether a marker or a link may be in it; if not, none is looked for."""

    @property
    def is_closed(self) -> bool:
        """Whether it ends like a sentence; then it must contain only names."""
        last = self.text.rstrip()[-1:]
        return last in "!?" or (last == "." and self.text.count(" ") > SENTENCE_SPACES)


class _Part(NamedTuple):
    """A part of a line, between separators."""

    sign: str
    """The separator before it."""
    text: str
    """The part itself, edges stripped."""


@attrs.frozen(eq=False)
class BylineReader:
    """
    Reads the writers that a line names, with the tables and markers of one page.

    >>> from newsnorm.text.folding import fold
    >>> reader = BylineReader(Grammar.default(), Markers.of([("By", "author"), ("Editing by", "editor")]))
    >>> line = "By JANE O'BRIEN, Chief Critic | "
    >>> reading = reader.read(line, fold(line).split())
    >>> [person.name for person in reading.people], reading.kind, reading.clean
    (["Jane O'Brien"], 'marked', False)
    >>> reader.read("More news from the harbour", ["more", "news", "from", "the", "harbour"])
    """

    grammar: Grammar
    markers: Markers
    """The phrases that mark a byline in the page's language."""
    host: str = ""
    """The page's host, which distinguishes the outlet's name from a person's."""
    turkic: bool = False
    """Whether names in capitals are lowered by the rules of Turkish."""

    @cached_property
    def _lists(self) -> NameListReader:
        return NameListReader(self.grammar, self.markers.single, self._host_letters, turkic=self.turkic)

    @cached_property
    def _host_letters(self) -> str:
        return self.host.replace("-", "").replace(".", "")

    # whole lines

    def read(self, text: str, words: Sequence[str], *, dated: bool = False) -> BylineReading | None:
        """
        Return the people or the agency that a line names as writers, certainly or possibly; None if it names nobody.

        Args:
            text: the line, with ``|`` in place of dates, which end a name.
            words: all folded words of the line, as in `LineForms.words`; not needed for a line with a date.
            dated: whether the line holds a date; a name may follow the date.

        """
        if len(text) > LINE_LIMIT:
            return None
        may_hold_marker = dated or self._may_hold_marker(text, words)
        if not may_hold_marker:
            if not self._may_open_line(text, words):
                return None  # most lines end here
            if not _is_label(text) and self._lists.is_name_alone(stretch := text.strip(_EDGE)):
                people = (Person(name=stretch, role="author"),)
                return BylineReading(kind="bare", people=people, agency=None, clean=True, given=self._is_given(stretch))
        return self.read_in_full(text, dated=dated, may_hold_marker=may_hold_marker)

    def read_in_full(self, text: str, *, dated: bool = False, may_hold_marker: bool = True) -> BylineReading | None:
        """
        Read a line without the quick checks of its words; `read` returns equal results, but skips this for most lines.

        Args:
            text: the line, with ``|`` in place of dates.
            dated: whether the line holds a date.
            may_hold_marker: False if no marker and no link is in the line.

        """
        parted = prepare(text, self.grammar)
        return self._read_stretches(_Line(parted, dated, may_hold_marker or parted != text))

    def _may_hold_marker(self, text: str, words: Sequence[str]) -> bool:
        """Return False only if a line certainly contains no marker and no link to an author."""
        if not text.isascii() and _WIDE.search(text) is not None:
            return True  # no spaces part a marker from what follows
        marker, link = self.markers.spotter, self.grammar.bylines.link_spotter
        if marker.words.isdisjoint(words) and link.words.isdisjoint(words):
            return text[:1].islower() and glued_size(text, self.markers) > 0  # for most lines, False
        return marker.may_hold(words) or link.may_hold(words)

    def _may_open_line(self, text: str, words: Sequence[str]) -> bool:
        """Return False only if a line without a marker certainly does not begin with a name or an agency."""
        if text.isascii():
            return self._may_open_ascii_line(text, words)
        opening = text.strip(_EDGE).split(None, 2)
        return bool(opening) and (opening[0][0] > _UNCASED_FROM or self._may_open(opening))

    def _may_open_ascii_line(self, text: str, words: Sequence[str]) -> bool:
        """Return whether a line in ASCII may begin with a name or an agency: it is short, or only an agency's code."""
        if text[:1].islower():
            return False
        is_one_word = len(words) == 1 and len(text.split(None, 1)) == 1
        if (is_one_word or len(text) > BARE_LIMIT) and not self._holds_edge_of_marker(words):
            return is_one_word and self.grammar.agencies.has_form(text.lstrip(_EDGE))
        opening = text.strip(_EDGE).split(None, 2)
        if len(opening) > 1 and opening[1][0].islower() and opening[1] not in self.grammar.names.particles:
            return False
        return self._may_open(opening)

    def _holds_edge_of_marker(self, words: Sequence[str]) -> bool:
        """
        Return whether a line contains the first word of a marker, or the first or last word of a link; then even a long line
        counts.
        """
        return not (self.markers.heads.isdisjoint(words) and self.grammar.bylines.link_words.isdisjoint(words))

    def _may_open(self, words: Sequence[str]) -> bool:
        """Return whether these words may open a line with a name or an agency, perhaps after a stretch that is skipped."""
        return len(words) > 0 and (self._may_be_bare(words) or len(words[0].strip(_EDGE)) < SHORTEST_STRETCH)

    def _may_be_bare(self, words: Sequence[str]) -> bool:
        """Return False only if these words certainly do not begin a name or an agency."""
        return may_open_name(words, self.grammar) or self.grammar.agencies.may_open(words)

    def _is_given(self, name: str) -> bool:
        """Return whether a name begins with a likely given name, or with a surname of Vietnam, where surnames come first."""
        first, names = name.split(None, 1)[0].lower(), self.grammar.names
        return names.is_given(first) or (not first.isascii() and first in names.surnames)

    # stretches: the parts of a line between separators

    def _read_stretches(self, line: _Line) -> BylineReading | None:
        """Read a line after its first marker, or else at its beginning or after a date."""
        found: BylineReading | None = None
        passed, goes_on = 0, True  # whether a name without a marker may still follow
        parts = [part for part in _STRETCH.split(line.text)[:MAX_STRETCHES] if len(part.strip(_EDGE)) >= SHORTEST_STRETCH]
        parted = self._parted_marker(line, parts)
        if parted is not None:
            return self._behind_parted_marker(line, parted, parts[1].strip(_EDGE))
        for part in parts:
            stretch = part.strip(_EDGE)
            if self._is_photo(stretch) or (passed > CAPTION_LIMIT and not line.dated):
                return found  # a caption, which ends with the name of the photographer
            passed += len(stretch)
            marker, rest = opening_marker(stretch, self.markers) if line.may_hold_marker else (None, "")
            if marker is not None:
                return self._behind_marker(line, marker, rest) or found
            if passed > len(stretch) and (by_job := self._beside_job(line, found, stretch)) is not None:
                return by_job
            if goes_on:
                found = self._first(line, part, passed) if found is None else self._another(line, found, stretch, passed)
                goes_on = (
                    passed <= CAPTION_LIMIT and (found is None or found.kind == "bare") and (line.dated or found is not None)
                )
        return found

    def _behind_marker(self, line: _Line, marker: Marker, rest: str) -> BylineReading | None:
        """Read the rest of a line after its first marker; None if it names nobody, or has more than names in a sentence."""
        marked = self._marked(line, marker, rest) if rest else None
        return None if marked is None or (not marked.clean and line.is_closed) else marked

    def _behind_parted_marker(self, line: _Line, parted: Marker, stretch: str) -> BylineReading | None:
        """Read the part of a line after a bar; an unlisted name there may be a menu item."""
        if self._is_photo(stretch):
            return None
        marker, rest = opening_marker(stretch, self.markers)
        if marker is not None:
            return self._behind_marker(line, marker, rest)
        marked = self._behind_marker(line, parted, stretch)
        return marked if marked is not None and marked.given else None

    def _parted_marker(self, line: _Line, parts: Sequence[str]) -> Marker | None:
        """
        Return the marker that is the first of two parts of a line: ``Author | Jane Doe``; a date may follow the second
        part.
        """
        if not line.may_hold_marker or not 2 <= len(parts) <= 2 + line.dated:
            return None
        return self.markers.phrases.get(parts[0].strip(_EDGE).lower())

    def _beside_job(self, line: _Line, found: BylineReading | None, stretch: str) -> BylineReading | None:
        """
        Read an East Asian name and a job after an agency, a section or a further name.

        ``[연합뉴스] 최유진 기자``, ``정치 | 김민수 기자``, ``김민수·이서연 기자``: only a dot joins two names.
        """
        if found is not None and found.kind != "bare":
            return None
        by_job = self._name_and_job(stretch)
        if by_job is None or found is None:
            return by_job
        is_list = line.text[: line.text.find(stretch)].rstrip()[-1:] in _LIST_SIGNS
        people = (*found.people, *by_job.people) if is_list else by_job.people
        return attrs.evolve(by_job, people=people, agency=by_job.agency or found.agency)

    def _first(self, line: _Line, part: str, passed: int) -> BylineReading | None:
        """Read the first part of a line without a marker; it ends `passed` code points into the line."""
        stretch = part.strip(_EDGE)
        if (agency := named_agency(stretch, self.grammar)) is not None:
            return BylineReading(kind="bare", people=(), agency=agency, clean=True)
        if self._names_helpers(stretch):
            return None
        if stretch.split(None, 1)[0].lower() in self.grammar.bylines.according_to:
            return self._according_to(line, stretch)
        found = self._beside_link(line, stretch) or self._inline(line, stretch) if line.may_hold_marker else None
        found = found or self._name_and_job(stretch)
        if (found is not None and (found.kind != "bare" or not found.clean)) or not self._is_bare(stretch, passed):
            return found
        if _is_label(part) or (not line.dated and _is_label(line.text)):
            return found
        more = self._people(line, stretch, "bare", "author")
        return found if more is None or (not more.clean and line.is_closed) else more

    def _according_to(self, line: _Line, stretch: str) -> BylineReading | None:
        """
        Read ``According to NAME``, if that is a full name with the surname first.

        Other sources are not writers, nor is somebody who writes for an outlet in brackets after the name.
        """
        source = stretch.split(None, 1)[1:]
        words = source[0].split() if source else []
        is_elsewhere = not _BRACKETS.isdisjoint(line.text)
        if len(words) > 2 and words[0].lower() in self.grammar.names.surnames and not is_elsewhere:
            return self._people(line, source[0], "marked", "author")
        return self._people(line, stretch, "bare", "author") if self._is_given(stretch) and stretch.isascii() else None

    def _another(self, line: _Line, found: BylineReading, stretch: str, passed: int) -> BylineReading:
        """Add the people of another stretch without a marker: ``NAME | NAME``, ``NAME (now) and NAME (earlier)``."""
        joined, stretch = self._without_conjunction(stretch)
        if not found.clean or not self._is_bare(stretch, passed):
            return found
        more = self._people(line, stretch, "bare", "author")
        if more is None or not more.clean or not more.people:
            return found
        people = tuple(dict.fromkeys((*found.people, *more.people)))
        known = joined or have_known_names((person.name for person in people), self.grammar)
        return attrs.evolve(found, people=people) if known else found

    def _without_conjunction(self, stretch: str) -> tuple[bool, str]:
        """Return whether a stretch begins with a conjunction, and the stretch without it."""
        first, _, rest = stretch.partition(" ")
        joined = len(first) > 1 and first.lower() in self.grammar.names.conjunctions and first.lower() not in self.markers.single
        return joined, rest.strip(_EDGE) if joined else stretch

    def _is_bare(self, stretch: str, passed: int) -> bool:
        """Return whether a stretch may begin with a name without a marker."""
        if not stretch or passed > BARE_LIMIT:
            return False
        is_uncased = stretch[0] > _UNCASED_FROM and not stretch[0].isupper() and len(stretch) < UNCASED_LIMIT
        return is_uncased or self._may_be_bare(stretch.split(None, 2))

    def _marked(self, line: _Line, marker: Marker, rest: str) -> BylineReading | None:
        """Read the names after the first marker of a line, the rest of their list, and the names after further markers."""
        found = self._people(line, _first_stretch(rest), "marked", marker.role)
        opening = line.text[: line.text.find(rest)]
        if found is None or self._names_helpers(opening.lstrip(_EDGE)) or self._is_heading(opening, found):
            return None
        at = line.text.find(rest) + len(_STRETCH.split(rest, maxsplit=1)[0])
        people, agency, in_list = list(found.people), found.agency, bool(found.people)
        parts = _parts(line.text[at:])[:MAX_STRETCHES]
        for part, behind in zip(parts, [*parts, None][1:], strict=True):
            agency = agency or named_agency(part.text, self.grammar)
            if self._names_helpers(part.text):
                in_list = False
                continue
            other, names = opening_marker(part.text, self.markers)
            in_list = in_list and other is None
            if in_list:
                in_list, more = self._further(line, part, marker.role)
                more = None if behind is not None and self._is_photo(behind.text) else more
            else:
                more = self._people(line, _first_stretch(names), "marked", other.role) if other is not None and names else None
            people += more.people if more is not None else ()
        return attrs.evolve(found, people=tuple(dict.fromkeys(people))[:MAX_PEOPLE], agency=agency)

    def _is_heading(self, opening: str, found: BylineReading) -> bool:
        """
        Return whether a marker that is a noun begins a heading: ``Author Bio And Disclosure``.

        Args:
            opening: the text up to the names; it ends with a noun and no colon.
            found: the reading of the text after it.

        """
        words = opening.split()
        if not words or words[-1].lower().strip(EDGE_SIGNS) not in self.grammar.names.not_names or words[-1][-1] in ":/|：／":
            return False
        if found.given or not found.people or not found.people[0].name.isascii():
            return False
        return not found.clean or len(found.people[0].name.split()) > LONGEST_UNKNOWN

    def _further(self, line: _Line, part: _Part, role: PersonRole) -> tuple[bool, BylineReading | None]:
        """
        Read a part of a line after a list of names: ``; NAME``, ``(note) and NAME``.

        Returns:
            Whether the list may continue after the part, and the people in it.

        """
        joined, stretch = self._without_conjunction(part.text)
        if not stretch or part.sign in _BRACKETS or stretch.lower() in self.grammar.places:
            return True, None
        if not self._is_bare(stretch, 0):
            return False, None
        more = self._people(line, stretch, "bare", role)
        if more is None or not more.clean or not more.people:
            return False, None
        known = joined or part.sign in _LIST_SIGNS or have_known_names((person.name for person in more.people), self.grammar)
        return known, more if known else None

    def _inline(self, line: _Line, stretch: str) -> BylineReading | None:
        """Read ``A report by NAME``: a marker of one word within a short stretch, followed by a capital."""
        words = stretch.split()
        if not 3 <= len(words) <= INLINE_WORDS or self.markers.single.isdisjoint(map(str.lower, words)):
            return None
        for at in range(1, len(words) - 1):
            if (
                words[at].lower() in self.markers.single
                and words[at + 1][:1].isupper()
                and words[at - 1].lower() not in self.grammar.bylines.photo
            ):
                found = self._people(line, _first_stretch(" ".join(words[at + 1 :])), "inline_marker", "author")
                if found is not None:
                    return found
        return None

    def _beside_link(self, line: _Line, stretch: str) -> BylineReading | None:
        """Read ``More by NAME``, ``NAME archive page``, ``NAMEFollow``."""
        lowered, links = stretch.lower(), self.grammar.bylines.links
        if len(stretch) > BARE_LIMIT or not (lowered.startswith(links) or lowered.endswith(links)):
            return None
        words, link_words = lowered.split(), self.grammar.bylines.link_words
        if words[0] not in link_words and words[-1] not in link_words:
            return None
        for phrase in links:
            if lowered.startswith(phrase + " "):
                return self._linked(line, _first_stretch(stretch[len(phrase) :]))
            if lowered.endswith(phrase):
                return self._linked(line, _first_stretch(stretch[: -len(phrase)]))
        return None

    def _linked(self, line: _Line, stretch: str) -> BylineReading | None:
        """Read the names beside a link."""
        may_name = not stretch.isascii() or self._may_be_bare(stretch.split(None, 2))
        return self._people(line, stretch, "link", "author") if may_name else None

    def _is_photo(self, stretch: str) -> bool:
        """Return whether a stretch begins with a word for a picture."""
        return stretch.split(None, 1)[0].lower().strip(EDGE_SIGNS) in self.grammar.bylines.photo

    def _names_helpers(self, stretch: str) -> bool:
        """Return whether a stretch names people who helped the writer: ``additional reporting by NAME``."""
        return stretch.lower().startswith(self.grammar.bylines.helpers)

    # names

    def _people(self, line: _Line, stretch: str, kind: Kind, role: PersonRole) -> BylineReading | None:
        """Read the names at the beginning of a stretch, whose edges are already stripped."""
        if not stretch.isascii() and _WIDE.search(stretch):
            return self._wide(stretch, kind, role)
        listed = self._lists.read(stretch, marked=kind in ("marked", "inline_marker"), dated=line.dated)
        if listed is None:
            return None
        if listed.is_empty and kind == "marked" and self._is_handle(stretch):
            listed.names.append(stretch)
            listed.clean = True
        if listed.is_empty:
            return None
        names = tuple(dict.fromkeys(listed.names))[:MAX_PEOPLE]
        return BylineReading(
            kind=kind,
            people=tuple([Person(name=name, role=role) for name in names]),
            agency=listed.agency,
            clean=listed.clean,
            role=listed.role,
            given=bool(names) and self._is_given(names[0]),
        )

    def _is_handle(self, word: str) -> bool:
        """Return whether one word after a marker is a handle: in lower case or with digits, and not a common word."""
        grammar, low = self.grammar, word.lower()
        common = (grammar.bylines.common, grammar.names.not_names, grammar.names.roles, grammar.calendar.words)
        return _HANDLE.match(word) is not None and all(low not in words for words in common)

    def _name_and_job(self, stretch: str) -> BylineReading | None:
        """Read an East Asian name followed by a job title: ``순천 홍길동 기자``."""
        if stretch.isascii() or not _WIDE.search(stretch) or len(stretch) > NAME_AND_JOB_LIMIT:
            return None
        words, jobs = stretch.replace("=", " ").split(), self.grammar.bylines.after_names
        for at, word in enumerate(words):
            if at and word in jobs:
                return self._before_job(words[:at])
            glued = next((job for job in jobs if word.endswith(job) and 2 <= len(word) - len(job) <= 4), "")
            if glued:
                return self._wide(word.removesuffix(glued), "marked", "author")
        return None

    def _before_job(self, words: Sequence[str]) -> BylineReading | None:
        """Read the names before a job, with their agency: ``김민수 연합뉴스 기자``, ``이서연, 박정훈 논설위원``."""
        agency = named_agency(words[-1], self.grammar)
        names = list(words[:-1] if agency is not None and len(words) > 1 else words)
        first = len(names) - 1
        while first and names[first - 1].endswith(","):
            first -= 1
        found = self._wide(" ".join(names[first:]), "marked", "author")
        return attrs.evolve(found, agency=agency) if found is not None and found.people else found

    def _wide(self, stretch: str, kind: Kind, role: PersonRole) -> BylineReading | None:
        """Read Chinese, Japanese and Korean names, which begin with known surnames."""
        names: list[str] = []
        rest, clean = stretch, True
        while rest and len(names) < MAX_PEOPLE:
            name = self._wide_name(rest) or (self._before_place(rest) if kind == "marked" else "")
            if (agency := named_agency(name, self.grammar)) is not None and not names:
                return BylineReading(kind=kind, people=(), agency=agency, clean=True)
            if not name or not self._is_wide_person(name):
                clean = False
                break
            names.append(name)
            rest = rest[len(name) :].lstrip(" 、,，;；/／")
            job = next((job for job in self.grammar.bylines.jobs_between if rest.startswith(job)), "")
            rest = rest[len(job) :].lstrip(" :：")
        people = tuple(Person(name=name, role=role) for name in dict.fromkeys(names))
        return BylineReading(kind=kind, people=people, agency=None, clean=clean, given=True) if people else None

    def _wide_name(self, text: str) -> str:
        """Return the words at the beginning of a text that may be an East Asian name, without a marker after them."""
        match = _WIDE_NAME.match(text)
        if match is None:
            return ""
        first, space, second = match[1].partition(" ")
        is_other = second in self.markers.phrases or second in self.grammar.bylines.function_words
        is_label = space != "" and len(first) > 1 and (is_other or text[match.end() :][:1] in _LABEL_SIGNS)
        return first if is_label else match[1]

    def _before_place(self, text: str) -> str:
        """Return the name before a place and a word for "reports", without spaces between: ``周文涛武汉报道``."""
        ending = next((ending for ending in self.grammar.bylines.reports if text.endswith(ending)), "")
        for size in (3, 2, 4) if ending else ():
            place = text[size : -len(ending)]
            if self._is_wide_person(text[:size]) and (not place or place in self.grammar.places):
                return text[:size]
        return ""

    def _is_wide_person(self, name: str) -> bool:
        """Return whether an East Asian word is a person: it begins with a known surname, or is a foreign name in parts."""
        names = self.grammar.names
        if name in self.grammar.bylines.common or name.endswith(names.no_name_endings):
            return False
        if "・" in name or "＝" in name or east_asian(name.split(), self.grammar):
            return True
        return any(name[:length] in names.likely_surnames for length in (1, 2, 3))


def _is_label(text: str) -> bool:
    """Return whether a text ends with a colon or begins with a number, unlike bylines: ``Last change:``, ``1-Jane Doe``."""
    return text.rstrip().endswith(_LABEL_END) or _NUMBERED.match(text) is not None


def _parts(text: str) -> list[_Part]:
    """Split a text at separators, and leave out empty parts; the first part has no separator."""
    signs = list(_STRETCH.finditer(text))
    ends = [*(sign.start() for sign in signs), len(text)][1:]
    parts = [_Part(sign[0].strip(), text[sign.end() : end].strip(EDGE_SIGNS)) for sign, end in zip(signs, ends, strict=True)]
    return [part for part in parts if part.text]


def _first_stretch(text: str) -> str:
    """Return the part of a text before its first separator, edges stripped."""
    return _STRETCH.split(text.strip(_EDGE), maxsplit=1)[0].strip(_EDGE)
