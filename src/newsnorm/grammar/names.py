"""Read texts that are only a list of people's names, as in slots of templates."""

from __future__ import annotations

from collections.abc import Iterable

from newsnorm.grammar import Grammar
from newsnorm.grammar.name_tables import NameTables
from newsnorm.records import Person, PersonRole
from newsnorm.text.casing import lower_composed
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import HAN, HAN_MARK, HANGUL, KANA, VOWEL_SIGNS_IN_NAMES, is_east_asian

NAMES_LIMIT = 200
"""Code points. Chosen with room for eight people; not measured."""

MAX_PEOPLE = 12
MAX_TOKENS = 6
MAX_TOKEN = 24
"""Code points of one part of a name."""

_MAIL = lazy_regex(r"[<(\[]?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[>)\]]?")
_HANDLE = lazy_regex(r"[(\[]?@\w{1,30}[)\]]?")
_SPLIT = lazy_regex(r"[,、;；،&/]|\s[|·•]\s|・")
_WORD = lazy_regex(rf"[^\W\d_][\w'’ʼ`´.\-‐{VOWEL_SIGNS_IN_NAMES}]*\Z")
_EDGE = ' ,;:.|·•-–—*+"“”„«»()[]'
_HAN = lazy_regex(rf"[{HAN}{HAN_MARK}]{{2,4}}\Z")
_JAPANESE = lazy_regex(rf"[{KANA}\u4e00-\u9fff{HAN_MARK}]{{2,10}}\Z")
_HANGUL = lazy_regex(rf"[{HANGUL}]{{2,4}}\Z")


def read_people(text: str, grammar: Grammar, role: PersonRole = "author", *, turkic: bool = False) -> tuple[Person, ...] | None:
    """
    Return the people that `text` lists; None if any part of it is not a name.

    E-mail addresses, handles and the places people write from are left out; capitals become name case, by the Turkish
    alphabet where `turkic`.

    >>> grammar = Grammar.default()
    >>> [person.name for person in read_people("MARÍA PÉREZ and Tom O'Hara", grammar)]
    ['María Pérez', "Tom O'Hara"]
    >>> read_people("Friday evening", grammar), read_people("12345 67890", grammar)
    (None, None)
    """
    words = text.split(None, 2)
    if len(text) > NAMES_LIMIT or not words or not _opens(text, words, grammar):
        return None  # most lines of prose end here
    if "@" in text:
        text = _HANDLE.sub("", _MAIL.sub("", text))
    text = text.strip(_EDGE)
    names: list[str] = []
    for part in _SPLIT.split(text):
        for tokens in _parts(part.split(), grammar):
            if tokens and tokens[-1].lower().rstrip(".") in grammar.names.suffixes and len(tokens) == 1 and names:
                continue  # "Jane Doe, PhD"
            name = _name(_without_place(tokens, grammar), grammar, turkic)
            if name is None:
                return None
            names.append(name)
    if not names or len(names) > MAX_PEOPLE:
        return None
    return tuple(Person(name=name, role=role) for name in dict.fromkeys(names))


def may_open_people(text: str, grammar: Grammar) -> bool:
    """Return whether a list of people may begin as `text` does, wherever it ends; sure of names in ASCII alone."""
    words = text.split(None, 2)
    return not words or not words[0].isascii() or _opens(words[0], words, grammar)


def may_open_person(text: str, grammar: Grammar) -> bool:
    """
    Return whether `is_person` may accept some beginning of `text`; without false rejections, and sure of names in ASCII alone.

    >>> grammar = Grammar.default()
    >>> may_open_person("Prof. Jane Miller, 3 May 2024", grammar), may_open_person("Opening hours, 9 to 5", grammar)
    (True, False)
    """
    if "@" not in text:
        for word in map(str.lower, text.lstrip(_EDGE).split(None, 3)[:3]):
            if not word.isascii() or _is_first_name(word, grammar.names):
                break
            if word.rstrip(".") not in grammar.names.honorifics:
                return False  # most lines end here
    return may_open_people(text, grammar)


def _opens(text: str, words: list[str], grammar: Grammar) -> bool:
    """
    Return whether it begins with a capital or a particle, and its second word is neither a number nor another word in lower
    case.
    """
    if text[0].islower() and words[0] not in grammar.names.particles:
        return False
    if len(words) < 2:
        return True
    second = words[1]
    return not (second[0].islower() or second[0].isdecimal()) or _joins(second, grammar)


def _joins(word: str, grammar: Grammar) -> bool:
    """Return whether a word in lower case may stand in a list of names."""
    return word in grammar.names.particles or word in grammar.names.conjunctions or word in grammar.names.locatives or "@" in word


def _parts(tokens: list[str], grammar: Grammar) -> list[list[str]]:
    """Cut words at conjunctions, which never open or close a name; "Ramón y Cajal" is taken for two people, too."""
    parts: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        joins = token in grammar.names.conjunctions or (
            len(token) > 1 and token.lower() in grammar.names.conjunctions
        )  # "A" may be an initial
        if joins and 0 < index < len(tokens) - 1 and parts[-1]:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_place(tokens: list[str], grammar: Grammar) -> list[str]:
    """Return the name alone of ``Jane Doe in London``."""
    for at in range(2, len(tokens) - 1):
        if tokens[at] in grammar.names.locatives:
            place = " ".join(tokens[at + 1 :]).lower()
            return tokens[:at] if place in grammar.places else tokens
    return tokens


def _name(tokens: list[str], grammar: Grammar, turkic: bool) -> str | None:
    """Return the name that the words are, in name case; None if they have not the shape of one."""
    tokens = _without_titles(tokens, grammar.names)
    if not _may_be_name(tokens, grammar):
        return None
    letters = "".join(tokens)
    if any(map(is_east_asian, letters)):
        return " ".join(tokens) if east_asian(tokens, grammar) else None
    if not any(letter.isupper() or letter.islower() for letter in letters):
        return " ".join(tokens) if 2 <= len(tokens) <= 5 and all(len(token) > 1 for token in tokens) else None
    return _cased(tokens, grammar, turkic)


def _without_titles(tokens: list[str], names: NameTables) -> list[str]:
    """Return the words without honorifics before and suffixes after a name of two words or more."""
    while tokens and tokens[0].lower().rstrip(".") in names.honorifics and len(tokens) > 2:
        tokens = tokens[1:]
    while tokens and tokens[-1].lower().rstrip(".") in names.suffixes and len(tokens) > 2:
        tokens = tokens[:-1]
    return tokens


def _may_be_name(tokens: list[str], grammar: Grammar) -> bool:
    """Return whether the words are few and short enough, and neither an agency nor words that no name holds."""
    if not 1 <= len(tokens) <= MAX_TOKENS or any(len(token) > MAX_TOKEN or not _WORD.match(token) for token in tokens):
        return False
    if any(token.lower().strip(".") in grammar.names.not_names for token in tokens):
        return False
    return not grammar.agencies.has_form(" ".join(tokens).lower())


def east_asian(tokens: list[str], grammar: Grammar) -> bool:
    """Return whether the words have the shape of a Chinese, Japanese or Korean name, with a known surname first."""
    whole = "".join(tokens)
    if _HANGUL.match(whole):
        return len(tokens) <= 2 and (whole[0] in grammar.names.surnames or whole[:2] in grammar.names.surnames)
    if _HAN.match(whole):
        return len(tokens) <= 2 and any(whole[:size] in grammar.names.surnames for size in (1, 2, 3))
    return (
        len(tokens) <= 3
        and _JAPANESE.match(whole) is not None
        and any(whole[:size] in grammar.names.surnames for size in (1, 2, 3))
    )


def _cased(tokens: list[str], grammar: Grammar, turkic: bool) -> str | None:
    """Return a name of two or more capitalised words, particles between them, none of them a month or a weekday."""
    words = [token for token in tokens if token.lower() not in grammar.names.particles or token[0].isupper()]
    if len(words) < 2 or (tokens[0].islower() and tokens[0] not in grammar.names.particles) or tokens[-1].islower():
        return None
    if not all(_capitalised(word) for word in words) or all(len(word.rstrip(".")) == 1 for word in words):
        return None
    if all(len(word.rstrip(".")) <= 2 for word in words[1:]):  # "Amy D", "J. D.": initials are not a surname
        return None
    if any(_in_calendar(word, grammar) for word in words):
        return None
    capitals = "".join(words)
    if not (capitals.isupper() and len(capitals) > 3):
        return " ".join(tokens)
    return " ".join(name_case(token, grammar, turkic=turkic) for token in tokens)


def _capitalised(word: str) -> bool:
    bare = word.lstrip("'’ʼ`d") if word[:2].lower() in ("d'", "d’") else word.removeprefix("al-").removeprefix("el-")
    return bool(bare) and (bare[0].isupper() or not (bare[0].isupper() or bare[0].islower()))


def _in_calendar(word: str, grammar: Grammar) -> bool:
    """Return whether it names a weekday or a month in some language, unless it is a given name too."""
    lower = word.lower().rstrip(".")
    if lower in grammar.names.given_names or len(lower) < 3:
        return False
    return grammar.calendar.weekday(lower) is not None or grammar.calendar.month(lower) is not None


_BORDER = lazy_regex(r"(?<=[\-‐])|(?<=['’ʼ])")
_ROMAN = lazy_regex(r"[IVX]{2,4}\Z")


def name_case(token: str, grammar: Grammar, *, turkic: bool = False) -> str:
    """
    One word of an all-capitals name as names are written.

    >>> grammar = Grammar.default()
    >>> [name_case(word, grammar) for word in ("MCDONALD", "O'BRIEN", "JEAN-LUC", "VAN", "II", "J.K.")]
    ['McDonald', "O'Brien", 'Jean-Luc', 'van', 'II', 'J.K.']
    """
    if _ROMAN.match(token) or (len(token) <= 4 and "." in token):
        return token
    if token.lower() in grammar.names.particles and len(token) > 1:
        return token.lower()
    if turkic and token.lower() not in grammar.names.given_names:
        token = token[:1] + token[1:].replace("I", "ı").replace("İ", "i")
    parts = [part[:1] + lower_composed(part[1:]) for part in _BORDER.split(token) if part]
    parts = [f"Mc{part[2].upper()}{part[3:]}" if part.startswith("Mc") and len(part) > 4 else part for part in parts]
    return "".join(parts)


def is_person(text: str, grammar: Grammar) -> bool:
    """
    Return whether `text` is certainly one or more names of people: each begins with a given name and is not a place.

    >>> grammar = Grammar.default()
    >>> is_person("TYLER DURDEN", grammar), is_person("NORTH KOREA", grammar)
    (True, False)
    """
    people = read_people(text, grammar)
    return people is not None and are_known(people, grammar)


def are_known(people: Iterable[Person], grammar: Grammar) -> bool:
    """Return whether each name begins with a known given name and is not a place."""
    return all(_is_surely(person.name.lower(), grammar) for person in people)


def _is_surely(name: str, grammar: Grammar) -> bool:
    if name in grammar.places:
        return False
    first = name.split()[0]
    if _is_first_name(first, grammar.names):
        return True
    return not first.isascii() and any(first[:size] in grammar.names.surnames for size in (1, 2))


def _is_first_name(word: str, names: NameTables) -> bool:
    """Return whether a word in lower case opens names: a given name, perhaps with a second one, or a surname that comes first."""
    return word in names.surnames or word in names.given_names or word.split("-")[0] in names.given_names
