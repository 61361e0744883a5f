"""Relative dates at the ends of the calendar."""

from __future__ import annotations

import pytest

from newsnorm import fields


@pytest.mark.parametrize("reference", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "0001-01-01", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("text", ["5 hours ago", "yesterday", "tomorrow", "10 minutes ago", "3 weeks ago", "99 days ago"])
def test_a_day_beyond_the_calendar_is_none(text: str, reference: str) -> None:
    found = fields.parse_date(text, reference=reference)
    assert found is None or len(found.value) >= 10
