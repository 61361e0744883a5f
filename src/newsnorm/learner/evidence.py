"""
Which documents are reports of their own, and which recurring paragraphs are the site's rather than a report's?

Counting alone can't tell the two apart: eight briefs that share a paragraph about their paper, and eight versions of one
report that share its background, look alike. What the documents say besides does: a paragraph about the paper has no words of
the reports, while the background of a report speaks of the same people and places as the lines above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import compress, pairwise
from math import sqrt
from statistics import fmean

import attrs

from newsnorm.dedup import deduplicate
from newsnorm.dedup.text.tokens import tokenize
from newsnorm.learner.sample import Document, SampleLine
from newsnorm.page.prose import alphabetic_length

MAX_WORDS = 60
"""Distinct content words of a text that are compared; of texts of any length, the similarities are then comparable."""

RELATED = 0.07
"""The least mean similarity of a paragraph to the reports around it if it is part of them. Compared with two paragraphs of other
articles, 6 % of English paragraphs and 3 % of fours of them are so similar; compared with two of their own article 77 and 88 %.
In German, 4 and 2 %, 74 and 75 % (``benchmarks/learned.py --topics``)."""


@attrs.frozen
class Demand:
    """How often a line must occur: the number of documents of its host, and their share."""

    documents: int
    share: float

    def met(self, documents: int, of: int) -> bool:
        """Return whether `documents` out of `of` are enough."""
        return documents >= self.documents and documents >= self.share * of

    def __or__(self, other: Demand) -> Demand:
        """Take the stronger of two demands in each respect."""
        return Demand(max(self.documents, other.documents), max(self.share, other.share))


FRAME = (Demand(5, 0.8), Demand(10, 0.5))
"""For prose that is set aside before documents are compared, of which one demand must be met: nearly all documents have it, or
half of many. Fewer may be the versions of one report. Chosen, not measured."""

MIN_OWN, MIN_OWN_SHARE = 150, 0.2
"""A document counts if its own prose has so many letters, about two sentences, or this share of all its prose. A version of which
one sentence is new says too little besides what recurs to show whose that is. Chosen, not measured."""

HALF = Demand(3, 0.5)
"""For the name of the site, where a headline was looked for. Chosen, not measured."""


def count_lines(documents: Iterable[Document]) -> Counter[str]:
    """Count the documents on which each line occurs, by its key."""
    return Counter(key for document in documents for key in {line.key for line in document.lines if line.key})


def independent_documents(documents: Sequence[Document]) -> list[Document]:
    """
    Return one document of each report: without the site's paragraphs, no two are near copies.

    Of several copies, the one of the earliest day is kept. Documents of which hardly any prose is their own are left out.
    """
    frame = recurring_prose(documents, FRAME)
    texts = own_texts(documents, frame.site)
    own = {str(number): text for number, text in enumerate(texts) if text}
    copies: set[int] = set()
    for cluster in deduplicate(own).clusters:
        members = sorted(map(int, cluster.members), key=lambda number: (not documents[number].day, documents[number].day, number))
        copies.update(members[1:])
    return [documents[number] for number in map(int, own) if number not in copies]


@attrs.frozen
class RecurringProse:
    """Keys of the paragraphs that recur on enough documents of a host."""

    site: frozenset[str]
    """Those that have little in common with the reports around them."""
    of_reports: frozenset[str]
    """Those that speak of what the reports around them do."""


def recurring_prose(documents: Sequence[Document], demands: Sequence[Demand]) -> RecurringProse:
    """
    Tell the site's paragraphs from those of its reports, among the paragraphs that meet one of `demands`.

    A paragraph is of the reports if it is as similar to them as `RELATED` says, on average of the documents that have it: alone,
    or together with all such paragraphs of each document; or if no document says anything besides.
    """
    counts, of = count_lines(documents), len(documents)
    frequent = {key for key, count in counts.items() if any(demand.met(count, of) for demand in demands)}
    forms = {line.key: line.text for document in documents for line in document.lines if line.prose and line.key in frequent}
    if not forms:
        return RecurringProse(frozenset(), frozenset())
    similar = _similar_reports(documents, forms)
    site = frozenset(key for key, each in similar.items() if each and not _speak_of_reports(each))
    return RecurringProse(site, frozenset(forms) - site)


@attrs.frozen
class _Similarities:
    """How similar a paragraph is to the report of one document: 0 to 1."""

    alone: float
    together: float
    """With the other paragraphs of the document that recur as often."""


def _similar_reports(documents: Sequence[Document], forms: Mapping[str, str]) -> dict[str, list[_Similarities]]:
    """Return how similar each paragraph is to the reports around it; `forms` has the paragraphs by their keys."""
    words = {key: sample_words(found) for key, found in zip(forms, content_words(forms.values()), strict=True)}
    similar: dict[str, list[_Similarities]] = {key: [] for key in forms}
    reports = content_words(own_texts(documents, frozenset(forms)))
    for document, report in zip(documents, reports, strict=True):
        keys = {line.key for line in document.lines} & words.keys()
        if report and keys:
            lead = set(report[:MAX_WORDS])
            together = similarity(sample_words(word for key in keys for word in words[key]), lead)
            for key in keys:
                similar[key].append(_Similarities(similarity(words[key], lead), together))
    return similar


def _speak_of_reports(similarities: Sequence[_Similarities]) -> bool:
    means = (fmean(each.alone for each in similarities), fmean(each.together for each in similarities))
    return max(means) >= RELATED


def own_texts(documents: Sequence[Document], site: frozenset[str]) -> list[str]:
    """
    Return what each document says itself: its title, and its prose without the paragraphs of the site.

    The text is empty if too little prose is left (`MIN_OWN`). A title on half of the documents is the name of the site, so it
    is left out.
    """
    counts = count_lines(documents)
    names = {key for key, count in counts.items() if HALF.met(count, len(documents))}
    return [_own_text(document.lines, site, names) for document in documents]


def _own_text(lines: Sequence[SampleLine], site: frozenset[str], names: set[str]) -> str:
    titles = [line.text for line in lines if line.title and line.key not in names]
    prose = [line for line in lines if line.prose]
    own = [line.text for line in prose if line.key not in site]
    letters = sum(map(alphabetic_length, own))
    enough = min(MIN_OWN, MIN_OWN_SHARE * sum(alphabetic_length(line.text) for line in prose))
    return "\n".join([*titles, *own]) if letters and letters >= enough else ""


def content_words(texts: Iterable[str]) -> list[tuple[int, ...]]:
    """Return the distinct content words of each text, as hashes, in the order in which they first occur."""
    tokens = tokenize(texts)
    hashes = tokens.hash.tolist()
    is_content = tokens.is_content.tolist()
    bounds = pairwise(tokens.offset.tolist())
    return [tuple(dict.fromkeys(compress(hashes[start:end], is_content[start:end]))) for start, end in bounds]


def sample_words(words: Iterable[int]) -> frozenset[int]:
    """Return `MAX_WORDS` of some hashed words, the same whatever their order."""
    return frozenset(sorted(set(words))[:MAX_WORDS])


def similarity(left: Set[int], right: Set[int]) -> float:
    """Return how many words two sets have in common, as the cosine of their angle: 0 none, 1 all."""
    return len(left & right) / sqrt(len(left) * len(right)) if left and right else 0.0
