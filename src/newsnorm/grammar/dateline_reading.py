"""The record of what a dateline says, whatever the script it is written in."""

from __future__ import annotations

import attrs

from newsnorm.records import Person


@attrs.frozen(kw_only=True)
class DatelineReading:
    """What a dateline says, as it is printed."""

    end: int
    """Length of the dateline in code points of the line, the mark that closes it included."""
    shape: str
    """``agency``, ``day``, ``place`` or ``brackets``: the evidence by which it was known."""
    place: str | None = None
    """``KANSAS CITY, Mo.``"""
    day: str | None = None
    """``June 20``"""
    agency: str | None = None
    """``dpa/lno``"""
    agency_name: str | None = None
    """The usual name of the agency, if the table has it: ``dpa``."""
    people: tuple[Person, ...] = ()
