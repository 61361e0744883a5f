"""Write learned rules as TOML for people to read, prune and commit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby

import attrs

from newsnorm.catalogue.rules import Rule
from newsnorm.text.lazy_regex import lazy_regex

HEAD = """\
# Lines that recur on the pages of a site, written by `newsnorm learn`. Read it, delete what is part of a report, commit the rest.
#
# zone       where the line goes: above the report (head), below it (tail), without a zone anywhere. It goes nowhere else.
# phrases    as it was printed most often; a number in it stands for any, a date too; case and punctuation don't count
# documents  how many documents had it there, of how many of the host; of a large host, a sample is counted
# first      the day of the first document that had it, and of the last: when fetched, else as published
# until      it stopped recurring, though the host went on: it goes from no document of a later day
"""

_UNWRITTEN = lazy_regex("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Characters that editors don't show, or that would reverse the direction of the line."""

_ZONES = ("head", None, "tail")


def dumps(rules: Iterable[Rule]) -> str:
    """
    Format learned rules as TOML: by host, then from the head of its pages to the tail, the most frequent first.

    Equal rules give equal text, in any order.
    """
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
    """Quote `text` as a TOML string with invisible characters escaped."""
    return _UNWRITTEN.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))
