"""Read the fields of an article from JSON-LD; JSON broken by line breaks or commas is repaired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from json import JSONDecoder
from typing import TypeAlias

import attrs

from newsnorm.claim_names import REFERRED, object_kinds
from newsnorm.records.markup import ClaimField
from newsnorm.text.lazy_regex import lazy_regex

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

DEEPEST, MOST_ITEMS, MOST_OBJECTS = 8, 200, 2_000
"""Most levels, items of a list, and objects of a page that are read."""

LONGEST_SCRIPT = 1_000_000
"""Code points of the longest script that is read: JSON without texts takes 25 times its size in memory."""

NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "isPartOf")
"""Properties whose objects may be the article."""

_CONTROL, _COMMA = lazy_regex(r"[\x00-\x1f]+"), lazy_regex(r",\s*([}\]])")
_TAG = lazy_regex(r"<[^<>]{1,500}>")
_DECODER = JSONDecoder(parse_int=float, strict=False)  # whole numbers of thousands of digits are errors


@attrs.frozen
class Fact:
    """One statement: ``NewsArticle.author.Person``, and its value."""

    field: ClaimField
    name: str
    value: str


@attrs.frozen
class Facts:
    """What the JSON-LD of a page states."""

    facts: tuple[Fact, ...]
    article_body: str
    """The longest text stated as the body of an article."""
    unreadable: int
    """Number of scripts that are not JSON, or too long."""


def facts_of(scripts: Iterable[str]) -> Facts:
    """
    Read the JSON-LD scripts of a page.

    >>> facts = facts_of(['{"@type": "NewsArticle", "headline": "Quay to close", "author": {"name": "Ana Ng"}}'])
    >>> [(fact.name, fact.value) for fact in facts.facts]
    [('@type', 'NewsArticle'), ('NewsArticle.headline', 'Quay to close'), ('NewsArticle.author', 'Ana Ng')]
    """
    values = [_load(script) for script in scripts]
    items = list(islice(chain.from_iterable(map(_objects, values)), MOST_OBJECTS))
    named = _by_id(items)
    facts = dict.fromkeys(fact for item in items for fact in _facts_of(item, named))
    body = max(map(_body_of, items), key=len, default="")
    return Facts(tuple(facts), _TAG.sub(" ", body) if "<" in body else body, values.count(None))


def _by_id(items: Iterable[dict[str, Json]]) -> Mapping[str, dict[str, Json]]:
    """Return the objects that others may refer to, by their ``@id``: the first of each that says more than that."""
    named: dict[str, dict[str, Json]] = {}
    for item in items:
        name = item.get("@id")
        if isinstance(name, str) and len(item) > 1:
            named.setdefault(name, item)
    return named


def _body_of(item: Mapping[str, Json]) -> str:
    """Return the text of an article; empty if the object gives none."""
    text = item.get("articleBody")
    if isinstance(text, list):
        return " ".join(part for part in text if isinstance(part, str))
    return text if isinstance(text, str) else ""


def _load(script: str) -> Json:
    """Load the first value of a script; None if it can't be read as JSON."""
    if len(script) > LONGEST_SCRIPT:
        return None
    text = script.strip().removeprefix("<!--").removesuffix("-->").replace("//<![CDATA[", "").replace("//]]>", "").lstrip()
    for candidate in (text, _COMMA.sub(r"\1", _CONTROL.sub(" ", text))):
        try:
            value: Json = _DECODER.raw_decode(candidate)[0]
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _objects(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    """Yield the objects of a value that may be the article or its site, in their order."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:MOST_ITEMS]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in NESTED:
            yield from _objects(value.get(key), depth + 1)


def _type_of(item: Mapping[str, Json]) -> str:
    """Return the type of an object; several are joined by spaces."""
    kind = item.get("@type")
    if isinstance(kind, list):
        return " ".join(part for part in kind if isinstance(part, str))
    return kind if isinstance(kind, str) else ""


def _facts_of(item: Mapping[str, Json], named: Mapping[str, dict[str, Json]]) -> Iterator[Fact]:
    """Yield the facts of one object; `named` are the objects that it may refer to, by their ids."""
    kind = _type_of(item)
    lower, kinds = kind.lower(), object_kinds()
    if lower in kinds.site:
        yield from (Fact("site", f"{kind}.name", name) for name in _strings(item.get("name")))
    if lower in kinds.listing or any(part in lower for part in kinds.report):
        yield Fact("kind", "@type", kind)
    if not (any(part in lower for part in kinds.article) or "datePublished" in item or "headline" in item):
        return
    for key, field in _FIELDS:
        yield from (Fact(field, f"{kind}.{key}", value) for value in _strings(item.get(key)))
    if str(item.get("isAccessibleForFree")).lower() == "false":
        yield Fact("access", f"{kind}.isAccessibleForFree", "false")
    creators, publisher, image = item.get("author") or item.get("creator"), item.get("publisher"), item.get("image")
    yield from (Fact("author", _joined(kind, "author", who), name) for who, name in _named(creators))
    yield from (Fact("author", _joined(kind, "author", REFERRED, who), name) for who, name in _named(_referred(creators, named)))
    yield from (
        Fact("site", f"{kind}.publisher", name)
        for value in (publisher, *_referred(publisher, named))
        for _, name in _named(value)
    )
    yield from (Fact("image", f"{kind}.image", url) for value in (image, *_referred(image, named)) for url in _urls(value))


def _joined(*parts: str) -> str:
    """Return the parts of a name that are not empty, joined by dots."""
    return ".".join(filter(None, parts))


def _referred(value: Json, named: Mapping[str, dict[str, Json]]) -> list[Json]:
    """Return the objects that a value, or an item of a list, refers to by ``@id`` without naming them."""
    items = value[:MOST_ITEMS] if isinstance(value, list) else (value,)
    ids = (item.get("@id") for item in items if isinstance(item, dict) and not item.keys() - {"@id", "@type"})
    return [named[name] for name in ids if isinstance(name, str) and name in named]


_FIELDS: tuple[tuple[str, ClaimField], ...] = (
    ("headline", "title"),
    ("datePublished", "published"),
    ("dateModified", "updated"),
    ("articleSection", "section"),
    ("keywords", "tag"),
    ("description", "description"),
    ("inLanguage", "language"),
    ("url", "url"),
)


def _strings(value: Json) -> Iterator[str]:
    """Yield the strings of a value that is one, or a list of them."""
    for item in value[:MOST_ITEMS] if isinstance(value, list) else (value,):
        text = item.get("@value") if isinstance(item, dict) else item
        if isinstance(text, str) and text.strip():
            yield text


def _named(value: Json, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield type and name of persons and organisations; a plain string has no type."""
    if depth > DEEPEST:
        return
    if isinstance(value, str) and value.strip():
        yield "", value
    elif isinstance(value, list):
        for item in value[:MOST_ITEMS]:
            yield from _named(item, depth + 1)
    elif isinstance(value, dict):
        name = value.get("name")
        if name is None:
            name = " ".join(part for key in ("givenName", "familyName") if isinstance(part := value.get(key), str))
        yield from ((_type_of(value), text) for text in _strings(name))


def _urls(value: Json, depth: int = 0) -> Iterator[str]:
    """Yield the addresses of images."""
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list) and depth <= DEEPEST:
        for item in value[:MOST_ITEMS]:
            yield from _urls(item, depth + 1)
    elif isinstance(value, dict):
        yield from _strings(value.get("url") or value.get("contentUrl"))
