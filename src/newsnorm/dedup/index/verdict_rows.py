"""Pack the verdict on a pair of texts into the 29 bytes that an index stores per relation, and unpack it."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import numpy as np

from newsnorm.dedup.array_ops import Indices
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.evidence.forest import UNIT

_ROW = struct.Struct("<biIIIIII")
_COLUMNS = np.dtype(
    [
        ("kind", "<i1"),
        ("log_odds", "<i4"),  # in `UNIT`, or `_NOT_SCORED`
        ("left_common", "<u4"),  # tokens in passages; covers are the quotients of these and the sizes
        ("right_common", "<u4"),
        ("left_size", "<u4"),
        ("right_size", "<u4"),
        ("left_coverage", "<u4"),
        ("right_coverage", "<u4"),
    ]
)
"""The fields of `_ROW`, for many rows at once."""
_NOT_SCORED = -(2**31)


def pack_verdicts(pairs: RelatedPairs, size: Indices) -> Iterator[bytes]:
    """Pack each row of some related pairs, given the number of tokens of each text."""
    left, right = pairs.pairs[:, 0], pairs.pairs[:, 1]
    columns = (
        pairs.kind,
        np.where(np.isfinite(pairs.log_odds), np.rint(pairs.log_odds / UNIT), _NOT_SCORED),
        np.rint(pairs.left_cover * size[left]),
        np.rint(pairs.right_cover * size[right]),
        size[left],
        size[right],
        pairs.coverage[:, 0],
        pairs.coverage[:, 1],
    )
    for row in zip(*(column.astype(np.int64).tolist() for column in columns), strict=True):
        yield _ROW.pack(*row)


def unpack_verdicts(pairs: Indices, rows: Sequence[bytes], texts: int) -> tuple[RelatedPairs, Indices]:
    """
    Unpack verdicts, which contain no passages.

    Args:
        pairs: indices of texts, shape (pairs, 2).
        rows: the packed verdict of each pair.
        texts: number of texts.

    Returns:
        the related pairs, and the number of tokens of each text; 0 for a text in no pair.

    """
    table = np.frombuffer(b"".join(rows), _COLUMNS)
    column = {name: table[name].astype(np.int64) for name in _COLUMNS.names or ()}
    size = np.zeros(texts, np.int64)
    size[pairs[:, 0]], size[pairs[:, 1]] = column["left_size"], column["right_size"]
    return (
        RelatedPairs(
            pairs=pairs,
            kind=column["kind"].astype(np.int8),
            log_odds=np.where(column["log_odds"] == _NOT_SCORED, -np.inf, column["log_odds"] * UNIT),
            left_cover=column["left_common"] / np.maximum(1, column["left_size"]),
            right_cover=column["right_common"] / np.maximum(1, column["right_size"]),
            coverage=np.stack([column["left_coverage"], column["right_coverage"]], 1).astype(np.uint32),
            span_offset=np.zeros(len(pairs) + 1, np.int64),
            spans=np.zeros((0, 4), np.int32),
        ),
        size,
    )
