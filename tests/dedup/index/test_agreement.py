"""An index and `deduplicate` say the same of the same texts, in whatever order and batches the index gets them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from corpora import corpora
from folders import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st

from newsnorm.dedup import Deduplication, deduplicate, open_index
from newsnorm.dedup.index.disk import Index
from newsnorm.dedup.index.postings import IndexSizes
from newsnorm.dedup.index.store import Store

Given = Sequence[tuple[str, str]]
Answers = tuple[object, ...]

CASES = sorted(path.name for path in (FIXTURES / "dedup").iterdir() if path.is_dir())


def said_by_memory(found: Deduplication, ids: Sequence[str]) -> Answers:
    representatives = [found.representative(name) for name in ids]
    return list(found.relations), found.clusters, representatives, list(found.bridges()), found.repeated_ids


def said_by(index: Index, ids: Sequence[str]) -> Answers:
    representatives = [index.representative(name) for name in ids]
    return list(index.relations()), index.clusters(), representatives, list(index.bridges()), index.repeated_ids()


def assert_agreement(texts: Given, batches: Sequence[int] = ()) -> Deduplication:
    """Add texts in batches of these sizes, and the rest at once."""
    found, ids = deduplicate(texts), sorted({name for name, _ in texts})
    sizes = IndexSizes(segment_articles=4, batch_articles=3, cached_postings=0, read_blocks=1)
    with Index(Store(None, None, 30.0), sizes) as index:
        begin = 0
        for size in [*batches, len(texts)]:
            list(index.add_all(texts[begin : begin + size]))
            begin += size
        assert said_by(index, ids) == said_by_memory(found, ids)
    return found


@pytest.mark.slow
@settings(deadline=None)
@given(corpora(), st.data(), st.lists(st.integers(1, 5), max_size=4))
def test_random_texts_with_ids_that_repeat(texts: dict[str, str], data: st.DataObject, batches: list[int]) -> None:
    named = [(data.draw(st.sampled_from("abcdefgh")), text) for text in data.draw(st.permutations(list(texts.values())))]
    found = assert_agreement(named, batches)
    assert found.repeated_ids == tuple(name for name in "abcdefgh" if len({text for its, text in named if its == name}) > 1)
    assert deduplicate(reversed(named)).repeated_ids == found.repeated_ids


@pytest.mark.slow
@settings(deadline=None)
@given(corpora(), st.data(), st.lists(st.integers(1, 5), max_size=4))
def test_random_texts_in_any_order(texts: dict[str, str], data: st.DataObject, batches: list[int]) -> None:
    shuffled = data.draw(st.permutations(sorted(texts.items())))
    found = assert_agreement(shuffled, batches)
    assert said_by_memory(found, sorted(texts)) == said_by_memory(deduplicate(texts), sorted(texts))


@pytest.mark.parametrize("name", CASES)
def test_fixtures(name: str) -> None:
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted((FIXTURES / "dedup" / name / "docs").iterdir())]
    assert_agreement(texts[::-1], [1])


def test_all_fixtures_together_have_bridges_and_repeated_ids(tmp_path: Path) -> None:
    paths = sorted((FIXTURES / "dedup").glob("*/docs/*"))
    texts = {f"{path.parts[-3]}/{path.stem}": path.read_text(encoding="utf-8") for path in paths}
    named = [*texts.items(), *((path.stem, text) for path, text in zip(paths, texts.values(), strict=True))]
    found = deduplicate(named)
    assert list(found.bridges())
    assert len(found.repeated_ids) > 2
    ids = sorted(dict(named))
    file = tmp_path / "news.db"
    with open_index(file) as index:
        list(index.add_all(named))
        assert said_by(index, ids) == said_by_memory(found, ids)
    with open_index(file) as again:
        assert said_by(again, ids) == said_by_memory(found, ids)
