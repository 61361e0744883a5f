"""
Which names do pages use when they state something for machines, and which field of an article does each state?

The reader of HTML collects claims by these names, and the page weighs them. ``claim-names.toml`` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import cast

import attrs

from newsnorm.records.markup import ClaimField
from newsnorm.resources import directory_of, read_toml

REFERRED = "@id"
"""Part of the name of a fact whose value stands in another object."""


@attrs.frozen
class ClaimNames:
    """Which names of meta elements and item properties state which field; the one to believe first comes first."""

    meta: Mapping[str, ClaimField]
    microdata: Mapping[str, ClaimField]

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """How far down each name of a meta element stands in the order in which they are believed."""
        return {name: rank for rank, name in enumerate(self.meta)}


@cache
def claim_names() -> ClaimNames:
    """Read the names that ship with newsnorm, once."""
    content = read_toml(directory_of().joinpath("claim-names.toml"))
    return ClaimNames(_by_name(content["meta"]), _by_name(content["microdata"]))


def _by_name(fields: object) -> dict[str, ClaimField]:
    return {name: field for field, names in cast("dict[ClaimField, list[str]]", fields).items() for name in names}


@attrs.frozen
class ObjectKinds:
    """Parts of the types of objects that count, in lower case."""

    article: tuple[str, ...]
    """Of objects whose statements are read."""
    report: tuple[str, ...]
    """Of those that are reports; others may be lists, videos or the site."""
    site: tuple[str, ...]
    listing: tuple[str, ...]


@cache
def object_kinds() -> ObjectKinds:
    """Read the types that ship with newsnorm, once."""
    content = cast("dict[str, list[str]]", read_toml(directory_of().joinpath("claim-names.toml"))["json-ld"])
    return ObjectKinds(**{name: tuple(content[name]) for name in ("article", "report", "site", "listing")})
