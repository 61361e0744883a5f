"""
Read a caption: a line that describes a picture, closed by the name of who took it.

The name stands in brackets (``(AP Photo/Jane Miller)``) or after a word for pictures (``Photograph: Jane Miller/The Courier``),
a sign (``© Jane Miller``) or an agency in capitals (``REUTERS/Jane Miller``). Without a name or such a word, a picture's
description can't be distinguished from a sentence of the report.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newsnorm.grammar import Grammar
from newsnorm.grammar.credit import is_credited_name, is_spaced_out, read_credit
from newsnorm.grammar.credit_names import EDGE, agency_in, find_agency, holds_any, is_media
from newsnorm.grammar.credit_tables import CreditTables
from newsnorm.grammar.name_shape import name_size
from newsnorm.grammar.names import is_person
from newsnorm.records import Caption, Line
from newsnorm.text.casing import lower_same_length
from newsnorm.text.folding import fold_words
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import is_spaced

CAPTION_LIMIT = 600
"""Code points of the longest caption; agencies write two or three sentences."""

CREDIT_OPENING = 40
"""Code points in which the words that open a line of credit and caption end."""

DESCRIPTION = 8
"""Code points of the shortest description; a line with fewer is the credit alone."""

SIGNATURE = 6
"""Words of the longest signature, which has a colon: a label of two words and two names."""

_COLON = lazy_regex("[:：]")
_CREDITED = lazy_regex(r"[/,]|\bvia\b")
LABELLED = 200
"""Code points at the end of a line in which a label and its name stand."""

WORDS_BEFORE_DASH = 4
"""Words of the shortest description in front of a dash; names have fewer."""

_AROUND_MARK = " ,:،，：、"
_STOPS = ".!?…。！？»”\"')]"
_CLOSING, _FULL_STOPS = ")]）】", ".。"
_BRACKETS = lazy_regex(r"[(\[（【]([^()\[\]（）【】]{2,120}(?:\([^()]{1,30}\)[^()]{0,20})?)[)\]）】][.。]?\Z")
_SIGNED = lazy_regex(r"[.!?…。»”\"')]\s*©\s*(?!\d)(\S.{2,119})\Z")
_CAPITAL_AGENCY = lazy_regex(r"[.!?…”\"')]\s+([A-Z]{2,10}(?:/[^\W\d_][^./]{1,40}){1,2})\.?\Z")
_HOUSE_LAST = lazy_regex(r"[^|]{12,400}\s\|\s(?:[^|]{2,40}\s\|\s)?([^|.]{2,40})\Z")
_STROKED = lazy_regex(r"(?:[.!?…”\"')]\s{1,3}(?:/\s)?|\s\|\s)([^\W\d_][^.!?…|:]{4,80})\Z")
_BEFORE_ENDING = lazy_regex(r"[。！？\s]([^。！？\s](?:[^。！？]{1,18}))\Z")


@attrs.frozen(kw_only=True)
class CaptionReading:
    """What a caption describes and whom it credits."""

    caption: str
    """The description, without the credit."""
    credit: str
    """
    The credit as printed, without brackets or label; a word such as ``Symbolbild`` if it names nobody. Empty if the line calls
    itself a caption and credits nobody.
    """
    agency: str | None
    """The agency that it names, by its usual name."""

    def of_line(self, line: Line, rule: str) -> Caption:
        """Return the finding for a line that is this caption, under a rule."""
        span = line.raw_span(0, len(line.text))
        return Caption(
            line=line.number,
            span=span,
            text=line.text,
            rule=rule,
            caption=self.caption,
            credit=self.credit,
            agency=self.agency,
        )


def read_caption(text: str, grammar: Grammar, words: Sequence[str] = ()) -> CaptionReading | None:
    """
    Read a line; None if it is not a caption with a credit.

    Args:
        text: the line.
        grammar: the tables of agencies, names and credits.
        words: the words of the folded line, if the caller has them.

    >>> read_caption("The lift is stuck. (AP Photo/Jane Miller, File)", Grammar.default())
    CaptionReading(caption='The lift is stuck.', credit='AP Photo/Jane Miller, File', agency='AP')
    >>> read_caption("Bathers wait. Photograph: Jane Miller/The Courier", Grammar.default()).credit
    'Jane Miller/The Courier'
    >>> read_caption("The lift is stuck, the town said (on Monday)", Grammar.default())

    """
    if not DESCRIPTION < len(text) <= CAPTION_LIMIT:
        return None
    is_opened = text[:CREDIT_OPENING].lower().startswith(grammar.credits.caption_openings)
    if is_opened and (mark := _size_of_mark(text, grammar.credits)):
        return _read_behind_mark(text[mark:].lstrip(_AROUND_MARK), grammar)
    found = _in_brackets(text, grammar) or _behind_sign(text, grammar)
    if found is None and _may_hold_label(text, words, grammar.credits):
        found = _behind_label(text, grammar)
    if found is None and is_opened:
        found = _side_by_side(text, grammar)
    if found is None:
        return None  # most lines end here
    caption, credit = found[0].strip(), found[1].strip(EDGE)
    if len(caption) < DESCRIPTION or not credit or _is_signature(caption, grammar):
        return None
    return CaptionReading(caption=caption, credit=credit, agency=agency_in(credit, grammar))


def _read_behind_mark(text: str, grammar: Grammar) -> CaptionReading | None:
    """Read the caption after a caption label; it may credit nobody."""
    if len(text) < DESCRIPTION:
        return None
    return read_caption(text, grammar) or CaptionReading(caption=text, credit="", agency=None)


def is_caption_mark(text: str, grammar: Grammar) -> bool:
    """
    Return whether a line is only a caption label; the caption is on the line below.

    >>> is_caption_mark("Image caption,", Grammar.default()), is_caption_mark("Image", Grammar.default())
    (True, False)
    """
    return len(text) <= CREDIT_OPENING and text.strip(_AROUND_MARK).lower() in grammar.credits.caption_marks


def _size_of_mark(text: str, credits: CreditTables) -> int:
    """Return the length of a word for a caption that opens a line: a sign, or a capital in a script with spaces, follows it."""
    lowered = lower_same_length(text[:CREDIT_OPENING])
    size = next((len(mark) for mark in credits.caption_marks if lowered.startswith(mark)), 0)
    behind = text[size:].lstrip(" ")
    return size if behind[:1] in _AROUND_MARK or behind[:1].isupper() else 0


def _is_signature(caption: str, grammar: Grammar) -> bool:
    """Return whether a description is a label and a name, or credits a source: ``Text: Jane Miller``, ``via Harbour News``."""
    if len(caption.split()) > SIGNATURE:
        return False
    if _COLON.search(caption) is not None:
        return True
    reading = read_credit(caption, grammar)
    return reading is not None and reading.kind == "source" and reading.name != ""


def _in_brackets(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """
    Split a caption with its credit in brackets at the end.

    Brackets within a sentence, right before its full stop or after a title, may name anybody: there the credit has to say that it
    is one of a picture.
    """
    if text[-1] not in _CLOSING and (text[-1] not in _FULL_STOPS or text[-2] not in _CLOSING):
        return None  # most lines end here
    match = _BRACKETS.search(text)
    if match is None:
        return None
    inner, caption = match.group(1).strip(), text[: match.start()]
    if not inner:
        return None
    if "/" in inner and caption.startswith(f"{inner} "):
        return caption[len(inner) :], inner  # the line prints its credit twice
    credit = _plain_credit(inner, grammar)
    if credit is None and (caption.rstrip()[-1:] in _STOPS or (text[-1] not in ".。" and _names_house(inner, grammar))):
        credit = inner if _may_credit_picture(inner, grammar) else None
    return None if credit is None else (caption, credit)


def _plain_credit(inner: str, grammar: Grammar) -> str | None:
    """Return the credit in brackets that says it is one: a label and a name, a picture's word and a name, person and agency."""
    tables, lowered = grammar.credits, lower_same_length(inner)
    if lowered in tables.picture_kinds:
        return inner
    label, name = _cut_label(inner, lowered, tables)
    if label:
        return name if name and is_credited_name(name, name, grammar) else None
    if inner[-1] in "!?":
        return None
    names_picture = holds_any(lowered, tables.picture_words)
    if names_picture and any(find_agency(word, grammar) for word in (inner.split()[0], inner.split("/")[-1])):
        return inner
    if any(lowered.startswith(opening) and inner[len(opening) :][:1].isupper() for opening in tables.courtesy):
        return inner
    first, _, rest = inner.partition(" ")
    if rest and lower_same_length(first).rstrip(".") in tables.picture_words and _is_name(rest, grammar):
        return inner
    return inner if _names_photographer(inner, grammar, supplies_text=False) else None


def _may_credit_picture(inner: str, grammar: Grammar) -> bool:
    """Return whether brackets name a house that supplies pictures, or a person and an outlet."""
    return inner[-1] not in "!?" and (_names_house(inner, grammar) or _names_photographer(inner, grammar, supplies_text=True))


def _names_house(inner: str, grammar: Grammar) -> bool:
    """Return whether one of the names in brackets is a house that supplies pictures alone: ``Jane Miller via Getty Images``."""
    return any(lower_same_length(part.strip()) in grammar.credits.picture_houses for part in _CREDITED.split(inner))


def _is_name(text: str, grammar: Grammar) -> bool:
    """Return whether a text is an agency, a known person, or words that all have the shape of one person's name."""
    if find_agency(text, grammar) is not None or is_person(text, grammar):
        return True
    words = text.split()
    return len(words) > 1 and name_size(words, grammar, marked=False) == len(words)


def _names_photographer(name: str, grammar: Grammar, *, supplies_text: bool) -> bool:
    """
    Return whether strokes join a person with an agency or a house of pictures: ``Jane Miller/AP``.

    Args:
        name: the names.
        grammar: the tables of agencies, names and credits.
        supplies_text: whether an outlet will do beside the person, too.

    """
    parts = [part.strip() for part in name.split("/")]
    if not 2 <= len(parts) <= 4:
        return False
    written = {part: part.title() if part.isupper() else part for part in parts}
    is_of_house = lower_same_length(parts[-1]) in grammar.credits.picture_houses
    people = [
        part
        for part in parts
        if len(part.split()) in (2, 3, 4)
        and (is_person(written[part], grammar) or (is_of_house and part is parts[0] and _is_name(written[part], grammar)))
    ]
    others = [part for part in parts if part not in people]
    return bool(people) and any(_supplies_pictures(part, grammar, or_text=supplies_text) for part in others)


def _supplies_pictures(name: str, grammar: Grammar, *, or_text: bool) -> bool:
    """Return whether a name is that of an agency, a house of pictures or, with `or_text`, an outlet."""
    if find_agency(name, grammar) is not None or lower_same_length(name) in grammar.credits.picture_houses:
        return True
    return or_text and is_media(name, grammar.credits)


def _cut_label(inner: str, lowered: str, credits: CreditTables) -> tuple[str, str]:
    """Return the word for pictures that opens a credit, in lower case, and the name after it; both empty if none does."""
    match = credits.picture_separator.search(lowered)
    if match is None:
        return "", ""
    label = lowered[: match.start()].strip()
    is_label = credits.labels.get(label) in ("photo", "either") or label in credits.picture_words
    return (label, inner[match.end() :].strip()) if is_label else ("", "")


def _behind_sign(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Split a caption whose credit stands after ``©``, is an agency in capitals and a name, or ends with "took it"."""
    if "©" in text and (match := _SIGNED.search(text)) is not None and is_credited_name(match.group(1), match.group(1), grammar):
        return text[: match.start() + 1], match.group(1)
    if "/" in text and (match := _CAPITAL_AGENCY.search(text)) is not None:
        agency = match.group(1).partition("/")[0]
        return (text[: match.start() + 1], match.group(1)) if find_agency(agency, grammar) else None
    if "|" in text and (match := _HOUSE_LAST.match(text)) is not None and _names_house(match.group(1), grammar):
        return _before_bars(text, grammar)
    match = _STROKED.search(text) if "/" in text else None
    if match is not None and _names_photographer(match.group(1), grammar, supplies_text=True):
        return text[: match.start() + 1].rstrip(" |"), match.group(1)
    stripped, endings = text.rstrip("）)。"), grammar.credits.picture_endings
    ending = next((ending for ending in endings if stripped.endswith(ending)), None) if stripped.endswith(endings) else None
    if ending is None:
        return None
    match = _BEFORE_ENDING.search(text.rstrip("）)。")[: -len(ending)])
    return None if match is None else (text[: match.start() + 1], match.group(1).lstrip("（("))


def _before_bars(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Split a caption that bars part from agencies and houses; in front of the first bar ends the name of a person."""
    words = text.partition(" | ")[0].split()
    sizes = (size for size in (2, 3) if _ends_with_person(words, size, grammar))
    size = next(sizes, 0)
    caption = " ".join(words[: len(words) - size])
    return (caption, text[len(caption) :].strip()) if size and text.startswith(caption) else None


def _ends_with_person(words: list[str], size: int, grammar: Grammar) -> bool:
    """Return whether the last `size` words are a person: a known one, or a name's shape after the end of a sentence."""
    name, before = words[-size:], words[: len(words) - size]
    if not before or (before[-1][0].isupper() and before[-1].isalpha() and before[-1].lower() not in grammar.calendar.words):
        return False  # it may belong to the name
    is_behind_stop = before[-1][-1] in _STOPS and name_size(name, grammar, marked=False) == size
    return is_behind_stop or is_person(" ".join(name), grammar)


def _may_hold_label(text: str, words: Sequence[str], credits: CreditTables) -> bool:
    """Return whether a word for pictures and a sign may stand at the end of a line; False is certain."""
    if words and is_spaced_out(text):
        return not credits.caption_words.isdisjoint(words)
    tail = text[-LABELLED:].lower()
    if not any(sign in tail for sign in credits.caption_signs):
        return False
    return not is_spaced_out(tail) or not credits.caption_words.isdisjoint(fold_words(tail))


def _behind_label(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Split a caption whose credit stands after a word for pictures, after a sentence or a sign."""
    match = grammar.credits.caption_label.search(text, max(0, len(text) - LABELLED))
    if match is None:
        return None
    name, sign = match.group(1).strip(), match.group(0)[0]
    caption = text[: match.start()].rstrip()
    if sign in _STOPS:
        caption += sign
    elif is_spaced(caption[-1:] or " ") and len(caption.split()) < WORDS_BEFORE_DASH:
        return None  # By Ana Ng - Photo: Tom Roe
    return (caption, name) if is_credited_name(name, name, grammar) else None


def _side_by_side(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Split a line that prints a credit after one word and the caption after another."""
    lowered = lower_same_length(text)
    opening = next((opening for opening in grammar.credits.picture_openings if lowered.startswith(opening)), None)
    if opening is None:
        return None
    for mark in grammar.credits.caption_marks:
        at = lowered.find(mark)
        if at > 0:
            return text[at + len(mark) :].lstrip(" ,:"), text[len(opening) : at].strip(" ,:")
    return None
