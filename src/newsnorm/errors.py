"""The errors that newsnorm raises, all derived from `NewsnormError`."""

from __future__ import annotations


class NewsnormError(Exception):
    """
    Base of every error that newsnorm raises; its message is one sentence that names the place and the remedy.

    >>> import newsnorm
    >>> issubclass(newsnorm.InputError, newsnorm.NewsnormError)
    True
    """


class InputError(NewsnormError):
    """
    The input can't be read: it is not text, has an unknown media type, or exceeds the length limit.

    >>> import newsnorm
    >>> newsnorm.fields.parse_date(5)
    Traceback (most recent call last):
    newsnorm.errors.InputError: expected a string, got int
    """


class MissingExtraError(NewsnormError):
    """
    A feature needs an optional dependency that is not installed; the message says what to install.

    >>> MissingExtraError.of("RTF files", "office")
    MissingExtraError("RTF files need the extra office: pip install 'newsnorm[office]'")
    """

    @classmethod
    def of(cls, what: str, extra: str) -> MissingExtraError:
        """Return the error for `what`, a plural such as "RTF files", which needs `extra`; its message says how to install it."""
        return cls(f"{what} need the extra {extra}: pip install 'newsnorm[{extra}]'")


class CatalogueError(NewsnormError):
    """
    A file of rules or tables is invalid; the message names the file, the rule and what to write instead.

    >>> import newsnorm
    >>> newsnorm.Catalogue.load("no-such-folder")
    Traceback (most recent call last):
    newsnorm.errors.CatalogueError: no-such-folder: no such file or directory
    """


class RecordError(NewsnormError):
    """
    Data does not conform to schema ``newsnorm/article/1``; the message names the field.

    >>> import newsnorm
    >>> newsnorm.from_dict({"schema": "other"})
    Traceback (most recent call last):
    newsnorm.errors.RecordError: not an article of schema newsnorm/article/1: 'schema' is 'other'
    """


class LedgerError(NewsnormError):
    """
    An article and a raw text don't belong together, or the article has no ledger.

    >>> import newsnorm
    >>> newsnorm.reconstruct(newsnorm.parse("Rain.", id="rain"), "Snow in Ulm.")
    Traceback (most recent call last):
    newsnorm.errors.LedgerError: article rain was made from 5 characters, this text has 12
    """


class CaseError(NewsnormError):
    """A regression case lacks a file or a field, or can't be read; the message names the directory."""


class TooManyErrorsError(NewsnormError):
    """More records failed than the user allowed; the run can be continued."""


class RefusedIndexError(NewsnormError):
    """A file is not an index, has a different version or different parameters, or is in use; it is left unchanged."""


class DamagedIndexError(NewsnormError):
    """An index does not contain what was written to it; the message names the file and the damaged part."""


class WorkerStartError(NewsnormError):
    """Worker processes can't be started, or can't load their task; the message says why, and what to do."""
