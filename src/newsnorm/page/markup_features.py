"""Compute named features of each line from the markup of its page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import attrs
import numpy as np

from newsnorm.page.marked_lines import Flags, Floats, Integers, MarkedLines
from newsnorm.page.markup_claims import claim_features
from newsnorm.page.markup_names import group_bit
from newsnorm.records import Page

TAGS: Mapping[str, tuple[str, ...]] = {
    "p": ("p",), "div": ("div",), "item": ("li", "dd", "dt"), "h1": ("h1",), "h2": ("h2",), "h3": ("h3", "h4", "h5", "h6"),
    "span": ("span",), "cell": ("td", "th"), "caption": ("figcaption",), "time": ("time",),
}  # fmt: skip
"""Kinds of elements that a line may be in itself, and their tags."""

REGIONS: Mapping[str, tuple[str, ...]] = {
    "nav": ("nav",), "footer": ("footer",), "header": ("header",), "aside": ("aside",), "article": ("article",),
    "main": ("main",), "figure": ("figure",), "list": ("ul", "ol", "dl"), "table": ("table",), "form": ("form",),
    "quote": ("blockquote",),
    "section": ("section",), "heading": ("h1", "h2", "h3", "h4", "h5", "h6"), "button": ("button",),
}  # fmt: skip
"""Kinds of elements that may stand around a line, and their tags."""

NEAR = (
    "author", "body", "box", "comment", "embed", "image", "lead", "note", "promo", "related", "share", "tags", "teaser", "time",
)  # fmt: skip
"""Groups of names that count for a line if its element or one of the two around it has them."""

FAR = ("account", "comment", "embed", "image", "promo", "related", "side", "tags", "teaser")
"""Groups that count for a line if any element around it has them."""

LEVELS = 4
"""Number of elements around a line's block that are examined."""

WINDOWS = ((-1, -1), (1, 1), (-4, -1), (1, 4), (-10, -1), (1, 10))
"""Windows of lines around each line, by first and last offset, whose means are features."""


@attrs.frozen(eq=False)
class MarkupFeatures:
    """The features of the lines with text of a page."""

    lines: MarkedLines
    columns: Mapping[str, Floats]
    """Feature name → its value for each line. Shape (lines,)."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The `Line.number` of each line."""
        return self.lines.numbers

    def matrix(self, names: Sequence[str]) -> Floats:
        """Return some features of the lines. Shape (lines, features)."""
        return np.ascontiguousarray(np.array([self.columns[name] for name in names]).T)


def extract_markup_features(page: Page) -> MarkupFeatures:
    """Return the features of the lines of a page."""
    lines = MarkedLines.of(page)
    columns = {**_own(lines), **_tags(lines), **_names(lines)}
    columns |= _levels(lines)
    columns |= _heart(lines)
    columns |= _likeness(lines)
    columns |= claim_features(lines)
    columns |= _place(lines, columns["within_heart"] > 0)
    columns |= _around(lines, columns)
    return MarkupFeatures(lines, columns)


def _own(lines: MarkedLines) -> dict[str, Floats]:
    """Return features of each line by itself."""
    return {
        "linked": lines.linked,
        "strong": lines.strong,
        "sentence_end": lines.closed,
        "hidden": lines.hidden,
        "broken": lines.broken.astype(float),
        "words": lines.size,
        "depth": lines.tree.depth[lines.block].astype(float),
    }


def _tags(lines: MarkedLines) -> dict[str, Floats]:
    """Return which kinds of elements each line is in."""
    kinds = {tag: 1 << bit for bit, tags in enumerate(TAGS.values()) for tag in tags}
    tags_of_elements = [element.tag for element in lines.elements]
    own = np.array([kinds.get(tag, 0) for tag in tags_of_elements], np.int64)
    regions: dict[str, int] = {}
    for bit, tags in enumerate(REGIONS.values()):
        regions |= {tag: regions.get(tag, 0) | 1 << bit for tag in tags}
    around = lines.tree.inherited(np.array([regions.get(tag, 0) for tag in tags_of_elements], np.int64), np.bitwise_or)
    return {
        **_flags(own[lines.element] | own[lines.block], {f"is_{kind}": 1 << bit for bit, kind in enumerate(TAGS)}),
        **_flags(around[lines.element], {f"in_{region}": 1 << bit for bit, region in enumerate(REGIONS)}),
    }


def _flags(bits: Integers, wanted: Mapping[str, int]) -> dict[str, Floats]:
    """Return for each name whether its bit is set; each of shape (lines,)."""
    masks = np.array(list(wanted.values()), np.int64)
    return dict(zip(wanted, (bits & masks[:, None] != 0).astype(float), strict=True))


def _names(lines: MarkedLines) -> dict[str, Floats]:
    """Return which groups of names the elements around each line have."""
    return {
        **_flags(lines.near_groups, {f"near_{group}": group_bit(group) for group in NEAR}),
        **_flags(lines.far_groups, {f"far_{group}": group_bit(group) for group in FAR}),
    }


# structure


def _levels(lines: MarkedLines) -> dict[str, Floats]:
    """Return features of the content of the elements around each line's block."""
    under, at = lines.under, lines.block
    columns: dict[str, Floats] = {}
    for level in range(1, LEVELS + 1):
        at = lines.tree.parent[at]
        prose, words, length, linked, count = under[at].T
        columns[f"mass{level}"] = prose / lines.total_prose
        columns[f"prose_share{level}"] = prose / np.maximum(words, 1)
        columns[f"linked{level}"] = linked / np.maximum(length, 1)
        columns[f"lines{level}"] = count
    return columns


def _heart(lines: MarkedLines) -> dict[str, Floats]:
    """Return the position of each line relative to the heart of the page: the element whose children hold most of its prose."""
    tree, under = lines.tree, lines.under
    heart = _heart_of(lines)
    path = tree.chain(heart)
    on_path = np.zeros(len(tree.parent), np.int64)
    on_path[path] = 1
    meets = tree.inherited(np.where(on_path, tree.depth, 0), np.maximum)  # depth of the innermost element shared with the heart
    parts = np.where((on_path == 0) & (on_path[tree.parent] == 1), np.arange(len(tree.parent)), 0)
    branch = tree.inherited(parts, np.maximum)[lines.block]  # the outermost element around a line that is not around the heart
    within = (lines.block >= heart) & (lines.block < tree.end[heart])
    prose, words, length, linked, _ = under[np.where(branch > 0, branch, lines.block)].T
    return {
        "within_heart": within.astype(float),
        "away": np.minimum(tree.depth[lines.block] - meets[lines.block], 10).astype(float),
        "climb": np.where(within, 0, np.minimum(tree.depth[heart] - meets[lines.block], 10)).astype(float),
        "branch_prose": prose / np.maximum(words, 1),
        "branch_linked": linked / np.maximum(length, 1),
        "branch_mass": prose / lines.total_prose,
        "heart_mass": np.full(lines.count, under[heart, 0] / lines.total_prose),
        "heart_prose": np.full(lines.count, under[heart, 0] / max(under[heart, 1], 1)),
    }


def _heart_of(lines: MarkedLines) -> int:
    """
    Return the index of the element whose children hold the most prose, where grandchildren count half; wrappers belong to
    it.
    """
    parent, under = lines.tree.parent, lines.under
    score = np.zeros(len(parent))
    at = np.where(lines.broken, lines.block, parent[lines.block])
    for weight in (1.0, 0.5, 0.25):
        np.add.at(score, at, weight * lines.prose)
        at = parent[at]
    heart = int(score[1:].argmax()) + 1 if len(score) > 1 else 0
    while heart > 0:
        around = int(parent[heart])
        if under[around, 0] >= 1.15 * under[heart, 0] or under[around, 1] >= 1.5 * under[heart, 1]:
            break
        heart = around
    return heart


def _likeness(lines: MarkedLines) -> dict[str, Floats]:
    """Return how much of the page's prose has markup like each line's, compared in four ways."""
    elements = lines.elements
    blocks = [elements[mark.block] for mark in lines.marks]
    keys: Mapping[str, Sequence[Hashable]] = {
        "form": [(block.tag, block.names, elements[block.parent].names if block.parent >= 0 else "") for block in blocks],
        "name": [elements[mark.element][1:3] for mark in lines.marks],  # tag and names
        "parent": [block.parent for block in blocks],
        "level": [(block.depth, block.tag) for block in blocks],
    }
    columns: dict[str, Floats] = {}
    for name, of_lines in keys.items():
        number = dict[Hashable, int]()
        kind = np.array([number.setdefault(key, len(number)) for key in of_lines], np.int64)
        prose, words, times = np.bincount(kind, lines.prose), np.bincount(kind, lines.size), np.bincount(kind)
        columns[f"{name}_mass"] = (prose / lines.total_prose)[kind]
        columns[f"{name}_prose"] = (prose / words)[kind]
        columns[f"{name}_times"] = times[kind].astype(float)
    return columns


# place


def _place(lines: MarkedLines, within: Flags) -> dict[str, Floats]:
    """Return the position of each line among the others."""
    at = np.arange(lines.count)
    above = np.cumsum(lines.prose) - lines.prose
    core = np.flatnonzero((lines.prose > 0) & within)
    first, last = (core[0], core[-1]) if len(core) else (0, lines.count - 1)
    return {
        "page_place": at / max(lines.count - 1, 1),
        "above": above / lines.total_prose,
        "below": 1 - (above + lines.prose) / lines.total_prose,
        "from_first": np.clip(at - first, -20, 20).astype(float),
        "from_last": np.clip(at - last, -20, 20).astype(float),
        "in_core": ((at >= first) & (at <= last)).astype(float),
        "page_lines": np.full(lines.count, float(lines.count)),
        "page_prose": np.full(lines.count, lines.total_prose),
    }


def _around(lines: MarkedLines, columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the means of some features over the lines around each."""
    signals = {
        "prose": lines.prose / 80,
        "links": lines.linked,
        "short": (lines.size < 6) * (1 - lines.closed),
        "heart": columns["within_heart"],
        "form": columns["form_mass"],
        "branch": columns["branch_prose"],
    }
    totals = np.zeros((len(signals), lines.count + 1))
    np.cumsum(np.stack(list(signals.values())), axis=1, out=totals[:, 1:])
    at, windows = np.arange(lines.count), np.array(WINDOWS)
    low, high = np.clip(at + windows[:, :1], 0, lines.count), np.clip(at + windows[:, 1:] + 1, 0, lines.count)
    means = (totals[:, high] - totals[:, low]) / np.maximum(high - low, 1)  # shape (signals, windows, lines)
    names = [f"{name}_{_label(first, last)}" for name in signals for first, last in WINDOWS]
    return dict(zip(names, means.reshape(len(names), -1), strict=True))


def _label(first: int, last: int) -> str:
    """Return the name of a window in names of features: ``above4``, ``below1``."""
    return f"above{-first}" if last < 0 else f"below{last}"
