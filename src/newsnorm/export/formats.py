"""Define the formats of articles: how each writes one article, and which fields it can't hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias

import attrs

from newsnorm.errors import InputError
from newsnorm.export import jsonl, markdown, ninjs, nitf, schema_org, tei, web_annotation
from newsnorm.export.flat import USUAL, check_columns, flat_row
from newsnorm.export.loss import ALL, FIELDS, Field
from newsnorm.export.separated import dumps_row
from newsnorm.export.xml import ILLEGAL
from newsnorm.records import Article
from newsnorm.records.schema import to_dict
from newsnorm.text.lazy_regex import lazy_regex

Container: TypeAlias = Literal["lines", "table", "documents", "parquet"]
"""How articles are combined into one file: lines, rows below a header, documents in a zip archive, or Parquet."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_HALF_SURROGATE = lazy_regex("[\ud800-\udfff]")


@attrs.frozen(kw_only=True)
class ExportOptions:
    """What to write of each article, where a format leaves a choice."""

    ledger: bool = False
    """Whether to write the ledger."""
    without_text: bool = False
    """Whether to leave out the text of the report and of everything around it."""
    columns: tuple[str, ...] = USUAL
    """The columns of a table."""


NO_OPTIONS = ExportOptions()


@attrs.frozen(kw_only=True)
class ExportFormat:
    """
    A format for articles.

    >>> import newsnorm
    >>> newsnorm.export.FORMATS["ninjs"].about
    'IPTC ninjs 3.1, news in JSON'
    """

    name: str
    about: str
    """What it is, in a few words."""
    container: Container
    ending: str
    """The usual ending of a file with one article."""
    dumps: Callable[[Article, ExportOptions], str]
    """Writes one article."""
    lacks: frozenset[Field] = frozenset()
    """The fields of `newsnorm.export.FIELDS` that it can't hold."""
    lost: Callable[[Article, ExportOptions], Iterable[Field]] = lambda *_: ()
    """Returns the further fields of one article that it can't hold with these options."""
    without_text: bool = False
    """Whether it can leave out the text of the report."""
    illegal: str = _HALF_SURROGATE.pattern
    """A regular expression for characters that the format does not allow; U+FFFD replaces each."""


@attrs.frozen
class Exported:
    """An article in some format."""

    text: str
    """A line, a row or a document, without a line break at its end."""
    lost: tuple[Field, ...]
    """The fields that the article has and the format can't hold."""


_FLAT_LACKS: frozenset[Field] = frozenset(("removals", "fixes", "findings", "ledger", "paragraph_kinds"))
_COLUMN_OF: Mapping[Field, str] = {"provenance": "raw_sha256", "assumed_zone": "published_zone"}
"""Field → its column, where their names differ."""


def _without_column(_: Article, options: ExportOptions) -> Iterable[Field]:
    return (field for field in FIELDS if _COLUMN_OF.get(field, field) not in options.columns)


def _ledger_left_out(_: Article, options: ExportOptions) -> Iterable[Field]:
    return () if options.ledger else ("ledger",)


def _row(delimiter: str) -> Callable[[Article, ExportOptions], str]:
    return lambda article, options: dumps_row(flat_row(to_dict(article), options.columns).values(), delimiter)


def _json(article: Article, options: ExportOptions) -> str:
    return jsonl.dumps(article, ledger=options.ledger)


def _as_asked(article: Article, options: ExportOptions) -> Article:
    """Leave out the ledger unless it is wanted."""
    return article if options.ledger or not article.ledger else attrs.evolve(article, ledger=())


def _annotations_lost(article: Article, options: ExportOptions) -> Iterable[Field]:
    yield from web_annotation.lost(article, without_text=options.without_text)
    yield from _ledger_left_out(article, options)


def _tei_lost(article: Article, options: ExportOptions) -> Iterable[Field]:
    if options.without_text:
        yield from tei.TEXTS
    yield from _ledger_left_out(article, options)


_FORMATS = (
    ExportFormat(
        name="jsonl",
        about="JSON lines of newsnorm's own schema",
        container="lines",
        ending="json",
        dumps=_json,
        lost=_ledger_left_out,
    ),
    ExportFormat(
        name="parquet",
        about="the same in Parquet (extra arrow)",
        container="parquet",
        ending="parquet",
        dumps=_json,
        lost=_ledger_left_out,
    ),
    ExportFormat(
        name="datasets",
        about="Parquet, arranged as Hugging Face's datasets loads it (extra arrow)",
        container="parquet",
        ending="parquet",
        dumps=_json,
        lost=_ledger_left_out,
    ),
    ExportFormat(
        name="csv",
        about="a table of comma-separated values without formulas",
        container="table",
        ending="csv",
        dumps=_row(","),
        lacks=_FLAT_LACKS,
        lost=_without_column,
    ),
    ExportFormat(
        name="tsv",
        about="a table of tab-separated values without formulas",
        container="table",
        ending="tsv",
        dumps=_row("\t"),
        lacks=_FLAT_LACKS,
        lost=_without_column,
    ),
    ExportFormat(
        name="schema-org",
        about="schema.org NewsArticle, in JSON-LD",
        container="lines",
        ending="jsonld",
        dumps=lambda article, _: schema_org.dumps(article),
        lacks=schema_org.LACKS,
    ),
    ExportFormat(
        name="ninjs",
        about="IPTC ninjs 3.1, news in JSON",
        container="lines",
        ending="json",
        dumps=lambda article, _: ninjs.dumps(article),
        lacks=ninjs.LACKS,
        lost=lambda article, _: ninjs.lost(article),
    ),
    ExportFormat(
        name="nitf",
        about="IPTC NITF 3.6, news in XML",
        container="documents",
        ending="xml",
        dumps=lambda article, _: nitf.dumps(article),
        lacks=nitf.LACKS,
        illegal=ILLEGAL,
    ),
    ExportFormat(
        name="tei",
        about="TEI P5, with annotations that stand off from the text",
        container="documents",
        ending="xml",
        dumps=lambda article, options: tei.dumps(_as_asked(article, options), without_text=options.without_text),
        lacks=tei.LACKS,
        lost=_tei_lost,
        without_text=True,
        illegal=ILLEGAL,
    ),
    ExportFormat(
        name="annotations",
        about="W3C Web Annotations that stand off from the text, in JSON-LD",
        container="lines",
        ending="jsonld",
        dumps=lambda article, options: web_annotation.dumps(_as_asked(article, options), without_text=options.without_text),
        lacks=web_annotation.LACKS,
        lost=_annotations_lost,
        without_text=True,
    ),
    ExportFormat(
        name="markdown",
        about="Markdown, the title and the report",
        container="documents",
        ending="md",
        dumps=lambda article, _: markdown.to_markdown(article),
        lacks=ALL - {"title", "text", "paragraph_kinds"},
    ),
)
FORMATS: Mapping[str, ExportFormat] = {each.name: each for each in _FORMATS}
"""Name of a format → the format."""


def format_named(name: str) -> ExportFormat:
    """
    Return a format by its name.

    Raises:
        InputError: there is no such format.

    >>> format_named("word")
    Traceback (most recent call last):
    newsnorm.errors.InputError: format 'word' is not known; choose one of jsonl, parquet, ...

    """
    if name not in FORMATS:
        raise InputError(f"format {name!r} is not known; choose one of {', '.join(FORMATS)}")
    return FORMATS[name]


def check_options(
    to: str, *, ledger: bool = False, without_text: bool = False, columns: Iterable[str] | None = None
) -> ExportOptions:
    """
    Return the options of an export, checked.

    Args:
        to: the name of the format.
        ledger: whether to write the ledger.
        without_text: whether to leave out the text.
        columns: the columns of a table; the usual ones unless given.

    Raises:
        InputError: there is no such format or column, or the format has no such choice.

    >>> check_options("ninjs", without_text=True)
    Traceback (most recent call last):
    newsnorm.errors.InputError: ninjs can't be written without the text; ...

    """
    form = format_named(to)
    if ledger and "ledger" in form.lacks:
        raise InputError(f"{to} has no place for the ledger; choose {_choice(lambda each: 'ledger' not in each.lacks)}")
    if without_text and not form.without_text:
        raise InputError(f"{to} can't be written without the text; choose {_choice(lambda each: each.without_text)}")
    if columns is not None and form.container != "table":
        raise InputError(f"{to} is not a table, so it has no columns; choose {_choice(lambda each: each.container == 'table')}")
    return ExportOptions(ledger=ledger, without_text=without_text, columns=USUAL if columns is None else check_columns(columns))


def _choice(fits: Callable[[ExportFormat], bool]) -> str:
    return " or ".join(name for name, form in FORMATS.items() if fits(form)) or "another format"


def export(article: Article, format: ExportFormat, options: ExportOptions = NO_OPTIONS) -> Exported:
    """
    Write one article, and say what the format can't hold of it.

    >>> import newsnorm
    >>> article = newsnorm.parse("Quay to close\\nBy María Pérez\\n\\nThe quay closes on Monday.\\nSource link")
    >>> export(article, FORMATS["markdown"]).lost
    ('id', 'authors', 'language', 'layout', 'removals', 'findings', 'provenance', 'ledger')

    """
    written = format.dumps(article, options)
    text, replaced = lazy_regex(format.illegal).subn(REPLACEMENT, written)
    gone = {*format.lacks, *format.lost(article, options)}
    lost = [name for name, value in FIELDS.items() if name in gone and value(article)]
    return Exported(text, (*lost, "characters") if replaced else tuple(lost))
