"""Read whom a page claims as its authors, and decide whether two names mean one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

import attrs

from newsnorm.claim_names import REFERRED
from newsnorm.grammar import Grammar
from newsnorm.grammar.byline import BylineReader
from newsnorm.grammar.name_shape import is_office
from newsnorm.grammar.names import is_person, read_people
from newsnorm.page.claimed_title import HeadlineClaims
from newsnorm.page.claims import PageClaims, claim_trust, clean
from newsnorm.page.link_joints import part_at_links
from newsnorm.page.markup_names import words_of_names
from newsnorm.records import WRITERS, Claim, Line, Person
from newsnorm.text.folding import fold

LONGEST = 300
"""Code points of the longest claim that is read."""

MOST_NAMES = 4
"""Number of names in meta elements from which they are taken for the staff, not the authors."""


MARKED, MARKED_ABOVE, MARKED_BELOW = 160, 6, 25
"""Code points of the longest line in an element for authors, and lines above and below the headline within which it is about the
report."""

MARKED_LEVELS = 4
"""Elements around a line, including its own, whose names may mark it as naming the author."""

OUTSIDE = frozenset(("aside", "footer", "nav"))
"""Elements that don't contain authors of the report."""


@attrs.frozen
class MarkedPeople:
    """The people named in a line that stands in an element for authors."""

    line: Line
    people: tuple[Person, ...]


@attrs.frozen
class ClaimedPeople:
    """The people named in a claim."""

    claim: Claim
    people: tuple[Person, ...]
    agency: str | None = None


@attrs.frozen(eq=False)
class AuthorClaims:
    """The authors that a page claims."""

    claims: PageClaims
    titles: HeadlineClaims
    reader: BylineReader
    grammar: Grammar

    @cached_property
    def stated(self) -> Sequence[ClaimedPeople]:
        """
        The people and agencies that the JSON-LD of the report names as its authors.

        One that is only referred to is often the owner of the account, so it may confirm a line but does not stand alone.
        """
        return list(self._read(claim for claim in self.claims.of_report("author") if REFERRED not in claim.name.split(".")))

    @cached_property
    def others(self) -> Sequence[ClaimedPeople]:
        """The people named by the most trusted kind of meta element or microdata, each once; none if there are many."""
        by_name: dict[str, list[Claim]] = {}
        for claim in self.claims.of("author"):
            if claim.source != "json-ld":
                by_name.setdefault(claim.name, []).append(claim)
        read = (list(self._read(claims)) for claims in by_name.values())
        named = next((each for each in read if any(claimed.people for claimed in each)), [])
        return named if sum(len(each.people) for each in named) <= MOST_NAMES else []

    @cached_property
    def marked(self) -> Sequence[MarkedPeople]:
        """The lines near the headline in elements for authors that name people and say little else."""
        head, page = self.titles.headline, self.titles.page
        if head is None:
            return []
        lines = page.lines[max(0, head.number - MARKED_ABOVE) : head.number + MARKED_BELOW]
        read = (self._marked(line) for line in lines if 1 < len(line.text) <= MARKED and self._is_marked(line.number))
        return [marked for marked in read if marked is not None]

    def _marked(self, line: Line) -> MarkedPeople | None:
        reading = self.reader.read(line.text, fold(line.text).split())
        reading = part_at_links(reading, self.titles.page.markup, line, self.reader)
        people = reading.people if reading is not None and reading.kind != "link" else ()
        kept = tuple(person for person in people if person.role in WRITERS and not self._is_nobody(person))
        return MarkedPeople(line, kept) if kept else None

    def _is_marked(self, number: int) -> bool:
        """Return whether a line is in an element for authors, but not in one for other texts or beside the report."""
        markup, trust = self.titles.page.markup, claim_trust()
        is_author = False
        if self._stands_outside(number):
            return False
        for index in islice(markup.around(number), MARKED_LEVELS):
            words = frozenset(words_of_names(markup.elements[index].names))
            if not words.isdisjoint(trust.other_words):
                return False
            is_author = is_author or not words.isdisjoint(trust.author_words)
        return is_author

    def _stands_outside(self, number: int) -> bool:
        """Return whether a line is in an element beside the report that does not also contain the headline."""
        markup, head = self.titles.page.markup, self.titles.headline
        outside = [index for index in markup.around(number) if markup.elements[index].tag in OUTSIDE]
        return bool(outside) and (head is None or outside[0] not in markup.around(head.number))

    @cached_property
    def names(self) -> Sequence[str]:
        """All people named in any claim, or in a line in an element for authors."""
        claimed = (*self.stated, *self._read(self.claims.of("author")))
        every = (*(each.people for each in claimed), *(each.people for each in self.marked))
        return list(dict.fromkeys(person.name for people in every for person in people))

    def _read(self, claims: Iterable[Claim]) -> Iterator[ClaimedPeople]:
        """Yield the people named in some claims, each once."""
        known: list[str] = []
        for claim in claims:
            read = self._people_in(claim)
            new = tuple(person for person in read.people if not any(are_one(person.name, name) for name in known))
            known += [person.name for person in new]
            if new or (read.agency and not read.people):
                yield attrs.evolve(read, people=new)

    def _people_in(self, claim: Claim) -> ClaimedPeople:
        """Read the people named in a claim, which is a list of names or a byline; agencies, offices and the site don't count."""
        text = clean(claim.value).strip(" ,;|")
        kinds = frozenset(claim.name.rpartition(".")[2].lower().split()) if claim.source == "json-ld" else frozenset[str]()
        agency = self.grammar.agencies.find(text)
        if agency is not None:
            return ClaimedPeople(claim, (), agency)
        is_other = not claim_trust().organization.isdisjoint(kinds) and claim_trust().person.isdisjoint(kinds)
        if is_other or not 1 < len(text) <= LONGEST or "://" in text or "www." in text or self._is_site(text):
            return ClaimedPeople(claim, ())
        people = read_people(text, self.grammar, turkic=self.reader.turkic)
        if people is None:
            reading = self.reader.read(text, fold(text).split())
            is_likely = reading is not None and (reading.given or not claim_trust().person.isdisjoint(kinds))
            people, agency = (reading.people, reading.agency) if reading is not None and is_likely else ((), None)
        if not people and (self._is_first_name(text) or self._has_short_surname(text)):
            people = (Person(name=text),)
        kept = tuple(person for person in people if not self._is_nobody(person))
        return ClaimedPeople(claim, kept, agency)

    def _is_first_name(self, text: str) -> bool:
        """Return whether a text is only a given name, as blogs state their authors."""
        return text.istitle() and text.isalpha() and text.lower() in self.grammar.names.given_names

    def _has_short_surname(self, text: str) -> bool:
        """Return whether a text is a given name and a surname of two letters, which is not read as a name elsewhere."""
        first, _, last = text.partition(" ")
        return len(last) == 2 and last.istitle() and last.isalpha() and self._is_first_name(first)

    def _is_nobody(self, person: Person) -> bool:
        """Return whether a name is the site's or an office's."""
        return self._is_site(person.name) or is_office(person.name.split(), self.grammar)

    def _is_site(self, name: str) -> bool:
        """Return whether a name is the site's, and not that of a person after whom the site is named."""
        return self.titles.is_site_alone(name) and not is_person(name, self.grammar)


def are_one(name: str, other: str) -> bool:
    """
    Return whether two names mean one person: their words are equal, or the longer one has all words (two or more) of the shorter.

    >>> are_one("Jane M. Doe", "JANE DOE"), are_one("Jane Doe", "Jane Roe"), are_one("Jane", "Jane Doe")
    (True, False, False)
    """
    one, two = frozenset(fold(name).split()), frozenset(fold(other).split())
    shorter, longer = (one, two) if len(one) <= len(two) else (two, one)
    return bool(one) and (one == two or (len(shorter) > 1 and shorter <= longer))
