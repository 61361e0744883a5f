"""An index file says what memory says, whatever the process; what every index says is tested in `test_contract`."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from folders import TESTS
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import corpus, report

import newsnorm
from newsnorm.dedup import Params, deduplicate, open_index
from newsnorm.dedup.index.disk import Index
from newsnorm.dedup.index.postings import IndexSizes, Query
from newsnorm.dedup.index.store import Store
from newsnorm.errors import DamagedIndexError, RefusedIndexError


@pytest.fixture(params=["memory", "file"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return ":memory:" if request.param == "memory" else str(tmp_path / "news.db")


Opener = Callable[[str], Index]


@pytest.fixture(params=[0, 10_000], ids=["read block by block", "cached"])
def open_small(request: pytest.FixtureRequest) -> Opener:
    """Opens an index with segments of a few texts, so that merging happens."""
    sizes = IndexSizes(segment_articles=8, batch_articles=5, cached_postings=request.param, read_blocks=3)
    return lambda path: Index(Store(None if path == ":memory:" else Path(path), None, 30.0), sizes)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_an_index_says_what_memory_says(path: str, open_small: Opener, seed: int) -> None:
    articles = corpus(seed, 90)
    wanted = deduplicate(articles)
    assert len(wanted.relations) > 20
    random.Random(seed).shuffle(articles)
    with open_small(path) as index:
        assert sum(len(relations) for relations in index.add_all(articles)) > 20
        assert len(index) == len(articles)
        assert list(index.relations()) == list(wanted.relations)
        assert index.clusters() == wanted.clusters
        index.check()
    if path != ":memory:":
        with open_small(path) as index:
            assert list(index.relations()) == list(wanted.relations)
            assert index.clusters() == wanted.clusters


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 9), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_neither_order_nor_batches_matter(seed: int, batches: list[int], order: random.Random) -> None:
    articles = corpus(seed, 24)
    wanted = deduplicate(articles)
    order.shuffle(articles)
    with open_index(":memory:") as index:
        begin = 0
        for size in [*batches, len(articles)]:
            list(index.add_all(articles[begin : begin + size]))
            begin += size
        assert list(index.relations()) == list(wanted.relations)
        assert index.clusters() == wanted.clusters


@pytest.mark.parametrize("seed", range(3))
def test_an_index_is_a_set_of_articles(path: str, open_small: Opener, seed: int) -> None:
    """E10: random additions, removals and second additions against a dictionary."""
    choice = random.Random(seed)
    articles = corpus(seed + 50, 60)
    model: dict[str, str] = {}
    with open_small(path) as index:
        for _ in range(40):
            name, text = choice.choice(articles)
            if choice.random() < 0.4:
                assert index.remove(name) == (model.pop(name, None) is not None)
            else:
                part = choice.sample(articles, 3)
                list(index.add_all([(name, text), *part]))
                model.update([(name, text), *part])
            assert len(index) == len(model)
        wanted = deduplicate(model.items())
        assert list(index.relations()) == list(wanted.relations)
        assert index.clusters() == wanted.clusters
        assert all(name in index for name in model)
        index.check()


def test_a_batch_with_an_item_that_is_no_text_is_not_added_at_all(path: str) -> None:
    with open_index(path) as index:
        with pytest.raises(newsnorm.InputError, match="can't compare int"):
            list(index.add_all([("a", report(1)), 7]))  # type: ignore[list-item]
        assert (len(index), "a" in index) == (0, False)


def test_repeated_ids_are_kept_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    with open_index(file) as index, open_index(file) as other:
        list(index.add_all([("a", report(1)), ("b", report(2)), ("b", report(3))]))
        assert other.repeated_ids() == ("b",)
        other.add(("a", report(3)))
        assert index.repeated_ids() == ("a", "b")
    with open_index(file) as index:
        assert index.repeated_ids() == ("a", "b")
        index.check()


def test_clusters_follow_the_file(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    with open_index(file) as index, open_index(file) as other:
        list(index.add_all([("b", report(1)), ("c", report(1))]))
        assert index.representative("c") == "b"
        other.add(("a", report(1)))
        assert index.representative("c") == "a"
        other.remove("a")
        assert (index.representative("c"), index.representative("a")) == ("b", "a")


def test_a_foreign_file_is_refused_untouched(tmp_path: Path) -> None:
    for name, data in (
        ("text.db", b"not a database, but long enough to have a head" * 9),
        ("pickle.db", b"\x80\x04\x95" + b"cos\nsystem\n" * 20),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        with pytest.raises(RefusedIndexError, match="not a newsnorm index"):
            open_index(file)
        assert file.read_bytes() == data
    other = tmp_path / "other.db"
    base = sqlite3.connect(other)
    base.execute("CREATE TABLE article (id TEXT)")
    base.close()
    before = other.read_bytes()
    with pytest.raises(RefusedIndexError, match="not a newsnorm index"):
        open_index(other)
    assert other.read_bytes() == before
    with pytest.raises(RefusedIndexError, match="can't be read"):
        open_index(tmp_path)


def test_a_future_file_is_refused_untouched(tmp_path: Path) -> None:
    """E6."""
    file = tmp_path / "news.db"
    open_index(file).close()
    base = sqlite3.connect(file)
    base.execute("PRAGMA user_version = 3")
    base.close()
    before = file.read_bytes()
    with pytest.raises(RefusedIndexError, match="version 3, expected 2"):
        open_index(file)
    assert file.read_bytes() == before


def test_other_parameters_are_refused(tmp_path: Path) -> None:
    """E7."""
    file = tmp_path / "news.db"
    open_index(file, params=Params(share=0.2)).close()
    with pytest.raises(RefusedIndexError, match=r"share=0.2.*not with.*share=0.11"):
        open_index(file, params=Params())
    with open_index(file) as index:
        assert index.params == Params(share=0.2)
    base = sqlite3.connect(file)
    base.execute("""UPDATE fact SET value = '{"sample": 2, "share": 0.11, "least": 3}' WHERE name = 'params'""")
    base.commit()
    base.close()
    with pytest.raises(DamagedIndexError, match="digest"):
        open_index(file)


def test_a_file_in_use_is_refused_after_a_while(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    open_index(file).close()
    base = sqlite3.connect(file, isolation_level=None)
    base.execute("BEGIN IMMEDIATE")
    with open_index(file, timeout=0.05) as index:
        with pytest.raises(RefusedIndexError, match="another process"):
            index.add(("a", report(1)))
        assert len(index) == 0
        base.execute("ROLLBACK")
        index.add(("a", report(1)))
        assert len(index) == 1
    base.close()


def test_two_open_indexes_see_each_other(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    articles = corpus(5, 30)
    with open_index(file) as one, open_index(file) as two:
        for number, article in enumerate(articles):
            (one if number % 2 else two).add(article)
        wanted = deduplicate(articles)
        assert list(one.relations()) == list(two.relations()) == list(wanted.relations)


WRITER = """
import sys
sys.path[:0] = {path!r}
from reports import corpus
from newsnorm.dedup import open_index
with open_index({file!r}) as index:
    articles = corpus(int(sys.argv[1]), 200)
    for begin in range(0, len(articles), 20):
        list(index.add_all(articles[begin:begin + 20]))
        print(begin // 20, flush=True)
"""


def writer(file: Path, seed: int) -> subprocess.Popen[str]:
    code = WRITER.format(path=[str(Path(newsnorm.__file__).parents[1]), str(TESTS)], file=str(file))
    return subprocess.Popen([sys.executable, "-c", code, str(seed)], stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_what_was_added_survives_a_kill(tmp_path: Path) -> None:
    """E1: no batch that was told is lost, none is half there."""
    for round_, lines in enumerate((1, 3, 6)):
        file = tmp_path / f"{round_}.db"
        process = writer(file, round_)
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(lines)]
        time.sleep(0.01 * round_)
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split()]
        process.stdout.close()
        process.wait()
        articles = corpus(round_, 200)
        with open_index(file) as index:
            index.check()
            assert len(index) % 20 == 0 or len(index) == len(articles)
            assert len(index) >= min(len(articles), 20 * (max(told) + 1))
            wanted = deduplicate(articles[: len(index)])
            assert list(index.relations()) == list(wanted.relations)


@pytest.mark.slow
def test_two_writers_give_what_one_would(tmp_path: Path) -> None:
    """E4."""
    file = tmp_path / "news.db"
    processes = [writer(file, seed) for seed in (1, 2)]
    assert all("9" in process.communicate()[0].split() for process in processes)
    wanted = deduplicate([*corpus(1, 200), *corpus(2, 200)])
    with open_index(file) as index:
        assert list(index.relations()) == list(wanted.relations)
        index.check()


def answers(file: Path, opened: Callable[[str], Index] = open_index) -> tuple[object, ...]:
    with opened(str(file)) as index:
        asked = [index.query(each) for each in corpus(70, 6)]
        return asked, list(index.relations()), index.clusters(), list(index.bridges()), index.repeated_ids(), len(index)


@pytest.mark.slow
def test_a_changed_byte_is_noticed_or_does_not_matter(tmp_path: Path, open_small: Opener) -> None:
    """E2."""
    file, broken = tmp_path / "news.db", tmp_path / "broken.db"
    with open_small(str(file)) as index:
        list(index.add_all([*corpus(70, 60), *((name, f"{text} Again.") for name, text in corpus(70, 20))]))
    right = answers(file, open_small)
    data = bytearray(file.read_bytes())
    choice = random.Random(7)
    noticed = 0
    places = [*range(0, 100, 9), *(choice.randrange(len(data)) for _ in range(90))]
    for place in places:
        broken.unlink(missing_ok=True)
        for rest in ("-wal", "-shm"):
            Path(f"{broken}{rest}").unlink(missing_ok=True)
        changed = bytearray(data)
        changed[place] ^= 0xFF
        broken.write_bytes(changed)
        try:
            assert answers(broken, open_small) == right, place
        except (DamagedIndexError, RefusedIndexError):
            noticed += 1
    assert noticed > len(places) // 3


def test_a_cut_file_is_noticed(tmp_path: Path) -> None:
    file, broken = tmp_path / "news.db", tmp_path / "broken.db"
    with open_index(file) as index:
        list(index.add_all(corpus(70, 30)))
    data = file.read_bytes()
    for size in range(4096, len(data), 4096 * 5):
        broken.write_bytes(data[:size])
        with pytest.raises((DamagedIndexError, RefusedIndexError)):
            answers(broken)


def lose_a_text(base: sqlite3.Connection) -> None:
    base.execute("DELETE FROM text WHERE key = 3")


def lose_an_article(base: sqlite3.Connection) -> None:
    base.execute("DELETE FROM text WHERE key = 3")
    base.execute("DELETE FROM article WHERE key = 3")


def miscount(base: sqlite3.Connection) -> None:
    base.execute("UPDATE fact SET value = '30' WHERE name = 'articles'")


def bury(base: sqlite3.Connection) -> None:
    base.execute("INSERT INTO gone VALUES (3)")


def rename(base: sqlite3.Connection) -> None:
    base.execute("UPDATE article SET id = 'zz' WHERE key = 3")


def lose_a_repeated_id(base: sqlite3.Connection) -> None:
    base.execute("DELETE FROM repeated WHERE id = 'twice'")


def rename_a_repeated_id(base: sqlite3.Connection) -> None:
    base.execute("UPDATE repeated SET id = 'zz' WHERE id = 'twice'")


HARMS = [lose_a_text, lose_an_article, miscount, bury, rename, lose_a_repeated_id, rename_a_repeated_id]


@pytest.mark.parametrize("harm", HARMS)
def test_a_row_that_is_lost_or_changed_is_noticed(tmp_path: Path, harm: Callable[[sqlite3.Connection], None]) -> None:
    file = tmp_path / "news.db"
    with open_index(file) as index:
        list(index.add_all([*corpus(70, 30), ("twice", report(1)), ("twice", report(2))]))
    base = sqlite3.connect(file)
    harm(base)
    base.commit()
    base.close()
    with pytest.raises(DamagedIndexError), open_index(file) as index:
        index.check()
    if harm is not bury:
        with pytest.raises(DamagedIndexError):
            answers(file)


def test_a_closed_index_says_so() -> None:
    index = open_index(":memory:")
    index.close()
    with pytest.raises(RefusedIndexError, match="closed"):
        len(index)


def test_the_parameters_stand_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    open_index(file).close()
    base = sqlite3.connect(file)
    facts = dict(base.execute("SELECT name, value FROM fact"))
    base.close()
    assert json.loads(facts["params"]) == {"sample": 2, "share": 0.11, "least": 3}
    assert facts["digest"] == Params().digest


def test_making_an_index_is_whole_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "news.db"

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsnorm.dedup.index.file_format.os.link", interrupted)
        with pytest.raises(KeyboardInterrupt):
            open_index(file)
    assert list(tmp_path.iterdir()) == []
    file.touch()
    with open_index(file) as index:
        index.add(("a", report(1)))
    with pytest.raises(RefusedIndexError, match="can't be created"):
        open_index(tmp_path / "missing" / "news.db")


@pytest.mark.slow
def test_many_processes_may_make_one_index(tmp_path: Path) -> None:
    code = "import sys; from newsnorm.dedup import open_index; open_index(sys.argv[1]).close()"
    environment = {**os.environ, "PYTHONPATH": str(Path(newsnorm.__file__).parents[1])}
    for number in range(3):
        file = tmp_path / f"{number}.db"
        processes = [subprocess.Popen([sys.executable, "-c", code, str(file)], env=environment) for _ in range(4)]
        assert [process.wait() for process in processes] == [0] * 4
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")]


def test_a_closed_index_answers_nothing() -> None:
    index = open_index(":memory:")
    index.close()
    for call in (
        index.clusters,
        index.repeated_ids,
        lambda: index.representative("a"),
        index.check,
        lambda: index.query(report(1)),
        lambda: "a" in index,
        lambda: index.text_of("a"),
    ):
        with pytest.raises(RefusedIndexError, match="closed"):
            call()


def test_texts_without_words_and_texts_of_the_same_words_cost_little() -> None:
    """Nothing is looked up for the former, and of those that come together only the first one for the latter."""
    report = corpus(1, 1)[0][1]
    many = [(f"empty-{number:04}", "…" * (number % 3)) for number in range(2_000)]
    many += [(f"same-{number:04}", report + " " * number) for number in range(500)]
    with open_index(":memory:") as index:
        met: list[int] = []
        counted = Query.possible_duplicates

        def noted(asked: Query) -> tuple[object, object]:
            found = counted(asked)
            met.append(len(found[0]))
            return found

        with mock.patch.object(Query, "possible_duplicates", noted):
            assert sum(len(found) for found in index.add_all(many)) == 499
        assert met[0] == 0
        assert [cluster.members[:1] for cluster in index.clusters()] == [("same-0000",)]
        assert list(index.relations()) == list(deduplicate(many).relations)


def test_articles_that_are_added_together_are_told_what_was_before_each() -> None:
    first = report(5)
    longer = first + " Nobody was hurt, a spokesman of the harbour master said on the following morning."
    batch = [("m", first), ("x", longer), ("a", first.upper()), ("y", longer.upper()), ("b", first + "!")]
    with open_index(":memory:") as one, open_index(":memory:") as many:
        assert list(many.add_all(batch)) == [one.add(each) for each in batch]
        assert list(many.relations()) == list(one.relations())
