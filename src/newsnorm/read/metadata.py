"""Clean the metadata of a text, in the forms that data frames and HTTP libraries provide."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from newsnorm.errors import InputError
from newsnorm.records import Metadata

_FIELDS = tuple(field.name for field in attrs.fields(Metadata))


def clean_metadata(given: Metadata) -> Metadata:
    """
    Return metadata in which every value is text or absent.

    A missing value of a data frame (``NaN``, ``NaT``, ``pandas.NA``) and an empty text are absent. `fetched` may be a `date`, a
    `datetime` or the form of HTTP headers; it becomes ISO 8601.

    Raises:
        InputError: a value has another type; the message names it.

    >>> known = clean_metadata(Metadata(url=float("nan"), fetched="Mon, 06 May 2024 10:00:00 GMT"))
    >>> known.url, known.fetched
    (None, '2024-05-06T10:00:00+00:00')

    """
    values = {name: clean_value(name, getattr(given, name)) for name in _FIELDS}
    if (fetched := values["fetched"]) is not None and not is_time(fetched):
        values["fetched"] = _from_http(fetched) or fetched
    return given if all(getattr(given, name) is value for name, value in values.items()) else Metadata(**values)


def is_time(text: str) -> bool:
    """
    Return whether a text begins with a day in ISO 8601.

    >>> is_time("2024-05-06T10:00Z"), is_time("last week")
    (True, False)
    """
    try:
        return date.fromisoformat(text[:10]).isoformat() == text[:10]
    except ValueError:
        return False


def clean_value(name: str, value: object) -> str | None:
    """
    Return one value as text; None if it is missing.

    Args:
        name: what the value is; ``fetched`` may be a date of Python's or NumPy's.
        value: a text, or how data frames say that there is none.

    Raises:
        InputError: the value has another type; the message says what to do.

    >>> clean_value("url", float("nan")), clean_value("url", "https://example.com")
    (None, 'https://example.com')

    """
    if type(value) is str:
        return value or None
    if value is None or is_missing(value):
        return None
    if isinstance(value, str):  # a subclass, as numpy's
        return str(value) or None
    if name == "fetched" and isinstance(value, (date, datetime)):
        return value.isoformat()
    if name == "fetched" and type(value).__name__ == "datetime64":
        return str(value)
    remedy = "pass the one of this text" if hasattr(value, "__len__") else f"pass str({name})"
    raise InputError(f"{name}: expected str or None, got {type(value).__name__}; {remedy}")


def is_missing(value: object) -> bool:
    """Return whether a value marks a missing one, as `NaN` and `NaT` do, which do not equal themselves, or pandas' `NA`."""
    try:
        return bool(value != value)
    except TypeError:
        return True
    except Exception:  # an array, a signalling NaN: whatever else a comparison may raise
        return False


def _from_http(text: str) -> str | None:
    """Convert a time in the form of HTTP and mail headers to ISO 8601; None if it has another form."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None
