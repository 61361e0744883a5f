"""
In which language is a text written?

langdetect's own profiles are read as one matrix: the logarithms of its n-gram probabilities are summed over the first few
hundred letters, and function words (``language.toml``) count beside them. The same answer always, no sampling, no seed, and
in less time (`benchmarks/README.md` has the commands). This is the only room that knows langdetect.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import attrs

from newsnorm.records import UNDETERMINED, Language, Page
from newsnorm.text.lazy_regex import lazy_regex

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LETTERS = 300
"""Code points that are read. Of sentences 98.1 % are right with 100, 98.5 % with 300, and with 600 no more; titles, leads and
bodies are the same with each (``benchmarks/thresholds.py``)."""

FEWEST = 10
"""Latin letters. Below, the profiles can't tell (to them, "Minister" is German). With 16, half the answers on brief texts
would be lost: 42 % told instead of 86 % (``benchmarks/thresholds.py``)."""

FEWEST_OTHER = 6
"""Letters of another script, which fewer languages share. Chosen, not measured."""

BRIEF = 30
"""Latin letters. A text so brief is given a language only if the confidence is `SURE`: "Minister resigns" is Danish with .55."""

SURE = 0.6
"""The confidence that a brief text needs. Of those told at 0.5, 79 % are right, at 0.6 87 %, at 0.7 94 %; but the share that is
told falls from 100 % to 86 % and 70 % (``benchmarks/thresholds.py``)."""

SAMPLE_LINE = 60
"""Characters. `identify` reads lines at least so long first: menus and share rows are often in another language.
Chosen, not measured."""

SMOOTHING = 0.5 / 10_000
"""Added to each probability, as langdetect does (its alpha over its base frequency). Sentences: 98.3 % right at a tenth of it,
98.5 % here, 97.7 % at ten times as much (``benchmarks/thresholds.py``)."""

WORD = 10.0
"""Added to the score of each language that often uses a word of the text. The n-grams of a
headline are mostly those of its names, which may be from anywhere; its small words are its own. Right at 0, 10 and 24:
sentences 97.9, 98.5 and 97.9 %, titles 95.1, 97.2 and 97.9 %; from 8 to 16 little changes (``benchmarks/thresholds.py``)."""

CAPITALS = 0.5
"""More capitals than this among the letters is shouting, which profiles don't know. Such a text is read twice, in lower
case and with capital initials; without that, 86.0 % of titles in capitals are right instead of 95.8 %
(``benchmarks/thresholds.py``)."""

OVERLAP = 6.0
"""By how much the n-grams of a text repeat each other: the difference of two scores is divided by it before it becomes a
confidence. Of the sentences, titles, leads and bodies with 0.7 to 0.8, 74 % are right; 0.8 to 0.9: 83 %; 0.9 to 0.99: 94 %;
above: 99.5 %. Below 0.7 there are too few to say (``benchmarks/thresholds.py``)."""

MAJORITY = 0.5
"""The share of its letters in a script of one language that decides a text. Chosen, not measured."""

WIDE = 2.5
"""Letters of an alphabet that an ideograph, a kana or a syllable of hangul stands for. Chosen, not measured."""

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
"""Scripts that news is written in by one language alone, more or less: they tell where no profile is, and in few letters."""

_OWN_SCRIPT = lazy_regex("[\u3040-\u30ff" + "".join(letters[1:-1] for _, letters in _SCRIPTS) + "]")
"""A letter of any of them, or kana: most texts hold none."""

_LATIN = lazy_regex("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_KANA = lazy_regex("[\u3040-\u30ff]")
_HAN = lazy_regex("[\u3400-\u9fff]")
_SYLLABLE = lazy_regex("[\uac00-\ud7a3]")
_JAPANESE = 0.1
"""The share of kana among kana and ideographs above which a text is Japanese; headlines have more. Chosen, not
measured."""

_NOT_TEXT = lazy_regex(r"(?:https?://|www\.)\S{1,200}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_BCP47 = {"no": "nb", "zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}


@attrs.frozen(eq=False)
class _Profiles:
    codes: tuple[str, ...]
    grams: npt.NDArray[np.int64]
    """Each n-gram as a number (see `_numbers`), in ascending order."""
    words: dict[str, int]
    """The row of each function word, below those of `grams`."""
    logs: npt.NDArray[np.float32]
    """What each of `grams` and `words` (rows) adds to the score of each of `codes` (columns): an n-gram the logarithm of its
    probability, a word `WORD` where it is used."""
    letters: _Letters


class _Letters(dict[int, str]):
    """Letter → the letter that stands for its group in the profiles (for str.translate); filled as letters are met."""

    def __missing__(self, code: int) -> str:
        from langdetect.utils.ngram import NGram

        letter: str = NGram.normalize(chr(code))
        self[code] = letter
        return letter


@cache
def _profiles() -> _Profiles:
    """
    Langdetect's profiles, and below them a row for each function word.

    Korean has no column: hangul tells it, and its profile, which knows ideographs too, could only win over Chinese.
    Loading them twice at once gives the same, so threads may race.
    """
    from importlib import resources

    import numpy as np

    directory = resources.files("langdetect") / "profiles"
    profiles = [json.loads(file.read_text(encoding="utf-8")) for file in directory.iterdir() if not file.name.startswith("__")]
    profiles = sorted((profile for profile in profiles if profile["name"] != "ko"), key=lambda profile: profile["name"])
    codes = tuple(_BCP47.get(profile["name"], profile["name"]) for profile in profiles)
    known = [{gram: count for gram, count in profile["freq"].items() if 1 <= len(gram) <= 3} for profile in profiles]
    numbers = [_together(list(counts)) for counts in known]
    grams = np.unique(np.concatenate(numbers))
    letters = _Letters()
    users = [(word, codes.index(code)) for code, table in _function_words().items() for word in table]
    users = [(_spelled(word, letters).strip(), column) for word, column in users]
    words = {word: len(grams) + place for place, word in enumerate(dict.fromkeys(word for word, _ in users))}
    logs = np.full((len(grams) + len(words), len(profiles)), np.log(SMOOTHING), dtype=np.float32)
    for column, (profile, counts) in enumerate(zip(profiles, known, strict=True)):
        totals = np.array(profile["n_words"], dtype=float)[[len(gram) - 1 for gram in counts]]
        logs[np.searchsorted(grams, numbers[column]), column] = np.log(np.array(list(counts.values())) / totals + SMOOTHING)
    logs[len(grams) :] = 0
    for word, column in users:
        logs[words[word], column] = WORD
    return _Profiles(codes, grams, words, logs, letters)


def _function_words() -> dict[str, tuple[str, ...]]:
    """The function words of each language, as they are written."""
    from importlib import resources

    tables = tomllib.loads((resources.files("newsnorm") / "language.toml").read_text(encoding="utf-8"))
    return {code: tuple(table["words"].split()) for code, table in tables.items()}


_BITS = 21
"""Of a code point."""


def _points(text: str) -> npt.NDArray[np.int64]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)


def _together(grams: list[str]) -> npt.NDArray[np.int64]:
    """Each n-gram as one number: its code points, side by side."""
    points = _points("".join(gram.rjust(3, "\0") for gram in grams)).reshape(-1, 3)
    numbers: npt.NDArray[np.int64] = (points[:, 0] << 2 * _BITS) | (points[:, 1] << _BITS) | points[:, 2]
    return numbers


def _numbers(text: str) -> npt.NDArray[np.int64]:
    """The n-grams of a text, one to three letters long, as numbers."""
    import numpy as np

    one = _points(text)
    two = (one[:-1] << _BITS) | one[1:]
    three = (two[:-1] << _BITS) | one[2:]
    return np.concatenate((one, two, three))


def _spelled(text: str, letters: _Letters) -> str:
    """`text` in the letters of the profiles: one space between words, ideographs and syllables by group."""
    return f" {' '.join(text.translate(letters).split())} "


def identify_language(text: str) -> Language:
    """
    The language of a text.

    Deterministic, and safe when first called by many threads at once.

    Args:
        text: some sentences; the first few hundred letters are read.

    Returns:
        A BCP 47 code with a confidence, ``und`` where there is too little to tell.

    >>> identify_language("The harbour was closed on Monday because of a storm.").code
    'en'
    >>> identify_language("1234 5678").code
    'und'

    """
    sample = _sample(text)
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return UNDETERMINED
    if _OWN_SCRIPT.search(sample) and (code := _by_script(sample, letters)):
        return Language(code=code, confidence=1.0 if letters >= FEWEST_OTHER else 0.9, method="script")
    if letters < FEWEST_OTHER or (letters < FEWEST and _is_latin(sample, letters)):
        return UNDETERMINED
    return _by_profile(sample, letters)


def _is_latin(sample: str, letters: int) -> bool:
    return len(_LATIN.findall(sample)) > MAJORITY * letters


def _sample(text: str) -> str:
    """The first letters of a text, addresses and soft hyphens aside."""
    text = text[: 8 * LETTERS]
    if "http" in text or "@" in text or "www." in text:
        text = _NOT_TEXT.sub(" ", text)
    text = text[:LETTERS]
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace("\xad", "").replace("\u200b", "")


@cache
def _by_code() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(letters)) for code, letters in _SCRIPTS)


def _by_script(sample: str, letters: int) -> str | None:
    """The language that the script alone tells."""
    kana, han, syllables = len(_KANA.findall(sample)), len(_HAN.findall(sample)), len(_SYLLABLE.findall(sample))
    weight = letters + (WIDE - 1) * (kana + han + syllables)
    if kana > _JAPANESE * (kana + han) and WIDE * (kana + han) > MAJORITY * weight:
        return "ja"
    if WIDE * syllables > MAJORITY * weight:
        return "ko"
    return next((code for code, script in _by_code() if len(script.findall(sample)) > MAJORITY * letters), None)


def _by_profile(sample: str, letters: int) -> Language:
    """Choose the language whose n-grams and words are the likeliest."""
    profiles = _profiles()
    readings = [sample]
    if sum(map(str.isupper, sample)) > CAPITALS * letters:
        readings = [sample.lower(), " ".join(word[:1] + word[1:].lower() for word in sample.split())]
    scores = _scores([_spelled(reading, profiles.letters) for reading in readings], profiles)
    if scores is None:
        return UNDETERMINED
    second, best = scores.argsort(kind="stable")[-2:]
    behind = (float(scores[second]) - float(scores[best])) / OVERLAP
    confidence = round(1 / (1 + math.exp(behind)), 2)
    if confidence < SURE and letters < BRIEF and _is_latin(sample, letters):
        return UNDETERMINED
    return Language(code=profiles.codes[int(best)], confidence=confidence, method="langdetect")


def _scores(readings: list[str], profiles: _Profiles) -> npt.NDArray[np.float64] | None:
    """
    Sum up what the n-grams and words of a text add to the score of each language.

    Args:
        readings: the text, or two ways of reading it, in the letters of the profiles; the score is the mean of theirs.
        profiles: of L languages, with G n-grams and W words.

    Returns:
        Of shape (L,); None, if the profiles have nothing of the text.

    """
    import numpy as np

    # each n-gram is looked up once: half of those of a text repeat, and in ascending order the search stays in the cache
    grams, counts = np.unique(np.concatenate([_numbers(reading) for reading in readings]), return_counts=True)  # (distinct,)
    places = profiles.grams.searchsorted(grams)  # (distinct,), rows of logs; G for a number beyond the last
    known = profiles.grams.take(places, mode="clip") == grams
    words = [profiles.words[word] for reading in readings for word in reading.lower().split() if word in profiles.words]
    rows = np.concatenate((places[known], np.array(words, dtype=np.int64)))  # (found,)
    if not len(rows):
        return None
    times = np.concatenate((counts[known], np.ones(len(words))))  # (found,)
    scores = np.einsum("f,fl->l", times, profiles.logs.take(rows, axis=0), dtype="float64")  # (L,)
    mean: npt.NDArray[np.float64] = scores / len(readings)
    return mean


def identify(page: Page) -> Language:
    """The language of a page: of its longer lines, in their order, as far as there are any."""
    lines = [line.text for line in page.lines if len(line.text) >= SAMPLE_LINE]
    if not lines:
        lines = [line.text for line in page.lines if line.text]
    sample: list[str] = []
    size = 0
    for text in lines:
        sample.append(text[:LETTERS])
        size += len(text)
        if size >= LETTERS:
            break
    return identify_language(" ".join(sample))
