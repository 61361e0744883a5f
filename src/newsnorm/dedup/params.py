"""What decides whether two texts are related? A few numbers, which stand in every index."""

from __future__ import annotations

import hashlib
import json

import attrs

SCHEME = 1
"""The number of the hashing scheme: words, features and their sampling. It changes when any of them does."""


@attrs.frozen(kw_only=True)
class Params:
    """
    What a relation depends on beside its two texts.

    >>> Params() == Params(sample=3), Params().digest == Params(share=0.2).digest
    (False, False)
    """

    sample: int = attrs.field(default=2, validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)])
    """One in so many pairs of neighbouring content words is a feature: fewer lose short excerpts, more cost time and space."""
    share: float = attrs.field(default=0.13, validator=attrs.validators.and_(attrs.validators.gt(0), attrs.validators.le(1)))
    """This share of the smaller text's features has to be common to both, or they are not compared. A copy with one letter in
    ten misread keeps more; far less proposes forms and series, which are then compared in vain."""
    least: int = attrs.field(default=4, validator=[attrs.validators.instance_of(int), attrs.validators.in_(range(1, 1001))])
    """So many features, whatever the share: with fewer, every two short forms would be compared."""

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that are equal for equal parameters of one scheme."""
        values = json.dumps({"scheme": SCHEME, **attrs.asdict(self)}, sort_keys=True)
        return hashlib.sha256(values.encode()).hexdigest()[:16]
