"""
Decide which documents are separate reports, and which recurring paragraphs belong to the site rather than to a report.

Counting alone can't decide this: eight briefs that share a paragraph about their paper, and eight versions of one report that
share its background, look alike. The rest of the documents does: a paragraph about the paper shares no words with the reports,
while the background of a report is about the same people and places as the lines above it.
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
"""Most distinct content words of a text that are compared, so that similarities of texts of any length are comparable."""

RELATED = 0.07
"""The least mean similarity of a paragraph to the reports around it if it is part of them. Compared with two paragraphs of other
articles, 6 % of English paragraphs and 3 % of fours of them are so similar; compared with two of their own article 77 and 88 %.
In German, 4 and 2 %, 74 and 75 % (``benchmarks/learned.py --topics``)."""


@attrs.frozen
class Demand:
    """How often a line must occur: in how many documents of its host, and in what share of them."""

    documents: int
    share: float

    def met(self, documents: int, of: int) -> bool:
        """Return whether `documents` out of `of` meet the demand."""
        return documents >= self.documents and documents >= self.share * of

    def __or__(self, other: Demand) -> Demand:
        """Combine two demands: the larger number and the larger share."""
        return Demand(max(self.documents, other.documents), max(self.share, other.share))


FRAME = (Demand(5, 0.8), Demand(10, 0.5))
"""Demands on prose that is set aside before documents are compared, one of which must be met: nearly all documents have it, or
half of many. Fewer could be versions of one report. Chosen, not measured."""

MIN_OWN, MIN_OWN_SHARE = 150, 0.2
"""A document counts if its own prose has so many letters, about two sentences, or this share of all its prose. A version of which
one sentence is new says too little besides what recurs to show whose that is. Chosen, not measured."""

HALF = Demand(3, 0.5)
"""Demand on a title to be the site's name rather than a headline. Chosen, not measured."""


def count_lines(documents: Iterable[Document]) -> Counter[str]:
    """Count the documents in which each line occurs, by the line's key."""
    return Counter(key for document in documents for key in {line.key for line in document.lines if line.key})


def independent_documents(documents: Sequence[Document]) -> list[Document]:
    """
    Return one document of each report: without the site's paragraphs, no two are near copies.

    Of several copies, the one with the earliest day is kept. Documents with hardly any prose of their own are left out.
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
    """Keys of the paragraphs that recur in enough documents of a host."""

    site: frozenset[str]
    """Paragraphs that have little in common with the reports around them."""
    of_reports: frozenset[str]
    """Paragraphs on the same subjects as the reports around them."""


def recurring_prose(documents: Sequence[Document], demands: Sequence[Demand]) -> RecurringProse:
    """
    Divide the paragraphs that meet one of `demands` into the site's and its reports'.

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
    """Similarity of a paragraph to the report of one document, from 0 to 1."""

    alone: float
    together: float
    """Similarity together with the document's other paragraphs that recur as often."""


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
    Return the text of each document's own: its title, and its prose without the site's paragraphs.

    The text is empty if too little prose is left (`MIN_OWN`). A title in half of the documents is the site's name, so it is left
    out.
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
    """Return `MAX_WORDS` of some hashed words, independent of their order."""
    return frozenset(sorted(set(words))[:MAX_WORDS])


def similarity(left: Set[int], right: Set[int]) -> float:
    """Return the cosine similarity of two sets of words: 0 if they share none, 1 if they are equal."""
    return len(left & right) / sqrt(len(left) * len(right)) if left and right else 0.0
