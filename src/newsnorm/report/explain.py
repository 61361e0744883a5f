"""The raw text line by line, with the fate of each stretch, the rule that decided and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from newsnorm.records import Article, Fate, Fix
from newsnorm.text.lazy_regex import lazy_regex

_BREAK = lazy_regex(r"\r\n|[\n\r\u2028\u2029]")
_UNSHOWN = lazy_regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xad\ud800-\udfff\u2028\u2029]")


@attrs.frozen(kw_only=True)
class Row:
    """One stretch of the raw text as a person reads it."""

    line: int
    """The line of the raw text it begins in, from 1."""
    fate: Fate
    rule: str
    text: str
    """The raw stretch, safe for a terminal: what controls it is shown as ``·``."""
    why: str
    """What the rule says, or what decided."""
    fixes: tuple[Fix, ...]


def explain(article: Article, raw: str, says: Mapping[str, str]) -> Iterator[Row]:
    """
    The ledger of an article beside its raw text.

    Args:
        article: as `parse` made it.
        raw: the raw text it was made from.
        says: for rules, a sentence each.

    """
    why = {(finding.span.start, finding.rule): finding.why for finding in article.findings() if finding.why}
    number = 1
    fixes = sorted(article.fixes, key=lambda fix: fix.span.start)
    used = 0
    for entry in article.ledger:
        stretch = entry.span.of(raw)
        here: list[Fix] = []
        while used < len(fixes) and fixes[used].span.start < entry.span.end:
            here.append(fixes[used])
            used += 1
        yield Row(
            line=number,
            fate=entry.fate,
            rule=entry.rule,
            text=shown(stretch),
            why=why.get((entry.span.start, entry.rule), "") or says.get(entry.rule, ""),
            fixes=tuple(here),
        )
        number += len(_BREAK.findall(stretch))


def shown(text: str) -> str:
    """
    `text` on one line, with nothing in it that a terminal obeys.

    >>> shown("one\\x1b[31m two\\n")
    'one·[31m two'
    """
    return _UNSHOWN.sub("·", " ".join(text.split("\n")).replace("\t", " ")).strip("· ")
