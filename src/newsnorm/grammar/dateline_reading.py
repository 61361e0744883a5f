"""Define the parts of a dateline, in any script."""

from __future__ import annotations

import attrs

from newsnorm.records import Person


@attrs.frozen(kw_only=True)
class DatelineReading:
    """The parts of a dateline, as printed."""

    end: int
    """Length of the dateline in code points, including its closing mark and the space after it."""
    shape: str
    """``agency``, ``day``, ``place`` or ``brackets``: the evidence by which it was recognised."""
    place: str | None = None
    """``KANSAS CITY, Mo.``"""
    day: str | None = None
    """``June 20``"""
    agency: str | None = None
    """``dpa/lno``"""
    agency_name: str | None = None
    """The usual name of the agency, if the table has it: ``dpa``."""
    people: tuple[Person, ...] = ()
