"""
Decide whether a date is a statement about the report, or the day of something that the report tells.

A publication date is marked by a word, stands on a line of its own, beside a name, or apart from the rest of its line. A day in
running text is the day of an event, whatever is near it.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise
from typing import Literal, TypeAlias

from newsnorm.grammar.byline import BylineReading
from newsnorm.grammar.dates.search import DateMention
from newsnorm.page.layout import LineView, PageLayout, is_sentence
from newsnorm.text.casing import fold_word
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import UNSPACED_FROM
from newsnorm.text.sentences import ends_sentence
from newsnorm.text.web_address import is_address

DateStanding: TypeAlias = Literal["marked", "alone", "signed", "apart", "opening", "address", "told"]
"""
``marked`` by a word beside or above it; ``alone`` on its line; ``signed``: beside a name; set ``apart`` from the rest of its line
by signs; ``opening`` a paragraph, set apart; in an ``address`` above the report; ``told`` in running text, or in somebody's post.
"""

DATE_SHARE, ALL_BUT = 0.4, 0.7
"""Smallest share of a line covered by dates that makes it a date line; the second is for lines that end like a sentence."""

APART = 120
"""Code points. In longer lines, signs don't set dates apart."""

LONGEST_NOTE = 300
"""Code points of the longest note of a report about itself: ``This article was first published …``."""

CLEAR = 60
"""Code points. In a shorter line, a numeric date or one with a time needs no other sign, since prose has neither."""

FEW_WORDS = 3
"""Most words before a date that may belong to it: ``Berlin, den``, ``Posted on``."""

_SIGN_BEFORE = lazy_regex(r"(?:[|•·∙⋅●▪/(\[–—―]|\s[-:]|\s,)\s*\Z")
_SIGN_AFTER = lazy_regex(r"\s*(?:[|•·∙⋅●▪/)（）\]–—―]|-\s|:\s|\.\s)")
_BAR_BEFORE, _BAR_AFTER = lazy_regex(r"[|•·∙⋅●▪]\s*\Z"), lazy_regex(r"\s*[|•·∙⋅●▪]")
_WHOLE_YEAR = lazy_regex(r"\d{4}")
_ENDS_PLACE = ",/|–—•·"
_WORD = lazy_regex(r"\w+")
_DASHES = frozenset("-–—/~～")
SPAN = 40
"""Code points before a date within which the other end of a span is looked for."""

_OPEN_END = lazy_regex(r"(?<!\d)\d{1,2}\.?\s{0,3}(\S{1,10}|\S{1,12} \S{1,12})\s{0,3}\Z")
_BORN, _DIED = frozenset("*＊⋆★☆"), frozenset("†✝✞☦")
LIFE = 10
"""Fewest years between two unmarked days that make them dates of a life. Chosen, not measured."""

POST_HEIGHT = 3
"""Most lines of a post from the name of its account to its date."""

_ACCOUNT = lazy_regex(r"@\w[\w.]{1,40}")
_POST = lazy_regex(r"[—–―-]\s?[^—–―]{1,80}\(@[\w.]{1,40}\)\W*\Z")


def date_share(view: LineView) -> float:
    """Return the share of a line that its dates cover, from 0 to 1."""
    return sum(mention.end - mention.start for mention in view.dates) / len(view.line.text)


def is_date_line(view: LineView) -> bool:
    """Return whether a line is a date line: largely covered by dates, or with a date set apart as no sentence sets it."""
    if not view.dates or view.paragraph or is_post_signature(view, view.dates[0]):
        return False
    if date_share(view) < DATE_SHARE:
        return not _is_sentence(view) and _is_clear(view, view.dates[0])
    if date_share(view) >= ALL_BUT or not _is_sentence(view):
        return True
    return _opens(view, view.dates[0]) and not _is_wide(view)


def _is_sentence(view: LineView) -> bool:
    """Return whether a line is a sentence; in scripts without spaces between words, its length does not matter."""
    return is_sentence(view) or (_is_wide(view) and ends_sentence(view.text))


def _is_wide(view: LineView) -> bool:
    """Return whether a line is written in Chinese, Japanese or Korean characters."""
    return view.size > len(view.text)


def is_post_signature(view: LineView, mention: DateMention) -> bool:
    """Return whether a date is the day of a quoted post: ``— Name (@handle) April 11, 2021``."""
    return _POST.search(view.line.text[: mention.start]) is not None


def standing_of(layout: PageLayout, view: LineView, mention: DateMention, title: int | None) -> DateStanding:
    """
    Return the standing of a date.

    Args:
        layout: the page.
        view: the line of the date.
        mention: the date.
        title: the index of the headline in `PageLayout.lines`, if one was found.

    """
    if _is_of_post(layout, view, mention):
        return "told"
    if is_of_event(layout, view, mention):
        return "told"
    if mention.role is not None and _is_marked(layout, view, mention):
        return "marked"
    if _is_span(layout, view, mention):
        return "told"
    if is_address(view.text):
        return "address" if view.position < layout.start else "told"
    if view.position == title and date_share(view) < ALL_BUT and not _has_bar_beside(view, mention):
        return "told"
    if is_date_line(view):
        return "alone"
    if view.paragraph:
        return "opening" if _opens_paragraph(view, mention) else "told"
    if view.position != title and _is_signed(layout.bylines.get(view.position)):
        return "signed"
    if _is_sentence(view) and not _is_clear(view, mention):
        return "opening" if _opens_paragraph(view, mention) else "told"
    return "apart" if _is_apart(view, mention) else "told"


def is_of_event(layout: PageLayout, view: LineView, mention: DateMention) -> bool:
    """Return whether a word or sign right before a date, or a label above its line, assigns it to something else."""
    words = layout.rules.context.grammar.calendar.event_words
    before = _text_before(view, mention)
    if _is_phrase(before, words) or _is_of_life(layout, view, mention):
        return True
    above = layout.lines[view.position - 1].text if view.position > 0 else ""
    return before == "" and len(above) <= APART and fold_word(above.strip(" :：")) in words


def _is_of_life(layout: PageLayout, view: LineView, mention: DateMention) -> bool:
    """
    Return whether a date is the day of a birth or a death: ``* 3. April 1934``, ``born 3 March 1931, died 9 October 2024``.

    It is if a sign says so, or if another day in the line is many years away.
    """
    years = [int(near.reading.value[:4]) for near in view.dates if near.role is None]
    if mention.role is None and max(years) - min(years) >= LIFE:
        return True
    sign = view.line.text[: mention.start].rstrip()[-1:]
    if sign in _BORN and sign:
        below = layout.lines[view.position : view.position + 2]
        return any(not _DIED.isdisjoint(near.line.text) for near in below)
    return sign in _DIED


def has_other_label(layout: PageLayout, view: LineView, mention: DateMention) -> bool:
    """Return whether a date follows a label with a colon that is not for a publication date: ``Premiere:``."""
    before = _text_before(view, mention).rstrip()
    return before.endswith((":", "：")) and layout.rules.context.grammar.calendar.role_of_label(before) is None


def _text_before(view: LineView, mention: DateMention) -> str:
    """Return the text of a line before a date, without a bullet."""
    return view.text[: max(0, mention.start - len(view.line.text) + len(view.text))]


def _is_phrase(text: str, words: Container[str]) -> bool:
    """Return whether a text ends with one of some phrases of up to three words, ignoring a colon."""
    last = fold_word(text).rstrip(" :：,").split()[-3:]
    return any(" ".join(last[at:]) in words for at in range(len(last)))


def _is_span(layout: PageLayout, view: LineView, mention: DateMention) -> bool:
    """Return whether a date is one end of a span: ``9. bis 23. Februar 2017``, ``31 December 2021 – 6 January 2022``."""
    text, words = view.line.text, layout.rules.context.grammar.calendar.range_words
    open_end = _OPEN_END.search(text[max(0, mention.start - SPAN) : mention.start])
    if open_end is not None and fold_word(open_end.group(1)) in (*_DASHES, *words):
        return True
    gaps = (text[one.end : two.start].strip() for one, two in pairwise(view.dates) if two.role is None and mention in (one, two))
    return any(gap in _DASHES or fold_word(gap) in words for gap in gaps)


def _is_signed(reading: BylineReading | None) -> bool:
    """Return whether a line names people after a marker, or unmistakably."""
    return reading is not None and bool(reading.people) and (reading.kind != "bare" or reading.clean or reading.given)


def _is_of_post(layout: PageLayout, view: LineView, mention: DateMention) -> bool:
    """Return whether a date is the day of a post: it signs the post, or its line names an account and is not a byline."""
    if is_post_signature(view, mention):
        return True
    if view.position > 0 and _POST.search(layout.lines[view.position - 1].line.text) is not None:
        return True
    if _stands_below_account(layout, view.position):
        return True
    reading = layout.bylines.get(view.position)
    is_byline = reading is not None and reading.kind != "inline_marker"
    return not is_byline and "(@" in view.line.text[: mention.start]


def _stands_below_account(layout: PageLayout, index: int) -> bool:
    """Return whether an account's name is on a line of its own right above a post's date, without a byline."""
    above = range(max(layout.start, index - POST_HEIGHT), index)
    accounts = any(_ACCOUNT.fullmatch(layout.lines[at].text) is not None for at in above)
    return accounts and not any(reading.kind != "bare" for at in above if (reading := layout.bylines.get(at)) is not None)


def _is_marked(layout: PageLayout, view: LineView, mention: DateMention) -> bool:
    """Return whether the word that marks a date is about the report, and not part of a sentence about a day."""
    calendar = layout.rules.context.grammar.calendar
    if calendar.speaks_of_itself(view.text):
        return view.size <= LONGEST_NOTE
    before = _text_before(view, mention)
    if before.rstrip().endswith((":", "：")) and calendar.role_of_label(before) is not None:
        return True
    if view.paragraph:
        return False
    return not _is_sentence(view) or date_share(view) >= DATE_SHARE or len(_words_before(view, mention)) <= FEW_WORDS


def _opens(view: LineView, mention: DateMention) -> bool:
    """Return whether a date begins its line."""
    return not _words_before(view, mention)


def _opens_paragraph(view: LineView, mention: DateMention) -> bool:
    """
    Return whether a date begins a paragraph, perhaps after a place or a name, and is set apart by signs.

    ``Wien, 14.12.2021 – Wer …`` does; ``Am Montag (14.12.2021) hat …`` is a sentence.
    """
    if len(_words_before(view, mention)) > FEW_WORDS:
        return False
    text = view.line.text
    if _BAR_AFTER.match(text, mention.end) is not None:
        return True
    before = text[: mention.start].rstrip(" ([（")
    if before and before[-1] not in _ENDS_PLACE:
        return False
    return before[-1:] == "/" or _has_sign_after(view, mention)


def _is_clear(view: LineView, mention: DateMention) -> bool:
    """Return whether a date in a short line is written as in no sentence: in numbers, with a time, or between bars."""
    if view.size > APART:
        return False
    if _has_bar_beside(view, mention):
        return True
    if "T" in mention.reading.value and _opens(view, mention):
        return True
    return view.size <= CLEAR and len(_words_before(view, mention)) <= FEW_WORDS and _is_in_numbers(view, mention)


def _is_in_numbers(view: LineView, mention: DateMention) -> bool:
    """Return whether a date is numeric with a full year, or has a time."""
    if "T" in mention.reading.value:
        return True
    written = _WHOLE_YEAR.search(view.line.text, mention.start, mention.end)
    return mention.how in ("numeric", "iso") and written is not None


def _is_apart(view: LineView, mention: DateMention) -> bool:
    """Return whether a date in a short line begins it, ends it after a sign, or stands between signs after a few words."""
    if view.size > APART:
        return False
    if (
        _is_glued(view, mention)
        or "T" in mention.reading.value
        or _is_clear(view, mention)
        or _opens(view, mention)
        or _has_sign_before(view, mention)
    ):
        return True
    return len(_words_before(view, mention)) <= FEW_WORDS and (_closes(view, mention) or _has_sign_after(view, mention))


def _is_glued(view: LineView, mention: DateMention) -> bool:
    """Return whether a date follows a letter without a space, as where an element of the page begins."""
    before = view.line.text[mention.start - 1 : mention.start]
    return before.isalpha() and before < UNSPACED_FROM


def _words_before(view: LineView, mention: DateMention) -> list[str]:
    return _WORD.findall(view.line.text, 0, mention.start)


def _closes(view: LineView, mention: DateMention) -> bool:
    return _WORD.search(view.line.text, mention.end) is None


def _has_bar_beside(view: LineView, mention: DateMention) -> bool:
    text = view.line.text
    return _BAR_AFTER.match(text, mention.end) is not None or _BAR_BEFORE.search(text[: mention.start]) is not None


def _has_sign_before(view: LineView, mention: DateMention) -> bool:
    return _SIGN_BEFORE.search(view.line.text[: mention.start]) is not None


def _has_sign_after(view: LineView, mention: DateMention) -> bool:
    return _SIGN_AFTER.match(view.line.text, mention.end) is not None
