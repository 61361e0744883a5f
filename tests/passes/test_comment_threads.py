"""Where readers' comments begin."""

from __future__ import annotations

import pytest
from pages import PROSE, REPORT, claims, stated

from newsnorm.passes import find_comment_threads, find_curated

STAMPS = ("Kiki Moss on September 12, 2018 at 4:47 pm said:", "Harbour Cat on September 13, 2018 at 9:02 am said:")
COMMENTS = (
    "I took that ferry last week and did not notice anything at all, the coffee on board was good though.",
    "They should have welded that ramp years ago, everybody who lives here has been saying so since the storm.",
)
THREAD = (STAMPS[0], COMMENTS[0], STAMPS[1], COMMENTS[1])


@pytest.mark.parametrize(
    ("heading", "stamp"),
    [("Comments", ("Harbour Cat", "September 13, 2018 at 9:02 am")), ("Kommentare", ("Hafenkatze", "13.09.2018, 09:02 Uhr"))],
)
def test_one_stamp_below_a_heading_of_comments_opens_a_thread(heading: str, stamp: tuple[str, str]) -> None:
    lines = (*REPORT, heading, *stamp, COMMENTS[0])
    assert claims(stated(find_comment_threads, *lines, before=(find_curated,))) == [
        ("comments.thread", line) for line in (*stamp, COMMENTS[0])
    ]
    assert claims(stated(find_comment_threads, PROSE, heading, *stamp, *REPORT, before=(find_curated,))) == []


def test_a_thread_goes_from_its_first_stamp_on() -> None:
    assert claims(stated(find_comment_threads, *REPORT, *THREAD)) == [("comments.thread", line) for line in THREAD]


@pytest.mark.parametrize(
    "lines",
    [
        (*REPORT, STAMPS[0], COMMENTS[0]),
        (PROSE, *THREAD),
        THREAD,
        (*REPORT, "Kiki Moss said on September 12, 2018 that it was late:", COMMENTS[0], "Harbour Cat said:", COMMENTS[1]),
    ],
)
def test_one_stamp_or_a_page_of_comments_alone_is_no_thread(lines: tuple[str, ...]) -> None:
    assert stated(find_comment_threads, *lines) == []
