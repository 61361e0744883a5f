"""
Read who supplied a text or its pictures from a line.

A credit is a label with a name after it (``Quelle: ntv.de, dpa``), a phrase around a name (``This story first appeared on
Example News and has been republished here with permission.``), a line on people who helped (``Reporting by Jane Miller``), or
the name of an agency alone (``SDA/sep``).

Nearly all lines of a page are none of these. A line without a word of credits and without a colon is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.agencies import CODE
from newsnorm.grammar.credit_names import (
    CREDIT_LIMIT,
    EDGE,
    INITIALS,
    LETTERS_WITHOUT_CASE,
    LINK,
    NAME,
    NAME_WORDS,
    agency_in,
    cut_name,
    holds_any,
    is_agency,
    is_media,
    is_photographer,
    may_be_source,
    parts_of,
    without_initials,
)
from newsnorm.grammar.credit_tables import CreditPhrase, CreditTables, Label
from newsnorm.grammar.name_shape import name_size
from newsnorm.grammar.names import is_person, read_people
from newsnorm.records import Credit, CreditKind, Line
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import fold_words, normalise_for_template
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import is_spaced

LABEL = 40
"""Code points of a label with a date in front of it."""

COLON_WITHIN = 100
"""Code points within which the colon after a label must be."""

SHORT = 60
"""Code points of the longest line that may consist of an agency's name, or that is read because of common words."""

SHORTEST = 4
"""Code points of the shortest credit of a text in front of the credit of its pictures."""

ITSELF_WITHIN = 120
"""Code points of the words for the text itself in front of a phrase: the title of a post."""

_COLON = lazy_regex(r"[:：=\]】]")
_LABEL_SIGN = lazy_regex(r"[:：=\]】(（\[【]")
_UNSPACED = lazy_regex("[\u0e00-\u1fff\u2e80-\ud7ff\uf900-\uffef]")
_CLOCK = lazy_regex(r"[\d\s:./|,年月日時时分-]*\Z")
_CLOSING_BRACKET = {"(": ")", "[": "]", "（": "）", "【": "】"}
_DASH = lazy_regex(r"\s[-–|]\s")
_CHAIN = lazy_regex(r"\s?[/|]\s?|\svia\s")
_JOINED = lazy_regex(r"[/,;&+|–-]")
_LATIN = lazy_regex(r"[A-Za-z]")


@attrs.frozen(kw_only=True)
class CreditReading:
    """Who is credited by a line, and for what."""

    kind: CreditKind
    name: str
    """As printed, without the words around it: ``bbc.com``, ``Al Jazeera and news agencies``. Empty if the line names nobody."""
    agency: str | None = None
    """The first agency that it names, by its usual name: ``dpa``, ``Reuters``."""
    rule: str
    """The form of the credit: ``credit.label``, ``credit.phrase``, ``credit.people`` or ``credit.agency``."""

    def of_line(self, line: Line) -> Credit:
        """Return the finding for a line that is this credit."""
        span = line.raw_span(0, len(line.text))
        return Credit(
            line=line.number, span=span, text=line.text, rule=self.rule, name=self.name, kind=self.kind, agency=self.agency
        )


@attrs.frozen
class CreditLine:
    """A line that may be a credit, without signs around it."""

    text: str
    words: Sequence[str]
    """The words of the folded line."""
    has_bullet: bool
    """Whether a bullet stood in front."""
    is_bracketed: bool
    """Whether brackets stood around it."""

    @classmethod
    def of(cls, text: str, words: Sequence[str]) -> CreditLine:
        """Strip the signs around a line."""
        line = " ".join(text.split())
        has_bullet = line[:2] in ("* ", "+ ", "• ", "- ", "o ")
        line = line.lstrip("*+•·/-–— ").strip()
        close = _CLOSING_BRACKET.get(line[:1])
        inner = line.rstrip(".")[1:-1]
        is_bracketed = close is not None and line.rstrip(".").endswith(close) and close not in inner
        return cls(inner.strip() if is_bracketed else line, words, has_bullet, is_bracketed)


def read_credit(text: str, grammar: Grammar, languages: Collection[str] = (), words: Sequence[str] = ()) -> CreditReading | None:
    """
    Read whom a line credits; None if it is not a credit.

    Kind ``source``: who supplied the text; ``photo``: who took a picture; ``people``: who helped; ``other``: a credit, or what
    looks like one, for something else (figures, a headline, a link).

    Args:
        text: one line.
        grammar: the tables of agencies, names and credits.
        languages: the languages of the page. Words of all languages are known, but a code such as ``TT`` alone is an agency only
        at home.
        words: the words of the folded line, if the caller has them.

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
    words = words or fold_words(text)
    ways = _ways(text, words, grammar.credits)
    if not ways:
        return None  # most lines end here
    sign = grammar.credits.second_label.search(text, SHORTEST)
    source = read_credit(text[: sign.start()], grammar, languages) if sign is not None else None
    if source is not None and source.kind == "source":
        return source  # the pictures have a credit of their own after it
    line = CreditLine.of(text, words)
    return next(filter(None, (read(line, grammar, languages) for read in ways)), None)


def read_credits(
    lines: Mapping[str, Sequence[str]], grammar: Grammar, languages: Collection[str] = ()
) -> Mapping[str, CreditReading]:
    """
    Read the credits among the lines of a page as `read_credit` would, but reject most lines at once.

    Args:
        lines: text → the words of the folded line; empty if they are not known.
        grammar: the tables of agencies, names and credits.
        languages: the languages of the page.

    >>> from newsnorm.text.folding import fold_words
    >>> lines = {line: fold_words(line) for line in ("Tram back on track", "Photo: Jane Miller")}
    >>> read_credits(lines, Grammar.default())["Photo: Jane Miller"].kind, len(read_credits(lines, Grammar.default()))
    ('photo', 1)

    """
    long, short = grammar.credits.any_words, grammar.credits.any_words_of_short
    candidates = [
        (text, words)
        for text, words in lines.items()
        if len(text) <= CREDIT_LIMIT
        and not (words and (short if len(text) <= SHORT else long).isdisjoint(words) and is_spaced_out(text))
    ]
    return {text: reading for text, words in candidates if (reading := read_credit(text, grammar, languages, words)) is not None}


Reader: TypeAlias = Callable[[CreditLine, Grammar, Collection[str]], CreditReading | None]
"""Reads one form of credits."""


def _ways(text: str, words: Sequence[str], tables: CreditTables) -> Sequence[Reader]:
    """Return the readers that may succeed on a line, in the order in which they are tried."""
    ways: list[Reader] = []
    is_short, is_unspaced = len(text) <= SHORT, _holds_unspaced(text, tables)
    if _may_be_labelled(text, words, tables):
        ways.append(_read_label)
    if is_unspaced or not (tables.cues_of_short if is_short else tables.cues).isdisjoint(words):
        if is_unspaced or not tables.phrases_by_word.keys().isdisjoint(words):
            ways.append(_read_phrase)
        if not tables.helper_words.isdisjoint(words):
            ways.append(_read_helpers)
        if is_short and _may_be_agencies(text, words, tables):
            ways += (_read_chain, _read_agencies)
    return ways


def is_spaced_out(text: str) -> bool:
    """
    Return whether the words of a text are separated by spaces.

    >>> is_spaced_out("Foto: Jana Kern"), is_spaced_out("写真：山田花子")
    (True, False)
    """
    return text.isascii() or _UNSPACED.search(text) is None


def _holds_unspaced(text: str, tables: CreditTables) -> bool:
    """Return whether a line holds both parts of a phrase in a script without spaces between words."""
    if text.isascii() or tables.unspaced_letters.search(text) is None:
        return False
    return any(phrase.may_fit(text) for phrase in tables.unspaced)


# labels


def _may_be_labelled(text: str, words: Sequence[str], tables: CreditTables) -> bool:
    """Return whether a line holds a word of labels, and a colon or a bracket; where no spaces part words, a sign suffices."""
    if tables.label_words.isdisjoint(words) and is_spaced_out(text):
        return False
    return _LABEL_SIGN.search(text) is not None


def _read_label(line: CreditLine, grammar: Grammar, _: Collection[str]) -> CreditReading | None:
    """Read a label, a colon and a name; in brackets the colon may be missing: ``(via Harbour News)``."""
    first, __, rest = line.text.partition(" ")
    if line.is_bracketed and rest and grammar.credits.labels.get(first.lower()) == "doubtful":
        reading = _read_labelled("doubtful", rest, grammar)
        return reading if reading is not None and reading.kind == "source" else None
    for colon in _COLON.finditer(line.text, 0, COLON_WITHIN):
        before, value = line.text[: colon.start()].strip(" [【").lower(), line.text[colon.end() :].strip()
        label = grammar.credits.labels.get(before) or _label_behind_date(before, grammar.credits)
        if label is not None and value:
            return _read_labelled(label, value, grammar)
    return None


def _label_behind_date(before: str, credits: CreditTables) -> Label | None:
    """Return the label with which a text in lower case ends after a day or a time; doubtful labels are left out there."""
    word = re.split(r"[\s|]+", before)[-1]
    label = credits.labels.get(word)
    return label if label not in (None, "doubtful") and _is_date(before[: -len(word)]) else None


def _is_date(before: str) -> bool:
    """Return whether a text is a day or a time, perhaps with a word for it in a script without capitals."""
    return (
        any(map(str.isdecimal, before))
        and not _LATIN.search(before)
        and len(before) <= LABEL
        and (_CLOCK.match(before) is not None or LETTERS_WITHOUT_CASE.search(before) is not None)
    )


def _read_labelled(label: Label, value: str, grammar: Grammar) -> CreditReading | None:
    """Read the name in the text after a label."""
    if label == "contributing":
        name = cut_name(value, grammar.credits)
        return _reading(label, name, "credit.label", grammar) if is_credited_name(name, value, grammar) else None
    if label == "either":
        label = "source" if LINK.match(value.rstrip(".,;")) else "photo"
    if label in ("photo", "people"):
        name = cut_name(value, grammar.credits)
        if label == "people":
            return None if _is_sentence(value) else _reading("people", name, "credit.label", grammar)
        return _reading("photo", name, "credit.label", grammar) if is_credited_name(name, value, grammar) else None
    if _is_sentence(value):
        return _reading("other", "", "credit.label", grammar)
    return _reading(*_named_source(value, grammar, doubtful=label == "doubtful"), "credit.label", grammar)


def is_credited_name(name: str, value: str, grammar: Grammar) -> bool:
    """Return whether the name after a picture label is a photographer, a house or an office, and not a caption."""
    if value.endswith(("!", "?", "…", "।", "。")) or len(value) > 2 * NAME or _is_sentence(value):
        return False
    parts = parts_of(name, grammar.credits)
    if may_be_source(name, grammar.credits):
        return True
    if len(parts) < 2:
        return False
    return all(may_be_source(part, grammar.credits) for part in parts) or ("/" in name and is_person(parts[0], grammar))


def _is_sentence(value: str) -> bool:
    """Return whether a sentence follows the colon: six words or more, most of them in lower case, closed by a stop."""
    words = value.split()
    small = sum(word[0].islower() for word in words)
    return value[-1:] in (".", "!", "?", "…") and len(words) >= 6 and 2 * small > len(words)


def _named_source(value: str, grammar: Grammar, *, doubtful: bool) -> tuple[CreditKind, str]:
    """Return what the name after a label supplied, and the name; a `doubtful` label needs an outlet or an agency."""
    tables, lowered = grammar.credits, lower_same_length(value)
    link = LINK.match(value.rstrip(".,;"))
    if link is not None:
        return _linked_source(link.group(1), lowered, tables)
    if "http" in lowered or holds_any(lowered, tables.photo):
        return ("other" if "http" in lowered else "photo"), cut_name(value, tables)
    name = without_initials(cut_name(value, tables), grammar)
    names_agency = any(is_agency(part, grammar) for part in parts_of(name, tables))
    if name and not names_agency:
        if is_photographer(name, grammar):
            return "photo", name
        if holds_any(lowered, tables.reference):
            return "other", name
    return ("source" if _is_source_name(name, tables, doubtful=doubtful, names_agency=names_agency) else "other"), name


def _linked_source(site: str, lowered: str, credits: CreditTables) -> tuple[CreditKind, str]:
    """Return what a site named by its address supplied: pictures, figures and talk don't count as text."""
    if holds_any(lowered, credits.photo):
        return "photo", site
    return ("other" if _is_talk(site.lower(), credits) or holds_any(lowered, credits.reference) else "source"), site


def _is_source_name(name: str, credits: CreditTables, *, doubtful: bool, names_agency: bool) -> bool:
    """Return whether a name after a label is that of an outlet or of agencies."""
    parts, size = len(parts_of(name, credits)), len(name.split())
    if doubtful and not names_agency and not (LINK.match(name) or is_media(name, credits)):
        return False
    if doubtful and parts > 1 and size > NAME_WORDS - 2:
        return False
    return may_be_source(name, credits) or (names_agency and parts <= 3 and size <= NAME_WORDS)


def _is_talk(site: str, credits: CreditTables) -> bool:
    """Return whether a site is a place for talk or files."""
    return any(site.endswith(f".{talk}") or site == talk or talk in site.split(".") for talk in credits.talk)


# phrases


def _read_phrase(line: CreditLine, grammar: Grammar, _: Collection[str]) -> CreditReading | None:
    """Read a phrase of the table, with the name in it or after it; of several that fit, the longest."""
    tables = grammar.credits
    phrases = [phrase for word in tables.phrases_by_word.keys() & line.words for phrase in tables.phrases_by_word[word]]
    plain = normalise_for_template(line.text).strip("()[] ")
    lowered = lower_same_length(plain)
    phrases += [phrase for phrase in tables.unspaced if phrase.may_fit(plain)]
    for phrase in sorted(phrases, key=_longest_first):
        reading = _read_around(phrase, plain, lowered, grammar)
        if reading is not None:
            return reading
    return None


def _longest_first(phrase: CreditPhrase) -> tuple[int, str, str, str]:
    return -len(phrase.before + phrase.after), phrase.before, phrase.after, phrase.slot


def _read_around(phrase: CreditPhrase, line: str, lowered: str, grammar: Grammar) -> CreditReading | None:
    """Read the source that a phrase names in a line; None if the phrase does not fit."""
    place = _place_of(phrase, line, lowered)
    if place is None:
        return None
    start, rest = place
    opening = lowered[:start].strip(EDGE + "()")
    if opening and not _speaks_of_itself(opening, grammar.credits):
        return _read_behind_outlet(phrase, line[:start], opening, rest, grammar)
    value = _slot_value(rest, grammar)
    if phrase.slot == "source" and phrase.is_common and value[:1].islower():
        return None  # a preposition alone
    if not value or _is_own(rest.removeprefix("the "), grammar) or _is_own(value, grammar):
        is_other = phrase.slot == "source" and (opening or not value)
        return _reading("other", "", "credit.phrase", grammar) if is_other else None
    kind, name = _judge(phrase, value, grammar)
    is_amid_sentence = line[0].islower() and phrase.slot == "source" and not opening and agency_in(name, grammar) is None
    if kind == "source" and (not is_amid_sentence or is_media(name, grammar.credits) or "." in name):
        return _reading(phrase.kind, name, "credit.phrase", grammar)
    return None


def _slot_value(rest: str, grammar: Grammar) -> str:
    """Return the name in the slot of a phrase, given the text from its first character on."""
    name = cut_name(rest.rstrip(")"), grammar.credits)
    name = f"{name})" if "(" in name and ")" not in name else name
    return without_initials(name.removeprefix("by ").strip(EDGE), grammar)


def _place_of(phrase: CreditPhrase, line: str, lowered: str) -> tuple[int, str] | None:
    """Return the offset of a phrase in a line, and the text in its slot; None if a part of the phrase is missing."""
    start = lowered.find(phrase.before) if phrase.before else 0
    if start < 0 or not _is_bordered(lowered, start, start + len(phrase.before)):
        return None
    rest = line[start + len(phrase.before) :]
    if not phrase.after:
        return start, rest.strip()
    end = lower_same_length(rest).find(phrase.after)
    if end <= 0 or rest[end + len(phrase.after) :].strip(" .)!"):
        return None
    return start, rest[:end].strip()


def _read_behind_outlet(phrase: CreditPhrase, before: str, opening: str, rest: str, grammar: Grammar) -> CreditReading | None:
    """Read ``Harbour News with dpa``: an outlet in front of a phrase that names an agency."""
    if phrase.slot != "agency" or not phrase.before or not is_media(opening, grammar.credits):
        return None
    if not may_be_source(before.strip(), grammar.credits):
        return None
    kind, agency = _judge(phrase, _slot_value(rest, grammar), grammar)
    name = f"{before}{phrase.before} {agency}"
    return _reading(phrase.kind, name, "credit.phrase", grammar) if kind == "source" else None


def _judge(phrase: CreditPhrase, value: str, grammar: Grammar) -> tuple[CreditKind, str]:
    """Return whether a value is what the slot of a phrase asks for (``source``) or not (``other``), and the name in it."""
    link = LINK.match(value)
    value = link.group(1) if link is not None else value
    parts = [part.removeprefix("the ").removeprefix("The ") for part in parts_of(value, grammar.credits)]
    known = [is_agency(part, grammar) for part in parts]
    if phrase.slot == "agency":
        is_source = any(known) and (all(known) or len(phrase.before.split()) > 2)
    elif not any(known) and _is_one_person(value, grammar):
        is_source = False
    else:
        is_source = link is not None or all(known) or may_be_source(value.removeprefix("the "), grammar.credits)
    return ("source" if is_source else "other"), value


def _is_one_person(value: str, grammar: Grammar) -> bool:
    return len(value.split()) <= 3 and not is_media(value, grammar.credits) and is_person(value, grammar)


def _is_bordered(text: str, start: int, end: int) -> bool:
    """Return whether no letter of a script with spaces touches a phrase between two offsets."""
    before = start > 0 and text[start - 1].isalnum() and is_spaced(text[start - 1])
    after = start < end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and is_spaced(text[end])
    return not before and not after


def _speaks_of_itself(opening: str, credits: CreditTables) -> bool:
    """Return whether the words in front of a phrase name the text beside the line."""
    opening = opening.rpartition(": ")[2] if len(opening) <= ITSELF_WITHIN else ""
    if not opening.startswith(credits.itself):
        return False
    named = (word for word in credits.itself if opening.startswith(word))
    return any(not opening[len(word) : len(word) + 1].isalpha() for word in named)


def _is_own(value: str, grammar: Grammar) -> bool:
    """Return whether a value names a day, an issue or the paper itself instead of a source."""
    lowered = lower_same_length(f"{value} ")
    month = lowered.split()[0].rstrip(".,") if value else ""
    return (
        lowered.startswith(grammar.credits.own)
        or value[:1].isdigit()
        or grammar.calendar.month(month) is not None
        or grammar.calendar.weekday(month) is not None
    )


# people


def _read_helpers(line: CreditLine, grammar: Grammar, _: Collection[str]) -> CreditReading | None:
    """Read the people who helped: ``Reporting by …; editing by …``, ``… contributed to this report.``"""
    tables = grammar.credits
    start = line.text.lstrip("-–—( ")
    lowered = lower_same_length(start)
    opening = next((helper for helper in tables.helpers if lowered.startswith(f"{helper} ")), None)
    if opening is not None:
        named = start[len(opening) :].strip()
        return _helpers(cut_name(named, tables), opening in tables.assisting, grammar) if named[:1].isupper() else None
    size = next((at for end in tables.helped if (at := _ends_sentence_at(lowered, f" {end}", tables)) > 0), 0)
    named = start[:size].strip()
    return _helpers(named, True, grammar) if named[:1].isupper() else None


def _ends_sentence_at(lowered: str, ending: str, tables: CreditTables) -> int:
    """Return the offset of words that end a line, or a sentence behind which nothing stands but notes on the text; -1 if none."""
    at = lowered.find(ending)
    behind = lowered[at + len(ending) :].lstrip(")") if at > 0 else "-"
    is_last = not behind.strip(".) ")
    return at if is_last or (behind[0] == "." and _speaks_of_itself(behind.lstrip(".) "), tables)) else -1


def _helpers(named: str, assisting: bool, grammar: Grammar) -> CreditReading:
    """Return a credit of people; where they assisted the writer and an agency is among them, of contributors."""
    reading = _reading("people", named, "credit.people", grammar)
    return attrs.evolve(reading, kind="contributing") if assisting and reading.agency is not None else reading


# agencies alone


def _may_be_agencies(text: str, words: Sequence[str], tables: CreditTables) -> bool:
    """Return whether a line may consist of agencies: of one as a whole, or of several names with something between them."""
    if tables.agency_words.isdisjoint(words):
        return False
    if " ".join(words).removeprefix("the ") in tables.agency_forms:
        return True
    return _JOINED.search(text) is not None or not tables.between_words.isdisjoint(words)


def _read_agencies(line: CreditLine, grammar: Grammar, languages: Collection[str]) -> CreditReading | None:
    """Read a line of agencies and nothing else (``SDA/sep``), or of a photographer and a photo agency."""
    text = _DASH.split(line.text, maxsplit=1)[0].strip(" -/|")
    is_marked, name = text.startswith("©"), text.strip("© ()[].")
    parts = parts_of(name, grammar.credits)
    if not parts or (is_marked and name[0].isdigit()):
        return None
    known = [part for part in parts if is_agency(part, grammar)]
    is_pictured = holds_any(lower_same_length(name), grammar.credits.photo)
    if is_marked or is_pictured:
        is_house = lower_same_length(name) in grammar.credits.picture_houses
        is_credited = (known and is_marked) or is_house or (is_pictured and _is_picture_line(text, parts, grammar.credits))
        return _reading("photo", name, "credit.agency", grammar) if is_credited else None
    if not known or line.has_bullet or _is_ambiguous(name.lower(), grammar.credits, languages):
        return None
    if len(parts) == 1 and name.lower() in grammar.credits.agencies:
        return None
    return _read_agency_line(text, name, parts, known, grammar)


def _read_chain(line: CreditLine, grammar: Grammar, _: Collection[str]) -> CreditReading | None:
    """Read a photographer, who printed the picture and who passed it on: ``Jane Miller / The Courier via AP``."""
    parts = [part.strip() for part in _CHAIN.split(line.text)]
    if not 3 <= len(parts) <= 4 or line.has_bullet or line.text[-1] in ".!?:":
        return None
    is_passed_on = is_agency(parts[-1], grammar) or lower_same_length(parts[-1]) in grammar.credits.picture_houses
    words = parts[0].split()
    is_named = 2 <= len(words) <= 4 and (is_person(parts[0], grammar) or name_size(words, grammar, marked=False) == len(words))
    if not is_passed_on or not is_named or not all(may_be_source(part, grammar.credits) for part in parts[1:]):
        return None
    return _reading("photo", line.text, "credit.agency", grammar)


def _is_picture_line(line: str, parts: list[str], credits: CreditTables) -> bool:
    """Return whether a line that names a photo agency is a photographer's or several agencies' names, and no sentence."""
    return len(parts) > 1 and not line.endswith((".", "!", "?")) and all(may_be_source(part, credits) for part in parts)


def _read_agency_line(line: str, name: str, parts: list[str], known: list[str], grammar: Grammar) -> CreditReading | None:
    """Read the agencies of a line, with desks and outlets beside them (``SDA/sep``), or a photographer and an agency."""
    others = [part for part in parts if part not in known]
    desks = [part for part in others if INITIALS.match(part.split()[0])]
    outlets = all(_is_outlet(part, grammar.credits) for part in others if part not in desks)
    if outlets and (parts[0] in known or len(parts) > 1):
        source = "/".join(known) if desks == others and desks else without_initials(name, grammar)
        return _reading("source", source, "credit.agency", grammar)
    person = "/" in line and any(read_people(part, grammar) for part in others)
    return _reading("photo", name, "credit.agency", grammar) if person else None


def _is_outlet(part: str, credits: CreditTables) -> bool:
    """Return whether a part beside an agency is an address, an outlet or initials."""
    return bool(LINK.match(part)) or part.startswith("The ") or is_media(part, credits) or len(part) < CODE - 1


def _is_ambiguous(name: str, credits: CreditTables, languages: Collection[str]) -> bool:
    """Return whether the name of an agency means something else as often, away from its home."""
    if name not in credits.ambiguous:
        return False
    return not any(name in credits.at_home.get(language.partition("-")[0], ()) for language in languages)


def _reading(kind: CreditKind, name: str, rule: str, grammar: Grammar) -> CreditReading:
    return CreditReading(kind=kind, name=name, agency=agency_in(name, grammar) if name and kind != "other" else None, rule=rule)
