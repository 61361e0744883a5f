"""
What does a line say about who wrote it?

A template fits a line as a whole or not at all. Most bylines that were scraped hold more: a date that was glued on, an outlet, a
handle, a button. So this reads names from where they may begin, word by word, and says whether anything else stands beside them.
Whether the line is the byline of the report, the pass decides, which sees the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.names import east_asian, name_case
from newsnorm.records import Person, PersonRole
from newsnorm.text.folding import fold
from newsnorm.text.lazy_regex import lazy_regex

LINE_LIMIT = 180
"""Code points. No longer line is read: of 1,075 pages' bylines 0.9 % stand in long lines only."""

BARE_LIMIT = 75
"""Code points. A name without a word that marks it, and all that stands beside it, is no longer."""

MOST_WORDS = 7
"""Words of one name that are looked at."""

MOST_PARTS, MOST_LETTERS = 5, 24
"""Parts of one name, particles aside, and letters of a part."""

MOST_PEOPLE = 12

WORDS = 4
"""Words of a line that closes as a sentence, from which it is one, unless the names are all it says."""

LOOKED_AT = 24
"""Words of a line among which a marker is looked for."""

NAMED_LIMIT = 30
"""Code points of a stretch that ends with a name and what its bearer does, perhaps behind places; what is longer is a caption."""

BEFORE_NAME = 40
"""Code points of a line, date aside, behind which a name without a marker is not looked for: what is longer is a caption."""

STRETCHES = 8
"""Stretches of a line, between signs that part them, that are looked at."""

Kind: TypeAlias = Literal["marked", "marker_above", "inline_marker", "link", "bare"]
"""How a line names somebody: behind a word that marks a byline, below a line with that word alone, behind such a word amid the
line, beside a link, or without any marker."""


@attrs.frozen(kw_only=True)
class Marker:
    """A phrase that stands before the names of a byline."""

    role: PersonRole
    colon: bool
    """Whether it marks a byline only if a colon follows."""


@attrs.frozen(kw_only=True)
class Markers:
    """The phrases that mark bylines on pages of one language."""

    phrases: Mapping[str, Marker]
    """By their words in lower case, without signs around."""
    heads: frozenset[str]
    """Their first words."""
    single: frozenset[str]
    """Markers of one word that need no colon: they may stand amid a line (``a report by …``)."""

    @classmethod
    def of(cls, literals: Iterable[tuple[str, PersonRole]]) -> Markers:
        """
        Make markers of the literals that templates print before names.

        >>> markers = Markers.of([("By", "author"), ("Text:", "author"), ("Editing by", "editor")])
        >>> markers.phrases["text"].colon, markers.phrases["by"].colon, sorted(markers.single)
        (True, False, ['by'])
        >>> list(Markers.of([("執筆：", "author")]).phrases)
        ['執筆']

        """
        phrases: dict[str, Marker] = {}
        for literal, role in literals:
            phrase = literal.lower().strip(_EDGE + _WIDE_COLONS)
            if phrase and any(map(str.isalpha, phrase)):
                colon = literal.rstrip()[-1:] in ":：/／|-" and phrases.get(phrase, _COLON).colon
                phrases[phrase] = Marker(role=phrases[phrase].role if phrase in phrases else role, colon=colon)
        return cls.made(phrases)

    @classmethod
    def made(cls, phrases: Mapping[str, Marker]) -> Markers:
        """Make markers of phrases, with their first words and single words for quick look-ups."""
        heads = frozenset(phrase.split()[0] for phrase in phrases)
        single = frozenset(p for p, m in phrases.items() if not m.colon and " " not in p and m.role == "author" and p.isascii())
        return cls(phrases=phrases, heads=heads, single=single)

    def language_independent(self) -> Markers:
        """Return the markers that mark a byline on any page: of two words or more, with a colon, or not in ASCII."""
        return Markers.made({p: m for p, m in self.phrases.items() if m.colon or " " in p or not p.isascii()})

    def __or__(self, other: Markers) -> Markers:
        return Markers.made({**other.phrases, **self.phrases})


NO_MARKERS = Markers(phrases={}, heads=frozenset(), single=frozenset())


@attrs.frozen(kw_only=True)
class BylineReading:
    """The people and the agency that a line names, and how."""

    kind: Kind
    people: tuple[Person, ...]
    agency: str | None
    clean: bool
    """Whether nothing else stands beside the names."""
    role: bool = False
    """Whether a job follows the names."""
    given: bool = False
    """Whether the first person opens with a likely given name, or with a known surname in languages that put it first."""


_EDGE = " \t,.:;|/-–—•·*_\"'“”«»<>‘’…()[]{}【】（）〔〕"
_WIDE_COLONS = "：／"
_COLON = Marker(role="author", colon=True)
_STRETCH = lazy_regex(r"[|•·;⋅●‧▪*（）()\[\]【】\t]|//|\s[-–—]{1,2}\s|\s/\s")
_PART = lazy_regex(r"[,&+、，;；]|(?<=\s)/|/(?=\s{0,3}[^\W\d_])")
_LISTS = lazy_regex("[,&+、，;；،/]")
_STICK = lazy_regex(r"[A-ZÀ-Þ](?<=[a-zß-ÿ].)[a-zß-ÿ]{3,12}(?![^\W\d_])")
_MAIL = lazy_regex(r"[<(\[]?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[>)\]]?|@\w{1,30}")
_INITIAL = lazy_regex(r"[^\W\d_](?:\.(?:-?[^\W\d_]\.?){0,3})?\Z")
_WORD = lazy_regex(r"[^\W\d_][^\W\d_'’ʼ.\-‐\u0300-\u036f]{0,24}(?:['’ʼ.\-‐][^\W\d_]{1,24}){0,4}[.’']?\Z")
_WIDE = lazy_regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WIDE_NAME = lazy_regex(
    r"([\u30a0-\u30ff]{2,9}[・＝][\u30a0-\u30ff]{2,9}|[\uac00-\ud7a3]{2,4}|[\u3400-\u9fff々]{1,3}\s[\u3400-\u9fff\u3040-\u30ff々]{1,3}"
    r"|[\u3400-\u9fff\u3040-\u30ff々]{2,5})(?=\s|\Z|[、,，;；）)（(/／@])"
)
_HANDLE = lazy_regex(r"(?:[a-z][\w.-]{2,24}|[A-Za-z]{2,20}\d{1,6})\Z")
_MARKS = lazy_regex("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_DIGITS = "0123456789"
_PARTS_OR_NO_CASE = lazy_regex(
    r"[|•·;⋅●‧▪*()\[\]/@\t-\r\x1c-\x1f\x85\xa0\u0590-\u2010\u2028-\u202f\u203b-\uffff\U00010000-\U0010ffff]"
)
"""A sign that may part a line, an address, a space that is none, a letter without case."""


def read_byline_in(
    text: str, grammar: Grammar, markers: Markers, host: str = "", *, dated: bool = False, turkic: bool = False
) -> BylineReading | None:
    """
    Return the people or the agency that a line names as its writers, or may name; None if it names nobody.

    Args:
        text: the line; dates in it replaced by ``|``, so that a name is not read on into them.
        grammar: names, agencies, roles.
        markers: the phrases that mark a byline in its language.
        host: of the page, in whose name an outlet is told from a person.
        dated: whether the line holds a date: then a name may stand behind it.
        turkic: whether capitals are lowered by the Turkish alphabet.

    >>> grammar = Grammar.default()
    >>> markers = Markers.of([("By", "author"), ("Editing by", "editor")])
    >>> reading = read_byline_in("By JANE O'BRIEN, Chief Critic | ", grammar, markers)
    >>> [person.name for person in reading.people], reading.kind, reading.clean
    (["Jane O'Brien"], 'marked', False)
    >>> read_byline_in("More news from the harbour", grammar, markers)

    """
    if len(text) > LINE_LIMIT:
        return None
    if _is_plain(text) and not _is_told(stretch := text.strip(_EDGE + _DIGITS), grammar, markers):
        if len(stretch) > BARE_LIMIT or not _may_be_bare(stretch.split(None, 2), grammar):
            return None  # most lines end here
        if len(text) <= BARE_LIMIT:
            found = _Reader(grammar, markers, host, turkic, dated, False).names(stretch, "bare", "author")
            return found if found is not None and (found.clean or not _is_closed(text)) else None
    if not _may_name(text, grammar, markers, dated=dated):
        return None
    if not text.isascii():
        text = _MARKS.sub("", text)
    if "@" in text:
        text = _MAIL.sub(" | ", text)
    if _STICK.search(text) is not None:  # Jane DoePublished, Jane DoeFollow
        text = _STICK.sub(lambda stuck: f" | {stuck[0]}" if _ends_name(stuck[0].lower(), grammar) else stuck[0], text)
    return _Reader(grammar, markers, host, turkic, dated, _is_closed(text)).line(text)


def _is_closed(text: str) -> bool:
    """Return whether a line closes as a sentence of some words, or with more than a stop."""
    last = text.rstrip()[-1:]
    return last in "!?" or (last == "." and text.count(" ") > WORDS)


def _may_name(text: str, grammar: Grammar, markers: Markers, *, dated: bool) -> bool:
    """Return whether a line has a marker or a link, or may open with a name; a cheap test that turns most lines away."""
    words = text.lower().split(None, LOOKED_AT)
    if not words:
        return False
    heads, links = markers.heads, grammar.bylines.link_words
    if dated or not text.isascii() or not (heads.isdisjoint(words) and links.isdisjoint(words)):
        return True
    bare = [word.strip(_EDGE) for word in words]
    if not (heads.isdisjoint(bare) and links.isdisjoint(bare)):
        return True
    if len(text) > BARE_LIMIT:
        return False
    first, *more = text.split(None, 2)
    first = first.lstrip(_EDGE + _DIGITS)
    if first[:2] in markers.single or first[:3] in markers.single:  # byJane Doe
        return True
    if first and not first[0].isupper():
        return False
    if not more:
        return not first or grammar.agencies.has_form(first)
    return not more[0][0].islower() or more[0] in grammar.names.particles or more[0] in grammar.names.conjunctions or "@" in text


def _is_plain(text: str) -> bool:
    """Return whether a line is made of words alone: no sign parts it, and nothing is glued to a name."""
    return (
        _PARTS_OR_NO_CASE.search(text) is None
        and not (" -" in text or " –" in text or " —" in text)
        and _STICK.search(text) is None
    )


def _is_told(stretch: str, grammar: Grammar, markers: Markers) -> bool:
    """Return whether a plain stretch is more than words that a name may open: a marker, a link, an agency."""
    lowered = stretch.lower()
    words = lowered.split()
    if not words or not markers.single.isdisjoint(words):
        return True
    linked = words[0] in grammar.bylines.link_words or words[-1] in grammar.bylines.link_words
    if linked and (lowered.startswith(grammar.bylines.links) or lowered.endswith(grammar.bylines.links)):
        return True
    if words[0].strip(_EDGE) in markers.heads or stretch[:2] in markers.single or stretch[:3] in markers.single:
        return opening_marker(stretch, markers)[0] is not None
    return _agency(stretch, grammar) is not None


def _may_be_bare(words: Sequence[str], grammar: Grammar) -> bool:
    """Return whether a name without a marker can open a line: a capital, no common word, and another capital."""
    first = words[0]
    if not first[0].isupper():
        return False
    low = first.lower()
    if low.strip(_EDGE) in grammar.bylines.photo or (low in grammar.bylines.common and not grammar.names.may_be_given(low)):
        return False
    return len(words) > 1 and (
        not words[1][0].islower() or words[1] in grammar.names.particles or words[1] in grammar.names.conjunctions
    )


def opening_marker(text: str, markers: Markers) -> tuple[Marker | None, str]:
    """
    Return the phrase that marks a byline at the beginning of `text`, and what follows it.

    >>> markers = Markers.of([("Von", "author"), ("Ein Gastbeitrag von", "author")])
    >>> opening_marker("Ein Gastbeitrag von Jana Kern", markers)[1], opening_marker("Von:", markers)[1]
    ('Jana Kern', '')
    """
    words = text[:60].split(None, 6)
    if not words:
        return None, text
    first = words[0].lower().strip(_EDGE)
    if first not in markers.heads:
        return _glued_marker(text, markers)
    for size in range(min(6, len(words)), 0, -1):
        printed = " ".join(words[:size])
        marker = markers.phrases.get(printed.lower().strip(_EDGE))
        if marker is None:
            continue
        end = 0
        for word in words[:size]:
            end = text.index(word, end) + len(word)
        rest = text[end:]
        colon = printed[-1] in ":：/／|" or rest.lstrip()[:1] in (":", "：", "/", "／", "|", "-", "–")
        if colon or not marker.colon:
            rest = rest.lstrip(" :：|/／-–").rstrip()
            first, space, after = rest.partition(" ")
            return marker, after if space and first.lower() in markers.single else rest  # "By by Jane Doe"
    return _glued_marker(text, markers)


def is_marker(text: str, markers: Markers) -> bool:
    """
    Return whether a text is the phrase that marks a byline, and nothing else.

    >>> is_marker("By:", Markers.of([("By", "author")])), is_marker("By the way", Markers.of([("By", "author")]))
    (True, False)
    """
    words = text.split(None, 1)
    if not words or (text.isascii() and words[0].lower().strip(_EDGE) not in markers.heads):
        return False
    marker, rest = opening_marker(text, markers)
    return marker is not None and not rest.strip(" |:")


def _glued_marker(text: str, markers: Markers) -> tuple[Marker | None, str]:
    """``文/NAME``, ``记者：NAME``: where no space parts the marker from the name."""
    if text[:1].isascii():
        for size in (2, 3):  # byJane Doe
            if text[size : size + 1].isupper() and text[:size] in markers.single:
                return markers.phrases[text[:size]], text[size:]
        return None, text
    for size in range(min(8, len(text) - 1), 0, -1):
        marker = markers.phrases.get(text[:size].strip(_EDGE))
        if marker is not None and _WIDE.match(text) and (text[size : size + 1] in " :：/／|・" or not marker.colon):
            return marker, text[size:].lstrip(" :：|/／・")
    return None, text


@attrs.define
class _List:
    """The names read so far from one stretch."""

    names: list[str] = attrs.field(factory=list)
    agency: str | None = None
    clean: bool = True
    """Whether nothing but names and an agency was met."""
    role: bool = False
    """Whether a job follows a name."""

    @property
    def is_empty(self) -> bool:
        """Whether neither a name nor an agency was met."""
        return not self.names and self.agency is None

    def extend_surname(self, stretch: str, word: str) -> None:
        """Join a second surname to the last name, as it is printed: José Ortega y Gasset."""
        between = stretch[stretch.index(self.names[-1]) + len(self.names[-1]) :].partition(word)[0]
        self.names[-1] += between + word


@attrs.frozen
class _Member:
    """One member of a list."""

    tokens: list[str]
    joined: bool
    """Whether a conjunction stands before it."""


@attrs.frozen
class _Reader:
    grammar: Grammar
    markers: Markers
    host: str
    turkic: bool
    dated: bool
    closed: bool
    """Whether the line closes as a sentence: then it is one, unless the names are all it says."""

    def line(self, text: str) -> BylineReading | None:
        """Read a line: behind its first marker, else at its beginning, or behind a date."""
        found: BylineReading | None = None
        passed, goes_on = 0, True  # whether a name without a marker may still come
        for stretch in _STRETCH.split(text)[:STRETCHES]:
            stretch = stretch.strip(_EDGE + _DIGITS)
            if len(stretch) < 2:
                continue
            passed += len(stretch)
            if stretch.split(None, 1)[0].lower().strip(_EDGE) in self.grammar.bylines.photo:
                return found
            marker, rest = opening_marker(stretch, self.markers)
            if marker is not None:
                marked = self.marked(text, marker, rest) if rest else None
                return found if marked is None or (self.closed and not marked.clean) else marked
            if goes_on:
                found = self.unmarked(found, stretch, passed)
                goes_on = passed <= BEFORE_NAME and (found is None or found.kind == "bare") and (self.dated or found is not None)
        return found

    def unmarked(self, found: BylineReading | None, stretch: str, passed: int) -> BylineReading | None:
        """Add what a stretch without a marker says to what was found before it in the line."""
        if found is None and (agency := _agency(stretch, self.grammar)) is not None:
            return BylineReading(kind="bare", people=(), agency=agency, clean=True)
        if found is None:
            found = self.link(stretch) or self.named(stretch, self.grammar.bylines.after_names) or self.inner(stretch)
        if (
            (found is not None and (found.kind != "bare" or not found.clean))
            or passed > BARE_LIMIT
            or not self.may_be_bare(stretch)
        ):
            return found
        more = self.read(stretch, "bare", "author")
        if more is None:
            return found
        if found is None:
            return more if more.clean or not self.closed else None
        if more.clean and more.people and self.is_known((*found.people, *more.people)):  # NAME | NAME
            return attrs.evolve(found, people=tuple(dict.fromkeys((*found.people, *more.people))))
        return found

    def marked(self, text: str, marker: Marker, rest: str) -> BylineReading | None:
        """Return the names behind the first marker of a line, and those behind further ones (``; Editing by``)."""
        found = self.read(rest, "marked", marker.role)
        if found is None:
            return None
        at = text.find(rest) + len(_STRETCH.split(rest, maxsplit=1)[0])
        people, agency = list(found.people), found.agency
        for stretch in _STRETCH.split(text[at:])[:STRETCHES]:
            agency = agency or _agency(stretch, self.grammar)
            other, names = opening_marker(stretch.strip(_EDGE), self.markers)
            more = self.read(names, "marked", other.role) if other is not None and names else None
            people += more.people if more is not None else ()
        return attrs.evolve(found, people=tuple(dict.fromkeys(people))[:MOST_PEOPLE], agency=agency)

    def named(self, stretch: str, after: frozenset[str]) -> BylineReading | None:
        """Read a name with a job behind it: ``순천 홍길동 기자``."""
        if stretch.isascii() or not _WIDE.search(stretch) or len(stretch) > NAMED_LIMIT:
            return None
        words = stretch.split()
        for at, word in enumerate(words):
            if at and word in after:
                return self._wide(words[at - 1], "marked", "author")
            glued = next((job for job in after if word.endswith(job) and 2 <= len(word) - len(job) <= 4), "")
            if glued:
                return self._wide(word.removesuffix(glued), "marked", "author")
        return None

    def inner(self, stretch: str) -> BylineReading | None:
        """Read ``A report by NAME``: a marker of one word amid a short stretch, a capital behind it."""
        words = stretch.split()
        if not 3 <= len(words) <= 16 or self.markers.single.isdisjoint(map(str.lower, words)):
            return None
        for at in range(1, len(words) - 1):
            if (
                words[at].lower() in self.markers.single
                and words[at + 1][:1].isupper()
                and words[at - 1].lower() not in self.grammar.bylines.photo
            ):
                found = self.read(" ".join(words[at + 1 :]), "inline_marker", "author")
                if found is not None:
                    return found
        return None

    def link(self, stretch: str) -> BylineReading | None:
        """Read ``More by NAME``, ``NAME archive page``, ``NAMEFollow``."""
        if len(stretch) > BARE_LIMIT:
            return None
        lowered = stretch.lower()
        words = lowered.split()
        if words[0] not in self.grammar.bylines.link_words and words[-1] not in self.grammar.bylines.link_words:
            return None
        for phrase in self.grammar.bylines.links:
            if lowered.startswith(phrase + " "):
                return self.read(stretch[len(phrase) :], "link", "author")
            if lowered.endswith(phrase):
                return self.read(stretch[: -len(phrase)], "link", "author")
        return None

    def may_be_bare(self, stretch: str) -> bool:
        """Return whether a name can stand at the beginning; a cheap test."""
        words = stretch.split(None, 2)
        return _may_be_bare(words, self.grammar) or (words[0][0] > "\u0590" and not words[0][0].isupper() and len(stretch) < 40)

    def read(self, stretch: str, kind: Kind, role: PersonRole) -> BylineReading | None:
        """Return the names at the beginning of a stretch."""
        stretch = _STRETCH.split(stretch.strip(_EDGE + _DIGITS), maxsplit=1)[0].strip(_EDGE + _DIGITS)
        return self._wide(stretch, kind, role) if _WIDE.search(stretch) else self.names(stretch, kind, role)

    def names(self, stretch: str, kind: Kind, role: PersonRole) -> BylineReading | None:
        """Read the names that open a stretch in a cased script; surrounding signs are already stripped."""
        listed = self._list(stretch, marked=kind in ("marked", "inline_marker"))
        if listed is None:
            return None
        if listed.is_empty and kind == "marked" and _HANDLE.match(stretch) and self._is_own(stretch):
            listed.names.append(stretch)
            listed.clean = True
        if listed.is_empty:
            return None
        names = listed.names
        people = tuple([Person(name=name, role=role) for name in dict.fromkeys(names)][:MOST_PEOPLE])
        given = bool(names) and self.grammar.names.is_given(names[0].split()[0].lower())
        return BylineReading(kind=kind, people=people, agency=listed.agency, clean=listed.clean, role=listed.role, given=given)

    def _list(self, stretch: str, *, marked: bool) -> _List | None:
        """Read a list of names and perhaps an agency; None for prose. It ends where a role or an outlet follows the names."""
        listed = _List()
        members = list(self._members(stretch))
        last_joined = max((at for at, member in enumerate(members) if member.joined), default=0) if len(members) > 1 else 0
        for at, member in enumerate(members):
            tokens = member.tokens
            if self._adds_no_name(listed, tokens):
                continue
            size = name_size(tokens, self.grammar, marked=marked)
            if size < 2 and listed.is_empty and not marked:
                return None
            size = self._without_outlet(tokens, size)
            if listed.names and self._is_staff(tokens, size):
                listed.clean = False
                break
            if listed.names and member.joined and size == len(tokens) == 1 and self.joins_surnames(stretch, tokens[0]):
                listed.extend_surname(stretch, tokens[0])
                continue
            listed.clean = listed.clean and size == len(tokens)
            listed.role = listed.role or self._has_role(tokens[size : size + 5])
            if not self._is_further_name(listed, member, size, marked=marked, amid_list=at < last_joined):
                listed.clean = False
                break
            listed.names.append(self._cased(tokens[:size]))
        return listed

    def _adds_no_name(self, listed: _List, tokens: list[str]) -> bool:
        """Return whether a member is the first agency, which is kept, or a suffix of the name before it (``PhD``)."""
        agency = None if listed.agency else _agency(" ".join(tokens), self.grammar)
        if agency is not None:
            listed.agency = agency
            return True
        return bool(listed.names) and len(tokens) == 1 and tokens[0].lower().rstrip(".") in self.grammar.names.suffixes

    def _is_staff(self, tokens: list[str], size: int) -> bool:
        """Return whether an outlet's staff follows a name: ``and Example News Staff``."""
        names = self.grammar.names
        staff = size < len(tokens) and tokens[size].lower().strip(".,") in names.not_names
        return staff and not names.may_be_given(tokens[0].lower())

    def _has_role(self, tokens: list[str]) -> bool:
        """Return whether one of the words is a job."""
        return any(token.lower().strip(".,") in self.grammar.names.roles for token in tokens)

    def _is_further_name(self, listed: _List, member: _Member, size: int, *, marked: bool, amid_list: bool) -> bool:
        """Return whether the first `size` words of a member are one more person, not a role, a place or an outlet."""
        if not size:
            return False
        if size == 1 and (listed.names or not marked or size < len(member.tokens) or not self.dated):
            return False
        return not listed.names or member.joined or self._continues(member.tokens, size, listed=amid_list or marked)

    def _members(self, stretch: str) -> Iterable[_Member]:
        """Cut a stretch into the members of a list."""
        for part in _PART.split(stretch) if _LISTS.search(stretch) else (stretch,):
            *members, last = self._cut_at_conjunctions(part.split())
            yield from members
            tokens = last.tokens
            if last.joined and tokens and tokens[0].lower() in self.markers.single:
                tokens = tokens[1:]  # "and by"
            if len(tokens) == 4 and tokens[2][0] in self.grammar.names.glued_conjunctions and len(tokens[2]) > 3:
                yield _Member(tokens[:2], last.joined)
                yield _Member([tokens[2][1:], tokens[3]], True)
            elif tokens:
                yield _Member(tokens, last.joined)

    def _cut_at_conjunctions(self, words: list[str]) -> list[_Member]:
        """Cut words at conjunctions and drop honorifics before names; the last member may be empty."""
        honorifics = self.grammar.names.honorifics
        members: list[_Member] = []
        tokens: list[str] = []
        joined = False
        for word in words:
            if self._joins_members(word, tokens):
                if tokens:
                    members.append(_Member(tokens, joined))
                tokens, joined = [], True
            elif tokens or (word.lower().rstrip(".") not in honorifics and word.lower() not in honorifics):
                tokens.append(word)
        return [*members, _Member(tokens, joined)]

    def _joins_members(self, word: str, before: list[str]) -> bool:
        """Return whether a word joins two members of a list; not so in ``Fleur ter Braake``."""
        names = self.grammar.names
        if word not in names.conjunctions and not (len(word) > 1 and word.isupper() and word.lower() in names.conjunctions):
            return False
        if len(before) == 1 and word in names.particles:
            return False
        return bool(before) or len(word) > 1

    def joins_surnames(self, stretch: str, word: str) -> bool:
        """Return whether what stands before the word joins two surnames of one person."""
        return any(f" {joint} {word}" in stretch for joint in self.grammar.names.surname_joints)

    def _is_own(self, word: str) -> bool:
        """Return whether one word in lower case, behind a marker, is a pen name."""
        grammar = self.grammar
        return all(
            word.lower() not in known
            for known in (grammar.bylines.common, grammar.names.not_names, grammar.names.roles, grammar.calendar.words)
        )

    def is_known(self, people: Iterable[Person]) -> bool:
        """Return whether all have a given name that is known."""
        return all(self.grammar.names.may_be_given(person.name.split()[0].lower()) for person in people)

    def _continues(self, tokens: Sequence[str], size: int, *, listed: bool) -> bool:
        """Return whether what follows a comma is a further person, and no outlet or place."""
        name = tokens[:size]
        text = " ".join(name).lower()
        if text in self.grammar.places:
            return False
        whole = size == len(tokens) and 2 <= size <= 4
        loud = whole and size == 2 and name[1].isupper() and len(name[1]) > 3 and not name[0].isupper()  # Ann DOE, Jo ROE
        return self.grammar.names.may_be_given(name[0].lower()) or loud or (listed and whole)

    def _without_outlet(self, tokens: Sequence[str], size: int) -> int:
        """Return the words of a name without the outlet, known by the host: ``Jane Doe Example News`` on news.example.com."""
        for at in range(3, min(size, 6) + 1):  # whose name is all of the host's writes there
            rest = fold(" ".join(tokens[at - 1 : size])).replace(" ", "")
            if len(rest) > 3 and self.host and rest in self.host.replace("-", "").replace(".", ""):
                return at - 1
        return size

    def _cased(self, tokens: Sequence[str]) -> str:
        loud = "".join(tokens).isupper() and len("".join(tokens)) > 3
        tokens = [
            name_case(token, self.grammar, turkic=self.turkic) if loud or (token.isupper() and len(token) > 3) else token
            for token in tokens
        ]
        for at, token in enumerate(tokens):
            if (
                loud
                and token in self.grammar.names.name_articles
                and (not at or tokens[at - 1] not in self.grammar.names.particles)
            ):
                tokens[at] = token.capitalize()  # Jean Le Goff, but María de la Cruz
        return " ".join(tokens).strip(" ,;:*|")

    def _wide(self, stretch: str, kind: Kind, role: PersonRole) -> BylineReading | None:
        """Read Chinese, Japanese and Korean names: behind a marker by their shape, else by a known surname."""
        names: list[str] = []
        rest, clean = stretch, True
        while rest and len(names) < MOST_PEOPLE:
            match = _WIDE_NAME.match(rest)
            if match is None:
                clean = False
                break
            name = match.group(1)
            if (agency := _agency(name, self.grammar)) is not None and not names:
                return BylineReading(kind=kind, people=(), agency=agency, clean=True)
            if name in self.grammar.bylines.common or name.endswith(self.grammar.names.no_name_endings) or not (
                "・" in name or "＝" in name or east_asian(name.split(), self.grammar)
                or any(name[:length] in self.grammar.names.likely_surnames for length in (1, 2, 3))
            ):  # fmt: skip
                clean = False
                break
            names.append(name)
            rest = rest[match.end() :].lstrip(" 、,，;；/／")
        people = tuple(Person(name=name, role=role) for name in dict.fromkeys(names))
        return BylineReading(kind=kind, people=people, agency=None, clean=clean, given=True) if people else None


def name_size(tokens: Sequence[str], grammar: Grammar, *, marked: bool) -> int:
    """
    Return how many of the first words form the name of one person, by their shape; 0 if none do.

    Args:
        tokens: words.
        grammar: particles, roles and words that no name holds.
        marked: whether a word says that a name follows: then one doubtful word is allowed.

    >>> grammar = Grammar.default()
    >>> name_size("Jane van der Meer Senior Writer".split(), grammar, marked=False)
    4
    >>> name_size("harbour opens again".split(), grammar, marked=False)
    0

    """
    size = solid = doubtful = 0
    for at, word in enumerate(tokens[:MOST_WORDS]):
        match _word_kind(tokens, at, solid, grammar, marked=marked):
            case "suffix":
                return at + 1
            case "end":
                break
            case "initial":
                size = at + 1 if solid else size
            case "no name":
                return size if solid >= 2 else 0
            case "name":
                low = word.lower().rstrip(".,")
                doubtful += _is_doubtful(tokens, at, grammar)
                if solid and low in map(str.lower, tokens[:at]):  # "Jane Doe Jane Doe" is one; "from shore to shore" is none
                    return at if solid >= 2 and low == tokens[0].lower() and not doubtful else 0
                solid, size = solid + 1, at + 1
    if solid == 1 < size and not marked:
        return 0  # "Harold P."
    most = 1 if marked and solid > 1 else 0
    return size if 0 < solid <= MOST_PARTS and doubtful <= most else 0


_WordKind: TypeAlias = Literal["name", "initial", "particle", "suffix", "no name", "end"]
"""The part that a word plays in a name; ``no name`` and ``end`` play none."""


def _word_kind(tokens: Sequence[str], at: int, solid: int, grammar: Grammar, *, marked: bool) -> _WordKind:
    """Return the part that the word at `at` plays behind `solid` full parts of a name."""
    word, names = tokens[at], grammar.names
    low = word.lower().rstrip(".,")
    known = low in grammar.beside_names or word in grammar.beside_names  # few words of a name are
    if known and solid >= 2 and low in names.suffixes:
        return "suffix"
    if _ends_before(tokens, at, low, solid, grammar, known=known):
        return "end"
    if known and low in names.particles and word.islower() and (at or marked):
        return "particle"
    if _INITIAL.match(word):
        return "initial" if len(tokens) > 1 else "end"
    if not _is_name_word(word, first=not at):
        return "end"
    if known and low in names.not_names and not names.is_given(low) and _is_usual(tokens, at, grammar):
        return "no name"
    return "name"


def _is_doubtful(tokens: Sequence[str], at: int, grammar: Grammar) -> bool:
    """Return whether a part of a name is a common word, and neither a given name nor a particle."""
    low, names = tokens[at].lower().rstrip(".,"), grammar.names
    if low not in grammar.beside_names and tokens[at] not in grammar.beside_names:
        return False
    if low in names.given_names or low in names.word_names or (at > 0 and low in names.particles):
        return False
    return _is_usual(tokens, at, grammar)


def _ends_before(tokens: Sequence[str], at: int, low: str, solid: int, grammar: Grammar, *, known: bool) -> bool:
    """Return whether a name ends before a word, since a job, an outlet, a place or a picture follows."""
    word = tokens[at]
    if low.endswith(("'s", "’s")) or (known and solid and _opens_addition(tokens, at, low, grammar)):
        return True
    if known and low in grammar.names.roles:
        return not (at == 1 and len(tokens) == 2 and grammar.names.is_given(tokens[0].lower()))
    if solid < 2:
        return False
    loud = tokens[0].isupper() and len(tokens[0].strip(".")) > 1
    if word.isupper() and len(word) > 2 and not loud:
        return True  # Jane Doe USA TODAY
    if not known or not (low in grammar.names.not_names or low in grammar.bylines.common):
        return False
    return low not in grammar.names.particles and tokens[at - 1] not in grammar.names.particles


def _opens_addition(tokens: Sequence[str], at: int, low: str, grammar: Grammar) -> bool:
    """Return whether a word opens what stands behind a name: ``Photo: …``, ``in London``."""
    if low in grammar.bylines.photo:
        return True
    return tokens[at] in grammar.names.locatives and (low == "in" or grammar.places.open_with_city(tokens[at + 1 : at + 4]))


def _is_name_word(word: str, *, first: bool) -> bool:
    """Return whether a word has the shape of a part of a name: a capital, or letters that know none."""
    caseless = word[0].isalpha() and word.lower() == word.upper()
    glued = not first and word[:2].lower() in ("d'", "d’", "al", "el") and len(word) > 3 and not word.isalpha()
    if not (word[0].isupper() or caseless or glued) or len(word) > MOST_LETTERS or (word.endswith(".") and len(word) > 4):
        return False
    return caseless or _WORD.match(word) is not None


def _is_usual(tokens: Sequence[str], at: int, grammar: Grammar) -> bool:
    """Return whether a part of a name is a word that names seldom hold, unless a particle leads it (van der Meer)."""
    if at and tokens[at - 1].lower() in grammar.names.particles and tokens[at - 1].islower():
        return False
    low = tokens[at].lower().rstrip(".,")
    return low in grammar.bylines.common or low in grammar.names.not_names or low in grammar.calendar.words


def _agency(text: str, grammar: Grammar) -> str | None:
    """Return the agency that a text names, alone or before a slash."""
    text = text.strip(_EDGE)
    name = grammar.agencies.find(text)
    if name is None and "/" in text:
        return _agency(text.partition("/")[0], grammar)
    return name


def _ends_name(word: str, grammar: Grammar) -> bool:
    """Return whether a word glued to a name is no part of it: a button, the word before a date, a job."""
    return any(
        word in known
        for known in (grammar.bylines.common, grammar.names.not_names, grammar.names.roles, grammar.calendar.before.phrases)
    )
