"""The cache returns what was put there, as long as it fits; compared here with the batches themselves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.dedup.index.token_cache import TokenCache
from newsnorm.dedup.text.tokens import concatenate, tokenize

texts = st.integers(0, 12).map(lambda count: " ".join(f"word{count}" for _ in range(count)))
batches = st.lists(st.lists(texts, min_size=1), max_size=8)


@given(batches, st.integers(1, 120))
def test_what_is_there_is_what_was_put_there(texts: list[list[str]], most: int) -> None:
    cache = TokenCache(most)
    put: dict[int, str] = {}
    for batch in texts:
        keys = range(len(put), len(put) + len(batch))
        cache.put(keys, tokenize(batch))
        put |= dict(zip(keys, batch, strict=True))
        there = [key for key in reversed(put) if key in cache]
        assert sum(len(tokenize([put[key]]).hash) for key in there) <= most
        if not there:
            continue
        found, wanted = cache.get(there), concatenate([tokenize(()), *(tokenize([put[key]]) for key in there)])
        for name in ("hash", "start", "end", "is_number", "is_content", "offset", "text_hash"):
            assert np.array_equal(getattr(found, name), getattr(wanted, name)), name


def test_new_texts_replace_the_oldest() -> None:
    cache = TokenCache(12)
    for key in range(6):
        cache.put([key], tokenize(["three short words"]))
    assert [key in cache for key in range(6)] == [False, False, True, True, True, True]
    cache.put([6], tokenize(["four words are many"]))
    assert 6 not in cache
    cache.clear()
    assert 5 not in cache
