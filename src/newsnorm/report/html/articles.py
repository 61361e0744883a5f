"""Turn an article into data for the page: its row in the list, and what is shown when it is opened."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import attrs

from newsnorm.notes import code_of
from newsnorm.records import Article, Entry, Finding, Person, Removal
from newsnorm.records.schema import Json
from newsnorm.report.html.figures import month_of
from newsnorm.report.html.related import NONE_RELATED, Related, related_rows
from newsnorm.report.html.sample import Stratum

MAX_SHOWN = 50_000
"""Most code points of a raw text that are shown: some twenty times the length of a report, so that one text can't fill the
page."""


@attrs.frozen(kw_only=True)
class RawText:
    """The raw text of an article, and the fate of each stretch of it."""

    text: str
    ledger: Sequence[Entry]
    is_page: bool
    """Whether it is the text of a page of HTML."""


def strata_of(article: Article, site: str) -> list[Stratum]:
    """Return the strata of an article: its rules, notes, site, language and kind of text."""
    return [
        *(Stratum("rule", rule) for rule in sorted({finding.rule for finding in article.findings()})),
        *(Stratum("note", code) for code in sorted({code_of(note) for note in article.notes})),
        *([Stratum("site", site)] if site else []),
        Stratum("language", article.language.code),
        Stratum("kind", article.layout.kind),
    ]


def list_row(article: Article, site: str) -> dict[str, Json]:
    """Return what the list of articles shows and filters by."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "site": site,
        "language": article.language.code,
        "kind": article.layout.kind,
        "month": month_of(article),
        "rules": list(dict.fromkeys(finding.rule for finding in article.findings())),
        "notes": list(dict.fromkeys(map(code_of, article.notes))),
        "removed": len(article.removals),
    }


def opened(article: Article, raw: RawText | None, related: Related = NONE_RELATED) -> dict[str, Json]:
    """
    Return what is shown of an article when it is opened.

    Args:
        article: the article.
        raw: its raw text; if None, the paragraphs and the text of each finding are shown instead.
        related: its relations beyond its cluster.

    """
    encoding, language = article.provenance.encoding, article.language
    data: dict[str, Json] = {
        "sha256": article.provenance.raw_sha256,
        "encoding": encoding.name if encoding else None,
        "languageHow": f"{language.confidence:.2f}, {language.method}",
        "kindWhy": article.layout.why,
        "fields": [[name, value, *_place(finding)] for name, value, finding in _fields(article)],
        "notes": list(article.notes),
        "fixes": [[fix.before, fix.after, ", ".join(fix.steps)] for fix in article.fixes],
    }
    if related.relations:
        data |= {"related": related_rows(related, article.text), "relatedLeft": related.count - len(related.relations)}
    if raw is None:
        taken: list[Json] = [_row(finding.text, finding.fate, finding) for finding in article.findings()]
        return data | {"paragraphs": list(article.paragraphs), "taken": taken}
    left = max(0, len(raw.text) - MAX_SHOWN)
    return data | {"isPage": raw.is_page, "left": left, "stretches": list(_stretches(article, raw))}


def _stretches(article: Article, raw: RawText) -> Iterator[Json]:
    """Yield the stretches of the first `MAX_SHOWN` code points of the raw text, each with what decided its fate."""
    deciding = _deciding(article.findings(), raw.ledger)
    for number, entry in enumerate(raw.ledger):
        if entry.span.start >= MAX_SHOWN:
            return
        text = raw.text[entry.span.start : min(entry.span.end, MAX_SHOWN)]
        finding = deciding.get(number)
        yield (
            _row(text, entry.fate, finding) if finding is not None else [text, entry.fate, *([entry.rule] if entry.rule else [])]
        )


def _deciding(findings: Sequence[Finding], ledger: Sequence[Entry]) -> Mapping[int, Finding]:
    """Map each entry of a ledger, by its number, to the finding that decided it; body and blank lines have none."""
    starts = [entry.span.start for entry in ledger]
    deciding: dict[int, Finding] = {}
    for finding in findings:
        number = bisect_right(starts, finding.span.start) - 1
        if 0 <= number < len(ledger) and (ledger[number].rule, ledger[number].fate) == (finding.rule, finding.fate):
            deciding.setdefault(number, finding)
    return deciding


def _row(text: str, fate: str, finding: Finding) -> Json:
    """Return a stretch as a row: its text, fate, rule, reason and evidence, and the readable line if it differs from the text."""
    reason = finding.reason if isinstance(finding, Removal) else ""
    return [text, fate, finding.rule, reason, finding.why, "" if finding.text == text.strip() else finding.text]


def _place(finding: Finding | None) -> tuple[str, int]:
    """Return the rule of a finding and its offset in the raw text; an empty rule and -1 if there is no finding."""
    return (finding.rule, finding.span.start) if finding is not None else ("", -1)


def _fields(article: Article) -> Iterator[tuple[str, str, Finding | None]]:
    """Yield the name and value of each field, and the finding it comes from."""
    if article.title is not None:
        yield "title", article.title, article.headline
    if article.standfirst is not None:
        yield "standfirst", article.standfirst.text, article.standfirst
    for byline in article.bylines:
        if byline.people:
            yield "authors", "; ".join(map(_named, byline.people)), byline
    if article.agency is not None:
        yield "agency", article.agency, next(iter(article.agency_evidence), None)
    for date in article.dates:
        yield date.role, date.value, date
    if article.dateline is not None:
        yield "dateline", ", ".join(filter(None, (article.dateline.place, article.dateline.date))), article.dateline
    for credit in article.credits:
        yield "credits", credit.text, credit
    for caption in article.captions:
        yield "captions", caption.text, caption
    for correction in article.corrections:
        yield "corrections", correction.text, correction
    yield from _facts(article)


def _facts(article: Article) -> Iterator[tuple[str, str, Finding | None]]:
    """Yield the name of the site, which the caller may have given, and what else the page states."""
    if article.site is not None:
        stated = (fact for fact in article.facts if fact.kind == "site" and fact.value == article.site)
        yield "site", article.site, next(stated, None)
    for fact in article.facts:
        if fact.kind != "site":
            yield fact.kind, fact.value, fact


def _named(person: Person) -> str:
    return person.name if person.role == "author" else f"{person.name} ({person.role})"
