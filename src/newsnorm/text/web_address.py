"""Is a text a web address or a host, and which days does an address name?"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from newsnorm.text.lazy_regex import lazy_regex

_ADDRESS = lazy_regex(r"(?:https?://|www\.)\S+\Z")
_HOST = lazy_regex(r"[\w-]+(?:\.[\w-]+)*\.(?:[\w-]*[^\W\d_][\w-]*|\d{1,3})(?::\d+)?(?:/\S*)?\Z")
_OPENINGS = ("http://", "https://", "www.")
_DAY = lazy_regex(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<sign>[/_.-]?)(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])"
    r"|(?P<parted>[/_.-])(?P<short_month>[1-9]|1[0-2])(?P=parted)(?P<short_day>[1-9]|[12]\d|3[01]))(?!\d)"
)


def is_address(text: str) -> bool:
    """
    Return whether a line is only a web address, as some corpora have it above the text.

    >>> is_address("https://example.com/quay-closed"), is_address("www.example.com is down")
    (True, False)
    """
    return text.startswith(_OPENINGS) and _ADDRESS.match(text) is not None


def is_host(text: str) -> bool:
    """
    Return whether a text is the host of a site, or an address there, rather than a name; names have capitals or spaces.

    >>> [is_host(text) for text in ("news.example.com", "https://example.com/", "Example.com", "Harbour News", "herald")]
    [True, True, False, False, False]
    """
    return "://" in text or (text == text.lower() and _HOST.match(text) is not None)


@attrs.frozen
class DayInAddress:
    """A day in a web address, and its place in code points."""

    value: str
    """ISO 8601."""
    start: int
    end: int


def days_in_address(address: str) -> Iterator[DayInAddress]:
    """
    Yield the days that a web address names, in order.

    >>> [day.value for day in days_in_address("https://example.com/2024/06/20/quay-closed-20240621.html")]
    ['2024-06-20', '2024-06-21']
    """
    for day in _DAY.finditer(address):
        month, number = (int(day[name] or day[f"short_{name}"]) for name in ("month", "day"))
        yield DayInAddress(f"{day['year']}-{month:02}-{number:02}", *day.span())
