"""Name character ranges, written for use inside the brackets of a regular expression."""

from __future__ import annotations

from newsnorm.text.lazy_regex import lazy_regex

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters, with extension A."""
HAN_MARK = "\u3005"
"""The sign that repeats a Chinese character: ``々``."""
KANA = "\u3040-\u30ff"
"""Hiragana and katakana."""
HANGUL = "\uac00-\ud7a3"
HAN_WIDE = "\u3400-\u9fff"
"""Chinese characters and the hexagrams between their two blocks."""
EAST_ASIAN = f"{KANA}{HAN_WIDE}{HANGUL}"
"""Chinese, Japanese and Korean letters."""

SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer: written without spaces between words, and mostly without stops."""

UNCASED = f"\u0590-\u08ff\u0900-\u0eff\u10a0-\u10ff{EAST_ASIAN}"
"""Letters of scripts without capitals: Hebrew to Lao, Georgian and East Asia."""

UNSPACED_FROM = "\u0e00"
"""Scripts from this code point on (Thai to Hangul) put no spaces between words, or attach particles to words."""

QUOTES = frozenset('"“”„«»‘「『')
"""Opening quotation marks; apostrophes are not included."""

INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2066-\u2069"
"""Zero-width characters and marks of direction."""

ZERO_DIGITS = (0x660, 0x6F0, *range(0x966, 0xD80, 0x80), 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10)
"""The code points of zero in scripts with digits of their own."""
DIGITS = "0-9" + "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in ZERO_DIGITS)

COMBINING_LATIN = "\u0300-\u036f"
"""Accents that combine with the letter before them."""
COMBINING_RUNS = f"{COMBINING_LATIN}\u0483-\u0489\u0591-\u05c7\u064b-\u065f"
"""Combining marks of which scraped texts contain long runs: Latin, Cyrillic, Hebrew, Arabic."""
VOWEL_SIGNS_IN_NAMES = f"{COMBINING_LATIN}\u0900-\u0dff\u0e31-\u0e4e\u05b0-\u05c7"
"""Marks and vowel signs inside names of people, which ``\\w`` does not match."""
_INDIC_SIGNS = "".join(
    f"{chr(block)}-{chr(block + 3)}{chr(block + 0x3C)}-{chr(block + 0x4D)}{chr(block + 0x51)}-{chr(block + 0x57)}"
    for block in range(0x900, 0xD80, 0x80)
)
VOWEL_SIGNS_IN_WORDS = (
    f"{COMBINING_LATIN}\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670{_INDIC_SIGNS}\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
"""Marks and vowel signs inside words of dates and names of places, in all scripts that the calendar knows."""

UPPER = "".join(
    letter for letter in map(chr, (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00))) if letter.isupper()
)
"""Capitals of Latin, Greek, Cyrillic and Armenian, one by one."""


def is_east_asian(letter: str) -> bool:
    """
    Return whether a letter is kana, a Chinese character or hangul.

    >>> [is_east_asian(letter) for letter in "あ中한a"]
    [True, True, True, False]
    """
    return "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3"


def is_spaced(letter: str) -> bool:
    """
    Return whether a letter or digit belongs to a script with spaces between words.

    Han, kana, hangul, Thai and Lao don't use spaces here.

    >>> [is_spaced(letter) for letter in "aж中ก."]
    [True, True, False, False, False]
    """
    return letter.isalnum() and not (
        "\u2e80" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7a3"
        or "\u0e00" <= letter <= "\u0eff"
        or "\uf900" <= letter <= "\ufaff"
    )


def has_case(text: str) -> bool:
    """
    Return whether any letter of a text has an upper and a lower case form.

    >>> has_case("ab"), has_case("東京")
    (True, False)
    """
    return text.upper() != text.lower()


_LATIN_LETTERS = lazy_regex("[A-Za-zÀ-ɏḀ-ỿ]+")
_LETTERS_AND_DIGITS = lazy_regex(r"[^\W_]+")


def is_latin(text: str) -> bool:
    """
    Return whether most letters and digits of a text are Latin letters.

    >>> is_latin("Đà Nẵng"), is_latin("Порт Calais закрыт"), is_latin("2024")
    (True, False, False)
    """
    return 2 * sum(map(len, _LATIN_LETTERS.findall(text))) > sum(map(len, _LETTERS_AND_DIGITS.findall(text)))
