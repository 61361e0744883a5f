"""Collect what a page says about itself for machines: meta elements, links, `<time>`, microdata and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import cast

import attrs

from newsnorm.read.html.json_ld import Facts
from newsnorm.records.markup import ClaimField, ClaimSource
from newsnorm.resources import directory_of, read_toml

LONGEST_VALUE = 2_000
"""Code points of a value that are kept."""

LONGEST_NAME = 100
"""Code points of the name of a claim that are kept."""


_NAMING = ("property", "name", "itemprop", "http-equiv")


@attrs.frozen
class RawClaim:
    """A claim before it has a line: field, source, name, value, and the number of text lines above it (-1: the head)."""

    field: ClaimField
    source: ClaimSource
    name: str
    value: str
    lines_above: int = -1


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
    content = read_toml(directory_of("read", "html", "data").joinpath("claims.toml"))
    return ClaimNames(_by_name(content["meta"]), _by_name(content["microdata"]))


def _by_name(fields: object) -> dict[str, ClaimField]:
    return {name: field for field, names in cast("dict[ClaimField, list[str]]", fields).items() for name in names}


def claims_of_meta(attributes: Mapping[str, str]) -> Iterator[RawClaim]:
    """Yield the claim of a meta element."""
    name = next((attributes[key] for key in _NAMING if attributes.get(key)), "").strip().lower()
    value = attributes.get("content", "")
    field = claim_names().meta.get(name)
    if field is not None and value.strip():
        yield RawClaim(field, "meta", name, value)


def claims_of_element(tag: str, attributes: Mapping[str, str], lines_above: int) -> Iterator[RawClaim]:
    """Yield the claims of an element amid the text: its `datetime`, or the item property that its `content` states."""
    prop = attributes.get("itemprop", "").strip()
    field = claim_names().microdata.get(prop.lower())
    value = attributes.get("datetime") or attributes.get("content") or ""
    if value and field is not None:
        yield RawClaim(field, "microdata", prop, value, lines_above)
    elif value and tag == "time":
        yield RawClaim("published", "time", attributes.get("class", ""), value, lines_above)


def claims_of_json_ld(facts: Facts) -> list[RawClaim]:
    """Return the claims of JSON-LD."""
    return [RawClaim(fact.field, "json-ld", fact.name, fact.value) for fact in facts.facts]
