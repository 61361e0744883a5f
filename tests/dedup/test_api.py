"""What comes out: a sequence of relations, clusters with one member that stands for them, notes."""

from __future__ import annotations

import pytest
from folders import FIXTURES
from reports import report

import newsnorm
from newsnorm.dedup import Params

FIXTURES = FIXTURES / "dedup"
STORIES = {
    path.stem: path.read_text(encoding="utf-8") for path in (FIXTURES / "clusters-two-stories-and-copies-en" / "docs").iterdir()
}
REPORT = STORIES["a1"]
WORDS = REPORT.split()


def test_nothing_comes_of_nothing() -> None:
    found = newsnorm.deduplicate([])
    assert (len(found.relations), list(found.relations), found.clusters, found.notes) == (0, [], (), ())
    assert newsnorm.deduplicate(["Rain in Ulm."]).clusters == ()
    assert found.representative("whoever") == "whoever"


def test_relations_are_a_sequence() -> None:
    relations = newsnorm.deduplicate(STORIES.items()).relations
    every = list(relations)
    assert len(every) == len(relations) > 4
    assert [relations[place] for place in range(len(relations))] == every
    assert (relations[-1], relations[1:3], relations[::-1]) == (every[-1], every[1:3], every[::-1])
    assert every[2] in relations
    for beyond in (len(relations), -len(relations) - 1):
        with pytest.raises(IndexError):
            relations[beyond]


def test_relations_stand_in_the_order_of_ids_the_exact_ones_first() -> None:
    texts = {"d": REPORT, "b": REPORT + " Nobody was hurt.", "a": REPORT[:500], "c": REPORT.upper()}
    found = [(each.kind, each.left, each.right) for each in newsnorm.deduplicate(texts.items()).relations]
    assert found == [("exact", "c", "d"), ("excerpt", "a", "b"), ("excerpt", "a", "c"), ("near", "b", "c")]


def test_who_has_most_in_common_stands_for_the_cluster() -> None:
    whole, cut = REPORT, " ".join(WORDS[:90])
    padded = "Subscribe | Sign in | E-paper\n\n" + REPORT
    found = newsnorm.deduplicate({"a": cut, "b": padded, "c": whole}.items())
    assert found.clusters == (newsnorm.Cluster(id="a", members=("a", "b", "c"), representative="c"),)
    assert {found.representative(name) for name in "abc"} == {"c"}


def test_of_equals_the_smallest_id_stands_for_the_cluster() -> None:
    found = newsnorm.deduplicate({"b": REPORT, "a": REPORT.upper(), "c": REPORT}.items())
    assert found.clusters == (newsnorm.Cluster(id="a", members=("a", "b", "c"), representative="a"),)


def test_a_bridge_is_named() -> None:
    found = newsnorm.deduplicate(STORIES.items())
    clustered = {member for cluster in found.clusters for member in cluster.members}
    for relation in found.bridges():
        assert relation.kind != "overlap"
        assert not {relation.left, relation.right} <= clustered or found.representative(relation.left) != found.representative(
            relation.right
        )
    within = [each for each in found.relations if each.kind != "overlap" and each not in list(found.bridges())]
    assert {each.kind for each in within} == {"near"}
    assert len(within) == 6


def test_the_spans_of_a_relation_are_the_same_words() -> None:
    relation = newsnorm.compare(("a", "🌊 " + REPORT), ("b", "Gale!\n\n" + REPORT.replace("harbour", "har\u00adbour").upper()))
    assert relation is not None
    (passage,) = relation.passages
    left = ("🌊 " + REPORT)[passage.left.start : passage.left.end]
    right = ("Gale!\n\n" + REPORT.replace("harbour", "har\u00adbour").upper())[passage.right.start : passage.right.end]
    assert left.startswith("Storm shuts")
    assert left.endswith("lighthouse")
    assert right.replace("\u00ad", "").lower() == left.lower()


def test_bare_texts_are_left_and_right() -> None:
    relation = newsnorm.compare(REPORT, REPORT + " Nobody was hurt.")
    assert relation is not None
    assert (relation.left, relation.right, relation.kind) == ("left", "right", "near")
    assert newsnorm.compare(REPORT, "Rain in Ulm.") is None
    assert newsnorm.compare("", "") is None


def test_articles_pairs_and_texts_are_compared_with_each_other() -> None:
    article = newsnorm.parse(REPORT, id="article")
    relation = newsnorm.compare(article, ("pair", REPORT))
    assert relation is not None
    assert (relation.left, relation.right, relation.kind) == ("article", "pair", "near")
    assert relation.left_cover > relation.right_cover > 0.9  # the headline is no part of the report


def test_the_params_decide_what_is_compared() -> None:
    pair = [("a", REPORT), ("b", " ".join(WORDS[:40]) + " " + STORIES["b1"])]
    assert len(newsnorm.deduplicate(pair).relations) == 1
    assert len(newsnorm.deduplicate(pair, params=Params(share=0.9)).relations) == 0
    assert newsnorm.compare(*pair, params=Params(share=0.9)) is None


def test_progress_rises_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    newsnorm.deduplicate(STORIES.items(), progress=lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {2 * len(STORIES)}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == 2 * len(STORIES)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(newsnorm.InputError, match="can't compare int"):
        newsnorm.compare("one", 2)  # type: ignore[arg-type]
    article = newsnorm.parse(REPORT, id="gale")
    with pytest.raises(newsnorm.InputError, match="can't compare tuple of str and Article"):
        newsnorm.deduplicate({"gale": article})
    for other in (article, newsnorm.parse(REPORT + " Nobody was hurt.", id="gale"), ("gale", "Rain.")):
        with pytest.raises(newsnorm.InputError, match="both texts have the id 'gale'; pass their texts alone"):
            newsnorm.compare(article, other)


def test_of_different_texts_with_one_id_the_first_is_compared_and_the_id_is_named() -> None:
    given = [("b", REPORT), ("a", REPORT.upper()), ("b", "Rain in Ulm."), ("b", REPORT), ("a", REPORT), ("c", "Rain in Ulm.")]
    found = newsnorm.deduplicate(given)
    assert [(each.left, each.right, each.kind) for each in found.relations] == [("a", "b", "exact")]
    assert (found.repeated_ids, found.representative("b")) == (("a", "b"), "a")
    (note,) = found.notes
    assert note.startswith("a (and 1 more): different texts have this id; compared '")
    assert note.endswith("; give each text its own id, such as its path")


def test_a_text_that_is_given_twice_under_one_id_counts_once() -> None:
    found = newsnorm.deduplicate([("a", REPORT), ("a", REPORT), REPORT, REPORT])
    assert len(found.relations) == 1
    assert (found.repeated_ids, found.notes) == ((), ())


def test_a_mapping_is_compared_like_its_items() -> None:
    found, same = newsnorm.deduplicate(STORIES), newsnorm.deduplicate(STORIES.items())
    assert (list(found.relations), found.clusters) == (list(same.relations), same.clusters)


def test_a_text_that_is_printed_twice_is_related() -> None:
    once = newsnorm.compare(("a", REPORT), ("b", f"{REPORT}\n\n{REPORT}"))
    assert once is not None
    assert (once.kind, once.left_cover, once.right_cover) == ("excerpt", 1.0, 0.5)


def test_numbers_that_are_cut_another_way_make_an_update() -> None:
    left = f"{REPORT} The work cost 12 million crowns, and nobody knows yet who will pay for it in the end."
    relation = newsnorm.compare(("a", left), ("b", left.replace("12 million", "1.2 million")))
    assert relation is not None
    assert relation.kind == "update"


def test_an_id_has_to_be_writable() -> None:
    with pytest.raises(newsnorm.InputError, match="half a surrogate pair"):
        newsnorm.deduplicate([("\ud800", report(1))])
    with pytest.raises(newsnorm.InputError, match="expected several texts"):
        newsnorm.deduplicate(report(1))
