"""
Map the names under which pages state facts for machines to the fields of an article.

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
"""Part of a name whose value is in another object."""


@attrs.frozen
class ClaimNames:
    """The names of meta elements and item properties that state each field, the most trusted first."""

    meta: Mapping[str, ClaimField]
    microdata: Mapping[str, ClaimField]

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Rank of each name of a meta element, the most trusted first."""
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
    """Substrings of the types of objects that are read, in lower case."""

    article: tuple[str, ...]
    """In the types of objects whose statements are read."""
    report: tuple[str, ...]
    """In the types of those that are reports; others may be lists, videos or the site."""
    site: tuple[str, ...]
    listing: tuple[str, ...]


@cache
def object_kinds() -> ObjectKinds:
    """Read the types that ship with newsnorm, once."""
    content = cast("dict[str, list[str]]", read_toml(directory_of().joinpath("claim-names.toml"))["json-ld"])
    return ObjectKinds(**{name: tuple(content[name]) for name in ("article", "report", "site", "listing")})
