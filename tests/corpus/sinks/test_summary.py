"""The summary of a job: every count, under the name of its field."""

from __future__ import annotations

import json

import attrs
import pytest

from newsnorm.corpus.sinks.summary import dumps_summary
from newsnorm.records.accounts import DedupSummary, Failure, LearnSummary, RelationCounts, RunSummary

FOUND = RelationCounts(relations={"near": 1}, clusters=1, clustered=2, bridges=0, repeated_ids=(), notes=("a: compared up to …",))
RUN = RunSummary(
    read=3,
    written=2,
    failed=1,
    skipped=("feeds/käse.csv",),
    empty=0,
    duplicates=0,
    related=FOUND,
    repeated_ids=(),
    fixed=1,
    rules={"title.weighed": 2},
    reasons={"advert": 4},
    languages={"de": 2},
    layouts={"page": 2},
    notes={"input-html": 1},
    errors={"bad-json": 1},
    newsnorm="1.0",
    parser="ab12",
)
DEDUP = DedupSummary(read=2, compared=2, failed=0, skipped=(), errors={}, found=FOUND)
LEARN = LearnSummary(
    read=2,
    failed=1,
    skipped=(),
    without_host=0,
    hosts=1,
    hosts_learned=1,
    hosts_sampled=0,
    sample=0,
    rules=3,
    notes=("few-documents: example.org has 2 documents; at least 3 are needed",),
    errors={"not-text": 1},
    failures=(Failure(source="a.txt", place=None, stage="read", code="not-text", message="binary", sha256="", length=3),),
)


@pytest.mark.parametrize("summary", [RUN, attrs.evolve(RUN, related=None), DEDUP, LEARN], ids=lambda each: type(each).__name__)
def test_a_summary_holds_every_field(summary: RunSummary | DedupSummary | LearnSummary) -> None:
    written = json.loads(dumps_summary(summary))
    assert written == json.loads(json.dumps(attrs.asdict(summary)))
    assert list(written) == [field.name for field in attrs.fields(type(summary))]


def test_the_counts_of_relations_lie_below_their_own_key() -> None:
    assert json.loads(dumps_summary(RUN))["related"]["relations"] == {"near": 1}
    assert json.loads(dumps_summary(attrs.evolve(RUN, related=None)))["related"] is None


def test_a_summary_is_for_people_too() -> None:
    text = dumps_summary(RUN)
    assert text.startswith('{\n  "read": 3,\n')
    assert "feeds/käse.csv" in text
