"""The errors that newsnorm raises, all derived from `NewsnormError`."""

from __future__ import annotations


class NewsnormError(Exception):
    """
    Base of every error that newsnorm raises; its message is one sentence that names the place and the remedy.

    >>> import newsnorm
    >>> try:
    ...     newsnorm.parse("Rain in Ulm.", media_type="image/png")
    ... except newsnorm.NewsnormError as error:
    ...     print(type(error).__name__)
    InputError
    """


class InputError(NewsnormError):
    """The input can't be read: it is not text, has an unknown media type, or exceeds the length limit."""


class CatalogueError(NewsnormError):
    """A file of rules or tables is invalid; the message names the file, the rule and what to write instead."""


class RecordError(NewsnormError):
    """Data does not conform to schema ``newsnorm/article/1``; the message names the field."""


class LedgerError(NewsnormError):
    """An article and a raw text don't belong together, or the article came without its ledger."""


class CaseError(NewsnormError):
    """A regression case lacks a file or a field, or can't be read; the message names the directory."""


class RefusedIndexError(NewsnormError):
    """A file is not an index, has another version or other parameters, or is in use; it is left unchanged."""


class DamagedIndexError(NewsnormError):
    """The content of an index is not what was written to it; the message names the file and the damaged part."""
