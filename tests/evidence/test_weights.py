"""The models that a parser asks."""

from __future__ import annotations

from newsnorm.evidence.weights import extent_weights, field_weights, models_digest


def test_models_are_read_once() -> None:
    assert field_weights() is field_weights()
    assert extent_weights() is extent_weights()


def test_each_field_has_weights() -> None:
    weights = field_weights()
    assert all((weights.title.features, weights.date.features, weights.authors.features))


def test_entering_an_insertion_costs() -> None:
    assert extent_weights().leave < 0


def test_the_digest_is_of_the_files() -> None:
    assert len(models_digest()) == 64
