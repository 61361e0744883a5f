"""Forms of a line: folded, without its numbers, as templates read it."""

from __future__ import annotations

import pytest

from newsnorm.text.folding import FOLD_LIMIT, fold, fold_numbers, normalise_for_template, plain_punctuation, sign_variants


@pytest.mark.parametrize(
    ("line", "folded"), [("  No Comments: ", "no comments"), ("İLGİLİ →", "ilgili"), ("Ｎｅｗｓ", "news"), ("—", "")]
)
def test_fold(line: str, folded: str) -> None:
    assert fold(line) == folded


def test_numbers_and_accents_differ_when_folded() -> None:
    assert fold("3 comments") != fold("4 comments")
    assert fold("resume") != fold("résumé")


def test_fold_reads_a_bounded_beginning() -> None:
    assert len(fold("a" * 3 * FOLD_LIMIT)) == FOLD_LIMIT


def test_numbers_become_one() -> None:
    assert fold_numbers("1,204 comments, 12 new") == fold_numbers("3 comments, 1 new")


@pytest.mark.parametrize(
    ("line", "normalised"),
    [("•  Credit： “Example” ", 'Credit: "Example"'), ("\u200eFoto: dpa", "Foto: dpa"), ("By  Jane", "By Jane"), ("* * *", "")],
)
def test_normalised_for_templates(line: str, normalised: str) -> None:
    assert normalise_for_template(line) == normalised


def test_each_variant_of_a_sign_becomes_the_sign() -> None:
    assert all(plain_punctuation(sign) == "-" for sign in sign_variants("-"))
