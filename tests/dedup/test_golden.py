"""
The hashing of words and features is frozen: an index written on one machine is read on any other.

``golden.json`` is written by ``python tests/dedup/test_golden.py``, and only together with a new `newsnorm.dedup.params.SCHEME`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import attrs
import numpy as np
import pytest
from folders import FIXTURES

import newsnorm
from newsnorm.dedup import Params
from newsnorm.dedup.params import SCHEME
from newsnorm.dedup.propose.features import sample_features
from newsnorm.dedup.text.tokens import tokenize

GOLDEN = FIXTURES / "dedup" / "golden.json"
SOURCE = Path(newsnorm.__file__).parents[1]


@attrs.frozen(kw_only=True)
class Row:
    """What becomes of one text; hashes as hexadecimal digits with blanks between them."""

    text: str
    words: str
    spans: str
    numbers: str
    content: str
    whole: str
    features: str
    every_feature: str


def row_of(text: str) -> Row:
    tokens = tokenize([text])
    return Row(
        text=text,
        words=_hex(tokens.hash),
        spans=" ".join(f"{start}-{end}" for start, end in zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)),
        numbers="".join("1" if number else "." for number in tokens.is_number.tolist()),
        content="".join("1" if content else "." for content in tokens.is_content.tolist()),
        whole=_hex(tokens.text_hash),
        features=_hex(sample_features(tokens, Params()).hash),
        every_feature=_hex(sample_features(tokens, Params(sample=1)).hash),
    )


def _hex(hashes: np.ndarray[tuple[int, ...], np.dtype[np.uint64]]) -> str:
    return " ".join(f"{number:x}" for number in hashes.tolist())


def golden() -> tuple[int, str, list[Row]]:
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return data["scheme"], data["digest"], [Row(**row) for row in data["rows"]]


ROWS = golden()[2]


def test_the_scheme_and_the_digest_of_the_params_stay() -> None:
    scheme, digest, rows = golden()
    assert (scheme, digest) == (SCHEME, Params().digest)
    assert len(rows) >= 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: ascii(row.text[:20]))
def test_words_and_features_stay(row: Row) -> None:
    assert row_of(row.text) == row


def test_they_stay_when_all_are_read_at_once() -> None:
    tokens = tokenize(row.text for row in ROWS)
    assert _hex(tokens.hash) == " ".join(row.words for row in ROWS if row.words)
    assert _hex(tokens.text_hash) == " ".join(row.whole for row in ROWS)


PROGRAM = """
import hashlib, json, sys
import newsnorm
from newsnorm.dedup.text.tokens import tokenize
texts = json.loads(sys.stdin.read())
tokens = tokenize(texts.values())
found = newsnorm.deduplicate(texts.items())
print(hashlib.sha256(tokens.hash.tobytes() + repr((list(found.relations), found.clusters)).encode()).hexdigest())
"""


@pytest.mark.slow
def test_no_hash_seed_changes_anything() -> None:
    folders = sorted(path for path in GOLDEN.parent.iterdir() if path.is_dir())[:30]
    texts = {
        f"{path.parents[1].name}/{path.stem}": path.read_text(encoding="utf-8")
        for folder in folders
        for path in folder.rglob("*.txt")
    }
    answers = set()
    for seed in ("0", "1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            check=True,
            capture_output=True,
            input=json.dumps(texts),
            encoding="utf-8",
            env={"PYTHONPATH": str(SOURCE), "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )
        answers.add(done.stdout)
    assert len(answers) == 1


if __name__ == "__main__":
    rows = [attrs.asdict(row_of(row.text)) for row in ROWS]
    data = {"scheme": SCHEME, "digest": Params().digest, "rows": rows}
    GOLDEN.write_text(json.dumps(data, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
