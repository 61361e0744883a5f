"""Prepare the text of a line for reading names: remove markup and addresses, and separate words without a space between them."""

from __future__ import annotations

import re

from newsnorm.grammar import Grammar
from newsnorm.grammar.name_shape import SHORT_SURNAME
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import INVISIBLE

_INVISIBLE = lazy_regex(f"[{INVISIBLE}]")
_EMPHASIS = lazy_regex(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])([^*]+?)(?<=[^\s*_])\1(?![\w*])")
_LINK = lazy_regex(r"\[([^\[\]]+)\]\([^()\s]*\)")
_MAIL = lazy_regex(r"[<(\[]?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[>)\]]?|@\w{1,30}")
_STUCK_WORD = lazy_regex(r"[A-ZÀ-Þ](?<=[a-zß-ÿ].)[a-zß-ÿ]{3,12}(?![^\W\d_])")
_STUCK_NAMES = lazy_regex(r"([A-ZÀ-Þ][a-zß-ÿ'’]{1,24})([A-ZÀ-Þ][a-zß-ÿ]{2,24})(?=\s+[A-ZÀ-Þ])")


def prepare(text: str, grammar: Grammar) -> str:
    """
    Return the text of a line as its names are read.

    Markdown is removed; a bar replaces addresses, and separates words attached to names (``Jane DoeFollow``). Two names without a
    space between them (``Ann MillerBob Roe``) are separated by a comma if the second begins with a known given name.

    >>> grammar = Grammar.default()
    >>> prepare("By **Ann MillerBob Roe**", grammar), prepare("By [Ann Lee](/a)", grammar), prepare("Jane DoeFollow", grammar)
    ('By Ann Miller, Bob Roe', 'By Ann Lee', 'Jane Doe | Follow')
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    if "·" in text:
        text = _without_pictures(text, grammar)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "@" in text:
        text = _MAIL.sub(" | ", text)
    text = _STUCK_WORD.sub(lambda stuck: f" | {stuck[0]}" if _ends_name(stuck[0].lower(), grammar) else stuck[0], text)
    return _STUCK_NAMES.sub(lambda stuck: _parted(stuck, grammar), text)


def _without_pictures(text: str, grammar: Grammar) -> str:
    """Return a line without words for "text and pictures" at its beginning, whose sign would be taken for a separator."""
    opening = next((words for words in grammar.bylines.text_and_pictures if text.startswith(words)), "")
    return text[len(opening) :].lstrip(" =:") if opening else text


def _ends_name(word: str, grammar: Grammar) -> bool:
    """Return whether a word attached to a name is not part of it: a button, the word before a date, a job title."""
    return any(
        word in known
        for known in (grammar.bylines.common, grammar.names.not_names, grammar.names.roles, grammar.calendar.before.phrases)
    )


def _parted(stuck: re.Match[str], grammar: Grammar) -> str:
    """Separate a surname from the given name attached to it by a comma; any other word is returned unchanged."""
    surname, given = stuck[1], stuck[2]
    names, before = grammar.names, stuck.string[: stuck.start()].split()
    if not names.is_given(given.lower()) or surname.lower() in names.particles:
        return stuck[0]
    behind_given = bool(before) and names.is_given(before[-1].lower())
    if len(surname) <= SHORT_SURNAME:
        return f"{surname}, {given}" if behind_given and not names.is_given(surname.lower()) else stuck[0]
    return f"{surname}, {given}" if behind_given or not names.is_given(surname.lower()) else stuck[0]  # "AnnaMaria"
