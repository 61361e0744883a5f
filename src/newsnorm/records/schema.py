"""
Convert articles to JSON data and back: schema ``newsnorm/article/1``, described in ``docs/schema/article-1.json``.

Every key is always present; absent values are ``null`` or an empty list. The flat keys (``authors``, ``published`` …) are for
convenience; ``findings`` has the same information with rule and place, and is what `from_dict` reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

import attrs

from newsnorm.errors import RecordError
from newsnorm.records import (
    PLAIN,
    UNKNOWN_LAYOUT,
    Article,
    ArticleImage,
    Byline,
    Caption,
    Correction,
    Credit,
    Dateline,
    Entry,
    Finding,
    Fix,
    Language,
    Layout,
    Mark,
    PageFact,
    ParagraphKind,
    Provenance,
    PublicationDate,
    Removal,
    Standfirst,
    Title,
)

if TYPE_CHECKING:
    from cattrs import Converter

SCHEMA = "newsnorm/article/1"

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Record = TypeVar("Record")

_KINDS: dict[str, type[Finding]] = {
    "byline": Byline,
    "caption": Caption,
    "claim": PageFact,
    "correction": Correction,
    "credit": Credit,
    "date": PublicationDate,
    "dateline": Dateline,
    "mark": Mark,
    "standfirst": Standfirst,
    "title": Title,
}


def to_dict(article: Article, *, ledger: bool = False) -> dict[str, Json]:
    """
    Convert an article to data for `json.dumps`, of schema ``newsnorm/article/1``.

    Args:
        article: the article.
        ledger: whether to include the ledger, which `reconstruct` needs.

    >>> import newsnorm
    >>> data = newsnorm.to_dict(newsnorm.parse("It rained in Ulm on Monday.\\nSource link"))
    >>> data["paragraphs"], data["published"], data["removals"][0]["reason"]
    (['It rained in Ulm on Monday.'], None, 'syndication')

    """
    data: dict[str, Json] = {
        "schema": SCHEMA,
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "standfirst": article.standfirst.text if article.standfirst else None,
        "authors": [_plain(person) for person in article.authors],
        "people": [_plain(person) for person in article.people],
        "agency": article.agency,
        "agency_evidence": [_evidence(finding) for finding in article.agency_evidence],
        "published": _date(article.published),
        "updated": _date(article.updated),
        "dateline": _some(article.dateline, "place", "date", "agency"),
        "credits": [{"name": credit.name, "kind": credit.kind, "agency": credit.agency} for credit in article.credits],
        "captions": [{"caption": found.caption, "credit": found.credit, "agency": found.agency} for found in article.captions],
        "images": [_plain(image) for image in article.images],
        "corrections": [{"text": correction.text} for correction in article.corrections],
        "site": article.site,
        "about": _plain(article.about),
        "language": _plain(article.language),
        "layout": _plain(article.layout),
        "truncated": article.truncated,
        "paragraphs": list(article.paragraphs),
        "paragraph_kinds": _structured(article.paragraph_kinds),
        "text": article.text,
        "removals": [_flat(removal, "rule", "reason", "text") for removal in article.removals],
        "fixes": [_flat(fix) for fix in article.fixes],
        "notes": list(article.notes),
        "findings": [
            {"type": finding.fate, **_flat(finding)} for finding in article.findings() if not isinstance(finding, Removal)
        ],
        "provenance": _plain(article.provenance),
    }
    if ledger:
        data["ledger"] = [_flat(entry) for entry in article.ledger]
    return data


def from_dict(data: Mapping[str, Json]) -> Article:
    """
    Rebuild an article from the data that `to_dict` returned; it equals the original if the ledger was included.

    Args:
        data: an object of schema ``newsnorm/article/1``, as `json.loads` returns it.

    Raises:
        RecordError: `data` is not an article of this schema; the message names the field.

    >>> import newsnorm
    >>> article = newsnorm.parse("It rained in Ulm on Monday.\\nSource link")
    >>> newsnorm.from_dict(newsnorm.to_dict(article, ledger=True)) == article
    True

    """
    if data.get("schema") != SCHEMA:
        raise RecordError(f"not an article of schema {SCHEMA}: 'schema' is {data.get('schema')!r}")
    findings: list[Finding] = []
    for index, row in enumerate(_rows(data, "findings")):
        kind = _KINDS.get(str(row.get("type")))
        if kind is None:
            raise RecordError(f"findings[{index}].type is {row.get('type')!r}; expected one of {', '.join(_KINDS)}")
        findings.append(_unflat({key: value for key, value in row.items() if key != "type"}, kind, f"findings[{index}]"))
    headline = _first(findings, Title)
    return Article(
        id=_text(data, "id"),
        url=_text_or_none(data, "url"),
        title=_text_or_none(data, "title"),
        headline=headline,
        standfirst=_first(findings, Standfirst),
        bylines=_each(findings, Byline),
        dates=_each(findings, PublicationDate),
        dateline=_first(findings, Dateline),
        credits=_each(findings, Credit),
        captions=_each(findings, Caption),
        images=_structure(data.get("images", []), tuple[ArticleImage, ...], "images"),
        corrections=_each(findings, Correction),
        facts=_each(findings, PageFact),
        site=_text_or_none(data, "site"),
        language=_structure(data.get("language"), Language, "language"),
        layout=_structure(data["layout"], Layout, "layout") if "layout" in data else UNKNOWN_LAYOUT,
        truncated=data.get("truncated") is True,
        paragraphs=_structure(data.get("paragraphs"), tuple[str, ...], "paragraphs"),
        paragraph_kinds=_paragraph_kinds(data, len(cast("list[str]", data["paragraphs"]))),
        removals=_list(data, "removals", Removal),
        marks=_each(findings, Mark),
        fixes=_list(data, "fixes", Fix),
        ledger=_list(data, "ledger", Entry) if "ledger" in data else (),
        notes=_structure(data.get("notes"), tuple[str, ...], "notes"),
        provenance=_structure(data.get("provenance"), Provenance, "provenance"),
    )


@cache
def _converter() -> Converter:
    from cattrs import Converter

    return Converter(forbid_extra_keys=True, prefer_attrib_converters=True)


def _plain(record: object) -> Json:
    return cast("Json", _converter().unstructure(record))


def _some(record: object | None, *names: str) -> Json:
    return None if record is None else {name: cast("Json", getattr(record, name)) for name in names}


def _evidence(finding: Finding) -> Json:
    return {"type": finding.fate, "text": finding.text, "rule": finding.rule}


def _date(date: PublicationDate | None) -> Json:
    return _some(date, "value", "precision", "zone")


def _flat(record: Finding | Fix | Entry, *first: str) -> dict[str, Json]:
    """Flatten the span of a record into ``start`` and ``end``, after the keys of `first`."""
    data: dict[str, Json] = dict.fromkeys(first)
    data["start"], data["end"] = record.span.start, record.span.end
    for field in attrs.fields(type(record)):
        if field.name != "span" and field.init:
            value = getattr(record, field.name)
            data[field.name] = value if isinstance(value, _SCALARS) else _plain(value)
    return data


_SCALARS = (str, int, float, type(None))


def _unflat(row: Mapping[str, Json], kind: type[Record], place: str) -> Record:
    data = dict(row)
    data["span"] = {"start": data.pop("start", None), "end": data.pop("end", None)}
    return _structure(data, kind, place)


def _structure(value: Json, kind: type[Record], place: str) -> Record:
    from cattrs import BaseValidationError, transform_error

    try:
        _no_numbers_as_text(value, kind, place)
        return _converter().structure(value, kind)
    except BaseValidationError as error:
        raise RecordError(f"{place}: {'; '.join(transform_error(error))[:300]}") from error
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RecordError(f"{place}: {str(error)[:300]}") from error


def _no_numbers_as_text(value: Json, kind: object, place: str) -> None:
    """Refuse a list of paragraphs that contains anything but strings, which cattrs would convert silently."""
    if kind == tuple[str, ...] and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise RecordError(f"{place} is not a list of strings")


def _structured(kinds: Sequence[ParagraphKind]) -> list[Json]:
    """List the kinds of all paragraphs that are not plain, each with the index of its paragraph."""
    return [{"paragraph": index, **cast("dict[str, Json]", _plain(kind))} for index, kind in enumerate(kinds) if kind != PLAIN]


def _paragraph_kinds(data: Mapping[str, Json], count: int) -> tuple[ParagraphKind, ...]:
    """Return the kinds of `count` paragraphs; files written before structure was recorded state none."""
    kinds = [PLAIN] * count
    for number, row in enumerate(_rows(data, "paragraph_kinds") if "paragraph_kinds" in data else []):
        place = f"paragraph_kinds[{number}]"
        index = row.get("paragraph")
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            raise RecordError(f"{place}.paragraph is {index!r}, not the index of a paragraph")
        kinds[index] = _structure({key: value for key, value in row.items() if key != "paragraph"}, ParagraphKind, place)
    return tuple(kinds)


def _rows(data: Mapping[str, Json], key: str) -> list[dict[str, Json]]:
    rows = data.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RecordError(f"{key} is not a list of objects")
    return cast("list[dict[str, Json]]", rows)


def _list(data: Mapping[str, Json], key: str, kind: type[Record]) -> tuple[Record, ...]:
    return tuple(_unflat(row, kind, f"{key}[{index}]") for index, row in enumerate(_rows(data, key)))


def _text(data: Mapping[str, Json], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise RecordError(f"{key} is {value!r}, not a string")
    return value


def _text_or_none(data: Mapping[str, Json], key: str) -> str | None:
    return None if data.get(key) is None else _text(data, key)


def _each(findings: list[Finding], kind: type[Record]) -> tuple[Record, ...]:
    return tuple(finding for finding in findings if isinstance(finding, kind))


def _first(findings: list[Finding], kind: type[Record]) -> Record | None:
    return next((finding for finding in findings if isinstance(finding, kind)), None)
