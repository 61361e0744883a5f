"""Measure how well each line of a page agrees with what the page claims about itself: title, description, authors and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from newsnorm.page.marked_lines import BEGINNING, Floats, MarkedLines
from newsnorm.records.markup import ClaimField
from newsnorm.text.words import words_of

TITLE = 40
"""Words of the longest line that may be the headline."""

TOPIC, TOPICS = 4, 4
"""Fewest letters of a title word that counts as a topic, and most such words that count."""

DESCRIBED = 300
"""Code points from the beginning of a line that are compared with the description."""

STATED_BODY, STATED_WORDS = 200, 40
"""Fewest code points of a stated article text, and fewest words of the page that it covers, for it to count."""

RUN = 4
"""Words of the runs that a line may share with the stated text."""


def claim_features(lines: MarkedLines) -> dict[str, Floats]:
    """Return the features of lines that come from claims; each of shape (lines,)."""
    heads = [number for number, mark in enumerate(lines.marks) if lines.elements[mark.block].tag == "h1"]
    titles = [*_claimed(lines, "title"), *(frozenset(lines.words[number]) for number in heads[:1])]
    titles = [title for title in dict.fromkeys(titles) if title]
    like_title = _like_titles(lines, titles)
    return {
        "like_stated_title": like_title,
        "topic": _topical(lines, titles),
        "described": _described(lines),
        "named": _named(lines),
        **_stated(lines),
        **_headline(lines, like_title, heads),
    }


def _like_titles(lines: MarkedLines, titles: Sequence[frozenset[str]]) -> Floats:
    """Return the similarity of each line to the title most similar to it."""
    known, alike = frozenset(word for title in titles for word in title), np.zeros(lines.count)
    for number, words in enumerate(lines.words):
        if not known.isdisjoint(words):
            alike[number] = _likeness(words, titles)
    return alike


def _topical(lines: MarkedLines, titles: Sequence[frozenset[str]]) -> Floats:
    """Return how many topic words of the titles each line contains, as a share of `TOPICS`."""
    topic, topical = frozenset(word for title in titles for word in title if len(word) >= TOPIC), np.zeros(lines.count)
    for number, words in enumerate(lines.words):
        if not topic.isdisjoint(words):
            topical[number] = min(len(topic.intersection(words)), TOPICS) / TOPICS
    return topical


def _named(lines: MarkedLines) -> Floats:
    """Return the share of each line's words that are in names of claimed authors."""
    authors, named = (
        frozenset(word for name in _claimed(lines, "author") for word in name if len(word) > 2),
        np.zeros(lines.count),
    )
    for number, words in enumerate(lines.words):
        if not authors.isdisjoint(words):
            named[number] = len(authors.intersection(words)) / len(words)
    return named


def _claimed(lines: MarkedLines, field: ClaimField) -> list[frozenset[str]]:
    """Return the words of each claim about a field."""
    return [frozenset(words_of(claim.value.lower())) for claim in lines.page.markup.claims if claim.field == field]


def _likeness(words: Sequence[str], titles: Iterable[frozenset[str]]) -> float:
    """Return the similarity of some words to the title most similar to them (Jaccard coefficient)."""
    if len(words) > TITLE:
        return 0.0
    own, best = frozenset(words), 0.0
    for title in titles:
        if shared := len(own & title):
            best = max(best, shared / (len(own) + len(title) - shared))
    return best


def _described(lines: MarkedLines) -> Floats:
    """
    Return the share of each line's runs of three words that are in the description, or of the description's runs if it is
    shorter.
    """
    longest = max((claim.value for claim in lines.page.markup.claims if claim.field == "description"), key=len, default="")
    description = words_of(longest.lower())
    runs, known = set(zip(description, description[1:], description[2:], strict=False)), frozenset(description)
    shares = np.zeros(lines.count)
    if runs:
        for number, words in enumerate(lines.words):
            if not known.isdisjoint(words) and len(known.intersection(words)) > 2:
                text = lines.texts[number]
                own = words if len(text) <= BEGINNING else words_of(text[:DESCRIBED].lower())
                shared = sum(map(runs.__contains__, zip(own, own[1:], own[2:], strict=False)))
                shares[number] = min(shared / max(min(len(own), len(description)) - 2, 1), 1.0)
    return shares


def _stated(lines: MarkedLines) -> dict[str, Floats]:
    """Compare the lines with the text that the page states as its article, if any."""
    share = np.zeros(lines.count)
    body = lines.page.markup.article_body
    if len(body) > STATED_BODY:
        share = _shares(lines.all_words, words_of(body.lower()))
    has_body = float(share @ lines.size > STATED_WORDS)
    stated = np.flatnonzero((share > 0.5) & (lines.size >= 5))
    first, last = (stated[0], stated[-1]) if len(stated) and has_body else (lines.count, -1)
    at = np.arange(lines.count)
    return {
        "stated": share * has_body,
        "unstated": has_body * (share <= 0.5),
        "within_stated": ((at >= first) & (at <= last)).astype(float),
    }


def _shares(rows: Sequence[Sequence[str]], stated: Sequence[str]) -> Floats:
    """
    Return the share of each row's words that are in runs of `RUN` words of a text, using each run as often as the text has
    it.
    """
    left, known = Counter(zip(*(stated[at:] for at in range(RUN)), strict=False)), frozenset(stated)
    shares = np.zeros(len(rows))
    for number, row in enumerate(rows):
        if known.isdisjoint(row):
            continue
        covered = end = 0  # number of words in runs so far, and the end of the last run
        for at, run in enumerate(zip(*(row[at:] for at in range(RUN)), strict=False)):
            if (times := left.get(run, 0)) > 0:
                left[run] = times - 1
                covered += at + RUN - max(at, end)
                end = at + RUN
        shares[number] = covered / max(len(row), 1)
    return shares


def _headline(lines: MarkedLines, like_title: Floats, heads: Sequence[int]) -> dict[str, Floats]:
    """
    Return the positions of the lines relative to the headline: the first h1 similar to the title, or else the first such
    line.
    """
    in_head = (number for number in heads if like_title[number] > 0.5)
    at = next(in_head, next(iter(np.flatnonzero(like_title > 0.6).tolist()), None))
    if at is None:
        return dict.fromkeys(("below_headline", "from_headline"), np.zeros(lines.count))
    from_headline = np.arange(lines.count) - at
    return {
        "below_headline": (from_headline > 0).astype(float),
        "from_headline": np.clip(from_headline, -30, 30) / 30,
    }
