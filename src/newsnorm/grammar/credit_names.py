"""
Read names in credits: find where they end, and whether they are an agency's, an outlet's or a photographer's.

The name decides whether a line is a credit: one label may be followed by papers, photographers, statistics or the headline of the
next report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsnorm.grammar import Grammar
from newsnorm.grammar.credit_tables import CreditTables
from newsnorm.grammar.names import is_person
from newsnorm.text.casing import lower_same_length
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN, INVISIBLE, UNCASED, is_spaced

CREDIT_LIMIT = 300
"""Code points of the longest line that is read; longer ones are paragraphs."""

NAME = 80
"""Code points of the longest name of a source: two papers and an agency."""

NAME_WORDS = 9
"""Words of the longest name of a source."""

SPREAD = 60
"""Words of a line among which `agency_in` looks for agencies."""

EDGE = " ,;:|·•-–—*\"'“”„«»‘’。"
"""Signs around a name that are not part of it."""

LINK = lazy_regex(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})(?:[/?#]\S*)?\Z", re.I)
"""An address; the first group is its host without ``www.``."""

INITIALS = lazy_regex(r"[a-zäöüß]{2,4}\Z")
"""Initials of an editor, or a desk."""

LETTERS_WITHOUT_CASE = lazy_regex(f"[{UNCASED}]")

_INVISIBLE = lazy_regex(f"[{INVISIBLE}]")
_EAST_ASIAN = lazy_regex(f"[{EAST_ASIAN}]")
_DAY = lazy_regex(r",?\s{1,9}(?:\(?\d{1,2}[./]|\d{4}\b|\d{1,2}\s|\d{1,2}\.?$).{0,60}\Z")
_STOP = lazy_regex(r"(?:(?<=[^\W\d_]{3})|\s)[.。](?:\s|\Z)|[!?]\s|\s[|>]\s|;|\s-\s?\[")
_ABBREVIATION = lazy_regex(r"(?:^|[.\s])[^\W\d_]{1,2}\.\Z")
_BETWEEN = lazy_regex(r"[/,;.|:]")
_BRACKETS = lazy_regex(r"[()]")
_CASE_ENDING = lazy_regex(r"['’](?!s\Z)[a-zçğıöşü]{1,5}\Z")


def cut_name(value: str, credits: CreditTables) -> str:
    """
    Return the name at the beginning of a text: up to a date, a full stop, or words that usually follow a name.

    >>> credits = Grammar.default().credits
    >>> cut_name("Harbour News, 3 May 2024", credits), cut_name("Harbour News and is republished with permission.", credits)
    ('Harbour News', 'Harbour News')
    """
    value = _INVISIBLE.sub("", value).strip()
    if LETTERS_WITHOUT_CASE.match(value) and _EAST_ASIAN.match(value):
        value = value.split()[0]
    lowered = lower_same_length(value)
    ends = [at for tail in credits.tails if (at := _find_tail(lowered, tail)) > 0]
    ends += [stop.start() for stop in (_STOP.search(value), _DAY.search(value)) if stop is not None and stop.start() > 0]
    value = value[: min(ends)] if ends else value
    value = value.strip(EDGE)
    return value[:-1] if value.endswith(".") and not _ABBREVIATION.search(value) else value


def _find_tail(lowered: str, tail: str) -> int:
    """Return the offset at which a tail begins, after a space or a sign; -1 if it does not occur there."""
    at = lowered.find(tail)
    while at > 0 and lowered[at - 1].isalnum() and is_spaced(lowered[at]):
        at = lowered.find(tail, at + 1)
    return at


def without_initials(name: str, grammar: Grammar) -> str:
    """
    Return a name without the initials of its editor.

    >>> grammar = Grammar.default()
    >>> without_initials("ino/dpa", grammar), without_initials("MDR/ls", grammar)
    ('dpa', 'MDR')
    """
    kept = ""
    for piece in re.split(r"(\s*[/,]\s*)", name):
        if piece.strip()[:1] in ("/", ",") or not INITIALS.match(piece) or is_agency(piece, grammar):
            kept += piece
    return re.sub(r"(\s*[/,]\s*){2,}", lambda gap: ", " if "," in gap.group() else "/", kept).strip(EDGE + "/")


def parts_of(name: str, credits: CreditTables) -> list[str]:
    """
    Return the names that signs or words such as "and" join.

    >>> parts_of("Hafenbote/dpa und AFP", Grammar.default().credits)
    ['Hafenbote', 'dpa', 'AFP']
    """
    return [part for part in credits.between.split(name) if part]


# agencies


def find_agency(part: str, grammar: Grammar) -> str | None:
    """
    Return the usual name of the agency that a text names, in any printed form; case counts only for short words.

    >>> grammar = Grammar.default()
    >>> find_agency("the Associated Press", grammar), find_agency("afp", grammar), find_agency("ap", grammar)
    ('AP', 'AFP', None)
    """
    part = part.strip(" .*()[]")
    part = part[4:] if part.lower().startswith("the ") else part
    name = grammar.agencies.find(part, any_case=True) or grammar.agencies.find(_agency_alone(part, grammar.credits))
    return name if name and not supplies_pictures(name, grammar.credits) else None


def _agency_alone(part: str, credits: CreditTables) -> str:
    """Return a name without a word for agencies before it and a case ending after it: ``agence AFP``, ``AFP'nin``."""
    lowered = part.lower()
    if lowered.startswith(credits.before_agencies):
        part = part[next(len(word) for word in credits.before_agencies if lowered.startswith(word)) :]
    return _CASE_ENDING.sub("", part)


def supplies_pictures(agency: str, credits: CreditTables) -> bool:
    """Return whether a listed agency supplies only pictures."""
    return agency.lower().split()[0] in credits.photo


def is_agency(part: str, grammar: Grammar) -> bool:
    """Return whether a text is an agency, or a word for agencies in general."""
    return find_agency(part, grammar) is not None or part.lower() in grammar.credits.agencies


def agency_in(text: str, grammar: Grammar) -> str | None:
    """
    Return the first listed agency in a name or a short line.

    >>> grammar = Grammar.default()
    >>> agency_in("Hafenbote/dpa", grammar), agency_in("© 2024 AFP. All rights reserved.", grammar)
    ('dpa', 'AFP')
    >>> agency_in("Mehr lesen", grammar)
    """
    text = text[:CREDIT_LIMIT]
    found = (agency for part in parts_of(text, grammar.credits) if (agency := find_agency(part, grammar)))
    return next(found, None) or next(_agencies_among_words(text, grammar), None)


def _agencies_among_words(text: str, grammar: Grammar) -> Iterator[str]:
    """Yield agencies of one to four words that stand among others, begin with a capital and mean nothing else."""
    words = [word.strip(".,;:()[]©") for word in text.split()[:SPREAD]]
    for start, first in enumerate(words):
        for size in (4, 3, 2, 1) if first[:1].isupper() or grammar.agencies.has_form(first) else ():
            name = " ".join(words[start : start + size])
            known = find_agency(name, grammar) if name.lower() not in grammar.credits.ambiguous else None
            if known is not None:
                yield known
                break


def style_of(text: str, grammar: Grammar) -> str | None:
    """
    Return the agency recognised by its form of crediting writers and editors: ``Reporting by …; Editing by …``.

    >>> style_of("Reporting by Jane Miller; Editing by Tom Brown", Grammar.default())
    'Reuters'
    """
    lowered = text[:CREDIT_LIMIT].lower()
    styles = grammar.credits.styles.items()
    return next((agency for agency, words in styles if all(word in lowered for word in words)), None)


# outlets and people


def holds_any(lowered: str, words: frozenset[str]) -> bool:
    """
    Return whether a text in lower case holds one of `words`, some of which are several words.

    >>> holds_any("jane miller/getty images", frozenset({"getty images"}))
    True
    """
    spaced_out = " ".join(_BETWEEN.sub(" ", lowered).split())
    padded = f" {spaced_out} {_BRACKETS.sub(' ', spaced_out)} "
    return not words.isdisjoint(padded.split(" ")) or any(several in padded for several in _of_several_words(words))


@lru_cache(maxsize=8)
def _of_several_words(words: frozenset[str]) -> tuple[str, ...]:
    """Return the phrases among `words`, padded with spaces."""
    return tuple(f" {word} " for word in sorted(words) if " " in word)


def is_media(name: str, credits: CreditTables) -> bool:
    """Return whether a name holds a word of names of papers, sites and broadcasters."""
    lowered = lower_same_length(name)
    return holds_any(lowered, credits.media) or any(word.strip(EDGE).endswith(credits.media_endings) for word in lowered.split())


def is_photographer(name: str, grammar: Grammar) -> bool:
    """
    Return whether a name is a person's, or a person's and an agency's.

    >>> grammar = Grammar.default()
    >>> is_photographer("Jane Miller / ASV", grammar), is_photographer("Harbour News", grammar)
    (True, False)
    """
    if is_media(name, grammar.credits):
        return False
    parts = parts_of(name, grammar.credits)
    if any(
        len(part.split()) in (2, 3) and (is_person(part, grammar) or is_person(_with_umlauts(part), grammar)) for part in parts
    ):
        return True
    pair = len(parts) == 2 and "/" in name and parts[0].istitle() and parts[0].isalpha() and parts[1].isupper()
    return pair and not any(is_agency(part, grammar) for part in parts)


def _with_umlauts(name: str) -> str:
    """Return a name with its umlauts, which some houses write with an e: ``Juergen`` as ``Jürgen``."""
    return name.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")


def may_be_source(name: str, credits: CreditTables) -> bool:
    """
    Return whether a name is written like that of a paper, a site or an office: short, and without long common words.

    >>> credits = Grammar.default().credits
    >>> may_be_source("Harbour News", credits), may_be_source("the pipe that broke", credits)
    (True, False)
    """
    words = name.split()
    if not 1 <= len(words) <= NAME_WORDS or len(name) > NAME or ":" in name or lower_same_length(name).startswith(credits.own):
        return False
    if LINK.match(words[0]) or LETTERS_WITHOUT_CASE.search(name):
        return len(words) <= NAME_WORDS - 2 and (not _EAST_ASIAN.search(name) or len(name) <= 24)
    if any(_is_common(word, credits) for word in words) or not name[0].isalnum() or name[-1] in "!?…":
        return False
    return len(words) == 1 or any(map(_is_proper, words))


def _is_proper(word: str) -> bool:
    """Return whether a word is written like one of a name: with a capital, a digit or a dot inside."""
    return word.strip(EDGE + "()")[:1].isupper() or word[:1].isdigit() or "." in word[:-1]


def _is_common(word: str, credits: CreditTables) -> bool:
    """Return whether a word is a long one in lower case that no name of an outlet holds."""
    return word.islower() and len(word) > 3 and word not in credits.joining and "." not in word
