"""
What proposes two texts? Features that both have: sampled pairs of neighbouring content words.

Unlike the smallest hashes of a text, a fixed share of them estimates how much of one text lies in the other, so excerpts
are found, and OCR noise leaves enough of them. Which pairs are sampled depends on the pair alone.
"""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.params import Params
from newsnorm.dedup.text.tokens import Hashes, Places, Words, joined

BITS = 31
"""Bits of a feature, so that 32 hold one and a mark. Among ten million articles one look-up in three meets a stranger, and four
have to before a text counts."""


@attrs.frozen(eq=False, kw_only=True)
class Features:
    """The features of some texts, each once in its text, in rising order."""

    hash: Hashes
    offset: Places
    """Text `i` has the features ``offset[i]`` to ``offset[i + 1]``."""

    @property
    def sizes(self) -> Places:
        """How many features each text has."""
        return np.diff(self.offset)

    def of(self, text: int) -> Hashes:
        """The features of one text."""
        return self.hash[self.offset[text] : self.offset[text + 1]]


def features_of(words: Words, params: Params) -> Features:
    """
    The features of each text.

    >>> from newsnorm.dedup.text.tokens import words_of
    >>> found = features_of(words_of(["The harbour master closed the northern quay on Monday evening."]), Params(sample=1))
    >>> found.sizes.tolist()
    [6]
    """
    place = np.flatnonzero(words.content)
    text = _texts(words)[place]
    with np.errstate(over="ignore"):
        hashes = joined(words.hash[place[:-1]], words.hash[place[1:]])
    taken = (text[1:] == text[:-1]) & (hashes % np.uint64(params.sample) == 0)
    feature, text = hashes[taken] >> np.uint64(64 - BITS), text[:-1][taken]
    key = np.sort((text.astype(np.uint64) << np.uint64(BITS)) | feature)
    key = key[np.append(True, key[1:] != key[:-1])[: len(key)]]
    sizes = np.bincount((key >> np.uint64(BITS)).astype(np.int64), minlength=len(words))
    return Features(hash=key & np.uint64((1 << BITS) - 1), offset=np.append(0, np.cumsum(sizes)))


def need(sizes: Places, params: Params) -> Places:
    """How many features two texts must share, by the number that the smaller one has: a condition on the pair alone."""
    least: Places = np.maximum(params.least, np.ceil(params.share * sizes)).astype(np.int64)
    return least


def _texts(words: Words) -> Places:
    """The text of each word."""
    return np.repeat(np.arange(len(words), dtype=np.int64), np.diff(words.offset))
