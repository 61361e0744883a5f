"""The words that a report is about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.page.topic import Topic, stems

WORDS = (
    "The",
    "harbour",
    "harbours",
    "closed",
    "close",
    "were",
    "it",
    "’",
    "port’s",
    "Malmö",
    "Kai",
    "12",
    "covid19",
    "港口关闭",
    "порт",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


def test_stems_are_the_beginnings_of_long_words() -> None:
    assert stems("The quays were closed") == {"quays", "were", "closed"}
    assert stems("“The port’s quays” were closed…") == {"port", "quays", "were", "closed"}
    assert stems("港口关闭") == {"港口", "口关", "关闭"}


@given(TEXTS, TEXTS)
def test_the_share_is_that_of_common_stems(topic: str, text: str) -> None:
    own = stems(text)
    assert Topic(topic).share(text) == len(own & stems(topic)) / max(2, len(own))
