"""Every index answers as `deduplicate` does, wherever it keeps its texts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_backends import BACKENDS
from reports import corpus, report

import newsnorm
from newsnorm.dedup import deduplicate
from newsnorm.dedup.index.interface import ReportIndex


@pytest.fixture(params=BACKENDS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], ReportIndex]]:
    """Makes an empty index each time it is called; those that can be closed are, at the end."""
    number = itertools.count()
    made: list[ReportIndex] = []

    def index() -> ReportIndex:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        made.append(BACKENDS[request.param](folder))
        return made[-1]

    yield index
    for each in made:
        getattr(each, "close", lambda: None)()


@pytest.fixture
def index(make: Callable[[], ReportIndex]) -> ReportIndex:
    return make()


def assert_holds(index: ReportIndex, texts: dict[str, str]) -> None:
    wanted = deduplicate(texts)
    assert (len(index), list(index.relations()), index.clusters()) == (len(texts), list(wanted.relations), wanted.clusters)
    assert (list(index.bridges()), index.repeated_ids()) == (list(wanted.bridges()), ())
    assert {name: index.representative(name) for name in texts} == {name: wanted.representative(name) for name in texts}
    assert {name: index.text_of(name) for name in texts} == texts


def kinds(index: ReportIndex, *given: tuple[str, str]) -> list[list[tuple[str, str, str]]]:
    return [[(each.left, each.right, each.kind) for each in relations] for relations in index.add_all(given)]


class TestReportIndex:
    """The contract of `newsnorm.dedup.index.interface.ReportIndex`."""

    def test_an_empty_index_knows_nothing(self, index: ReportIndex) -> None:
        assert_holds(index, {})
        assert "a" not in index
        assert index.text_of("a") is None
        assert not index.remove("a")
        assert index.query_all([("a", report(1))]) == [()]

    @pytest.mark.parametrize("seed", range(2))
    def test_neither_order_nor_batches_matter(self, index: ReportIndex, seed: int) -> None:
        articles = corpus(seed, 30)
        assert deduplicate(articles).relations
        choice = random.Random(seed)
        choice.shuffle(articles)
        rest = list(articles)
        while rest:
            size = choice.randint(1, 12)
            list(index.add_all(rest[:size]))
            del rest[:size]
        assert_holds(index, dict(articles))

    def test_articles_are_related_whether_or_not_relations_are_named(self, index: ReportIndex) -> None:
        articles = corpus(3, 30)
        index.insert_all(articles[:20])
        index.insert_all([("another", articles[0][1]), *articles[10:], ("another", articles[0][1])])
        assert_holds(index, {**dict(articles), "another": articles[0][1]})

    def test_each_article_is_related_to_those_before_it(self, index: ReportIndex) -> None:
        articles = corpus(11, 24)
        seen = 0
        for number, told in enumerate(index.add_all(articles)):
            name = articles[number][0]
            wanted = [each for each in deduplicate(articles[: number + 1]).relations if name in (each.left, each.right)]
            if any(each.kind == "exact" for each in wanted):
                assert [each.kind for each in told] == ["exact"]
            else:
                assert list(told) == wanted
                seen += len(wanted)
        assert seen

    def test_of_equal_texts_the_smallest_id_is_named(self, index: ReportIndex) -> None:
        longer = report(5) + " Nobody was hurt, the harbour master said on the following morning."
        assert kinds(index, ("m", report(5)), ("a", report(5).upper()), ("z", report(5)), ("x", longer)) == [
            [],
            [("a", "m", "exact")],
            [("a", "z", "exact")],
            [("a", "x", "near")],
        ]

    def test_a_query_answers_like_an_addition_and_changes_nothing(self, index: ReportIndex) -> None:
        *known, last = corpus(3, 24)
        list(index.add_all(known))
        asked = index.query_all([last])
        assert_holds(index, dict(known))
        assert asked == list(index.add_all([last]))
        assert asked == index.query_all([last])

    def test_an_article_that_is_added_again_changes_nothing(self, index: ReportIndex) -> None:
        first = kinds(index, ("a", report(1)), ("b", report(1) + " Nobody was hurt."))
        assert kinds(index, ("b", report(1) + " Nobody was hurt."))[0] == first[1] == [("a", "b", "near")]
        assert len(index) == 2

    def test_another_text_of_a_known_id_is_left_out_and_named(self, index: ReportIndex) -> None:
        given = [("a", report(1)), ("a", report(2)), ("c", report(2)), ("b", report(1).upper())]
        assert kinds(index, *given) == [[], [], [], [("a", "b", "exact")]]
        assert kinds(index, *given[1:3]) == [[], []]
        assert (len(index), index.text_of("a"), index.repeated_ids()) == (3, report(1), ("a",))

    def test_an_id_is_repeated_until_its_text_is_removed(self, index: ReportIndex) -> None:
        list(index.add_all([("a", report(1)), ("a", report(7)), ("b", report(7) + " Nobody was hurt."), ("b", report(4))]))
        index.remove("a")
        assert index.repeated_ids() == ("b",)
        assert kinds(index, ("a", report(7)), ("c", report(7))) == [[("a", "b", "near")], [("a", "c", "exact")]]
        assert index.repeated_ids() == ("b",)
        index.remove("b")
        assert_holds(index, {"a": report(7), "c": report(7)})

    def test_a_mapping_is_added_and_asked(self, index: ReportIndex) -> None:
        texts = {"b": report(1), "a": report(1).upper()}
        assert [len(relations) for relations in index.add_all(texts)] == [0, 1]
        assert [len(relations) for relations in index.query_all(texts)] == [1, 1]
        assert_holds(index, texts)

    def test_one_text_is_not_many(self, index: ReportIndex) -> None:
        for call in (index.query_all, lambda given: list(index.add_all(given))):
            with pytest.raises(newsnorm.InputError, match="expected several texts"):
                call(report(1))

    def test_what_is_no_text_is_refused(self, index: ReportIndex) -> None:
        with pytest.raises(newsnorm.InputError, match="can't compare int"):
            list(index.add_all([7]))  # type: ignore[list-item]

    def test_an_article_is_compared_by_its_report(self, index: ReportIndex) -> None:
        article = newsnorm.parse(f"Quay to close\n\n{report(1)}\n\nNo comments:", id="quay")
        list(index.add_all([article]))
        assert index.text_of("quay") == article.text
        assert kinds(index, ("other", report(1))) == [[("other", "quay", "exact")]]

    @pytest.mark.parametrize("seed", range(2))
    def test_removing_is_the_opposite_of_adding(self, index: ReportIndex, seed: int) -> None:
        choice = random.Random(seed)
        articles = corpus(seed + 50, 24)
        model: dict[str, str] = {}
        for _ in range(25):
            if choice.random() < 0.5:
                some = choice.sample(articles, 3)
                list(index.add_all(some))
                model.update(some)
            else:
                name, _text = choice.choice(articles)
                assert index.remove(name) == (model.pop(name, None) is not None)
                assert name not in index
        assert_holds(index, model)

    def test_progress_counts_articles(self, index: ReportIndex) -> None:
        told: list[int] = []
        list(index.add_all(corpus(2, 12), progress=lambda done, _total: told.append(done)))
        assert told == sorted(told)
        assert told[-1] == 12

    def test_indexes_are_separate(self, make: Callable[[], ReportIndex]) -> None:
        one, other = make(), make()
        list(one.add_all([("a", report(1))]))
        assert (len(one), len(other)) == (1, 0)
