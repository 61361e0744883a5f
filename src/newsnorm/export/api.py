"""Define the public calls of `newsnorm.export`."""

from __future__ import annotations

from newsnorm.export.formats import FORMATS, ExportFormat, check_options, export, format_named
from newsnorm.export.loss import FIELDS, Field
from newsnorm.export.quotes import Located, Quote, cite, locate
from newsnorm.export.writing import write
from newsnorm.records import Article

__all__ = ["FIELDS", "FORMATS", "ExportFormat", "Located", "Quote", "cite", "dumps", "locate", "lost", "write"]


def dumps(article: Article, to: str = "jsonl", *, ledger: bool = False, without_text: bool = False) -> str:
    """
    Write one article: a line of JSON, a row of a table or a whole document.

    Characters that the format does not allow are replaced by U+FFFD.

    Args:
        article: the article.
        to: the name of a format of `FORMATS`.
        ledger: whether to write the ledger, if the format has a place for it.
        without_text: whether to leave out the text, if the format allows it.

    Raises:
        InputError: there is no such format, or it has no such choice.

    >>> import newsnorm
    >>> article = newsnorm.parse("Quay to close\\n\\nThe quay closes on Monday, the port said.")
    >>> print(dumps(article, "markdown"))
    # Quay to close
    <BLANKLINE>
    The quay closes on Monday, the port said.

    """
    return export(article, format_named(to), check_options(to, ledger=ledger, without_text=without_text)).text


def lost(article: Article, to: str, *, ledger: bool = False, without_text: bool = False) -> tuple[Field, ...]:
    """
    Return the fields that an article has and a format can't hold.

    Args:
        article: the article.
        to: the name of a format of `FORMATS`.
        ledger: whether the ledger is written.
        without_text: whether the text is left out.

    Raises:
        InputError: there is no such format, or it has no such choice.

    >>> import newsnorm
    >>> lost(newsnorm.parse("Rain in Ulm.\\nSource link"), "ninjs")
    ('layout', 'removals', 'ledger')

    """
    return export(article, format_named(to), check_options(to, ledger=ledger, without_text=without_text)).lost
