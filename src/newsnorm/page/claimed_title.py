"""Read which headline and which site name a page claims, and which of its lines agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from newsnorm.page.claims import NAME_WORDS, PageClaims, clean, words_in
from newsnorm.records import Claim, Line, Page
from newsnorm.text.folding import fold
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import is_latin

LONGEST_SITE = 60
"""Code points of the longest site name."""

SHORTEST_KEY = 4
"""Letters of the shortest site name, or part of a host, that may be matched within a longer name."""

LONGER_BY = 14
"""Letters by which the end of a title may exceed the site name in it."""

AGREES, ALIKE = 0.35, 0.6
"""Smallest agreement with a claimed title that makes an h1, and any other line, the headline."""

LONGEST_KICKER = 40
"""Code points of the longest kicker before a headline in the same line."""

MOST_LEVELS = 4
"""Most elements between an h1 and a line in it."""

LONGEST_HEADLINE, SHORTEST_HEADLINE = 300, 3
"""Code points of the longest and shortest headline."""

_PARTING = lazy_regex(r"\s{1,3}(?:[-–—|·•»«›:/~]|::){1,2}\s{1,3}|\s?[|»›]\s?|\s[-–—](?=[A-Z])")
_SIGN = lazy_regex(r"\s?[-–—_|｜·・:：»›]\s?")
_ENDING = lazy_regex(r"\.(?:com|org|net|info|[a-z]{2})\b")
_THE = lazy_regex(r"\A(?:www\.|@)")


@attrs.frozen
class ClaimedTitle:
    """A headline that a page claims."""

    claim: Claim
    text: str
    """The headline without the site name."""

    @property
    def words(self) -> frozenset[str]:
        """Its words, folded."""
        return words_in(self.text)


@attrs.frozen(eq=False)
class HeadlineClaims:
    """What a page states for machines about its headline and its site's name, and the lines that agree."""

    page: Page
    """The page as it was read, with the text of every line."""
    claims: PageClaims
    host: str

    # the site

    @cached_property
    def sites(self) -> Sequence[tuple[Claim, str]]:
        """
        The claims of the site's name, each with the name: first the publisher of the report, then meta elements, then all
        others.
        """
        names = ((claim, clean(claim.value).lstrip("@").strip()) for claim in self._site_claims())
        return [(claim, name) for claim, name in names if 1 < len(name) < LONGEST_SITE and "://" not in name]

    def _site_claims(self) -> Iterator[Claim]:
        every = self.claims.of("site")
        yield from (claim for claim in every if claim.name == "og:site_name")
        yield from self.claims.of_report("site")
        yield from (claim for claim in every if claim.source == "json-ld")
        yield from (claim for claim in every if claim.source != "json-ld" and claim.name != "og:site_name")

    @cached_property
    def site(self) -> tuple[Claim, str] | None:
        """
        The claimed name that resembles the host, or else the first one.

        If none is claimed, an end of the page's title that resembles the host, or else the name of an account.
        """
        names = [row for row in self.sites if not row[0].value.startswith("@")] or list(self._ends_of_title()) or self.sites
        return max(names, key=lambda row: host_likeness(row[1], self.host), default=None)

    def _ends_of_title(self) -> Iterator[tuple[Claim, str]]:
        """Yield the parts of the page's title after its last sign or before its first one that are the name of the site."""
        for claim in self.claims.of("title"):
            title = clean(claim.value)
            signs = (list(_PARTING.finditer(title)) or list(_SIGN.finditer(title))) if claim.source == "title" else []
            if signs:
                first, last = signs[0], signs[-1]
                parts = ((title[last.end() :], title[: last.start()]), (title[: first.start()], title[first.end() :]))
                names = (name.strip() for name, rest in parts if self._is_named(name.strip(), rest))
                yield from ((claim, name) for name in names if 1 < len(name) < LONGEST_SITE)

    def _is_named(self, name: str, rest: str) -> bool:
        """
        Return whether a part of a title makes up most of the host or, in letters that hosts can't have, stands beside the only
        h1.
        """
        if is_latin(name):
            letters = self.host.removeprefix("www.").rpartition(".")[0].replace("-", "")
            return host_likeness(name, self.host) > 0 and 2 * len(_key(name)) > len(letters)
        return len(self.heads) == 1 and fold(self.heads[0].text) == fold(rest)

    @cached_property
    def _site_keys(self) -> frozenset[str]:
        keys = {_key(name) for _, name in self.sites}
        keys |= {part for part in self.host.removeprefix("www.").replace("-", "").split(".") if len(part) >= SHORTEST_KEY}
        return frozenset(keys - {""})

    def is_site(self, text: str) -> bool:
        """Return whether a text is the site's name, or little more."""
        key = _key(text)
        return key != "" and any(key == site or _holds(key, site) for site in self._site_keys)

    def without_site(self, title: str) -> str:
        """Return a title without the name of the site at its beginning or end."""
        while True:
            parts = list(_PARTING.finditer(title))
            if parts and self.is_site(title[parts[-1].end() :]):
                title = title[: parts[-1].start()].strip()
            elif parts and self.is_site(title[: parts[0].start()]):
                title = title[parts[0].end() :].strip()
            else:
                return self._without_glued_site(title)

    def _without_glued_site(self, title: str) -> str:
        """Return a title without a part that is only the site's name: ``Harbour News: Quay closed``."""
        signs = list(_SIGN.finditer(title))
        if signs and self.is_site_alone(title[signs[-1].end() :]):
            return title[: signs[-1].start()].strip()
        if signs and self.is_site_alone(title[: signs[0].start()]):
            return title[signs[0].end() :].strip()
        return title

    def parts(self) -> Iterator[str]:
        """Yield the parts of claimed headlines before or after a sign that make up most of them; the rest may be a site name."""
        for title in self.titles:
            for sign in _SIGN.finditer(title.text):
                halves = (title.text[: sign.start()].strip(), title.text[sign.end() :].strip())
                yield from (half for half in halves if 2 * len(half) > len(title.text))

    # the headline

    @cached_property
    def titles(self) -> Sequence[ClaimedTitle]:
        """The claimed headlines, most trusted first, without those that are the site's name."""
        headlines = self.claims.of_report("title")
        metas = [claim for claim in self.claims.of("title") if claim.source == "meta"]
        titles = [claim for claim in self.claims.of("title") if claim.source == "title"]
        every = (ClaimedTitle(claim, self.without_site(clean(claim.value))) for claim in (*metas, *titles, *headlines))
        return [title for title in every if len(title.text) >= SHORTEST_HEADLINE and not self.is_site_alone(title.text)]

    def is_site_alone(self, text: str) -> bool:
        """Return whether a text is the name of the site and nothing else."""
        return _key(text) in self._site_keys

    def agreement(self, text: str) -> float:
        """Return how well a text agrees with the claimed headlines, from 0 to 1."""
        words = words_in(text)
        titles = [self.claimed] if self.claimed is not None and self.is_confirmed else self.titles
        return max((_agreement(words, title.words) for title in titles), default=0.0)

    @property
    def _page_title(self) -> ClaimedTitle | None:
        """The title of the page."""
        return next((each for each in self.titles if each.claim.source == "title"), None)

    @property
    def is_confirmed(self) -> bool:
        """Whether the title of the page also contains the claimed headline."""
        title, claimed = self._page_title, self.claimed
        return not (title is None or claimed is None or title is claimed) and fold(claimed.text) in fold(title.claim.value)

    @cached_property
    def heads(self) -> Sequence[Line]:
        """The lines in elements h1 that may be the headline."""
        markup = self.page.markup
        if "h1" not in markup.by_tag:
            return []
        elements, head = markup.elements, markup.innermost(markup.tagged({"h1"}))
        found = [
            line
            for line, mark in zip(self.page.lines, markup.lines, strict=True)
            if mark is not None and SHORTEST_HEADLINE <= len(line.text) <= LONGEST_HEADLINE and (h1 := head[mark.element])
            if elements[mark.element].depth - elements[h1].depth <= MOST_LEVELS
        ]
        own = [line for line in found if not self.is_site_alone(line.text)]
        return own or (found if len(found) == 1 else [])

    @cached_property
    def headline(self) -> Line | None:
        """The h1 that agrees best with the claimed headlines; if nothing is claimed, the only h1."""
        if not self.heads:
            return None
        best = max(self.heads, key=lambda line: self.agreement(line.text))
        if self.agreement(best.text) >= AGREES:
            return best
        is_sole = len(self.heads) == 1 and (not self.titles or len(fold(best.text).split()) >= 3)
        return best if is_sole else None

    @cached_property
    def claimed(self) -> ClaimedTitle | None:
        """
        The claimed headline to believe: another claim if the page's title contains it or says much less, or else that
        title.
        """
        title = self._page_title
        stated = next((each for each in self.titles if each.claim.source != "title"), None)
        if stated is None or title is None:
            return title or stated
        if fold(stated.text) in fold(clean(title.claim.value)) or _is_name_beside(title, stated):
            return stated
        return title if len(title.words) >= 2 else stated

    def part_of(self, line: Line) -> tuple[int, int]:
        """
        Return the span of the headline in its line: after a kicker, if all claims leave the kicker out.

        Returns:
            Start and end, in code points of the text of the line.

        """
        whole, claimed = line.text, self.claimed
        if claimed is not None and self.is_confirmed and self._page_title is not None:
            at = len(whole) - len(claimed.text)
            if at > 0 and whole.endswith(claimed.text) and not whole[at - 1].isalnum() and _is_short(whole[:at], claimed.text):
                return at, len(whole)
        return 0, len(whole)


def _is_name_beside(title: ClaimedTitle, stated: ClaimedTitle) -> bool:
    """Return whether the page's title is as short as a site name, compared with the headline that another claim states."""
    return len(title.words) <= NAME_WORDS and 2 * len(title.text) <= len(stated.text)


def _is_short(kicker: str, headline: str) -> bool:
    """Return whether the text before a headline is short enough for a kicker."""
    return len(kicker) <= LONGEST_KICKER and 2 * len(kicker) <= len(headline)


def _agreement(words: frozenset[str], title: frozenset[str]) -> float:
    """Return the share of the shorter text's words that both have, reduced by how much they differ in length."""
    if not words or not title:
        return 0.0
    shared = len(words & title)
    overlap: float = shared / min(len(words), len(title)) * (shared / len(words | title)) ** 0.3
    return overlap


def _key(name: str) -> str:
    """Return a name without differences between the names of one site: case, spaces, signs, the ending of a domain."""
    plain = unicodedata.normalize("NFKD", _ENDING.sub("", _THE.sub("", name.casefold())))
    return fold("".join(letter for letter in plain if not unicodedata.combining(letter))).replace(" ", "")


def _holds(key: str, site: str) -> bool:
    """Return whether a text is a site's name and little else, or a part of that name."""
    if len(site) >= SHORTEST_KEY and site in key and len(key) < len(site) + LONGER_BY:
        return True
    return len(key) >= SHORTEST_KEY and key in site


def host_likeness(name: str, host: str) -> int:
    """
    Return how similar a site name and a host are: 2 if equal, 1 if one contains the other, else 0.

    >>> [host_likeness(name, "www.harbournews.example") for name in ("Harbour News", "Daily Harbour News", "Quay")]
    [2, 1, 0]
    """
    key = _key(name)
    labels = [_key(label) for label in host.removeprefix("www.").split(".")[:-1]]
    letters = "".join(labels)
    if not key or not letters:
        return 0
    if key == letters or key in labels:
        return 2
    return 1 if key in letters or letters in key else 0
