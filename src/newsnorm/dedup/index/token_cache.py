"""
Keep the tokens of the articles that an index added or compared last, so that they are not read and tokenized again.

News is copied within days, so most of what a new report is compared with was added, or compared, not long ago.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from newsnorm.dedup.array_ops import offsets, slices
from newsnorm.dedup.text.tokens import TokenBatch

_COLUMNS = tuple(field.name for field in attrs.fields(TokenBatch) if field.name not in ("offset", "text_hash"))
"""The columns of a batch with one entry a token."""


class TokenCache:
    """
    The tokens of some articles by key, in a ring: new tokens replace the oldest ones.

    >>> from newsnorm.dedup.text.tokens import tokenize
    >>> cache = TokenCache(100)
    >>> cache.put([7, 8], tokenize(["Rain in Ulm.", "Snow in Bern and in Basel."]))
    >>> 8 in cache, 9 in cache, cache.get([8, 7]).offset.tolist()
    (True, False, [0, 6, 9])
    """

    def __init__(self, most: int) -> None:
        """Keep up to `most` tokens."""
        self._most = most
        self._columns: dict[str, Any] = {}
        """Arrays of shape (most,); the operating system provides memory for the part that was written."""
        self._written = 0
        """Number of places that were ever written; place `i` is entry ``i % most`` of the columns."""
        self._entries: dict[int, tuple[int, int, int]] = {}
        """Key → place of the first token, number of tokens, hash of the text."""
        self._oldest: deque[tuple[int, int]] = deque()
        """Place and key of each text, in the order of the places."""

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def clear(self) -> None:
        """Forget all texts."""
        self._entries.clear()
        self._oldest.clear()

    def put(self, keys: Sequence[int], tokens: TokenBatch) -> None:
        """Keep the tokens of some articles that are not there yet, unless they are more than a quarter of what fits."""
        count = len(tokens.hash)
        if not count or 4 * count > self._most:
            return
        if not self._columns:
            self._columns = {name: np.empty(self._most, getattr(tokens, name).dtype) for name in _COLUMNS}
        first = self._written % self._most
        if first + count > self._most:  # begin again at the start of the ring
            self._written += self._most - first
            first = 0
        for name, column in self._columns.items():
            column[first : first + count] = getattr(tokens, name)
        places = (tokens.offset[:-1] + self._written).tolist()
        self._written += count
        while self._oldest and self._oldest[0][0] < self._written - self._most:
            del self._entries[self._oldest.popleft()[1]]
        self._oldest.extend(zip(places, keys, strict=True))
        self._entries.update(zip(keys, zip(places, tokens.sizes.tolist(), tokens.text_hash.tolist(), strict=True), strict=True))

    def get(self, keys: Sequence[int]) -> TokenBatch:
        """Return the tokens of some articles, at least one, which must all be there."""
        entries = [self._entries[key] for key in keys]
        place = np.array([place for place, _, _ in entries], np.int64)
        size = np.array([size for _, size, _ in entries], np.int64)
        token = slices(place % self._most, size)
        return TokenBatch(
            **{name: self._columns[name][token] for name in _COLUMNS},
            offset=offsets(size),
            text_hash=np.array([text_hash for _, _, text_hash in entries], np.uint64),
        )
