"""Read what databases print around their documents: labels, lines between documents, names of languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TypeAlias, cast

import attrs

from newsnorm.fields import parse_date
from newsnorm.resources import directory_of, read_toml

Words: TypeAlias = Mapping[str, Sequence[str]]

MAX_LABEL = 40
"""Code points of the longest label."""

MAX_DAY, BESIDE_DAY = 70, 40
"""Code points of the longest line that is a date, and of what stands beside the date on it: a weekday, an edition."""

_NUMBER = re.compile(r"\d[\d.,\s\u00a0\u202f]*")
_NO_DAY = re.compile(r"(?<![\d:.,])(?:29|[3-9]\d)(?![\d:])")
"""A number that may be no day of a month."""
_DAY = re.compile(r"(?:[^\W\d]+,? )?(?:\d{1,2}\.? (?:[^\W\d]+\.? ){1,3}|[^\W\d]+\.? \d{1,2},? )(?:19|20)\d\d(?: [^\W\d]+)?")
"""The shape of a date with any words."""
_COUNTED = re.compile(r"(\d[\d.,\s\u00a0\u202f]{0,12})\s*(\w+)\W?")


@attrs.frozen
class Labelled:
    """A line with a label."""

    name: str
    """Our name of the field."""
    label: str
    value: str
    """What follows the colon; empty for a label alone."""
    language: str
    """The first language of the interface that has the label."""


@attrs.frozen
class Interface:
    """What a database prints in one language."""

    code: str
    words: frozenset[str]
    lines: Mapping[str, Sequence[str]]
    """Kind of line → its texts, in one case."""
    labels: Words


@attrs.frozen(kw_only=True)
class Interfaces:
    """What a database prints, in all languages."""

    every: Sequence[Interface]
    labels: Mapping[str, tuple[str, str]]
    """Label in one case → our name of the field, and the language."""
    words: Mapping[str, str]
    """Word that is counted → its language."""
    _by_kind: Mapping[str, tuple[str, ...]]

    def lines(self, kind: str) -> tuple[str, ...]:
        """Return the texts of a kind of line in all languages, in one case."""
        return self._by_kind[kind]

    def labelled(self, text: str) -> Labelled | None:
        """
        Read the label of a line; None if it has none.

        >>> nexis().labelled("LÄNGE: 423 Wörter")
        Labelled(name='length', label='LÄNGE', value='423 Wörter', language='de')
        """
        label, colon, value = text[: MAX_LABEL + 1].partition(":")
        known = self.labels.get(" ".join(label.split()).casefold())
        if known is None:
            return None
        name, language = known
        value = text[len(label) + 1 :].strip() if colon else ""
        return Labelled(name, label.strip(), value, language) if colon or len(text) <= MAX_LABEL else None

    def word_count(self, text: str) -> tuple[int, str] | None:
        """
        Read a number of words and the language of the interface; None if a text is something else.

        >>> nexis().word_count("1.234 Wörter"), nexis().word_count("12 metres")
        ((1234, 'de'), None)
        """
        found = _COUNTED.fullmatch(text.strip())
        language = self.words.get(found[2].casefold()) if found is not None else None
        if found is None or language is None:
            return None
        return int("".join(filter(str.isdecimal, found[1]))), language


@cache
def nexis() -> Interfaces:
    """Read what Nexis prints, once."""
    return _interfaces(_read("nexis.toml"))


@cache
def factiva() -> Interfaces:
    """Read what Factiva prints in its display without codes, once."""
    return _interfaces(_read("factiva.toml"))


@cache
def codes() -> Mapping[str, int]:
    """Return the codes of fields of Factiva, each with its place in their order."""
    table = cast("Words", _read("factiva.toml")["codes"])
    return {code: place for place, code in enumerate(code for part in ("head", "text", "tail") for code in table[part])}


@cache
def codes_of(part: str) -> frozenset[str]:
    """Return the codes above the text (``head``), of the text (``text``), or below it (``tail``)."""
    return frozenset(cast("Words", _read("factiva.toml")["codes"])[part])


@cache
def code_fields() -> Mapping[str, str]:
    """Return our names of the fields that codes stand for."""
    return cast("Mapping[str, str]", _read("factiva.toml")["fields"])


@cache
def language_codes() -> Mapping[str, str]:
    """Return the code of each language by its names in one case."""
    names = cast("Words", _read("languages.toml")["names"])
    return {name.casefold(): code for code, known in names.items() for name in known}


def language_of(text: str) -> str:
    """
    Return the code of the first language that a field names; empty if it names none.

    >>> language_of("GERMAN; DEUTSCH"), language_of("Klingon")
    ('de', '')
    """
    named = (language_codes().get(word.casefold(), "") for word in re.findall(r"\w+", text[:100]))
    return next(filter(None, named), "")


def day_of(text: str, languages: Iterable[str]) -> str:
    """
    Return the day or month that a line states, and little else, in ISO 8601; empty if it states none.

    Args:
        text: the line.
        languages: those in which it may be written, the likeliest first.

    >>> day_of("Donnerstag 20. Juni 2024", ["de"]), day_of("It closes on 20 June 2024, they say.", ["en"])
    ('2024-06-20', '')

    """
    if not 4 < len(text) <= MAX_DAY or not any(map(str.isdecimal, text)):
        return ""
    for language in dict.fromkeys(languages):
        found = parse_date(text, language)
        if found is not None and found.precision != "year" and len(text) - len(found.text) <= BESIDE_DAY:
            rest = text.replace(found.text, " ")
            if len(rest.split()) <= 4 and not rest.rstrip().endswith((".", "?", "!")):
                return found.value
    return ""


def is_dated(text: str, languages: Iterable[str]) -> bool:
    """
    Return whether a line stands where a date does: it states a day that may not exist, or a month that no language knows.

    >>> is_dated("Sunday 31 June 2024", ["en"]), is_dated("31 Jumy 2024", ["en"]), is_dated("31 boats in the port", ["en"])
    (True, True, False)
    """
    is_shaped = len(text) <= MAX_DAY and _DAY.fullmatch(text) is not None
    return is_shaped or bool(day_of(_NO_DAY.sub("1", text), languages))


def _read(name: str) -> Mapping[str, object]:
    return read_toml(directory_of("corpus", "sources", "formats", "listing", "data").joinpath(name))


def _interfaces(content: Mapping[str, object]) -> Interfaces:
    every = [_interface(table) for table in cast("Sequence[Mapping[str, object]]", content["language"])]
    labels: dict[str, tuple[str, str]] = {}
    words: dict[str, str] = {}
    for interface in every:
        for name, known in interface.labels.items():
            for label in known:
                labels.setdefault(label.casefold(), (name, interface.code))
        for word in sorted(interface.words):
            words.setdefault(word, interface.code)
    kinds = dict.fromkeys(kind for interface in every for kind in interface.lines)
    by_kind = {kind: tuple(text for interface in every for text in interface.lines.get(kind, ())) for kind in kinds}
    return Interfaces(every=every, labels=labels, words=words, by_kind=by_kind)


def _interface(table: Mapping[str, object]) -> Interface:
    listed = {
        kind: texts if isinstance(texts, list) else [texts] for kind, texts in table.items() if kind not in ("code", "labels")
    }
    lines = {kind: [str(text).casefold() for text in texts] for kind, texts in listed.items()}
    labels = cast("Words", table.get("labels", {}))
    return Interface(str(table["code"]), frozenset(lines["words"]), lines, labels)
