"""Which articles of a run have the same report? 24 bytes an article, so ten million fit into memory."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator

from newsnorm.records import Article


def exact_key(article: Article) -> bytes:
    """
    Sixteen bytes that are equal for reports of the same words: white space aside, the title and all that was removed left out.

    >>> import newsnorm
    >>> left = newsnorm.parse("It rained in Ulm on\\u00a0Monday.\\nSource link")
    >>> exact_key(left) == exact_key(newsnorm.parse("It rained in Ulm on Monday."))
    True
    """
    words = " ".join(article.text.split())
    return hashlib.sha256(words.encode()).digest()[:16]


class ExactDuplicates:
    """Collects articles in the order of a run and tells which places hold the same report. Empty reports are like no other."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._places = array("Q")

    def add(self, place: int, article: Article) -> None:
        """Note the article that was written at `place`."""
        if article.paragraphs:
            key = exact_key(article)
            self._keys.extend((int.from_bytes(key[:8], "big"), int.from_bytes(key[8:], "big")))
            self._places.append(place)

    def groups(self) -> Iterator[tuple[int, ...]]:
        """The places that share a report, two at least."""
        import numpy as np

        keys = np.frombuffer(self._keys, dtype=np.uint64).reshape(-1, 2)
        places = np.frombuffer(self._places, dtype=np.uint64)
        order = np.lexsort((places, keys[:, 1], keys[:, 0]))
        start = 0
        for index in range(1, len(order) + 1):
            if index == len(order) or (keys[order[index]] != keys[order[start]]).any():
                if index - start > 1:
                    yield tuple(int(place) for place in places[order[start:index]])
                start = index
