"""
What a line says about who supplied the text or its pictures.

A credit is a label with a name behind it (``Quelle: ntv.de, dpa``), a phrase around one (``This story first appeared on
Example News and has been republished here with permission.``) or the name of an agency alone (``SDA/sep``). What decides is
the name: behind the same label stand papers, photographers, statistics and the headline of the next report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.agencies import CODE
from newsnorm.grammar.credit_tables import CreditPhrase, CreditTables
from newsnorm.grammar.names import is_person, read_people
from newsnorm.records import CreditKind
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import normalise_for_template
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN, INVISIBLE, UNCASED, is_spaced

CREDIT_LIMIT = 300
"""Code points. Longer lines are paragraphs."""

LABEL = 40
"""Code points within which the label of a credit ends."""

ALONE = 60
"""Code points of a line that is the name of an agency and nothing else."""

NAME = 80
"""Code points of a source's name: two papers and an agency."""

NAME_WORDS = 9

BEFORE = 120
"""Code points between the words for the text itself and the phrase: the title of a post."""

_COLON = lazy_regex(r"[:：=\]】]")
_CLOCK = lazy_regex(r"[\d\s:./|,年月日時时分-]*\Z")
_LINK = lazy_regex(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})(?:[/?#]\S*)?\Z", re.I)
_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】"}
_EDGE = " ,;:|·•-–—*\"'“”„«»‘’。"
_PARTS = lazy_regex(r"\s{0,3}[/,;&+|]\s*|\s{1,3}(?:and|und|y|et|e|en|och|og|i|und der|und die|with|и|и|і)\s+")
_DAY = lazy_regex(r",?\s{1,9}(?:\(?\d{1,2}[./]|\d{4}\b|\d{1,2}\s|\d{1,2}\.?$).{0,60}\Z")
_STOP = lazy_regex(r"(?:(?<=[^\W\d_]{3})|\s)[.。](?:\s|\Z)|[!?]\s|\s[|>]\s|;|\s-\s?\[")
_DASH = lazy_regex(r"\s[-–|]\s")
_INITIALS = lazy_regex(r"[a-zäöüß]{2,4}\Z")
_LATIN = lazy_regex(r"[A-Za-z]")
_UNCASED = lazy_regex(f"[{UNCASED}]")


@attrs.frozen(kw_only=True)
class CreditReading:
    """What a line says about who supplied what."""

    kind: CreditKind
    name: str
    """As printed, without the words around it: ``bbc.com``, ``Al Jazeera and news agencies``. Empty, if the line names nobody."""
    agency: str | None = None
    """The first agency that it names, by its usual name: ``dpa``, ``Reuters``."""
    rule: str
    """Which of the ways a credit is written: ``credit.label``, ``credit.phrase``, ``credit.agency``."""


def read_credit(text: str, grammar: Grammar, languages: Collection[str] = ()) -> CreditReading | None:
    """
    What a line credits, or None if it is no credit.

    Kind ``source``: who supplied the text; ``photo``: who took a picture; ``people``: who helped; ``other``: a credit, or what
    looks like one, for something else (figures, a headline, a link).

    Args:
        text: one line.
        grammar: what is known of agencies, names and credits.
        languages: of the page. The words of all are known; but a code such as ``TT`` alone is an agency only at home.

    >>> grammar = Grammar.default()
    >>> read_credit("Quelle: hafenbote.example, ino/dpa", grammar)
    CreditReading(kind='source', name='hafenbote.example, dpa', agency='dpa', rule='credit.label')
    >>> read_credit("This story first appeared on Harbour News and is republished with permission.", grammar).name
    'Harbour News'
    >>> read_credit("Source: Bureau of Labor Statistics", grammar).kind, read_credit("The source: a broken pipe.", grammar)
    ('other', None)

    """
    if len(text) > CREDIT_LIMIT:
        return None
    if not _may_credit(text, grammar.credits):
        return None
    line, bullet, bracketed = _opened(text)
    if not line:
        return None
    return (
        _labelled(line, grammar, bracketed=bracketed)
        or _phrased(line, grammar)
        or _people(line, grammar)
        or (_alone(line, grammar, languages, bullet=bullet) if len(text) <= ALONE else None)
    )


def agency_in(text: str, grammar: Grammar) -> str | None:
    """
    Return the first agency of the table that a name or a short line holds.

    >>> grammar = Grammar.default()
    >>> agency_in("Hafenbote/dpa", grammar), agency_in("© 2024 AFP. All rights reserved.", grammar)
    ('dpa', 'AFP')
    >>> agency_in("Mehr lesen", grammar)
    """
    text = text[:CREDIT_LIMIT]
    found = (agency for part in _parts(text) if (agency := _agency(part, grammar)))
    return next(found, None) or next(_named(text, grammar), None)


def _named(text: str, grammar: Grammar) -> Iterator[str]:
    """Return the agencies that stand among other words: one to four of them, that begin with a capital and mean nothing else."""
    words = [word.strip(".,;:()[]©") for word in text.split()[:60]]
    for start, first in enumerate(words):
        for size in (4, 3, 2, 1) if first[:1].isupper() or grammar.agencies.has_form(first) else ():
            name = " ".join(words[start : start + size])
            known = _agency(name, grammar) if name.lower() not in grammar.credits.ambiguous else None
            if known is not None:
                yield known
                break


def style_of(text: str, grammar: Grammar) -> str | None:
    """
    Return the agency known by its way of crediting writers and editors: ``Reporting by …; Editing by …``.

    >>> style_of("Reporting by Jane Miller; Editing by Tom Brown", Grammar.default())
    'Reuters'
    """
    lowered = text[:CREDIT_LIMIT].lower()
    styles = grammar.credits.styles.items()
    return next((agency for agency, words in styles if all(word in lowered for word in words)), None)


def _opened(text: str) -> tuple[str, bool, bool]:
    """Return the line without signs around it, whether a bullet stood before it, and whether brackets stood around it."""
    line = " ".join(text.split())
    bullet = line[:2] in ("* ", "+ ", "• ", "- ", "o ")
    line = line.lstrip("*+•·/-–— ").strip()
    close = _BRACKETS.get(line[:1])
    bracketed = close is not None and line.rstrip(".").endswith(close) and close not in line.rstrip(".")[1:-1]
    return (line.rstrip(".")[1:-1].strip() if bracketed else line), bullet, bracketed


def may_credit(text: str, words: Collection[str], credits: CreditTables) -> bool:
    """
    Return whether a line may be a credit, a cheap test on its folded `words`; without words, the line has to be read.

    >>> credits = Grammar.default().credits
    >>> may_credit("The harbour was closed", ("the", "harbour", "was", "closed"), credits)
    False
    """
    return (
        not words
        or not (credits.folded_of_short if len(text) <= ALONE else credits.folded).isdisjoint(words)
        or _COLON.search(text, 0, LABEL + ALONE) is not None
        or (not text.isascii() and credits.unspaced_letters.search(text) is not None)
    )


def _may_credit(text: str, credits: CreditTables) -> bool:
    """Return whether a line holds a word of credits; a cheap test that turns nearly all lines away."""
    if len(text) > CREDIT_LIMIT:
        return False
    lowered = text.lower()
    words = lowered.translate(_SIGNS).split()
    if not (credits.words_of_short if len(text) <= ALONE else credits.words).isdisjoint(words):
        return True
    for colon in _COLON.finditer(lowered, 0, LABEL + ALONE):
        label = lowered[: colon.start()].split()[-1:]
        if label and label[0].lstrip("([*|【（") in credits.label_words:
            return True
    return not text.isascii() and any(phrase.may_fit(text) for phrase in credits.unspaced)


_SIGNS = {ord(sign): " " for sign in "/,;&+|()[]*•·.:=\"'“”„«»-–—©（）：【】"}


# labels


def _labelled(line: str, grammar: Grammar, *, bracketed: bool) -> CreditReading | None:
    """Read a label, a colon and a name; in brackets the colon may be missing: ``(via Harbour News)``."""
    first, _, rest = line.partition(" ")
    if bracketed and rest and grammar.credits.labels.get(first.lower()) == "doubtful":
        reading = _of_label("doubtful", rest, grammar)
        return reading if reading is not None and reading.kind == "source" else None
    for colon in _COLON.finditer(line, 0, LABEL + ALONE):
        label, value = line[: colon.start()].strip(" [【").lower(), line[colon.end() :].strip()
        kind = grammar.credits.labels.get(label)
        if kind is None:
            words = re.split(r"[\s|]+", label)
            kind = grammar.credits.labels.get(words[-1]) if _dated(label[: -len(words[-1])]) else None
            if kind == "doubtful":
                kind = None
        if kind is not None and value:
            return _of_label(kind, value, grammar)
    return None


def _dated(before: str) -> bool:
    """Return whether a day or a time stands before a label, perhaps with a word for it in a script without spaces."""
    return (
        any(map(str.isdecimal, before))
        and not _LATIN.search(before)
        and len(before) <= LABEL
        and (_CLOCK.match(before) is not None or _UNCASED.search(before) is not None)
    )


def _of_label(kind: str, value: str, grammar: Grammar) -> CreditReading | None:
    if kind == "either":
        kind = "source" if _LINK.match(value.rstrip(".,;")) else "photo"
    if kind in ("photo", "people"):
        name = _cut(value, grammar.credits)
        if kind == "people":
            return None if _is_said(value) else _reading("people", name, "credit.label", grammar)
        return _reading("photo", name, "credit.label", grammar) if _is_credited(name, value, grammar) else None
    if _is_said(value):
        return _reading("other", "", "credit.label", grammar)
    return _reading(*_source(value, grammar, doubtful=kind == "doubtful"), "credit.label", grammar)


def _is_credited(name: str, value: str, grammar: Grammar) -> bool:
    """Return whether what a label of pictures names is a photographer, a house, an office; a caption is none."""
    if value.endswith(("!", "?", "…", "।", "。")) or len(value) > 2 * NAME or _is_said(value):
        return False
    return _is_name(name, grammar.credits) or (
        len(_parts(name)) > 1 and all(_is_name(part, grammar.credits) for part in _parts(name))
    )


def _is_said(value: str) -> bool:
    """Return whether a sentence follows the colon: it begins in lower case or with quotes, and closes with a stop."""
    words = value.split()
    small = sum(word[0].islower() for word in words)
    return value[-1] in ".!?…" and len(words) >= 6 and 2 * small > len(words)


def _source(value: str, grammar: Grammar, *, doubtful: bool) -> tuple[CreditKind, str]:
    """Return whether what stands behind a label is a source, and its name; a `doubtful` label needs an outlet or an agency."""
    table, folded = grammar.credits, lower_same_length(value)
    link = _LINK.match(value.rstrip(".,;"))
    if link is not None:
        return _linked_source(link.group(1), folded, table)
    if "http" in folded or _holds(folded, table.photo):
        return ("other" if "http" in folded else "photo"), _cut(value, table)
    name = _clean(_cut(value, table), grammar)
    knows_agency = any(_is_agency(part, grammar) for part in _parts(name))
    if name and not knows_agency:
        photographer = _is_photographer(name, grammar)
        if photographer or _holds(folded, table.reference):
            return ("photo" if photographer else "other"), name
    return ("source" if _is_source_name(name, table, doubtful=doubtful, knows_agency=knows_agency) else "other"), name


def _linked_source(site: str, folded: str, credits: CreditTables) -> tuple[CreditKind, str]:
    """Return what a site named by its address supplied: pictures, figures and talk are no text."""
    if _holds(folded, credits.photo):
        return "photo", site
    return ("other" if _is_talk(site.lower(), credits) or _holds(folded, credits.reference) else "source"), site


def _is_source_name(name: str, credits: CreditTables, *, doubtful: bool, knows_agency: bool) -> bool:
    """Return whether a name behind a label is that of an outlet or of agencies."""
    parts, size = len(_parts(name)), len(name.split())
    if doubtful and not knows_agency and not (_LINK.match(name) or _is_media(name, credits)):
        return False
    if doubtful and parts > 1 and size > NAME_WORDS - 2:
        return False
    return _is_name(name, credits) or (knows_agency and parts <= 3 and size <= NAME_WORDS)


def _is_talk(site: str, credits: CreditTables) -> bool:
    """Return whether a site is a place for talk or files."""
    return any(site.endswith(f".{talk}") or site == talk or talk in site.split(".") for talk in credits.talk)


def _holds(folded: str, words: frozenset[str]) -> bool:
    """Return whether a text names one of `words`, as a whole."""
    spaced_out = " ".join(_BETWEEN.sub(" ", folded).split())
    padded = f" {spaced_out} {_INNER.sub(' ', spaced_out)} "
    return not words.isdisjoint(padded.split(" ")) or any(several in padded for several in _several(words))


@lru_cache(maxsize=8)
def _several(words: frozenset[str]) -> tuple[str, ...]:
    """Return the phrases among `words`, padded with spaces."""
    return tuple(f" {word} " for word in sorted(words) if " " in word)


_BETWEEN = lazy_regex(r"[/,;.|:]")
_INNER = lazy_regex(r"[()]")


def _cut(value: str, credits: CreditTables) -> str:
    """Return the value up to a date, a full stop, or words with which lines continue behind a name."""
    value = _INVISIBLE.sub("", value).strip()
    if _UNCASED.match(value) and _WIDE.match(value):
        value = value.split()[0] if value.split() else value
    folded = lower_same_length(value)
    ends = [at for tail in credits.tails if (at := _tail(folded, tail)) > 0]
    ends += [stop.start() for stop in (_STOP.search(value), _DAY.search(value)) if stop is not None and stop.start() > 0]
    value = value[: min(ends)] if ends else value
    value = value.strip(_EDGE)
    return value[:-1] if value.endswith(".") and not _ABBREVIATION.search(value) else value


_INVISIBLE = lazy_regex(f"[{INVISIBLE}]")
_WIDE = lazy_regex(f"[{EAST_ASIAN}]")
_ABBREVIATION = lazy_regex(r"(?:^|[.\s])[^\W\d_]{1,2}\.\Z")


def _tail(folded: str, tail: str) -> int:
    """Return where a tail begins, behind a space or a sign; -1, if it does not."""
    at = folded.find(tail)
    while at > 0 and folded[at - 1].isalnum() and is_spaced(folded[at]):
        at = folded.find(tail, at + 1)
    return at


def _clean(name: str, grammar: Grammar) -> str:
    """Without the initials of whoever edited it: ``ino/dpa`` is ``dpa``, ``MDR/ls`` is ``MDR``."""
    kept = ""
    for piece in re.split(r"(\s*[/,]\s*)", name):
        if piece.strip()[:1] in ("/", ",") or not _INITIALS.match(piece) or _is_agency(piece, grammar):
            kept += piece
    return re.sub(r"(\s*[/,]\s*){2,}", lambda gap: ", " if "," in gap.group() else "/", kept).strip(_EDGE + "/")


def _parts(name: str) -> list[str]:
    return [part for part in _PARTS.split(name) if part]


def _agency(part: str, grammar: Grammar) -> str | None:
    """Return the agency that a text is, in any of its printed forms; ``afp`` is one too, ``ap`` is not."""
    part = part.strip(" .*()[]")
    part = part[4:] if part.lower().startswith("the ") else part
    name = grammar.agencies.find(part, any_case=True)
    return name if name and not _is_house(name, grammar.credits) else None


def _is_house(name: str, credits: CreditTables) -> bool:
    return name.lower().split()[0] in credits.photo


def _is_agency(part: str, grammar: Grammar) -> bool:
    return _agency(part, grammar) is not None or part.lower() in grammar.credits.agencies


def _is_media(name: str, credits: CreditTables) -> bool:
    """Return whether a name holds a word of names of papers, sites and broadcasters."""
    folded = lower_same_length(name)
    return _holds(folded, credits.media) or any(word.strip(_EDGE).endswith(credits.media_endings) for word in folded.split())


def _is_photographer(name: str, grammar: Grammar) -> bool:
    """Somebody, or somebody and a house: ``Jane Miller / ASV``, ``Miller/ASV``."""
    if _is_media(name, grammar.credits):
        return False
    parts = _parts(name)
    if any(len(part.split()) in (2, 3) and (is_person(part, grammar) or is_person(_umlauts(part), grammar)) for part in parts):
        return True
    pair = len(parts) == 2 and "/" in name and parts[0].istitle() and parts[0].isalpha() and parts[1].isupper()
    return pair and not any(_is_agency(part, grammar) for part in parts)


def _umlauts(name: str) -> str:
    """``Juergen`` as ``Jürgen``."""
    return name.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")


def _is_name(name: str, credits: CreditTables) -> bool:
    """Return whether `name` looks like that of a paper, a site or an office: short, and without long common words."""
    words = name.split()
    if not 1 <= len(words) <= NAME_WORDS or len(name) > NAME or ":" in name or lower_same_length(name).startswith(credits.own):
        return False
    if _LINK.match(words[0]) or _UNCASED.search(name):
        return len(words) <= NAME_WORDS - 2 and (not _WIDE.search(name) or len(name) <= 24)
    if any(_is_common(word, credits) for word in words) or not name[0].isalnum() or name[-1] in "!?…":
        return False
    return len(words) == 1 or any(map(_is_proper, words))


def _is_proper(word: str) -> bool:
    """Return whether a word is written like one of a name: with a capital, a digit or a dot inside."""
    return word.strip(_EDGE + "()")[:1].isupper() or word[:1].isdigit() or "." in word[:-1]


def _is_common(word: str, credits: CreditTables) -> bool:
    """Return whether a word is a long one in lower case that no name of an outlet holds."""
    return word.islower() and len(word) > 3 and word not in credits.joining and "." not in word


# phrases


def _phrased(line: str, grammar: Grammar) -> CreditReading | None:
    """Read a phrase of the table, with the name in it or behind it."""
    table = grammar.credits
    plain = normalise_for_template(line).strip("()[] ")
    lowered = lower_same_length(plain)
    keys = {word.strip("()\"',.;:") for word in lowered.split()} | set(lowered.split())
    nominees = [phrase for key in sorted(table.phrases.keys() & keys) for phrase in table.phrases[key]]
    if not line.isascii():
        nominees += [phrase for phrase in table.unspaced if phrase.may_fit(plain)]
    for phrase in sorted(nominees, key=lambda phrase: (-len(phrase.before) - len(phrase.after), phrase.before)):
        reading = _fit(phrase, plain, lowered, grammar)
        if reading is not None:
            return reading
    return None


def _fit(phrase: CreditPhrase, line: str, lowered: str, grammar: Grammar) -> CreditReading | None:
    """Read the source that a phrase names in a line; None if the phrase does not fit."""
    place = _place_of(phrase, line, lowered)
    if place is None:
        return None
    start, rest = place
    table, opening = grammar.credits, lowered[:start].strip(_EDGE + "()")
    value = _clean(_cut(rest.rstrip(")"), table).removeprefix("by ").strip(_EDGE), grammar)
    if opening != "" and not _speaks_of_itself(opening, table):
        return _behind_outlet(phrase, line[:start], opening, value, grammar)
    if _is_own(rest.removeprefix("the "), grammar) or _is_own(value, grammar) or not value:
        return _reading("other", "", "credit.phrase", grammar) if phrase.slot == "source" and (opening or not value) else None
    kind, value = _valued(phrase, value, grammar)
    amid = line[0].islower() and phrase.slot == "source" and not opening and agency_in(value, grammar) is None
    if kind == "source" and not (amid and not _is_media(value, table) and "." not in value):
        return _reading(kind, value, "credit.phrase", grammar)
    return None


def _place_of(phrase: CreditPhrase, line: str, lowered: str) -> tuple[int, str] | None:
    """Return where a phrase begins in a line, and the text in its slot; None if a part of it is missing."""
    start = lowered.find(phrase.before) if phrase.before else 0
    if start < 0 or not _bordered(lowered, start, start + len(phrase.before)):
        return None
    rest = line[start + len(phrase.before) :]
    if not phrase.after:
        return start, rest.strip()
    end = lower_same_length(rest).find(phrase.after)
    if end <= 0 or rest[end + len(phrase.after) :].strip(" .)!"):
        return None
    return start, rest[:end].strip()


def _behind_outlet(phrase: CreditPhrase, before: str, opening: str, value: str, grammar: Grammar) -> CreditReading | None:
    """Read ``Harbour News with dpa``: an outlet before a phrase that names an agency."""
    if phrase.slot != "agency" or not phrase.before or not _is_media(opening, grammar.credits):
        return None
    if not _is_name(before.strip(), grammar.credits):
        return None
    kind, whole = _valued(phrase, value, grammar)
    name = f"{before}{phrase.before} {whole}"
    return _reading(kind, name, "credit.phrase", grammar) if kind == "source" else None


def _valued(phrase: CreditPhrase, value: str, grammar: Grammar) -> tuple[CreditKind, str]:
    """Return whether the name is what the slot asks for."""
    link = _LINK.match(value)
    value = link.group(1) if link is not None else value
    parts = [part.removeprefix("the ").removeprefix("The ") for part in _parts(value)]
    known = [_is_agency(part, grammar) for part in parts]
    if phrase.slot == "agency":
        return ("source" if parts and any(known) and (all(known) or len(phrase.before.split()) > 2) else "other"), value
    person = not any(known) and len(value.split()) <= 3 and not _is_media(value, grammar.credits) and is_person(value, grammar)
    return (
        "source"
        if not person and (link is not None or all(known) or _is_name(value.removeprefix("the "), grammar.credits))
        else "other"
    ), value


def _bordered(text: str, start: int, end: int) -> bool:
    """Return whether a phrase stands apart from letters beside it."""
    before = start > 0 and text[start - 1].isalnum() and is_spaced(text[start - 1])
    after = start < end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and is_spaced(text[end])
    return not before and not after


def _speaks_of_itself(opening: str, credits: CreditTables) -> bool:
    """Return whether what stands before a phrase says that it speaks of the text beside it."""
    opening = opening.rpartition(": ")[2] if len(opening) <= BEFORE else ""
    return any(opening.startswith(word) and not opening[len(word) : len(word) + 1].isalpha() for word in credits.itself)


def _is_own(value: str, grammar: Grammar) -> bool:
    folded = lower_same_length(f"{value} ")
    month = folded.split()[0].rstrip(".,") if value else ""
    return (
        folded.startswith(grammar.credits.own)
        or value[:1].isdigit()
        or grammar.calendar.month(month) is not None
        or grammar.calendar.weekday(month) is not None
    )


# people, and agencies alone


def _people(line: str, grammar: Grammar) -> CreditReading | None:
    """Return those who helped: ``Reporting by …; editing by …``, ``… contributed to this report.``"""
    lowered = lower_same_length(line).lstrip("-–—( ")
    closing = lowered.rstrip(".) ")
    if not (lowered.startswith(grammar.credits.helpers) or closing.endswith(grammar.credits.helped)):
        return None
    opening = next((helper for helper in grammar.credits.helpers if lowered.startswith(f"{helper} ")), None)
    if opening is not None:
        rest = line[lowered_offset(line) + len(opening) :].strip()
        return _reading("people", _cut(rest, grammar.credits), "credit.people", grammar) if rest[:1].isupper() else None
    ending = next((end for end in grammar.credits.helped if closing.endswith(f" {end}")), None)
    if ending is None:
        return None
    named = line[: lowered_offset(line) + len(closing) - len(ending)].strip()
    return _reading("people", named, "credit.people", grammar) if named[:1].isupper() else None


def lowered_offset(line: str) -> int:
    """Return how many signs stand before the first word."""
    return len(line) - len(line.lstrip("-–—( "))


def _alone(line: str, grammar: Grammar, languages: Collection[str], *, bullet: bool) -> CreditReading | None:
    """Read an agency and nothing else, or a photographer and a photo agency."""
    line = _DASH.split(line, maxsplit=1)[0].strip(" -/|")
    marked, name = line.startswith("©"), line.strip("© ()[].")
    parts = _parts(name)
    if not parts or (marked and name[0].isdigit()):
        return None
    known = [part for part in parts if _is_agency(part, grammar)]
    pictured = _holds(lower_same_length(name), grammar.credits.photo)
    if marked or pictured:
        credited = (known and marked) or (pictured and _is_picture_line(line, parts, grammar.credits))
        return _reading("photo", name, "credit.agency", grammar) if credited else None
    if not known or bullet or _is_ambiguous(name.lower(), grammar.credits, languages):
        return None
    if len(parts) == 1 and name.lower() in grammar.credits.agencies:
        return None
    return _agency_line(line, name, parts, known, grammar)


def _is_picture_line(line: str, parts: list[str], credits: CreditTables) -> bool:
    """Return whether a line that names a photo agency is a photographer's or several agencies' names, and no sentence."""
    return len(parts) > 1 and not line.endswith((".", "!", "?")) and all(_is_name(part, credits) for part in parts)


def _agency_line(line: str, name: str, parts: list[str], known: list[str], grammar: Grammar) -> CreditReading | None:
    """Read the agencies of a line, with desks and outlets beside them (``SDA/sep``), or a photographer and an agency."""
    others = [part for part in parts if part not in known]
    desks = [part for part in others if _INITIALS.match(part.split()[0])]
    outlets = all(_is_outlet(part, grammar.credits) for part in others if part not in desks)
    if outlets and (parts[0] in known or len(parts) > 1):
        source = "/".join(known) if desks == others and desks else _clean(name, grammar)
        return _reading("source", source, "credit.agency", grammar)
    person = "/" in line and any(read_people(part, grammar) for part in others)
    return _reading("photo", name, "credit.agency", grammar) if person else None


def _is_outlet(part: str, credits: CreditTables) -> bool:
    """Return whether a part beside an agency is an address, an outlet or initials."""
    return bool(_LINK.match(part)) or part.startswith("The ") or _is_media(part, credits) or len(part) < CODE - 1


def _is_ambiguous(name: str, credits: CreditTables, languages: Collection[str]) -> bool:
    """Return whether the name of an agency means something else as often, away from its home."""
    if name not in credits.ambiguous:
        return False
    return not any(name in credits.at_home.get(language.partition("-")[0], ()) for language in languages)


def _reading(kind: CreditKind, name: str, rule: str, grammar: Grammar) -> CreditReading:
    return CreditReading(kind=kind, name=name, agency=agency_in(name, grammar) if name and kind != "other" else None, rule=rule)
