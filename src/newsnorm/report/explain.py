"""
Explain an article: the raw text line by line, with the fate of each stretch, the rule that decided it, and why.

`explain` makes the rows; `explain_lines` formats them for a terminal, `row_to_dict` for programs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from typing import Literal, Protocol, TypeAlias

import attrs

from newsnorm.records import Article, Fate, Fix, Page
from newsnorm.records.markup import SET_ASIDE
from newsnorm.records.schema import Json
from newsnorm.text.lazy_regex import lazy_regex

Style: TypeAlias = Literal[Fate, "fix", "plain"]

MAX_TEXT = 120
"""Longest stretch that is shown whole, in code points."""

MAX_RULE = 48
"""Greatest width of the column of rule ids, in characters."""

MIN_RUN, MAX_FOLDED = 3, 30
"""Fewest lines that are folded into one, and how many code points of each are shown."""

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
    """The line of the raw text in which the stretch begins, from 1 as in editors; `newsnorm.Finding.line` counts from 0."""
    fate: Fate
    rule: str
    """Id of the rule that decided; empty for the report and for blank lines."""
    text: str
    """The stretch on one line, safe for a terminal: control characters are shown as ``·``."""
    why: str
    """The evidence that decided, or else the description of the rule, or else empty."""
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
    """What the line is about; a terminal may show each style in a colour."""


def explain(article: Article, raw: str, says: Mapping[str, str], *, page: Page | None = None) -> Iterator[Row]:
    """
    Yield the ledger of an article beside its raw text, one row per stretch.

    Args:
        article: an article with its ledger.
        raw: the raw text that it was made from; of a page of HTML, `Page.raw.text`.
        says: rule id → description of the rule; rules may be missing.
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


def explain_lines(
    article: Article, rows: Sequence[Row], says: Mapping[str, str] | None = None, *, fold: bool = False
) -> Iterator[StyledLine]:
    """
    Yield a line for each row and each fix of an article, then the reasons, the layout, the language and the notes.

    Args:
        article: the article.
        rows: its rows, as `explain` yields them.
        says: rule id → description of the rule, for rows that are folded.
        fold: whether to show a run of lines that the markup sets aside as one line.

    """
    runs = _runs(rows) if fold else [(row,) for row in rows]
    numbers = [_numbers(run) for run in runs]
    width = min(MAX_RULE, max((len(row.rule) for row in rows), default=0))
    digits = max(map(len, numbers), default=1)
    for number, run in zip(numbers, runs, strict=True):
        head = f"{number:>{digits}}  {run[0].fate:<10}  {run[0].rule:<{width}}  "
        yield StyledLine(head + (_worded(run) if len(run) > 1 else _cut(run[0].text) + _where(run[0])), run[0].fate)
        for fix in (fix for row in run for fix in row.fixes if len(run) == 1):
            steps = ", ".join(fix.steps)
            yield StyledLine(f"{'':{digits}}  fixed       {fix.before} → {fix.after or '(nothing)'}  ({steps})", "fix")
    yield StyledLine("")
    folded = sum(len(run) for run in runs if len(run) > 1)
    yield from map(StyledLine, _reasons([run[0] for run in runs if len(run) == 1], folded, (says or {}).get(SET_ASIDE, "")))
    yield StyledLine(f"layout: {article.layout.kind}" + (f" ({article.layout.why})" if article.layout.why else ""))
    language = article.language
    yield StyledLine(f"language: {language.code} ({language.confidence:.2f}, {language.method})")
    for note in article.notes:
        yield StyledLine(f"note: {note}")


def _runs(rows: Iterable[Row]) -> list[tuple[Row, ...]]:
    """Group the rows: adjacent ones that were set aside by their markup form one run, any other row is a run of its own."""
    runs: list[tuple[Row, ...]] = []
    for rule, group in groupby(rows, key=lambda row: row.rule):
        run = tuple(group)
        runs += [run] if rule == SET_ASIDE and len(run) >= MIN_RUN else [(row,) for row in run]
    return runs


def _numbers(run: Sequence[Row]) -> str:
    """Return the line numbers of a run: ``5`` or ``5–85``."""
    return f"{run[0].line}–{run[-1].line}" if len(run) > 1 else str(run[0].line)


def _worded(run: Sequence[Row]) -> str:
    """Summarise a run: how many lines it has, their distinct texts, and the elements around all of them."""
    texts = " · ".join(dict.fromkeys(_cut(row.text, MAX_FOLDED) for row in run if row.text))
    paths = [row.path.split(_WITHIN) for row in run]
    shared = takewhile(lambda elements: len(set(elements)) == 1, zip(*paths, strict=False))
    within = [elements[0] for elements in shared]
    return f"{len(run)} lines: {_cut(texts)}" + (f"  {_innermost(within)} > …" if within else "")


def _reasons(rows: Sequence[Row], folded: int, says: str) -> Iterator[str]:
    """
    Yield why each rule decided: once if its reason is always the same, otherwise with the line numbers.

    Args:
        rows: the rows that are shown.
        folded: number of lines that are not shown.
        says: description of the rule that set them aside.

    """
    whys: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        if row.why:
            whys.setdefault(row.rule, {}).setdefault(row.why, []).append(row.line)
    if folded:
        whys.setdefault(SET_ASIDE, {})
    for rule, lines in sorted(whys.items()):
        if folded and rule == SET_ASIDE:
            yield f"{rule}: {says} Folded lines: {folded} (newsnorm explain --all shows each, with the evidence against it)"
        for why, numbers in lines.items():
            place = (
                f", line {', '.join(map(str, dict.fromkeys(numbers)))}"
                if len(lines) > 1 or (folded and rule == SET_ASIDE)
                else ""
            )
            yield f"{rule}{place}: {why}"


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
    """Map the id of each rule to a description of it: kind, reason and first phrases."""
    return {rule.id: rule_sentence(rule) for rule in rules}


def rule_sentence(rule: CatalogueRule) -> str:
    """Describe a rule of a catalogue by its kind or origin, its reason, and its first two phrases."""
    seen = rule.seen
    origin = f"learned from {seen.documents} of {seen.of} documents of {rule.host}" if seen else rule.kind
    more = " …" if len(rule.phrases) > 2 else ""
    return f"{origin}, {rule.reason or rule.table}: {', '.join(rule.phrases[:2])}{more}"


def _where(row: Row) -> str:
    """Return the offset of a row's line in the source of its page, and the innermost elements around it; empty for plain text."""
    if row.place is None:
        return ""
    return f"  @{row.place} {_innermost(row.path.split(_WITHIN))}"


def _innermost(elements: Sequence[str]) -> str:
    """Return the innermost elements of a path."""
    return _WITHIN.join(["…", *elements[-MAX_ELEMENTS:]] if len(elements) > MAX_ELEMENTS else elements)


def _cut(text: str, most: int = MAX_TEXT) -> str:
    """Shorten a text to so many code points."""
    return text if len(text) <= most else text[: most - 3] + "…"


def shown(text: str) -> str:
    """
    Put `text` on one line, and replace characters that control a terminal with ``·``.

    >>> shown("one\\x1b[31m two\\n")
    'one·[31m two'
    """
    return _UNSHOWN.sub("·", " ".join(text.split("\n")).replace("\t", " ")).strip("· ")
