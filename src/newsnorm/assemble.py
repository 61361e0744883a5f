"""A page and its findings become an article with a ledger; nothing is lost on the way, and this can be proved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from newsnorm.errors import LedgerError
from newsnorm.records import (
    Article,
    Byline,
    Correction,
    Credit,
    Dateline,
    Entry,
    Finding,
    Page,
    Provenance,
    PublicationDate,
    RawArticle,
    Removal,
    Span,
    Standfirst,
    Title,
)

Kind = TypeVar("Kind", bound=Finding)


def assemble(page: Page, findings: Iterable[Finding], *, version: str, parser: str) -> Article:
    """
    The article that a page and its findings make.

    Args:
        page: the page that was read.
        findings: what the passes found, in their order; the first to take a line keeps it.
        version: the version of newsnorm, for the provenance.
        parser: the digest of the parser, for the provenance.

    """
    kept, takers, openings = _settle(findings)
    entries: list[Entry] = []
    paragraphs: list[str] = []
    for line in page.lines:
        taker, opening = takers.get(line.number), openings.get(line.number)
        if taker is not None:
            entries.append(Entry(line.span, taker.fate, taker.rule))
        elif not line.text:
            entries.append(Entry(line.span, "blank"))
        else:
            start = line.span.start
            text = line.text
            if opening is not None:
                text = text[len(opening.text) :].lstrip()
                cut = line.raw_span(len(line.text) - len(text), len(line.text)).start
                entries.append(Entry(Span(start, cut), opening.fate, opening.rule))
                start = cut
            entries.append(Entry(Span(start, line.span.end), "body"))
            paragraphs.append(text)
    raw = page.raw
    title = _first(kept, Title)
    removals = _each(kept, Removal)
    notes = [*page.notes, *(finding.doubt for finding in kept if finding.doubt)]
    if title is None and raw.title:
        notes.append("title: the caller's; no line of the text says it")
    if not paragraphs:
        notes.append("body: no report, " + ("every line is something else" if kept else "the text is empty"))
    if page.language.code == "und":
        notes.append("language: too little text to tell")
    return Article(
        id=raw.id or raw.sha256[:16],
        url=raw.url,
        title=title.text if title else raw.title,
        headline=title,
        standfirst=_first(kept, Standfirst),
        bylines=_each(kept, Byline),
        dates=_each(kept, PublicationDate),
        dateline=_first(kept, Dateline),
        credits=_each(kept, Credit),
        corrections=_each(kept, Correction),
        language=page.language,
        truncated=any(removal.truncates for removal in removals),
        paragraphs=tuple(paragraphs),
        removals=removals,
        fixes=tuple(fix for line in page.lines for fix in line.fixes),
        ledger=_merged(entries),
        notes=tuple(dict.fromkeys(notes)),
        provenance=Provenance(
            raw_sha256=raw.sha256, raw_length=len(raw.text), encoding=raw.encoding, newsnorm=version, parser=parser
        ),
    )


def _settle(findings: Iterable[Finding]) -> tuple[list[Finding], dict[int, Finding], dict[int, Dateline]]:
    """What holds: the first taker of each line, and everything that only sits in one."""
    kept: list[Finding] = []
    takers: dict[int, Finding] = {}
    openings: dict[int, Dateline] = {}
    for finding in findings:
        if finding.takes_line:
            if finding.line in takers:
                continue
            takers[finding.line] = finding
        elif isinstance(finding, Dateline):
            openings.setdefault(finding.line, finding)
        kept.append(finding)
    return kept, takers, openings


def _each(findings: list[Finding], kind: type[Kind]) -> tuple[Kind, ...]:
    every = (finding for finding in findings if isinstance(finding, kind))
    return tuple(sorted(every, key=lambda finding: (finding.span.start, finding.span.end)))


def _first(findings: list[Finding], kind: type[Kind]) -> Kind | None:
    return next((finding for finding in findings if isinstance(finding, kind)), None)


def _merged(entries: list[Entry]) -> tuple[Entry, ...]:
    """The ledger without the empty rows that an empty text would give."""
    return tuple(entry for entry in entries if len(entry.span)) or tuple(entries[:1])


def reconstruct(article: Article, raw: RawArticle | str) -> str:
    """
    Put the raw text together again from the ledger of an article: the proof that nothing was lost.

    Args:
        article: as `parse` gave it, or loaded with its ledger.
        raw: the raw text, or the record that holds it.

    Returns:
        The raw text: each stretch of it once, in the order of the ledger.

    Raises:
        LedgerError: the article has no ledger, or the text is not the one it was made from.

    >>> import newsnorm
    >>> text = "It rained.\\nSource link"
    >>> newsnorm.reconstruct(newsnorm.parse(text), text) == text
    True

    """
    text = raw if isinstance(raw, str) else raw.text
    if not article.ledger:
        raise LedgerError(f"article {article.id} came without its ledger: write it with to_dict(article, ledger=True)")
    if len(text) != article.provenance.raw_length:
        raise LedgerError(
            f"article {article.id} was made from {article.provenance.raw_length:,} characters, this text has {len(text):,}"
        )
    end = 0
    for entry in article.ledger:
        if entry.span.start != end:
            raise LedgerError(f"article {article.id}: its ledger leaves {end} to {entry.span.start} without a fate")
        end = entry.span.end
    rebuilt = "".join(entry.span.of(text) for entry in article.ledger)
    if len(rebuilt) != len(text):
        raise LedgerError(f"article {article.id}: its ledger covers {len(rebuilt):,} of {len(text):,} characters")
    return rebuilt
