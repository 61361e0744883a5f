"""Parameters that influence relations, and batch sizes, which influence only memory and speed."""

from __future__ import annotations

import hashlib
import json

import attrs

SCHEME = 1
"""Number of the hashing scheme, which covers tokens, features and their sampling; it changes when any of them does."""


@attrs.frozen(kw_only=True)
class Params:
    """
    How candidates are found: the only influence on a relation besides its two texts.

    Raises:
        ValueError: a value is out of range.
        TypeError: a number is not an integer where it has to be.

    >>> Params() == Params(sample=3), Params().digest == Params(share=0.2).digest
    (False, False)

    """

    sample: int = attrs.field(default=2, validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)])
    """One in this many pairs of neighbouring content words is a feature. A larger number misses short excerpts; a smaller one
    costs time and space."""
    share: float = attrs.field(default=0.11, validator=attrs.validators.and_(attrs.validators.gt(0), attrs.validators.le(1)))
    """Share of the smaller text's features that two texts must have in common to be compared. A copy with one letter in ten
    misread keeps more than that; a much lower share proposes forms and series, which are then compared for nothing."""
    least: int = attrs.field(default=3, validator=[attrs.validators.instance_of(int), attrs.validators.in_(range(1, 1001))])
    """Number of features that two texts must have in common, whatever the share; with fewer, all pairs of short forms would be
    compared."""

    @property
    def digest(self) -> str:
        """Sixteen hex digits, equal for equal parameters under the same hashing scheme."""
        values = json.dumps({"scheme": SCHEME, **attrs.asdict(self)}, sort_keys=True)
        return hashlib.sha256(values.encode()).hexdigest()[:16]


@attrs.frozen(kw_only=True)
class BatchSizes:
    """How much is processed at once, to bound memory and to fit the processor's cache. No answer depends on it."""

    texts: int = 2_000
    """Texts tokenized between two progress reports."""
    kept_tokens: int = 60_000_000
    """Tokens kept in memory (19 bytes each); in a larger corpus the texts to be compared are tokenized a second time."""
    probes: int = 250_000
    """Postings read at once when candidates are counted."""
    pairs: int = 30_000
    """Pairs whose tokens are read at once."""
    aligned_tokens: int = 2_000_000
    """Tokens of the shorter texts that are aligned at once."""
