"""What the name of a person looks like, and what does not."""

from __future__ import annotations

import unicodedata

from newsnorm.grammar.tables import Tables, any_of
from newsnorm.records import Person, PersonRole
from newsnorm.text.lazy_regex import lazy_regex

NAMES_LIMIT = 200
"""Code points. Chosen with room for eight people; not measured."""

MAX_PEOPLE = 12
MAX_TOKENS = 6
MAX_TOKEN = 24
"""Code points of one part of a name."""

_MAIL = lazy_regex(r"[<(\[]?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[>)\]]?")
_HANDLE = lazy_regex(r"[(\[]?@\w{1,30}[)\]]?")
_SPLIT = lazy_regex(r"[,、;；،&/]|\s[|·•]\s|・")
_WORD = lazy_regex(r"[^\W\d_][\w'’ʼ`´.\-‐\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e\u05b0-\u05c7]*\Z")
_EDGE = ' ,;:.|·•-–—*+"“”„«»()[]'
_HAN = lazy_regex(r"[\u3400-\u4dbf\u4e00-\u9fff々]{2,4}\Z")
_JAPANESE = lazy_regex(r"[\u3040-\u30ff\u4e00-\u9fff々ー]{2,10}\Z")
_HANGUL = lazy_regex(r"[\uac00-\ud7a3]{2,4}\Z")


def read_people(text: str, tables: Tables, role: PersonRole = "author", *, turkic: bool = False) -> tuple[Person, ...] | None:
    """
    The people that `text` lists, or None if any part of it is no name.

    E-mail addresses, handles and the places people write from are left out; capitals become name case, by the Turkish
    alphabet where `turkic`.

    >>> tables = Tables.default()
    >>> [person.name for person in read_people("MARÍA PÉREZ and Tom O'Hara", tables)]
    ['María Pérez', "Tom O'Hara"]
    >>> read_people("Friday evening", tables), read_people("12345 67890", tables)
    (None, None)
    """
    words = text.split(None, 2)
    if len(text) > NAMES_LIMIT or not words or not _opens(text, words, tables):
        return None  # most lines of prose end here
    if "@" in text:
        text = _HANDLE.sub("", _MAIL.sub("", text))
    text = text.strip(_EDGE)
    names: list[str] = []
    for part in _SPLIT.split(text):
        for tokens in _parts(part.split(), tables):
            if tokens and tokens[-1].lower().rstrip(".") in tables.suffixes and len(tokens) == 1 and names:
                continue  # "Jane Doe, PhD"
            name = _name(_without_place(tokens, tables), tables, turkic)
            if name is None:
                return None
            names.append(name)
    if not names or len(names) > MAX_PEOPLE:
        return None
    return tuple(Person(name=name, role=role) for name in dict.fromkeys(names))


def may_open_people(text: str, tables: Tables) -> bool:
    """Whether a list of people may begin as `text` does, wherever it ends; sure of names in ASCII alone."""
    words = text.split(None, 2)
    return not words or not words[0].isascii() or _opens(words[0], words, tables)


def _opens(text: str, words: list[str], tables: Tables) -> bool:
    """Whether it begins with a capital or a particle, and its second word is no number and no other in lower case."""
    if text[0].islower() and words[0] not in tables.particles:
        return False
    if len(words) < 2:
        return True
    second = words[1]
    return not (second[0].islower() or second[0].isdecimal()) or _joins(second, tables)


def _joins(word: str, tables: Tables) -> bool:
    """Whether a word in lower case may stand in a list of names."""
    return word in tables.particles or word in tables.conjunctions or word in tables.locatives or "@" in word


def _parts(tokens: list[str], tables: Tables) -> list[list[str]]:
    """Cut at conjunctions, which never open or close a name: "y" in "Ramón y Cajal" can't be told, so two names win."""
    parts: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        joins = token in tables.conjunctions or (len(token) > 1 and token.lower() in tables.conjunctions)  # "A" may be an initial
        if joins and 0 < index < len(tokens) - 1 and parts[-1]:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_place(tokens: list[str], tables: Tables) -> list[str]:
    """``Jane Doe in London``: the name alone."""
    for at in range(2, len(tokens) - 1):
        if tokens[at] in tables.locatives:
            place = " ".join(tokens[at + 1 :]).lower()
            return tokens[:at] if place in tables.cities or place in tables.regions else tokens
    return tokens


def _name(tokens: list[str], tables: Tables, turkic: bool) -> str | None:
    while tokens and tokens[0].lower().rstrip(".") in tables.honorifics and len(tokens) > 2:
        tokens = tokens[1:]
    while tokens and tokens[-1].lower().rstrip(".") in tables.suffixes and len(tokens) > 2:
        tokens = tokens[:-1]
    if not 1 <= len(tokens) <= MAX_TOKENS or any(len(token) > MAX_TOKEN or not _WORD.match(token) for token in tokens):
        return None
    if any(token.lower().strip(".") in tables.not_names for token in tokens) or " ".join(tokens).lower() in tables.agencies:
        return None
    letters = "".join(tokens)
    if any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in letters):
        return " ".join(tokens) if east_asian(tokens, tables) else None
    if not any(letter.isupper() or letter.islower() for letter in letters):
        return " ".join(tokens) if 2 <= len(tokens) <= 5 and all(len(token) > 1 for token in tokens) else None
    return _cased(tokens, tables, turkic)


def east_asian(tokens: list[str], tables: Tables) -> bool:
    """Whether the words have the shape of a Chinese, Japanese or Korean name, with a known surname first."""
    whole = "".join(tokens)
    if _HANGUL.match(whole):
        return len(tokens) <= 2 and (whole[0] in tables.surnames or whole[:2] in tables.surnames)
    if _HAN.match(whole):
        return len(tokens) <= 2 and any(whole[:size] in tables.surnames for size in (1, 2, 3))
    return len(tokens) <= 3 and _JAPANESE.match(whole) is not None and any(whole[:size] in tables.surnames for size in (1, 2, 3))


def _cased(tokens: list[str], tables: Tables, turkic: bool) -> str | None:
    """Two or more capitalised words, particles between them, no word of the calendar."""
    words = [token for token in tokens if token.lower() not in tables.particles or token[0].isupper()]
    if len(words) < 2 or (tokens[0].islower() and tokens[0] not in tables.particles) or tokens[-1].islower():
        return None
    if not all(_capitalised(word) for word in words) or all(len(word.rstrip(".")) == 1 for word in words):
        return None
    if all(len(word.rstrip(".")) <= 2 for word in words[1:]):  # "Amy D", "J. D.": initials are no surname
        return None
    if any(_in_calendar(word, tables) for word in words):
        return None
    capitals = "".join(words)
    if not (capitals.isupper() and len(capitals) > 3):
        return " ".join(tokens)
    return " ".join(name_case(token, tables, turkic=turkic) for token in tokens)


def _capitalised(word: str) -> bool:
    bare = word.lstrip("'’ʼ`d") if word[:2].lower() in ("d'", "d’") else word.removeprefix("al-").removeprefix("el-")
    return bool(bare) and (bare[0].isupper() or not (bare[0].isupper() or bare[0].islower()))


def _in_calendar(word: str, tables: Tables) -> bool:
    """Whether it names a weekday or a month in some language, unless it is a given name too."""
    lower = word.lower().rstrip(".")
    if lower in tables.given_names or len(lower) < 3:
        return False
    return any_of(tables.calendar.weekdays, (), lower) is not None or any_of(tables.calendar.months, (), lower) is not None


_BORDER = lazy_regex(r"(?<=[\-‐])|(?<=['’ʼ])")
_ROMAN = lazy_regex(r"[IVX]{2,4}\Z")


def name_case(token: str, tables: Tables, *, turkic: bool = False) -> str:
    """
    One word of an all-capitals name as names are written.

    >>> tables = Tables.default()
    >>> [name_case(word, tables) for word in ("MCDONALD", "O'BRIEN", "JEAN-LUC", "VAN", "II", "J.K.")]
    ['McDonald', "O'Brien", 'Jean-Luc', 'van', 'II', 'J.K.']
    """
    if _ROMAN.match(token) or (len(token) <= 4 and "." in token):
        return token
    if token.lower() in tables.particles and len(token) > 1:
        return token.lower()
    if turkic and token.lower() not in tables.given_names:
        token = token[:1] + token[1:].replace("I", "ı").replace("İ", "i")
    parts = [part[:1] + lower(part[1:]) for part in _BORDER.split(token) if part]
    parts = [f"Mc{part[2].upper()}{part[3:]}" if part.startswith("Mc") and len(part) > 4 else part for part in parts]
    return "".join(parts)


def lower(text: str) -> str:
    """Lower case that keeps the composed form of a Turkish İ."""
    return unicodedata.normalize("NFC", text.lower().replace("i\u0307", "i"))


def is_person(text: str, tables: Tables) -> bool:
    """
    Whether `text` is surely the name of a person, or of some: each begins with a given name and is no place.

    >>> tables = Tables.default()
    >>> is_person("TYLER DURDEN", tables), is_person("NORTH KOREA", tables)
    (True, False)
    """
    people = read_people(text, tables)
    return people is not None and all(_is_surely(person.name.lower(), tables) for person in people)


def _is_surely(name: str, tables: Tables) -> bool:
    if name in tables.cities or name in tables.regions:
        return False
    first = name.split()[0]
    if first in tables.surnames or first in tables.given_names or first.split("-")[0] in tables.given_names:
        return True
    return not first.isascii() and any(first[:size] in tables.surnames for size in (1, 2))
