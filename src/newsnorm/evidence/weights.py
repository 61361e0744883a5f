"""Load the fitted weights of the linear model for fields and of the chain for the extent of a report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import cast

import attrs

from newsnorm.errors import CatalogueError
from newsnorm.resources import DataFiles, Toml, directory_of

_MODELS = ("extent", "fields")
"""The models that a parser uses; relations between articles have their own."""


@attrs.frozen(kw_only=True)
class Choice:
    """How one field is chosen among its candidates."""

    features: Mapping[str, float]
    """Feature → its weight, in log odds."""
    least: float = 0.0
    """The score below which no candidate is taken."""
    more: float = 0.0
    """The score that a further candidate needs to be taken beside the best."""


@attrs.frozen(kw_only=True)
class FieldWeights:
    """How headline, date and authors are chosen."""

    title: Choice
    date: Choice
    authors: Choice


@attrs.frozen(kw_only=True)
class ExtentWeights:
    """Weights of the chain that `newsnorm.passes.find_extent` scores a page with."""

    body: Mapping[str, float]
    """Features of a unit, for the report; head and tail score 0."""
    insertion: Mapping[str, float]
    """Features of a unit, for an insertion within the report."""
    start: Mapping[str, float]
    """Features of the place before a unit, for the report beginning there."""
    end: Mapping[str, float]
    """Features of the place before a unit, for the tail beginning there."""
    leave: float
    """For a step from the report into an insertion."""
    back: float
    """For a step from an insertion into the report."""
    stay: float
    """For a step from one unit of an insertion to the next."""

    @cached_property
    def unit_features(self) -> tuple[str, ...]:
        """The names of the features of units that the model asks for."""
        return tuple(dict.fromkeys((*self.body, *self.insertion)))

    @cached_property
    def place_features(self) -> tuple[str, ...]:
        """The names of the features of the places before units that the model asks for."""
        return tuple(dict.fromkeys((*self.start, *self.end)))

    @cached_property
    def body_column(self) -> tuple[float, ...]:
        """The weights of `unit_features` for the report, in their order."""
        return _column(self.body, self.unit_features)

    @cached_property
    def insertion_column(self) -> tuple[float, ...]:
        """The weights of `unit_features` for an insertion, in their order."""
        return _column(self.insertion, self.unit_features)

    @cached_property
    def start_column(self) -> tuple[float, ...]:
        """The weights of `place_features` for the beginning of the report, in their order."""
        return _column(self.start, self.place_features)

    @cached_property
    def end_column(self) -> tuple[float, ...]:
        """The weights of `place_features` for the beginning of the tail, in their order."""
        return _column(self.end, self.place_features)

    @cached_property
    def explaining(self) -> tuple[str, ...]:
        """The names of the features that may be named as reasons, sorted."""
        return tuple(sorted(name for name in self.body if name != "bias"))

    @cached_property
    def explaining_rows(self) -> list[int]:
        """The places of `explaining` in `unit_features`."""
        return [self.unit_features.index(name) for name in self.explaining]

    @cached_property
    def explaining_column(self) -> tuple[float, ...]:
        """The weights of `explaining` for the report, in their order."""
        return _column(self.body, self.explaining)


def _column(weights: Mapping[str, float], names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(weights.get(name, 0.0) for name in names)


@cache
def field_weights() -> FieldWeights:
    """
    Return the shipped weights by which headline, date and authors are chosen.

    >>> "bare" in field_weights().authors.features
    True
    """
    content = _models().table("fields")
    title, date, authors = (_choice(content.get(name), f"fields, {name}") for name in ("title", "date", "authors"))
    return FieldWeights(title=title, date=date, authors=authors)


@cache
def extent_weights() -> ExtentWeights:
    """
    Return the shipped weights of the chain.

    >>> extent_weights().leave < 0
    True
    """
    content = _models().table("extent")
    body, insertion, start, end, links = (_weights(content, name) for name in ("body", "insertion", "start", "end", "links"))
    leave, back, stay = (links.get(name, 0.0) for name in ("leave", "back", "stay"))
    return ExtentWeights(body=body, insertion=insertion, start=start, end=end, leave=leave, back=back, stay=stay)


def models_digest() -> str:
    """Return the SHA-256 of the models that a parser uses, in hex."""
    return _models().digest


@cache
def _models() -> DataFiles:
    return DataFiles.read(directory_of("evidence", "models"), *_MODELS)


def _choice(content: object, place: str) -> Choice:
    if not isinstance(content, dict) or not isinstance(content.get("features"), dict):
        raise CatalogueError(f"{place}: expected a table with least and [features]")
    features = cast("dict[str, float]", content["features"])
    least, more = (float(content.get(name, 0.0)) for name in ("least", "more"))
    return Choice(features={str(name): float(weight) for name, weight in features.items()}, least=least, more=more)


def _weights(content: Toml, name: str) -> dict[str, float]:
    value = content.get(name, {})
    if not isinstance(value, dict) or not all(isinstance(weight, int | float) for weight in value.values()):
        raise CatalogueError(f"extent: [{name}] is not a table of features and their weights")
    return {str(feature): float(weight) for feature, weight in value.items()}
