"""Assemble an article from a page and its findings, with a ledger that accounts for all of the raw text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import attrs

from newsnorm.block_kinds import kinds_of
from newsnorm.errors import InputError, LedgerError
from newsnorm.notes import note, split_notes
from newsnorm.records import (
    UNDETERMINED,
    UNKNOWN_LAYOUT,
    Article,
    ArticleImage,
    Byline,
    Caption,
    Correction,
    Credit,
    Dateline,
    Entry,
    Finding,
    Layout,
    Line,
    Mark,
    Page,
    PageFact,
    Provenance,
    PublicationDate,
    RawArticle,
    Removal,
    Span,
    Standfirst,
    Title,
)
from newsnorm.records.page import ID_LENGTH
from newsnorm.text.folding import fold
from newsnorm.text.web_address import is_host

Kind = TypeVar("Kind", bound=Finding)

STATED, SHOWN = 200, 0.5
"""Fewest code points of a report stated in JSON-LD, and the share of them below which the paragraphs found are far shorter."""


def assemble(
    page: Page,
    findings: Iterable[Finding],
    *,
    version: str,
    parser: str,
    layout: Layout = UNKNOWN_LAYOUT,
    images: tuple[ArticleImage, ...] = (),
    cut_dateline: bool = True,
) -> Article:
    """
    Assemble the article from a page and its findings.

    Args:
        page: the page that was read.
        findings: the findings, in the order of the passes; the first to take a line keeps it.
        version: the version of newsnorm, for the provenance.
        parser: the digest of the parser, for the provenance.
        layout: what kind of text the page is.
        images: the images of the report.
        cut_dateline: whether to cut off a dateline at the beginning of a paragraph.

    """
    settled = _settle(findings, cut_dateline=cut_dateline)
    body = _account(page, settled)
    raw = page.raw
    others = [finding for finding in settled.kept if not isinstance(finding, Removal)]
    title = _first(others, Title)
    facts, removals, marks = _each(others, PageFact), _each(settled.kept, Removal), _each(settled.kept, Mark)
    site = _site(raw, facts)
    return Article(
        id=raw.id or raw.sha256[:ID_LENGTH],
        url=raw.url,
        title=title.text if title else raw.title,
        headline=title,
        standfirst=_first(others, Standfirst),
        bylines=_each(others, Byline),
        dates=_each(others, PublicationDate),
        dateline=_first(others, Dateline),
        credits=_each(others, Credit),
        captions=_each(others, Caption),
        images=images,
        corrections=_each(others, Correction),
        facts=facts,
        site=site.name,
        language=page.language,
        layout=layout,
        truncated=any(removal.truncates for removal in removals) or any(mark.truncates for mark in marks),
        paragraphs=tuple(body.paragraphs),
        paragraph_kinds=kinds_of(page.markup, body.numbers, [len(text) for text in body.paragraphs]),
        removals=removals,
        marks=marks,
        fixes=tuple([fix for line in page.lines if line.fixes for fix in line.fixes]),
        ledger=_without_empty(body.entries),
        notes=_notes(page, settled.kept, title, site, body.paragraphs),
        provenance=Provenance(
            raw_sha256=raw.sha256, raw_length=len(raw.text), encoding=raw.encoding, newsnorm=version, parser=parser
        ),
    )


@attrs.frozen
class _Settled:
    """The findings that count, and what they do to each line."""

    kept: list[Finding]
    """In the order of the passes."""
    takers: dict[int, Finding]
    """Line number → the finding that took the whole line."""
    openings: dict[int, Dateline]
    """Line number → the dateline at the beginning of a line of the report."""
    closings: dict[int, Removal]
    """Line number → what was removed at the end of a line of the report."""


def _settle(findings: Iterable[Finding], *, cut_dateline: bool) -> _Settled:
    """Keep the first finding that takes each line, and all findings that take no line."""
    kept: list[Finding] = []
    takers: dict[int, Finding] = {}
    openings: dict[int, Dateline] = {}
    closings: dict[int, Removal] = {}
    for finding in findings:
        if finding.takes_line:
            if finding.line in takers:
                continue
            takers[finding.line] = finding
        elif isinstance(finding, Dateline) and cut_dateline:
            openings.setdefault(finding.line, finding)
        elif isinstance(finding, Removal):
            closings.setdefault(finding.line, finding)
        kept.append(finding)
    return _Settled(kept, takers, openings, closings)


@attrs.frozen
class _Account:
    """The fate of each stretch of the raw text, and the paragraphs of the report."""

    entries: list[Entry]
    paragraphs: list[str]
    numbers: list[int]
    """The `Line.number` of each paragraph."""


def _account(page: Page, settled: _Settled) -> _Account:
    """Give each line its fate, in order: taken, a claim of the page, blank, or a paragraph of the report."""
    entries: list[Entry] = []
    paragraphs: list[str] = []
    numbers: list[int] = []
    claims = frozenset(claim.line for claim in page.markup.claims)
    for line in page.lines:
        taker = settled.takers.get(line.number)
        if taker is not None:
            entries.append(Entry(line.span, taker.fate, taker.rule))
            if taker.in_text:
                paragraphs.append(line.text)
                numbers.append(line.number)
        elif not line.text:
            entries.append(Entry(line.span, "claim" if line.number in claims else "blank"))
        else:
            parts, text = _parts(line, settled.openings.get(line.number), settled.closings.get(line.number))
            entries += parts
            paragraphs.append(text)
            numbers.append(line.number)
    return _Account(entries, paragraphs, numbers)


def _parts(line: Line, opening: Dateline | None, closing: Removal | None) -> tuple[list[Entry], str]:
    """
    Return the fates of a line of the report, and its text without an opening dateline and without what is removed at its
    end.
    """
    if opening is None and closing is None:  # most lines
        return [Entry(line.span, "body")], line.text.rstrip()
    end = len(line.text) - len(closing.text) if closing is not None else len(line.text)
    start = len(line.text[:end]) - len(line.text[len(opening.text) : end].lstrip()) if opening is not None else 0
    text = line.text[start:end].rstrip()
    first = line.raw_span(start, len(line.text)).start if opening is not None else line.span.start
    last = line.raw_span(start, start + len(text)).end if closing is not None else line.span.end
    entries = [Entry(Span(line.span.start, first), opening.fate, opening.rule)] if opening is not None else []
    entries.append(Entry(Span(first, last), "body"))
    if closing is not None:
        entries.append(Entry(Span(last, line.span.end), closing.fate, closing.rule))
    return entries, text


@attrs.frozen
class _Site:
    """The name of the site, and a note on where it is from."""

    name: str | None
    doubt: str = ""


def _site(raw: RawArticle, facts: tuple[PageFact, ...]) -> _Site:
    """Choose the name of the site: the one that the caller knows, in the spelling of the text if that states it."""
    stated = next((fact.value for fact in facts if fact.kind == "site"), None)
    if raw.site is None or (stated is not None and (is_host(raw.site) or fold(raw.site) == fold(stated))):
        return _Site(stated)
    return _Site(None, note("site-host", given=raw.site)) if is_host(raw.site) else _Site(raw.site, note("site-given"))


def _notes(page: Page, kept: list[Finding], title: Title | None, site: _Site, paragraphs: list[str]) -> tuple[str, ...]:
    """List the notes on an article, each once: from reading, from the passes, and on missing parts."""
    notes = [*page.notes, *(doubt for finding in kept for doubt in split_notes(finding.doubt))]
    if title is None and page.raw.title:
        notes.append(note("title-given"))
    if site.doubt:
        notes.append(site.doubt)
    if not paragraphs:
        notes.append(note("body-missing" if kept else "text-empty"))
    stated, shown = len(page.markup.article_body), sum(map(len, paragraphs))
    if stated >= STATED and shown < SHOWN * stated:
        notes.append(note("text-in-claims", stated=stated, shown=shown))
    if page.language.code == "und":
        notes.append(note("language-short" if page.language == UNDETERMINED else "language-unknown"))
    return tuple(dict.fromkeys(notes))


def _each(findings: list[Finding], kind: type[Kind]) -> tuple[Kind, ...]:
    """Return all findings of one class, in the order of the text."""
    every = [finding for finding in findings if isinstance(finding, kind)]
    if len(every) > 1:
        every.sort(key=lambda finding: (finding.span.start, finding.span.end))
    return tuple(every)


def _first(findings: list[Finding], kind: type[Kind]) -> Kind | None:
    """Return the first finding of one class, in the order of the passes."""
    return next((finding for finding in findings if isinstance(finding, kind)), None)


def _without_empty(entries: list[Entry]) -> tuple[Entry, ...]:
    """Drop entries without text, such as the body of a line that is all dateline; an empty text keeps its one entry."""
    return tuple(entry for entry in entries if entry.span.end > entry.span.start) or tuple(entries[:1])


def ledger_of(article: Article, page: Page) -> tuple[Entry, ...]:
    """
    Account for the raw text of an article that was saved without its ledger.

    Args:
        article: an article; its own ledger is returned if it has one.
        page: the page that it was made from, read again.

    >>> import newsnorm
    >>> page = newsnorm.Parser().page("It rained.\\nSource link")
    >>> article = newsnorm.from_dict(newsnorm.to_dict(newsnorm.parse(page.raw.text)))
    >>> [(entry.fate, entry.span.of(page.raw.text)) for entry in ledger_of(article, page)]
    [('body', 'It rained.\\n'), ('removal', 'Source link')]

    """
    if article.ledger:
        return article.ledger
    opening = article.dateline.text if article.dateline is not None else ""
    is_cut = not opening or not any(paragraph.startswith(opening) for paragraph in article.paragraphs)
    return _without_empty(_account(page, _settle(article.findings(), cut_dateline=is_cut)).entries)


def reconstruct(article: Article, raw: RawArticle | str) -> str:
    """
    Rebuild the raw text from the ledger of an article, which proves that nothing was lost.

    Args:
        article: an article with its ledger.
        raw: the raw text, or the record that holds it.

    Returns:
        The raw text, each stretch once, in the order of the ledger.

    Raises:
        LedgerError: the article has no ledger, or the text is not the one it was made from.
        InputError: `raw` is neither text nor a `RawArticle`.

    >>> import newsnorm
    >>> text = "It rained.\\nSource link"
    >>> newsnorm.reconstruct(newsnorm.parse(text), text) == text
    True

    """
    if not isinstance(raw, (str, RawArticle)):
        raise InputError(f"expected str or RawArticle, got {type(raw).__name__}; newsnorm.read.raw_article decodes bytes")
    text = raw if isinstance(raw, str) else raw.text
    if not article.ledger:
        raise LedgerError(f"article {article.id} has no ledger; save articles with to_dict(article, ledger=True)")
    if len(text) != article.provenance.raw_length:
        remedy = "; for a page of HTML, pass newsnorm.Parser().page(…).raw" if text.lstrip().startswith("<") else ""
        lengths = f"was made from {article.provenance.raw_length:,} characters, this text has {len(text):,}"
        raise LedgerError(f"article {article.id} {lengths}{remedy}")
    end = 0
    for entry in article.ledger:
        if entry.span.start != end:
            raise LedgerError(f"article {article.id}: its ledger leaves {end} to {entry.span.start} without a fate")
        end = entry.span.end
    rebuilt = "".join(entry.span.of(text) for entry in article.ledger)
    if len(rebuilt) != len(text):
        raise LedgerError(f"article {article.id}: its ledger covers {len(rebuilt):,} of {len(text):,} characters")
    return rebuilt
