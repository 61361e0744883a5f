"""
Identify the language of a text.

The profiles that langdetect ships are read as one matrix. The logarithms of its n-gram probabilities are summed over the
first few hundred letters, and function words (``language.toml``) count beside them. So the answer is deterministic, needs no
sampling and no seed, and takes less time than langdetect (`benchmarks/README.md` has the commands).
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, cast

import attrs

from newsnorm.errors import InputError
from newsnorm.notes import note
from newsnorm.profiles import load_ngram_counts, pack_ngrams
from newsnorm.records import UNDETERMINED, Language, Page
from newsnorm.records.markup import NO_MARKUP
from newsnorm.resources import Toml, directory_of, read_toml
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.words import count_capitals, count_letters, letter_runs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FOREIGN_FROM = 60
"""Fewest code points of a text, or of its lines on average, for it to be taken as one in a language without a profile: in shorter
ones, too many n-grams are unseen anyway."""

UNSEEN, FEW_WORDS = 0.44, 0.06
"""The share of a text's triples of letters that the best profile has never seen, and of words that are its function words: beyond
the one and below the other, the text is in another language. Of sentences in languages with a profile, 98.1 % are right
with this rule and 98.4 % without it (``langid.py``, `benchmarks/README.md`)."""

FEWEST_ALIEN = 2
"""Fewest different words, or letters, of a language without a profile in a text that is taken to be in that language."""

ALIEN_WORDS, ALIEN_LETTERS = 0.08, 0.01
"""Smallest share of such words among the words, and of such letters among the code points."""

LETTERS = 300
"""Code points that are read. Of sentences, 98.1 % are right with 100, 98.5 % with 300, and no more with 600; titles, leads
and bodies do not change (``benchmarks/thresholds.py``)."""

FEWEST = 10
"""Fewest Latin letters for an answer. Profiles can't tell the language of fewer (to them, "Minister" is German). At 16, half
of the answers to brief texts would be lost: 42 % are answered instead of 86 % (``benchmarks/thresholds.py``)."""

FEWEST_OTHER = 6
"""Fewest letters for an answer in another script, which fewer languages share. Chosen, not measured."""

BRIEF = 30
"""Latin letters. A text with fewer needs the confidence `SURE`: "Minister resigns" is Danish with .55."""

SURE = 0.6
"""The confidence that a brief text (`BRIEF`) needs. Of the answers at 0.5, 79 % are right, at 0.6 87 %, at 0.7 94 %; but the
share of texts that get an answer falls from 100 % to 86 % and 70 % (``benchmarks/thresholds.py``)."""

SAMPLE_LINE = 60
"""Code points. `identify` prefers lines of at least this length: menus and share buttons are often in another language.
Chosen, not measured."""

CERTAIN = 0.9
"""The confidence from which the first lines of a page decide its language. Chosen, not measured."""

SMOOTHING = 0.5 / 10_000
"""Added to each probability, as in langdetect (its alpha over its base frequency). Of sentences, 98.3 % are right at a tenth
of this, 98.5 % here, and 97.7 % at ten times as much (``benchmarks/thresholds.py``)."""

WORD = 10.0
"""Added to the score of each language that has a word of the text among its function words. Most n-grams of a headline come
from names, which may be from anywhere; its small words are its own. Right at 0, 10 and 24: sentences 97.9, 98.5 and 97.9 %,
titles 95.1, 97.2 and 97.9 %; from 8 to 16 little changes (``benchmarks/thresholds.py``)."""

CAPITALS = 0.5
"""A text with a larger share of capitals among its letters is taken to be written in capitals, which profiles don't know. It
is read twice, in lower case and with capital initials: 95.8 % of titles in capitals are right instead of 86.0 %
(``benchmarks/thresholds.py``)."""

OVERLAP = 6.0
"""Divisor of the difference between two scores before it becomes a confidence: n-grams overlap, so their evidence is counted
several times. Of sentences, titles, leads and bodies, 74 % are right at 0.7 to 0.8; 83 % at 0.8 to 0.9; 94 % at 0.9 to 0.99;
99.5 % above. Below 0.7 there are too few to say (``benchmarks/thresholds.py``)."""

STATED = 0.98
"""The confidence in a language that the markup of a page states: the share of pages that state it correctly
(``benchmarks/page_fields.py``)."""

_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "ji": "yi", "fil": "tl", "sh": "sr"}
"""Alternative language codes → the code that newsnorm uses."""
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
"""Scripts and regions whose Chinese is written in traditional characters."""

MAJORITY = 0.5
"""A text is decided by script if more than this share of its letters is in the script of one language. Chosen, not measured."""

WIDE = 2.5
"""How many letters of an alphabet an ideograph, a kana or a hangul syllable counts for. Chosen, not measured."""

_SCRIPTS = (
    ("ko", "[\uac00-\ud7a3]"),
    ("el", "[\u0370-\u03ff\u1f00-\u1fff]"),
    ("he", "[\u05d0-\u05ea]"),
    ("th", "[\u0e01-\u0e4e]"),
    ("lo", "[\u0e81-\u0ede]"),
    ("bo", "[\u0f40-\u0fbc]"),
    ("my", "[\u1000-\u109f]"),
    ("ka", "[\u10a0-\u10ff\u1c90-\u1cbf]"),
    ("am", "[\u1200-\u139f]"),
    ("km", "[\u1780-\u17d3]"),
    ("hy", "[\u0531-\u0587]"),
    ("bn", "[\u0980-\u09fd]"),
    ("pa", "[\u0a01-\u0a75]"),
    ("gu", "[\u0a81-\u0aff]"),
    ("or", "[\u0b01-\u0b77]"),
    ("ta", "[\u0b82-\u0bfa]"),
    ("te", "[\u0c00-\u0c7f]"),
    ("kn", "[\u0c80-\u0cf2]"),
    ("ml", "[\u0d00-\u0d7f]"),
    ("si", "[\u0d81-\u0df4]"),
)
"""Scripts used for news in (nearly) one language only: a few letters decide, without a profile."""

_OWN_SCRIPT = lazy_regex("[\u3040-\u30ff" + "".join(letters[1:-1] for _, letters in _SCRIPTS) + "]")
"""Any letter of `_SCRIPTS`, or kana; most texts have none."""

_FOREIGN = Language(code="und", confidence=0.0, method="langdetect")
"""The answer for a text in a language without a profile."""
_LATIN = lazy_regex("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_KANA = lazy_regex("[\u3040-\u30ff]")
_HAN = lazy_regex("[\u3400-\u9fff]")
_SYLLABLE = lazy_regex("[\uac00-\ud7a3]")
_JAPANESE = 0.1
"""The share of kana among kana and ideographs above which a text is Japanese; headlines have more. Chosen, not
measured."""

_FIRST_TRIPLE = 1 << 42
"""Smallest packed n-gram of three letters (see `pack_ngrams`)."""
_NOT_TEXT = lazy_regex(r"(?:https?://|www\.)\S{1,200}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


class _ProfileLetters(dict[int, int]):
    """Maps each code point to the one that represents its group in the profiles (for str.translate); filled on demand."""

    def __init__(self, letters: npt.NDArray[np.uint16]) -> None:
        super().__init__()
        self.letters = letters

    def __missing__(self, code: int) -> int:
        self[code] = letter = int(self.letters[code]) if code < len(self.letters) else code
        return letter


@attrs.frozen(eq=False)
class _Profiles:
    """The evidence of G n-grams and W function words for L languages."""

    codes: tuple[str, ...]
    """Of each language: (L,)."""
    grams: npt.NDArray[np.int64]
    """Each n-gram as a number (see `pack_ngrams`), in ascending order: (G,)."""
    words: dict[str, int]
    """Function word → its row in `logs`."""
    logs: npt.NDArray[np.float32]
    """What each n-gram, and in the rows below each word, adds to the score of each language: (G + W, L). For an n-gram, the
    logarithm of its probability; for a word, `WORD` in the languages that use it, else 0."""
    letters: _ProfileLetters
    unseen: float
    """What an n-gram adds to the score of a language that lacks it."""
    own_words: tuple[frozenset[str], ...]
    """The function words of each language: (L,)."""


@cache
def _profiles() -> _Profiles:
    """
    Load the profiles and the function words.

    Threads that race for the first call may both load them, with equal results.
    """
    import numpy as np

    table = load_ngram_counts()
    codes, grams = tuple(table.codes.tolist()), table.grams
    letters = _ProfileLetters(table.letters)
    uses = [(_spelled(word, letters).strip(), codes.index(code)) for code, words in _function_words().items() for word in words]
    rows = {word: len(grams) + place for place, word in enumerate(dict.fromkeys(word for word, _ in uses))}
    logs = np.full((len(grams) + len(rows), len(codes)), np.log(SMOOTHING), dtype=np.float32)
    totals = table.totals[table.languages, np.repeat(table.gram_sizes - 1, table.spread)]  # (counts,)
    logs[table.rows, table.languages] = np.log(table.counts / totals + SMOOTHING)
    logs[len(grams) :] = 0
    for word, column in uses:
        logs[rows[word], column] = WORD
    unseen = float(np.float32(np.log(SMOOTHING))) + 1e-3
    own = tuple(frozenset(word for word, column in uses if column == language) for language in range(len(codes)))
    return _Profiles(codes=codes, grams=grams, words=rows, logs=logs, letters=letters, unseen=unseen, own_words=own)


def _function_words() -> dict[str, tuple[str, ...]]:
    """Read the function words of each language, unchanged."""
    tables = read_toml(directory_of().joinpath("language.toml"))
    return {code: tuple(str(cast("Toml", table)["words"]).split()) for code, table in tables.items()}


def _spelled(text: str, letters: _ProfileLetters) -> str:
    """Spell `text` in the letters of the profiles: one space between words, one ideograph or syllable for each group."""
    return f" {' '.join(text.translate(letters).split())} "


def identify_language(text: str) -> Language:
    """
    Identify the language of a text, from langdetect's n-gram profiles and a table of function words.

    Deterministic and thread-safe.

    Args:
        text: some sentences; the first 300 code points are used.

    Returns:
        A BCP 47 code with a confidence from 0 to 1; ``und`` if there is too little text to identify a language.

    Raises:
        InputError: `text` is not a string.

    >>> identify_language("The harbour was closed on Monday because of a storm.").code
    'en'
    >>> identify_language("1234 5678").code
    'und'

    """
    if not isinstance(text, str):
        raise InputError(f"expected a string, got {type(text).__name__}")
    sample = _sample(text)
    letters = count_letters(sample)
    if not letters:
        return UNDETERMINED
    if not sample.isascii() and _OWN_SCRIPT.search(sample) and (code := _by_script(sample, letters)):
        if _is_look_alike(sample, code):
            return _FOREIGN
        return Language(code=code, confidence=1.0 if letters >= FEWEST_OTHER else 0.9, method="script")
    if letters < FEWEST_OTHER or (letters < FEWEST and _is_latin(sample, letters)):
        return UNDETERMINED
    return _by_profile(sample, letters)


def _is_latin(sample: str, letters: int) -> bool:
    """Tell whether most of the `letters` of a sample are Latin."""
    return len(_LATIN.findall(sample)) > MAJORITY * letters


def _sample(text: str) -> str:
    """Take the first `LETTERS` code points of a text, without web and mail addresses, soft hyphens and zero-width spaces."""
    text = text[: 8 * LETTERS]
    if "http" in text or "@" in text or "www." in text:
        text = _NOT_TEXT.sub(" ", text)
    text = text[:LETTERS]
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace("\xad", "").replace("\u200b", "")


@cache
def _script_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(letters)) for code, letters in _SCRIPTS)


def _by_script(sample: str, letters: int) -> str | None:
    """Return the language that the script alone decides, or None."""
    kana, han, syllables = len(_KANA.findall(sample)), len(_HAN.findall(sample)), len(_SYLLABLE.findall(sample))
    weight = letters + (WIDE - 1) * (kana + han + syllables)
    if kana > _JAPANESE * (kana + han) and WIDE * (kana + han) > MAJORITY * weight:
        return "ja"
    if WIDE * syllables > MAJORITY * weight:
        return "ko"
    return next((code for code, script in _script_patterns() if len(script.findall(sample)) > MAJORITY * letters), None)


def _by_profile(sample: str, letters: int) -> Language:
    """Choose the language whose n-grams and function words are the most likely."""
    profiles = _profiles()
    readings = [sample]
    if count_capitals(sample) > CAPITALS * letters:
        readings = [sample.lower(), " ".join(word[:1] + word[1:].lower() for word in sample.split())]
    evidence = _look_up([_spelled(reading, profiles.letters) for reading in readings], profiles)
    if evidence is None:
        return UNDETERMINED
    scores = evidence.scores(profiles)
    second, best = scores.argsort(kind="stable")[-2:]
    behind = (float(scores[second]) - float(scores[best])) / OVERLAP
    confidence = round(1 / (1 + math.exp(behind)), 2)
    if confidence < SURE and letters < BRIEF and _is_latin(sample, letters):
        return UNDETERMINED
    code = profiles.codes[int(best)]
    is_running = len(sample) >= FOREIGN_FROM * (1 + sample.count("\n"))  # names in menus have unseen n-grams, too
    if is_running and not code.startswith("zh") and evidence.is_foreign(int(best), profiles):
        return _FOREIGN
    if _is_look_alike(sample, code):
        return _FOREIGN
    return Language(code=code, confidence=confidence, method="langdetect")


@attrs.frozen
class _LookAlike:
    """A language without a profile: words and letters that are rare in the languages it is mistaken for."""

    words: frozenset[str]
    letters: frozenset[str]


@cache
def _look_alikes() -> dict[str, list[_LookAlike]]:
    """Return the languages without a profile that are mistaken for each language."""
    found: dict[str, list[_LookAlike]] = {}
    own = _function_words()
    for row in read_toml(directory_of().joinpath("unprofiled.toml")).values():
        table = cast("dict[str, str]", row)
        words, letters = frozenset(table.get("words", "").split()), frozenset(table.get("letters", ""))
        for code in own if table["like"] == "*" else table["like"].split():
            found.setdefault(code, []).append(_LookAlike(words.difference(own.get(code, ())), letters))
    return found


@cache
def _all_look_alikes(code: str) -> _LookAlike:
    """Return the words and letters of all languages that are mistaken for one language."""
    others = _look_alikes().get(code, [])
    words = frozenset(word for other in others for word in other.words)
    return _LookAlike(words, frozenset(letter for other in others for letter in other.letters))


def _is_look_alike(sample: str, code: str) -> bool:
    """Return whether a sample that looks like a language is in one without a profile."""
    low, every = sample.lower(), _all_look_alikes(code)
    words, letters = letter_runs(low), every.letters.intersection(low)
    if len(every.words.intersection(words)) < FEWEST_ALIEN and not letters:
        return False  # most texts end here
    for other in _look_alikes().get(code, ()):
        alien = [word for word in words if word in other.words]
        if len(set(alien)) >= FEWEST_ALIEN and len(alien) >= ALIEN_WORDS * len(words):
            return True
        if sum(map(low.count, other.letters & letters)) >= max(FEWEST_ALIEN, ALIEN_LETTERS * len(low)):
            return True
    return False


@attrs.frozen(eq=False)
class _Evidence:
    """The D distinct n-grams of a text, read once or twice, and its W words."""

    grams: npt.NDArray[np.int64]
    """Packed n-grams in ascending order: (D,)."""
    counts: npt.NDArray[np.int64]
    """How often each occurs: (D,)."""
    places: npt.NDArray[np.int64]
    """Row of each in `_Profiles.logs`: (D,); meaningless for unknown ones."""
    known: npt.NDArray[np.bool_]
    """Whether any profile has the n-gram: (D,)."""
    words: list[str]
    readings: int

    def scores(self, profiles: _Profiles) -> npt.NDArray[np.float64]:
        """Return the score of each language, the mean over the readings: (L,)."""
        import numpy as np

        words = [profiles.words[word] for word in self.words if word in profiles.words]
        rows = np.concatenate((self.places[self.known], np.array(words, dtype=np.int64)))  # (found,)
        times = np.ones(len(rows))  # (found,)
        times[: len(rows) - len(words)] = self.counts[self.known]
        found = profiles.logs.take(rows, axis=0).astype(np.float64)  # (found, L)
        summed = np.asarray(np.einsum("f,fl->l", times, found))  # row by row, so that all machines agree
        return summed / self.readings

    def is_foreign(self, language: int, profiles: _Profiles) -> bool:
        """Return whether the text is hardly in a language, which has few of its triples and few of its words."""
        own = profiles.own_words[language]
        if sum([word in own for word in self.words]) >= FEW_WORDS * len(self.words):
            return False  # most texts end here
        triples = self.grams >= _FIRST_TRIPLE
        seen = self.known & triples
        seen[seen] = profiles.logs[self.places[seen], language] > profiles.unseen
        unseen = 1 - float(self.counts[seen].sum()) / max(1, int(self.counts[triples].sum()))
        return unseen > UNSEEN


def _look_up(readings: list[str], profiles: _Profiles) -> _Evidence | None:
    """
    Look up the n-grams and words of a text.

    Args:
        readings: the text, or two ways of reading it, in the letters of the profiles.
        profiles: the profiles of all languages.

    Returns:
        The evidence; None if the profiles have no n-gram or word of the text.

    """
    import numpy as np

    # each distinct n-gram is looked up once, since half of a text's n-grams repeat; ascending order keeps the search in the cache
    grams, counts = _distinct(np.concatenate([pack_ngrams(reading) for reading in readings]))  # (distinct,)
    places = profiles.grams.searchsorted(grams)  # (distinct,); one beyond the last n-gram gets the number of n-grams
    known = profiles.grams.take(places, mode="clip") == grams
    words = [word for reading in readings for word in reading.lower().split()]
    if not known.any() and not any(word in profiles.words for word in words):
        return None
    return _Evidence(grams, counts, places, known, words, len(readings))


def _distinct(numbers: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the distinct numbers in ascending order, and how often each occurs: (distinct,) both."""
    import numpy as np  # np.unique and np.diff take longer, and the one loads masked arrays at its first call

    numbers = np.sort(numbers)
    changes = (numbers[1:] != numbers[:-1]).nonzero()[0] + 1
    bounds = np.concatenate(([0], changes, [len(numbers)]))  # (distinct + 1,)
    return numbers[bounds[:-1]], bounds[1:] - bounds[:-1]


def identify(page: Page) -> Language:
    """
    Identify the language of a page: the one given by the caller, or stated by the markup unless the lines are clearly in another
    one.

    The lines are right more often where the profiles are certain; the markup is right more often where they are not, or where the
    language has no profile. The first lines may be a notice in another language, so the longest ones must contradict the markup,
    too.
    """
    if given := _tag(page.raw.language or ""):
        return Language(code=given, confidence=1.0, method="given")
    by_text, stated = _by_lines(page), stated_language(page)
    if stated == "und" or _base(stated) == _base(by_text.code):
        return by_text
    if _contradicts(by_text, stated) and _contradicts(longest := _identify_lines(_longest(page)), stated):
        return max(by_text, longest, key=lambda language: language.confidence)
    return Language(code=stated, confidence=STATED, method="markup")


def language_doubts(page: Page) -> tuple[str, ...]:
    """
    Return a note on a given language that is not a valid code, or on markup that states a different language than
    identified.
    """
    given = page.raw.language or ""
    if given and not _tag(given):
        return (note("language-unreadable", text=given),)
    stated, code = stated_language(page), page.language.code
    if stated == "und" or _base(stated) == _base(code):
        return ()
    return (note("language-markup", stated=stated, found=code),)


def check_language(text: str) -> None:
    """
    Check that a text is a BCP 47 code of some language.

    Raises:
        InputError: it is not.

    >>> check_language("pt-BR")

    """
    if not _tag(text):
        raise InputError(f"language {text!r} is not a BCP 47 code; pass one such as en or pt-BR")


def stated_language(page: Page) -> str:
    """Return the language that the markup of a page states, on the root element or else in a claim; ``und`` if none."""
    if page.markup is NO_MARKUP:
        return "und"  # of plain text, nearly always
    claims = (claim.value for claim in page.markup.claims if claim.field == "language")
    every = (_tag(value) for value in (page.markup.language, *claims))
    return next((code for code in every if code), "und")


def _tag(text: str) -> str:
    """Return the code of a language as newsnorm writes it (``pt-BR`` is ``pt``); empty if the text is not a code."""
    parts = text.strip().replace("_", "-").lower().split("-")
    code = _SAME.get(parts[0], parts[0])
    if not (code.isascii() and code.isalpha() and 2 <= len(code) <= 3) or any(len(part) < 2 for part in parts):
        return ""  # "utf-8" is not a code
    if code == "zh":
        return "zh-Hant" if _TRADITIONAL.intersection(parts) else "zh-Hans"
    return code


def _base(code: str) -> str:
    return code.partition("-")[0]


def _contradicts(by_text: Language, stated: str) -> bool:
    """Return whether the text is clearly in a language other than the stated one."""
    if _base(by_text.code) == _base(stated):
        return False
    has_profile = any(_base(code) == _base(stated) for code in _profiles().codes)
    return by_text.method == "script" or (has_profile and (by_text.confidence >= CERTAIN or by_text == _FOREIGN))


def _by_lines(page: Page) -> Language:
    """
    Identify the language of a page by its lines of at least `SAMPLE_LINE` code points; if it has none, by all lines.

    The first of them may be a menu of names or languages, so the longest lines are tried if the first leave doubt.
    """
    lines = _sampled(page)
    first = _identify_lines(lines)
    if first.confidence >= CERTAIN or len(lines) == 1:
        return first
    second = _identify_lines(_longest(page))
    return second if second.confidence >= CERTAIN else first


def _sampled(page: Page) -> list[str]:
    """Return the lines of at least `SAMPLE_LINE` code points; if there are none, all lines with text."""
    lines = [line.text for line in page.lines if len(line.text) >= SAMPLE_LINE]
    return lines or [line.text for line in page.lines if line.text]


def _longest(page: Page) -> list[str]:
    """Return the sampled lines, the longest first."""
    return sorted(_sampled(page), key=len, reverse=True)


def _identify_lines(lines: list[str]) -> Language:
    """Identify the language of the first `LETTERS` code points of some lines."""
    sample: list[str] = []
    size = 0
    for text in lines:
        sample.append(text[:LETTERS])
        size += len(text)
        if size >= LETTERS:
            break
    return identify_language(" ".join(sample))
