"""What an article has in common with articles of other reports: overlaps, and bridges, which clusters overrule."""

from __future__ import annotations

from typing import cast

import pytest
from results import RELATED, write_related

from newsnorm.corpus.jobs.report.related import drawn_pairs, with_relations
from newsnorm.corpus.sinks.results import RunResults, open_results
from newsnorm.records.schema import Json
from newsnorm.report.html.articles import opened
from newsnorm.report.html.index import ShownArticle


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> RunResults:
    return open_results(write_related(tmp_path_factory.mktemp("related")))


def shown(results: RunResults, *ids: str) -> list[ShownArticle]:
    """Some articles, as a report shows them."""
    every = [ShownArticle(number=number, article=article, site="", raw=None) for number, article in results.articles()]
    return with_relations(results, [each for each in every if each.article.id in ids])


def rows(article: ShownArticle) -> list[list[Json]]:
    return cast("list[list[Json]]", opened(article.article, None, article.related).get("related", []))


def test_relations_within_a_cluster_are_not_among_them(results: RunResults) -> None:
    found = {(each.left, each.right, each.kind) for each in results.cross_relations()}
    assert ("pool", "roundup", "excerpt") in found
    assert ("quay", "snow", "overlap") in found
    assert not any({"quay", "quay copy"} == {left, right} for left, right, _ in found)


def test_an_article_names_the_others_with_kind_covers_and_the_longest_passage(results: RunResults) -> None:
    (snow,) = shown(results, "snow")
    assert snow.related.kinds == {"overlap"}
    assert [row[:2] for row in sorted(rows(snow), key=lambda row: str(row[0]))] == [
        [name, "overlap"] for name in ("quay", "quay copy", "roundup")
    ]
    assert all(row[2] and row[3] for row in rows(snow))
    assert all(str(passage) in " ".join(snow.article.text.split()) for *_, passage in rows(snow))
    assert len({str(passage) for *_, passage in rows(snow)}) == 1


def test_both_ends_see_a_relation_and_those_that_are_shown_come_first(results: RunResults) -> None:
    roundup, snow = sorted(shown(results, "roundup", "snow"), key=lambda each: each.article.id)
    (name, kind, own, other, _), *rest = rows(roundup)
    assert (name, kind) == ("snow", "overlap")
    assert [row[1:4] for row in rows(snow) if row[0] == "roundup"] == [[kind, other, own]]
    assert roundup.related.count == len(rest) + 1 == len(RELATED) - 1
    assert roundup.related.kinds == {"overlap", "bridge"}


def test_pairs_are_drawn_by_their_ids(results: RunResults) -> None:
    assert drawn_pairs(results, 0) == set()
    one = drawn_pairs(results, 1)
    assert len(one) == 2
    assert one < drawn_pairs(results, 100) == {str(row["id"]) for row in RELATED}
