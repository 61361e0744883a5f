"""
Read the n-gram counts of langdetect's profiles as arrays.

langdetect keeps them in a JSON file for each language, and reading those takes longer than parsing a hundred texts. So newsnorm
ships a prepared form, which is used only if it was made from the installed files; otherwise those are read. No other module
depends on langdetect.
"""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from newsnorm.resources import prepared_file

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import numpy as np
    import numpy.typing as npt

LONGEST_GRAM = 3
"""Letters of the longest n-grams; each n-gram is packed into one number."""

_BITS = 21
"""Bits of a code point."""

_CODE_FILES = ("ngram.py", "unicode_block.py", "messages.py", "messages.properties")
"""The files of langdetect, besides its profiles, that decide which letter represents which."""

_BCP47 = {"no": "nb", "zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}


@attrs.frozen(eq=False)
class NgramCounts:
    """How often each of G n-grams occurs in the texts of L languages: N counts, each at least 1."""

    codes: npt.NDArray[np.str_]
    """BCP 47 code of each language: (L,)."""
    totals: npt.NDArray[np.int64]
    """Occurrences of all n-grams of one letter, of two and of three in each language: (L, 3)."""
    grams: npt.NDArray[np.int64]
    """Each n-gram, packed as `pack_ngrams` does, in ascending order: (G,)."""
    spread: npt.NDArray[np.uint8]
    """Number of languages that have each n-gram: (G,); the sum is N."""
    languages: npt.NDArray[np.uint8]
    """Index of the language of each count, n-gram by n-gram: (N,)."""
    counts: npt.NDArray[np.uint32]
    """Occurrences of an n-gram in a language: (N,)."""
    letters: npt.NDArray[np.uint16]
    """The code point that represents each code point below 65,536 in the n-grams, such as one kana for all kana: (65536,)."""

    @property
    def gram_sizes(self) -> npt.NDArray[np.int64]:
        """Number of letters of each n-gram: (G,)."""
        import numpy as np

        return np.searchsorted([1 << _BITS, 1 << 2 * _BITS], self.grams, side="right") + 1

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        """Index of the n-gram of each count: (N,)."""
        import numpy as np

        return np.repeat(np.arange(len(self.grams)), self.spread)


def load_ngram_counts() -> NgramCounts:
    """Return the counts of the installed langdetect, from their prepared form if it was made from the same files."""
    import numpy as np

    langdetect = installed_langdetect()
    prepared = prepared_counts(langdetect)
    if not prepared.is_file():
        return read_profiles(langdetect)
    with prepared.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return NgramCounts(**arrays)


def installed_langdetect() -> Path:
    """Return the directory of langdetect; importing it would take longer than loading the counts."""
    spec = find_spec("langdetect")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("No module named 'langdetect'", name="langdetect")
    return Path(spec.origin).parent


def prepared_counts(langdetect: Path) -> Traversable:
    """Return the path of the prepared counts for a directory of langdetect; the file need not exist."""
    sha = hashlib.sha256()
    for path in (*_profile_files(langdetect), *(langdetect / "utils" / name for name in _CODE_FILES)):
        sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return prepared_file("langdetect", sha.hexdigest(), "npz")


def _profile_files(langdetect: Path) -> list[Path]:
    return sorted(path for path in (langdetect / "profiles").iterdir() if not path.name.startswith("__"))


def read_profiles(langdetect: Path) -> NgramCounts:
    """
    Read langdetect's own files, in the order of the names of the languages.

    Korean is left out: hangul decides it, and its profile, which knows ideographs too, could only win over Chinese.
    """
    import numpy as np

    profiles = [json.loads(path.read_bytes()) for path in _profile_files(langdetect)]
    profiles = sorted((row for row in profiles if row["name"] != "ko"), key=lambda row: str(row["name"]))
    kept = [{gram: n for gram, n in profile["freq"].items() if 1 <= len(gram) <= LONGEST_GRAM} for profile in profiles]
    packed = np.concatenate([_pack(list(counts)) for counts in kept])  # (N,), language by language
    languages = np.repeat(np.arange(len(kept)), [len(counts) for counts in kept])  # (N,)
    counts = np.concatenate([list(counts.values()) for counts in kept])  # (N,)
    order = np.lexsort((languages, packed))  # (N,), n-gram by n-gram
    grams, spread = np.unique(packed, return_counts=True)  # (G,)
    return NgramCounts(
        codes=np.array([_BCP47.get(profile["name"], profile["name"]) for profile in profiles]),
        totals=np.array([profile["n_words"] for profile in profiles], dtype=np.int64),
        grams=grams,
        spread=spread.astype(np.uint8),
        languages=languages[order].astype(np.uint8),
        counts=counts[order].astype(np.uint32),
        letters=_standing_letters(),
    )


def pack_ngrams(text: str) -> npt.NDArray[np.int64]:
    """Pack the n-grams of a text, one to three letters long, into one number each; repeats are kept: (n-grams,)."""
    import numpy as np

    one = _points(text)
    two = (one[:-1] << _BITS) | one[1:]
    three = (two[:-1] << _BITS) | one[2:]
    return np.concatenate((one, two, three))


def _pack(grams: list[str]) -> npt.NDArray[np.int64]:
    """Pack each n-gram into one number: its code points side by side, the last in the lowest bits."""
    points = _points("".join(gram.rjust(LONGEST_GRAM, "\0") for gram in grams)).reshape(-1, LONGEST_GRAM)  # (n-grams, 3)
    numbers: npt.NDArray[np.int64] = (points[:, 0] << 2 * _BITS) | (points[:, 1] << _BITS) | points[:, 2]
    return numbers


def _points(text: str) -> npt.NDArray[np.int64]:
    """Return the code points of a text: (letters,)."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)


def _standing_letters() -> npt.NDArray[np.uint16]:
    """
    Ask langdetect which letter represents each code point in its profiles: (65536,); higher code points represent
    themselves.
    """
    import numpy as np
    from langdetect.utils.ngram import NGram

    return np.array([ord(NGram.normalize(chr(code))) for code in range(1 << 16)], dtype=np.uint16)
