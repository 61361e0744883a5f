"""Write the present article to the expectations of a case, as a change that a person can review."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Set
from pathlib import Path
from typing import cast

import attrs

from newsnorm.parser import Parser, parse_page
from newsnorm.records.schema import Json, to_dict
from newsnorm.testing.case import CONTAINS, LACKS, Case, Expected, page_of
from newsnorm.testing.checking import differences

USUAL_KEYS = frozenset({"title", "authors", "published", "language", "paragraphs", "removals"})
"""Keys that are written for a case without expectations."""

USUAL_ITEM_KEYS = frozenset({"name", "role", "kind", "text", "reason", "code"})
"""Keys that are written for the objects in a list, if the case states none."""


@attrs.frozen(kw_only=True)
class Proposal:
    """The expectations of a case, as they are and as the present article would have them."""

    case: Case
    """The case with its new expectations."""
    before: str | None
    """The text of its ``expected.json``; None if there is none."""
    keys: tuple[str, ...]
    """The keys whose values would change."""

    @property
    def path(self) -> Path:
        """The file ``expected.json`` of the case."""
        return self.case.path / "expected.json"

    @property
    def is_change(self) -> bool:
        """Whether the file would change."""
        return bool(self.keys)

    @property
    def after(self) -> str:
        """The new text of the file; empty if there would still be no file."""
        return _dumps(self.case.expected or {}) if self.is_change else self.before or ""

    def diff(self, root: Path | None = None) -> str:
        """Return the change as a unified diff, empty if there is none; a path below `root` begins there."""
        before, after = ((text or "").splitlines() for text in (self.before, self.after))
        name = (self.path.relative_to(root) if root is not None and self.path.is_relative_to(root) else self.path).as_posix()
        lines = difflib.unified_diff(before, after, "/dev/null" if self.before is None else name, name, lineterm="")
        return "\n".join(lines)

    def write(self) -> None:
        """Write the file, if it would change."""
        if self.is_change:
            self.path.write_text(self.after, encoding="utf-8", newline="\n")


def propose(case: Case, parser: Parser | None = None) -> Proposal:
    """
    Determine how the expectations of a case would change if the present article were right; write nothing.

    Keys that fit, keys that concern a known failure, `contains` and `lacks` stay as they are.

    Args:
        case: the case.
        parser: the parser; by default the default parser.

    """
    path = case.path / "expected.json"
    before = path.read_text(encoding="utf-8") if path.exists() else None
    article = parse_page(page_of(case), parser or Parser())
    data = to_dict(article)
    stated = case.expected or {}
    wanted = [key for key in data if key in USUAL_KEYS] if case.expected is None else list(differences(stated, article))
    kept = _keys_to_keep(case, wanted)
    new: Expected = {key: _like(stated.get(key), data[key]) for key in wanted if key not in kept}
    proposed = attrs.evolve(case, expected=stated | new) if new else case
    return Proposal(case=proposed, before=before, keys=tuple(new))


def accept(case: Case, parser: Parser | None = None) -> bool:
    """
    Write the present article to the ``expected.json`` of a case.

    Only keys that the case states and that differ are written; `contains` and `lacks` stay as they are, and so do the keys that a
    known failure concerns. A case without the file gets title, authors, date, language, paragraphs and removals. Review the
    change before you commit it.

    Args:
        case: the case.
        parser: the parser; by default the default parser.

    Returns:
        Whether the file changed.

    """
    proposal = propose(case, parser)
    proposal.write()
    return proposal.is_change


def _keys_to_keep(case: Case, wanted: Collection[str]) -> Set[str]:
    """Return the keys that only a person may edit: a known failure states what should come out, not what does."""
    by_hand = {CONTAINS, LACKS}
    if case.known_failure is None:
        return by_hand
    return by_hand | set(case.fails or wanted)


def _dumps(expected: Expected) -> str:
    return json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def _like(expected: Json, got: Json) -> Json:
    """Reduce `got` to the keys that the case states."""
    if isinstance(got, dict):
        stated = expected if isinstance(expected, dict) and expected else dict.fromkeys(USUAL_ITEM_KEYS & got.keys() or got)
        return {key: _like(stated.get(key), value) for key, value in got.items() if key in stated}
    if isinstance(got, list) and got and isinstance(got[0], dict):
        keys = _stated_keys(expected)
        return [{key: value for key, value in cast("dict[str, Json]", item).items() if key in keys} for item in got]
    return got


def _stated_keys(expected: Json) -> Collection[str]:
    """Return the keys of the first object in an expected list, or the usual ones."""
    objects = [item for item in expected if isinstance(item, dict)] if isinstance(expected, list) else []
    return objects[0].keys() if objects and objects[0] else USUAL_ITEM_KEYS
