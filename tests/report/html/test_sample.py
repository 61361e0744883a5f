"""The sample is the same for the same articles, whatever their order, and has one of everything that there is room for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.report.html.sample import Sample, Stratum

NAMES = st.sets(st.sampled_from("abcdefghij"), max_size=4)


def drawn(corpus: list[tuple[str, set[str]]], size: int) -> list[str]:
    sample = Sample(size)
    for number, (name, strata) in enumerate(corpus):
        sample.add(number, name, [Stratum("rule", each) for each in sorted(strata)])
    return [corpus[number][0] for number in sample.chosen()]


@given(st.lists(NAMES, max_size=30), st.integers(0, 30), st.randoms())
def test_the_order_of_the_corpus_decides_nothing(strata: list[set[str]], size: int, chance: object) -> None:
    corpus = [(f"article {number}", each) for number, each in enumerate(strata)]
    shuffled = list(corpus)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(corpus, size) == drawn(shuffled, size)


@given(st.lists(NAMES, max_size=30))
def test_everything_is_shown_if_there_is_room(strata: list[set[str]]) -> None:
    corpus = [(f"article {number}", each) for number, each in enumerate(strata)]
    chosen = drawn(corpus, 10)
    assert len(chosen) == min(10, len(corpus))
    assert set().union(*strata) == set().union(*(each for name, each in corpus if name in chosen))


def test_a_rule_of_one_article_goes_before_common_ones() -> None:
    corpus: list[tuple[str, set[str]]] = [
        *((f"common {number}", {"common"}) for number in range(500)),
        ("rare", {"rare", "common"}),
    ]
    assert drawn(corpus, 1) == ["rare"]


def test_members_of_shown_clusters_are_chosen_before_others() -> None:
    sample = Sample(3)
    for number in range(100):
        sample.add(number, str(number), [Stratum("rule", "common")], wanted=number in (41, 97))
    assert {41, 97} < set(sample.chosen())


def test_what_is_not_shown_is_counted() -> None:
    sample = Sample(1)
    strata = [[Stratum("site", f"site {number}"), Stratum("kind", "article")] for number in range(4)]
    for number, each in enumerate(strata):
        sample.add(number, str(number), each)
    coverage = sample.coverage(strata[number] for number in sample.chosen())
    assert {name: (each.shown, each.of) for name, each in coverage.items()} == {"kind": (1, 1), "site": (1, 4)}
