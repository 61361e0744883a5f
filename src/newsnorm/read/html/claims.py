"""Collect what a page states about itself for machines: meta elements, links, `<time>`, microdata and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from newsnorm.claim_names import claim_names
from newsnorm.read.html.json_ld import Facts
from newsnorm.records.markup import ClaimField, ClaimSource

LONGEST_VALUE = 2_000
"""Most code points of a value that are kept."""

LONGEST_NAME = 100
"""Most code points of a claim's name that are kept."""


_NAMING = ("property", "name", "itemprop", "http-equiv")


@attrs.frozen
class RawClaim:
    """A claim before it has a line: field, source, name, value, and the number of text lines above it (-1: the head)."""

    field: ClaimField
    source: ClaimSource
    name: str
    value: str
    lines_above: int = -1


def claims_of_meta(attributes: Mapping[str, str]) -> Iterator[RawClaim]:
    """Yield the claim of a meta element."""
    name = next((attributes[key] for key in _NAMING if attributes.get(key)), "").strip().lower()
    value = attributes.get("content", "")
    field = claim_names().meta.get(name)
    if field is not None and value.strip():
        yield RawClaim(field, "meta", name, value)


def claims_of_element(tag: str, attributes: Mapping[str, str], lines_above: int) -> Iterator[RawClaim]:
    """Yield the claims of an element within the text: its `datetime`, or the item property that its `content` states."""
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
