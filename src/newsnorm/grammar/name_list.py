"""Read a list of names at the beginning of a text, and what is beside them: job titles, outlets, agencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.byline_markers import EDGE_SIGNS
from newsnorm.grammar.name_shape import is_plain_name, name_size
from newsnorm.grammar.names import name_case
from newsnorm.text.folding import fold
from newsnorm.text.lazy_regex import lazy_regex

JOB_WINDOW = 5
"""Words after a name within which a job title is looked for."""

_PART = lazy_regex(r"[,&+、，;；]|(?<=\s)/|/(?=\s{0,3}[^\W\d_])")
_LISTS = lazy_regex("[,&+、，;،/]")


@attrs.define
class NameList:
    """The names at the beginning of a text, and what is beside them."""

    names: list[str] = attrs.field(factory=list)
    agency: str | None = None
    clean: bool = True
    """Whether the text contains only names and an agency."""
    role: bool = False
    """Whether a job title follows a name."""

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a name nor an agency."""
        return not self.names and self.agency is None

    def extend_surname(self, text: str, word: str) -> None:
        """Join a second surname to the last name, as it is printed: José Ortega y Gasset."""
        between = text[text.index(self.names[-1]) + len(self.names[-1]) :].partition(word)[0]
        self.names[-1] += between + word


class _Member(NamedTuple):
    """One member of a list."""

    tokens: list[str]
    conjunction: str
    """The conjunction before it, in lower case; empty if there is none."""

    @property
    def joined(self) -> bool:
        """Whether a conjunction is before it."""
        return self.conjunction != ""


@attrs.frozen(eq=False)
class NameListReader:
    """
    Read lists of names in scripts with capitals.

    >>> reader = NameListReader(Grammar.default(), frozenset({"by"}), "newsexamplecom")
    >>> listed = reader.read("JANE DOE and Tom Roe, Senior Writer", marked=True, dated=False)
    >>> listed.names, listed.clean, listed.role
    (['Jane Doe', 'Tom Roe'], False, True)
    """

    grammar: Grammar
    single_markers: frozenset[str]
    """Markers of one word, which may be repeated in a list: ``and by``."""
    host_letters: str
    """The page's host without dots and hyphens, which distinguishes the outlet's name from a person's."""
    turkic: bool = False
    """Whether names in capitals are lowered by the rules of Turkish."""

    def read(self, text: str, *, marked: bool, dated: bool) -> NameList | None:
        """
        Read the names and the agency at the beginning of a text, up to a job title or an outlet; return None for prose.

        Args:
            text: a text whose edges are stripped.
            marked: whether a marker is before it; then a name may hold a common word.
            dated: whether the line holds a date; then the name after a marker may be one word.

        """
        if text.isascii() and text.replace(" ", "").isalpha() and self.is_name_alone(text):
            return NameList([text])  # most texts after a marker
        return self.read_in_full(text, marked=marked, dated=dated)

    def is_name_alone(self, text: str) -> bool:
        """Return whether a text without a marker is one person's name and nothing else; True is certain."""
        if not is_plain_name(text, self.grammar):
            return False
        tokens = text.split(" ")
        whole = size_without_outlet(tokens, len(tokens), self.host_letters) == len(tokens)
        return whole and named_agency(text, self.grammar) is None

    def read_in_full(self, text: str, *, marked: bool, dated: bool) -> NameList | None:
        """Read a text member by member; `read` returns the same, and skips this for a name alone."""
        listed = NameList()
        members = self._members(text)
        last_joined = max([at for at, member in enumerate(members) if member.joined], default=0)
        for at, member in enumerate(members):
            if self._adds_no_name(listed, member):
                continue
            if listed.names and self._is_addition(member, goes_on=at < last_joined):
                listed.clean, listed.role = False, listed.role or self._has_role(member.tokens)
                continue
            if opens_like_outlet(member.tokens, self.grammar):
                listed.clean = False
                if listed.names:
                    break
                continue  # "Le Monde avec AFP"
            size = name_size(member.tokens, self.grammar, marked=marked)
            if size < 2 and listed.is_empty and not marked:
                return None
            size = size_without_outlet(member.tokens, size, self.host_letters)
            if not self._add(listed, member, size, text, one_word=marked and dated, in_list=at < last_joined and not listed.role):
                listed.clean = False
                break
        return listed

    def _add(self, listed: NameList, member: _Member, size: int, text: str, *, one_word: bool, in_list: bool) -> bool:
        """
        Add the first `size` words of a member to the names; return False if the list ends before them.

        Args:
            listed: the names so far, which change.
            member: the next member.
            size: number of its words that have the shape of a name.
            text: the text that is read.
            one_word: whether the first name may be one word: the whole member, or a given name before a word in lower case.
            in_list: whether names after commas need no known given name.

        """
        tokens = member.tokens
        if listed.names and self._is_staff(tokens, size):
            return False
        if listed.names and member.joined and size == len(tokens) == 1 and self._joins_surnames(text, tokens[0]):
            listed.extend_surname(text, tokens[0])
            return True
        listed.clean = listed.clean and size == len(tokens)
        listed.role = listed.role or (size < len(tokens) and self._has_role(tokens[size : size + JOB_WINDOW]))
        if size > 1:
            is_name = not listed.names or self._is_further_name(member, size, in_list=in_list)
        else:
            is_name = one_word and not listed.names and (size == len(tokens) or self._is_given_alone(tokens))
        if is_name:
            listed.names.append(self._cased(tokens[: max(1, size)]))
        return is_name

    def _adds_no_name(self, listed: NameList, member: _Member) -> bool:
        """
        Return whether a member is the first agency, or a suffix of the name before it (``PhD``).

        The agency is recorded, unless it helped the person named before it: ``Jane Doe with AFP``.
        """
        tokens = member.tokens
        agency = None if listed.agency else named_agency(" ".join(tokens), self.grammar)
        if agency is not None:
            has_helped = bool(listed.names) and member.conjunction in self.grammar.bylines.with_words
            listed.agency = None if has_helped else agency
            return True
        return bool(listed.names) and len(tokens) == 1 and tokens[0].lower().rstrip(".") in self.grammar.names.suffixes

    def _is_given_alone(self, words: list[str]) -> bool:
        """Return whether the first word is a given name and no common word, and one in lower case follows."""
        low, grammar = words[0].lower(), self.grammar
        if not (words[0].istitle() and low in grammar.names.given_names and words[1][0].islower()):
            return False
        return not any(low in known for known in (grammar.names.word_names, grammar.places, grammar.bylines.common))

    def _is_addition(self, member: _Member, *, goes_on: bool) -> bool:
        """
        Return whether a member is the job of the person before it, or the place that person writes from.

        Args:
            member: a member after a name.
            goes_on: whether a conjunction joins a further member after it; then one word between commas is such a place, too.

        """
        tokens, names = member.tokens, self.grammar.names
        if member.joined:
            return len(tokens) == 1 and tokens[0].lower() in self.grammar.places  # "corresponsal en Lima"
        if self._has_role(tokens) and not names.is_given(tokens[0].lower()):
            return True
        return " ".join(tokens).lower().strip(".") in self.grammar.places or (goes_on and len(tokens) == 1)

    def _is_staff(self, tokens: list[str], size: int) -> bool:
        """Return whether a member is the staff of an outlet: ``and Example News Staff``."""
        names = self.grammar.names
        staff = size < len(tokens) and tokens[size].lower().strip(".,") in names.not_names
        return staff and not names.may_be_given(tokens[0].lower())

    def _has_role(self, tokens: list[str]) -> bool:
        """Return whether one of the words is a job title."""
        return any(token.lower().strip(".,") in self.grammar.names.roles for token in tokens)

    def _is_further_name(self, member: _Member, size: int, *, in_list: bool) -> bool:
        """Return whether the first `size` words of a member are another person, and not a place or an outlet after a comma."""
        if member.joined:
            return True
        name = member.tokens[:size]
        if " ".join(name).lower() in self.grammar.places:
            return False
        whole = size == len(member.tokens) and size <= 4
        if whole and size > 2 and any(len(word.rstrip(".")) == 1 for word in name):
            return True  # no outlet has an initial
        surname_in_capitals = whole and size == 2 and name[1].isupper() and len(name[1]) > 3 and not name[0].isupper()
        return self.grammar.names.may_be_given(name[0].lower()) or surname_in_capitals or (in_list and whole)

    def _members(self, text: str) -> list[_Member]:
        """Cut a text into the members of a list."""
        parts = _PART.split(text) if _LISTS.search(text) is not None else [text]
        return [member for part in parts for member in self._members_of_part(part.split())]

    def _members_of_part(self, words: list[str]) -> list[_Member]:
        """Cut words at conjunctions, and drop honorifics before names."""
        names = self.grammar.names
        *members, last = self._cut_at_conjunctions(words)
        tokens = last.tokens
        if last.joined and tokens and tokens[0].lower() in self.single_markers:
            tokens = tokens[1:]  # "and by"
        tokens = self._without_job(tokens)
        if len(tokens) == 4 and tokens[2][0] in names.glued_conjunctions and len(tokens[2]) > 3:
            return [*members, _Member(tokens[:2], last.conjunction), _Member([tokens[2][1:], tokens[3]], tokens[2][0])]
        return [*members, _Member(tokens, last.conjunction)] if tokens else members

    def _without_job(self, tokens: list[str]) -> list[str]:
        """Drop the job before a name of two words or more: ``Science editor Jane Doe``, ``Online-Redakteur Max Kern``."""
        names = self.grammar.names
        jobs = [at for at, token in enumerate(tokens[:-2]) if self._is_job(token)]
        if not jobs or names.is_given(tokens[0].lower()) or not all(token[0].isupper() for token in tokens[jobs[-1] + 1 :][:2]):
            return tokens
        rest = tokens[jobs[-1] + 1 :]
        return rest if names.is_given(rest[0].lower()) or all(map(self._is_job, tokens[: jobs[-1] + 1])) else tokens

    def _is_job(self, token: str) -> bool:
        """Return whether a word is a job, perhaps with an outlet or a subject before a hyphen."""
        return token.lower().rpartition("-")[2] in self.grammar.names.roles

    def _cut_at_conjunctions(self, words: list[str]) -> list[_Member]:
        """Cut words at conjunctions and drop honorifics before names; the last member may be empty."""
        lowered = [word.lower() for word in words]
        if words and self.grammar.names.conjunctions.isdisjoint(lowered) and not self._is_honorific(lowered[0]):
            return [_Member(words, "")]  # most lists have one member
        members: list[_Member] = []
        tokens: list[str] = []
        conjunction = ""
        for word, low in zip(words, lowered, strict=True):
            if self._joins_members(word, tokens):
                if tokens:
                    members.append(_Member(tokens, conjunction))
                tokens, conjunction = [], low
            elif tokens or not self._is_honorific(low) or self._is_initial_of_one(words):
                tokens.append(word)
        return [*members, _Member(tokens, conjunction)]

    def _is_initial_of_one(self, words: Sequence[str]) -> bool:
        """Return whether words are a letter with a full stop and one name, which needs it: ``M. Nur``."""
        return len(words) == 2 and len(words[0]) == 2 and words[0][0].isupper() and words[1].istitle()

    def _is_honorific(self, low: str) -> bool:
        """Return whether a word in lower case is a title before names, which is left out: ``Dr.``."""
        return low in self.grammar.names.honorifics or low.rstrip(".") in self.grammar.names.honorifics

    def _joins_members(self, word: str, before: list[str]) -> bool:
        """Return whether a word joins two members of a list; not so in ``Fleur ter Braake``."""
        names = self.grammar.names
        if word not in names.conjunctions and not (len(word) > 1 and word.isupper() and word.lower() in names.conjunctions):
            return False
        if len(before) == 1 and word in names.particles:
            return False
        return bool(before) or len(word) > 1 or word.islower()  # not an initial

    def _joins_surnames(self, text: str, word: str) -> bool:
        """Return whether the word before this one joins two surnames of one person."""
        return any(f" {joint} {word}" in text for joint in self.grammar.names.surname_joints)

    def _cased(self, tokens: Sequence[str]) -> str:
        """Return a name in name case: all words of a name in capitals, else its longer words in capitals."""
        letters = "".join(tokens)
        if letters.isupper() and len(letters) > 3:
            tokens = [name_case(token, self.grammar, turkic=self.turkic) for token in tokens]
            self._capitalise_articles(tokens)
        else:
            tokens = [
                name_case(token, self.grammar, turkic=self.turkic) if token.isupper() and len(token) > 3 else token
                for token in tokens
            ]
        return " ".join(tokens).strip(" ,;:*|")

    def _capitalise_articles(self, tokens: list[str]) -> None:
        """Capitalise articles, except after a particle: Jean Le Goff, María de la Cruz."""
        names = self.grammar.names
        for at, token in enumerate(tokens):
            if token in names.name_articles and (not at or tokens[at - 1] not in names.particles):
                tokens[at] = token.capitalize()


def size_without_outlet(tokens: Sequence[str], size: int, host_letters: str) -> int:
    """
    Return the number of words of a name before the name of the outlet, which is known by the host.

    >>> words = ["Jane", "Doe", "Example", "News"]
    >>> size_without_outlet(words, 4, "examplenewscom"), size_without_outlet(words, 4, "harbourorg")
    (2, 4)
    """
    if size < 3 or not host_letters or fold(tokens[size - 1]).replace(" ", "") not in host_letters:
        return size  # most names end here
    for at in range(2, min(size, 6)):  # whose name is all of the host's writes there
        outlet = fold(" ".join(tokens[at:size])).replace(" ", "")
        if len(outlet) > 3 and outlet in host_letters:
            return at
    return size


def opens_like_outlet(tokens: Sequence[str], grammar: Grammar) -> bool:
    """
    Return whether words begin with an article and no given name is after it, as the name of an outlet: ``Le Monde``.

    >>> grammar = Grammar.default()
    >>> [opens_like_outlet(text.split(), grammar) for text in ("Le Monde", "De Telegraaf", "La Toya Jackson", "Jane Doe")]
    [True, True, False, False]
    """
    if len(tokens) < 2:
        return False
    low, bylines = tokens[0].lower(), grammar.bylines
    if low not in bylines.outlet_articles and not (len(tokens) == 2 and low in bylines.outlet_articles_of_two):
        return False
    return not grammar.names.may_be_given(tokens[1].lower())


def named_agency(text: str, grammar: Grammar) -> str | None:
    """Return the agency that is the whole text, or the part before a slash; None if there is none."""
    text = text.strip(EDGE_SIGNS)
    name = grammar.agencies.find(text)
    if name is None and "/" in text:
        return named_agency(text.partition("/")[0], grammar)
    return name


def have_known_names(names: Iterable[str], grammar: Grammar) -> bool:
    """Return whether all names begin with a known given name."""
    return all(grammar.names.may_be_given(name.split()[0].lower()) for name in names)
