"""What can go wrong, as one small tree: catch `NewsnormError` and nothing of ours escapes."""

from __future__ import annotations


class NewsnormError(Exception):
    """Base of every error that newsnorm raises. Its text is one sentence that names the place and the remedy."""


class InputError(NewsnormError):
    """What was handed in can't be read: a type that isn't text, an unknown media type, a text over the limit."""


class CatalogueError(NewsnormError):
    """A file of rules or tables is wrong: it names the file, the rule and what to write instead."""


class RecordError(NewsnormError):
    """Data is no article of schema ``newsnorm/article/1``: it names the field."""


class LedgerError(NewsnormError):
    """An article and a raw text don't belong together, or the article came without its ledger."""


class CaseError(NewsnormError):
    """A regression case lacks a file or a field, or can't be read: it names the directory."""


class RefusedIndexError(NewsnormError):
    """A file is no index of ours, of another version, made with other parameters, or in use; it is left as it is."""


class DamagedIndexError(NewsnormError):
    """An index doesn't hold what was written to it: it names the file and what doesn't fit."""
