"""Parse one JSON object, strictly and within limits."""

from __future__ import annotations

import json
import math
from typing import cast

from newsnorm.corpus.sources.fields import BadRecordError

MAX_DEPTH = 64
"""The deepest nesting that is read; Python's JSON parser recurses, and fails at about 1,000 levels."""

BOM = b"\xef\xbb\xbf"


def parse_object(data: bytes) -> dict[str, object]:
    """
    Parse a JSON object; ``NaN`` and infinities, which are not JSON, are read as missing.

    Raises:
        BadRecordError: it is not JSON, not an object, or nested too deeply.

    >>> parse_object(b'{"text": "It rained.", "score": NaN}')
    {'text': 'It rained.', 'score': nan}

    """
    try:
        if data.count(b"[") + data.count(b"{") > MAX_DEPTH and _depth(data) > MAX_DEPTH:
            raise BadRecordError("bad-json", f"nested deeper than {MAX_DEPTH} levels")
        value = cast("object", json.loads(data.decode("utf-8"), parse_constant=lambda _: math.nan))
    except (ValueError, RecursionError) as error:
        raise BadRecordError("bad-json", str(error)) from error
    if not isinstance(value, dict):
        raise BadRecordError("not-an-object", f"expected a JSON object, found a {type(value).__name__}")
    return value


def _depth(data: bytes) -> int:
    """Return the nesting depth of brackets outside strings."""
    depth = deepest = 0
    quoted = escaped = False
    for byte in data:
        if quoted:
            quoted = escaped or byte != 0x22
            escaped = byte == 0x5C and not escaped
        elif byte == 0x22:
            quoted = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
