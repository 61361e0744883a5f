"""Passages by hand: words w0, w1 … of a report, and what became of them."""

from __future__ import annotations

import numpy as np

from newsnorm.dedup.text.tokens import tokenize
from newsnorm.dedup.verify.align import MAX_EVEN_GAP, MAX_GAP, MAX_NAME_GAP, MAX_STRAY_GAP, align

Found = list[tuple[tuple[int, int], tuple[int, int]]]
REPORT = [f"w{number}" for number in range(200)]


def other(many: int, name: str = "x") -> list[str]:
    return [f"{name}{number}" for number in range(many)]


def passages(left: list[str], right: list[str]) -> Found:
    """The passages of two texts, as words from and to in each."""
    words = tokenize([" ".join(left), " ".join(right)])
    found = align(words, np.array([[0, 1]]))
    ours = zip(found.left_start.tolist(), found.left_end.tolist(), strict=True)
    theirs = zip((found.right_start - len(left)).tolist(), (found.right_end - len(left)).tolist(), strict=True)
    return list(zip(ours, theirs, strict=True))


def renamed(left: str, right: str) -> int:
    found = align(tokenize([left, right]), np.array([[0, 1]])).renamed
    assert found.tolist() == align(tokenize([left, right]), np.array([[1, 0]])).renamed.tolist()
    return int(found[0])


def swapped(left: str, right: str) -> int:
    return int(align(tokenize([left, right]), np.array([[0, 1]])).swapped[0])


def test_a_copy_is_one_passage() -> None:
    assert passages(REPORT[:50], REPORT[:50]) == [((0, 50), (0, 50))]


def test_something_in_front_moves_one_side() -> None:
    assert passages(REPORT[:50], other(9) + REPORT[:50]) == [((0, 50), (9, 59))]


def test_texts_that_share_nothing_have_none() -> None:
    assert passages(REPORT[:50], other(50)) == []
    assert passages([], REPORT[:50]) == []
    assert passages(["w0"], ["w0"]) == []


def test_two_words_alone_are_no_passage() -> None:
    assert passages(REPORT[:50], [*other(30), "w7", "w8", *other(30, "y")]) == []
    assert passages(REPORT[:50], [*other(30), "w7", "w8", "w9", *other(30, "y")]) == [((7, 10), (30, 33))]


def test_a_passage_runs_through_words_that_were_replaced() -> None:
    changed = [*REPORT[:20], *other(MAX_GAP - 2), *REPORT[20 + MAX_GAP - 2 : 80]]
    assert passages(REPORT[:80], changed) == [((0, 80), (0, 80))]


def test_a_passage_runs_through_words_that_were_replaced_by_a_few_more() -> None:
    def rewritten(many: int) -> Found:
        return passages(REPORT[:90], [*REPORT[:20], *other(many + 5), *REPORT[20 + many : 90]])

    assert rewritten(MAX_GAP - 7) == [((0, 90), (0, 95))]
    assert len(rewritten(MAX_GAP - 6)) == 2


def test_two_words_met_by_chance_break_no_passage() -> None:
    left = [*REPORT[:20], "by", "chance", *REPORT[20:40]]
    right = ["by", "chance", *other(30), *REPORT[:20], "on", "purpose", *REPORT[20:40]]
    assert passages(left, right) == [((0, 42), (32, 74))]


def test_two_words_beside_a_passage_that_do_not_belong_to_it_are_none() -> None:
    left = [*REPORT[:30], *other(40), "by", "chance"]
    right = [*REPORT[:30], *other(45, "y"), "by", "chance"]
    assert passages(left, right) == [((0, 30), (0, 30))]


def test_a_passage_ends_where_too_much_was_put_in() -> None:
    assert passages(REPORT[:40], [*REPORT[:20], *other(9), *REPORT[20:40]]) == [((0, 20), (0, 20)), ((20, 40), (29, 49))]
    assert passages(REPORT[:40], [*REPORT[:20], *other(8), *REPORT[20:40]]) == [((0, 40), (0, 48))]


def test_a_long_gap_is_run_through_if_it_is_equally_long_on_both_sides() -> None:
    def rewritten(by: int) -> Found:
        return passages(REPORT[:150], [*REPORT[:40], *other(40 + by), *REPORT[80:150]])

    assert rewritten(0) == [((0, 150), (0, 150))]
    assert rewritten(3) == [((0, 150), (0, 153))]
    assert rewritten(4) == [((0, 40), (0, 40)), ((80, 150), (84, 154))]
    assert len(passages(REPORT, [*REPORT[:40], *other(MAX_EVEN_GAP), *REPORT[40 + MAX_EVEN_GAP :]])) == 2


def test_moved_paragraphs_are_passages_of_their_own() -> None:
    assert passages(REPORT[:90], REPORT[60:90] + REPORT[:60]) == [((0, 60), (30, 90)), ((60, 90), (0, 30))]


def test_an_anchor_far_from_its_neighbours_is_chance() -> None:
    left = [*REPORT[:30], *other(MAX_STRAY_GAP + 20), "w50", "w51"]
    right = [*REPORT[:30], *other(MAX_STRAY_GAP + 20, "y"), "w50", "w51"]
    assert passages(left, right) == [((0, 30), (0, 30))]


def test_of_what_is_repeated_the_first_counts() -> None:
    assert passages(["a", "b"] * 30, ["a", "b"] * 30) == [((0, 3), (0, 3))]
    assert passages(REPORT, [*REPORT, *REPORT]) == [((0, len(REPORT)), (0, len(REPORT)))]


def test_what_stands_twice_in_a_text_that_does_not_repeat_itself_holds_no_passage() -> None:
    assert passages([*REPORT[:40], *other(80), *REPORT[:40]], REPORT[:40]) == []


def test_numbers_against_numbers_count_as_swapped() -> None:
    text = "they found {} fish and {} crabs below the northern quay late on Monday"
    assert swapped(text.format(14, 3), text.format(14, 3)) == 0
    assert swapped(text.format(14, 3), text.format(15, 3)) == 1
    assert swapped(text.format(14, 3), text.format(15, 4)) == 2
    assert swapped(text.format(14, 3), text.format("many", 3)) == 0


def test_names_against_names_count_as_renamed() -> None:
    text = "they saw {} and his brother {} below the northern quay late on Monday when the boats came in"
    assert renamed(text.format("Tom Hay", "Ned"), text.format("Tom Hay", "Ned")) == 0
    assert renamed(text.format("Tom Hay", "Ned"), text.format("Tom Lee", "Ned")) == 1
    assert renamed(text.format("Tom Hay", "Ned"), text.format("Ann Sue Lee", "Ola")) == 3
    assert renamed(text.format("Tom Hay", "Ned"), text.format("two men", "Ned")) == 0


def test_names_in_a_rewritten_sentence_do_not_count() -> None:
    text = "they saw {} below the northern quay late on Monday when the boats came in"
    short, long = " ".join(["Tom"] * MAX_NAME_GAP), " ".join(["Ann"] * MAX_NAME_GAP)
    assert renamed(text.format(short), text.format(long)) > 0
    assert renamed(text.format(f"{short} again"), text.format(long)) == 0


def test_many_pairs_are_aligned_as_each_alone() -> None:
    texts = [REPORT[:60], REPORT[20:90], other(5) + REPORT[:40], other(40), REPORT[30:] + other(3), []]
    words = tokenize([" ".join(text) for text in texts])
    pairs = np.array([(left, right) for left in range(6) for right in range(left + 1, 6)])
    together = align(words, pairs)
    for number, (left, right) in enumerate(pairs.tolist()):
        mine = np.flatnonzero(together.pair == number)
        found = zip(
            (together.left_start[mine] - words.offset[left]).tolist(),
            (together.left_end[mine] - words.offset[left]).tolist(),
            strict=True,
        )
        assert list(found) == [ours for ours, _ in passages(texts[left], texts[right])]


def test_no_pairs_have_no_passages() -> None:
    assert align(tokenize(["a b c"]), np.zeros((0, 2), np.int64)).pair.tolist() == []
