import pytest

from newsnorm.text.sentences import ends_clause, ends_in_shout, ends_sentence


@pytest.mark.parametrize(
    "text",
    [
        "The quay was shut.",
        "“It was shut,” he said.”", "Het was dicht!", "Fermé ?", "码头关闭。", "بسته شد۔", "Փակվել է։", "बंद रहा।",
        "It was shut.***", "It was shut! 🙂", "It was shut. —", "It was shut…", "It was shut. ) \u00a0",
    ],
)  # fmt: skip
def test_a_sentence_ends_in_a_stop_and_signs_behind_it(text: str) -> None:
    assert ends_sentence(text)
    assert ends_clause(text)


@pytest.mark.parametrize("text", ["", "The quay", "The quay was shut. More", "He said:", "No. 7", "The quay." + " " * 12])
def test_other_texts_end_no_sentence(text: str) -> None:
    assert not ends_sentence(text)


def test_clauses_end_in_colons_too_and_shouts_in_marks_of_question_or_exclamation() -> None:
    assert ends_clause("He said:")
    assert ends_clause("it was shut;")
    assert not ends_clause("He said,")
    assert ends_in_shout("Shut?!”")
    assert ends_in_shout("閉鎖！")
    assert not ends_in_shout("Shut.")
