"""The parameters that decide whether two texts are related, and the sizes of batches, which decide nothing."""

from __future__ import annotations

import hashlib
import json

import attrs

SCHEME = 1
"""Number of the hashing scheme: tokens, features and their sampling. It changes when any of them does."""


@attrs.frozen(kw_only=True)
class Params:
    """
    What a relation depends on besides its two texts.

    >>> Params() == Params(sample=3), Params().digest == Params(share=0.2).digest
    (False, False)
    """

    sample: int = attrs.field(default=2, validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)])
    """One in so many pairs of neighbouring content words is a feature: fewer lose short excerpts, more cost time and space."""
    share: float = attrs.field(default=0.13, validator=attrs.validators.and_(attrs.validators.gt(0), attrs.validators.le(1)))
    """Share of the smaller text's features that two texts must have in common to be compared. A copy with one letter in ten
    misread keeps more; a much lower share proposes forms and series, which are then compared in vain."""
    least: int = attrs.field(default=4, validator=[attrs.validators.instance_of(int), attrs.validators.in_(range(1, 1001))])
    """Number of features that two texts must have in common, whatever the share: with fewer, every two short forms would be
    compared."""

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that are equal for equal parameters of one scheme."""
        values = json.dumps({"scheme": SCHEME, **attrs.asdict(self)}, sort_keys=True)
        return hashlib.sha256(values.encode()).hexdigest()[:16]


@attrs.frozen(kw_only=True)
class BatchSizes:
    """How much is held and worked on at once: bounds on memory, and what fits a processor's cache. No answer depends on them."""

    texts: int = 2_000
    """Texts tokenized between two reports of progress."""
    kept_tokens: int = 60_000_000
    """Tokens kept in memory (18 bytes each); in a larger corpus the texts to be compared are tokenized a second time."""
    probes: int = 250_000
    """Postings met at once when candidates are counted."""
    pairs: int = 30_000
    """Pairs whose tokens are read at once."""
    aligned_tokens: int = 2_000_000
    """Tokens of the shorter texts that are aligned at once."""
