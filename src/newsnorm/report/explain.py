"""
Explain an article: the raw text line by line, with the fate of each stretch, the rule that decided it, and why.

`explain` makes the rows, `explain_lines` words them for a terminal, `row_to_dict` for programs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, Protocol, TypeAlias

import attrs

from newsnorm.records import Article, Fate, Fix, Page
from newsnorm.records.schema import Json
from newsnorm.text.lazy_regex import lazy_regex

Style: TypeAlias = Literal[Fate, "fix", "plain"]

MAX_TEXT = 120
"""The longest stretch that is shown whole, in code points."""

MAX_RULE = 48
"""The widest column of rule ids, in characters."""

MAX_ELEMENTS = 4
"""The most elements around a line that are shown."""

_WITHIN = " > "
_BREAK = lazy_regex(r"\r\n|[\n\r\u2028\u2029]")
_UNSHOWN = lazy_regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xad\ud800-\udfff\u2028\u2029]")
"""Characters that control a terminal or are invisible."""


@attrs.frozen(kw_only=True)
class Row:
    """A stretch of the raw text and its fate."""

    line: int
    """The line of the raw text in which the stretch begins, from 1."""
    fate: Fate
    rule: str
    """Id of the rule that decided; empty for the report and for blank lines."""
    text: str
    """The stretch on one line, safe for a terminal: control characters are shown as ``·``."""
    why: str
    """The evidence that decided, else the sentence on the rule, else empty."""
    fixes: tuple[Fix, ...]
    """The repairs within the stretch."""
    path: str = ""
    """For a page of HTML, the elements around its line, outermost first: ``html > body > div.story > p``."""
    place: int | None = None
    """For a page of HTML, where the innermost element begins in the source, in code points."""


@attrs.frozen
class StyledLine:
    """A line of text to print."""

    text: str
    style: Style = "plain"
    """The topic of the line; a terminal may show each style in a colour."""


def explain(article: Article, raw: str, says: Mapping[str, str], *, page: Page | None = None) -> Iterator[Row]:
    """
    Yield the ledger of an article beside its raw text, one row per stretch.

    Args:
        article: an article with its ledger.
        raw: the raw text that it was made from; of a page of HTML, `Page.raw.text`.
        says: rule id → a sentence on the rule; rules may be missing.
        page: the page that it was made from, for the elements around each line.

    """
    ends = [line.span.end for line in page.lines] if page is not None and page.markup.elements else []
    why = {(finding.span.start, finding.rule): finding.why for finding in article.findings() if finding.why}
    fixes = sorted(article.fixes, key=lambda fix: fix.span.start)
    line, used = 1, 0
    for entry in article.ledger:
        first = used
        while used < len(fixes) and fixes[used].span.start < entry.span.end:
            used += 1
        stretch = entry.span.of(raw)
        number = bisect_right(ends, entry.span.start)
        yield Row(
            line=line,
            fate=entry.fate,
            rule=entry.rule,
            text=shown(stretch),
            why=why.get((entry.span.start, entry.rule), "") or says.get(entry.rule, ""),
            fixes=tuple(fixes[first:used]),
            path=page.markup.path(number) if page is not None and ends else "",
            place=page.markup.place(number) if page is not None and ends else None,
        )
        line += len(_BREAK.findall(stretch))


def explain_lines(article: Article, rows: Sequence[Row]) -> Iterator[StyledLine]:
    """Word the rows of an article: a line for each row and each fix, then the reasons, the layout, the language and the notes."""
    width = min(MAX_RULE, max((len(row.rule) for row in rows), default=0))
    digits = len(str(rows[-1].line)) if rows else 1
    for row in rows:
        head = f"{row.line:>{digits}}  {row.fate:<10}  {row.rule:<{width}}  "
        yield StyledLine(head + _cut(row.text) + _where(row), row.fate)
        for fix in row.fixes:
            steps = ", ".join(fix.steps)
            yield StyledLine(f"{'':{digits}}  fixed       {fix.before} → {fix.after or '(nothing)'}  ({steps})", "fix")
    yield StyledLine("")
    for rule, why in sorted({(row.rule, row.why) for row in rows if row.why}):
        yield StyledLine(f"{rule}: {why}")
    yield StyledLine(f"layout: {article.layout.kind}" + (f" ({article.layout.why})" if article.layout.why else ""))
    language = article.language
    yield StyledLine(f"language: {language.code} ({language.confidence:.2f}, {language.method})")
    for note in article.notes:
        yield StyledLine(f"note: {note}")


def row_to_dict(row: Row) -> dict[str, Json]:
    """Convert a row to data for `json.dumps`; an empty rule or reason becomes None."""
    return {
        "line": row.line,
        "fate": row.fate,
        "rule": row.rule or None,
        "text": row.text,
        "why": row.why or None,
        "fixes": [{"before": fix.before, "after": fix.after, "steps": list(fix.steps)} for fix in row.fixes],
        "path": row.path or None,
        "place": row.place,
    }


class LearnedFrom(Protocol):
    """Where a learned rule was seen."""

    @property
    def documents(self) -> int: ...  # noqa: D102
    @property
    def of(self) -> int: ...  # noqa: D102


class CatalogueRule(Protocol):
    """The attributes of a catalogue rule that `rule_sentence` uses."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def table(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def phrases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def reason(self) -> str | None: ...  # noqa: D102
    @property
    def host(self) -> str: ...  # noqa: D102
    @property
    def seen(self) -> LearnedFrom | None: ...  # noqa: D102


def rule_sentences(rules: Iterable[CatalogueRule]) -> dict[str, str]:
    """Describe rules of a catalogue, by their ids: kind, reason and first phrases."""
    return {rule.id: rule_sentence(rule) for rule in rules}


def rule_sentence(rule: CatalogueRule) -> str:
    """Describe a rule of a catalogue by its kind or origin, its reason, and its first two phrases."""
    seen = rule.seen
    origin = f"learned from {seen.documents} of {seen.of} documents of {rule.host}" if seen else rule.kind
    more = " …" if len(rule.phrases) > 2 else ""
    return f"{origin}, {rule.reason or rule.table}: {', '.join(rule.phrases[:2])}{more}"


def _where(row: Row) -> str:
    """Return where the line of a row is in the source of its page, and the innermost elements around it; empty for plain text."""
    if row.place is None:
        return ""
    elements = row.path.split(_WITHIN)
    return f"  @{row.place} {_WITHIN.join(['…', *elements[-MAX_ELEMENTS:]] if len(elements) > MAX_ELEMENTS else elements)}"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 3] + "…"


def shown(text: str) -> str:
    """
    Put `text` on one line, and replace characters that control a terminal with ``·``.

    >>> shown("one\\x1b[31m two\\n")
    'one·[31m two'
    """
    return _UNSHOWN.sub("·", " ".join(text.split("\n")).replace("\t", " ")).strip("· ")
