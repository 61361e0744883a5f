"""Rules that a corpus taught, as a file: what is known about each besides its phrase, and how it is written for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from newsnorm.errors import CatalogueError
from newsnorm.text.lazy_regex import lazy_regex

if TYPE_CHECKING:
    from newsnorm.catalogue.rules import Rule

SEEN = ("documents", "of", "first", "last", "until")
"""The keys of a learned rule that other rules don't have."""

HEAD = """\
# Lines that recur on the pages of a site, written by `newsnorm learn`. Read it, delete what is part of a report, commit the rest.
#
# zone       where the line goes: above the report (head), below it (tail), without a zone anywhere. It goes nowhere else.
# phrases    as it was printed most often; each number in it stands for any number, case and punctuation don't count
# documents  how many documents had it there, of how many of the host; of a large host, a sample is counted
# first      the day of the first document that had it, and of the last: when fetched, else as published
# until      it stopped recurring, though the host went on: it goes from no document of a later day
"""

_UNWRITTEN = lazy_regex("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""What would not be seen in an editor, or would turn the line around."""

_ZONES = ("head", None, "tail")


@attrs.frozen(kw_only=True)
class Seen:
    """How often and when a learned line was seen."""

    documents: int
    """On how many documents of the host it stood, where its rule says."""
    of: int
    """How many documents of the host were looked at."""
    first: str = ""
    """The day of the first of them, as ISO 8601; empty, if none had a date."""
    last: str = ""
    until: str = ""
    """The last day on which the rule holds, if the line stopped recurring; empty: it holds on."""


def seen_of(row: Mapping[str, object], where: str) -> Seen | None:
    """
    What a rule of a file says about how often and when it was seen; None: nothing.

    Raises:
        CatalogueError: a number is no number, or a day no day.

    """
    if not any(key in row for key in SEEN):
        return None
    counts, days = {}, {}
    for key in ("documents", "of"):
        count = row.get(key, 0)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise CatalogueError(f"{where}: {key} is no number of documents")
        counts[key] = count
    for key in ("first", "last", "until"):
        day = row.get(key)
        if day is not None and type(day) is not date:
            raise CatalogueError(f"{where}: {key} is no day; write {key} = 2024-06-20, without quotes")
        days[key] = str(day) if day is not None else ""
    return Seen(documents=counts["documents"], of=counts["of"], first=days["first"], last=days["last"], until=days["until"])


def dumps(rules: Iterable[Rule]) -> str:
    """Learned rules as TOML: by host, then from the head of its pages to the tail, the most frequent first."""
    parts = [HEAD]
    ordered = sorted(rules, key=lambda rule: (rule.host, _ZONES.index(rule.zone), -_documents(rule), rule.phrases, rule.id))
    for host, group in groupby(ordered, key=lambda rule: rule.host):
        parts.append(f"\n\n# ---- {_written(host)[1:-1]}\n")
        parts.extend(_table(rule) for rule in group)
    return "".join(parts)


def _documents(rule: Rule) -> int:
    return rule.seen.documents if rule.seen else 0


def _table(rule: Rule) -> str:
    values = [
        ("id", _written(rule.id)),
        ("kind", _written(rule.kind)),
        ("origin", _written(rule.origin)),
        ("host", _written(rule.host)),
        ("zone", _written(rule.zone) if rule.zone else ""),
        ("reason", _written(rule.reason or "repetition")),
        ("phrases", f"[{', '.join(map(_written, rule.phrases))}]"),
    ]
    if rule.seen is not None:
        values += [(key, str(value)) for key, value in attrs.asdict(rule.seen).items()]
    return "\n[[removal]]\n" + "".join(f"{key:<9} = {value}\n" for key, value in values if value)


def _written(text: str) -> str:
    """`text` as a TOML string in which nothing is invisible."""
    return _UNWRITTEN.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))
