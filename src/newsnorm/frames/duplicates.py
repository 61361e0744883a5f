"""Find which rows of a frame carry the same report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic

import attrs

from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.dedup import Deduplication, Params
from newsnorm.dedup import deduplicate as deduplicate_texts
from newsnorm.dedup.text.comparable import id_and_text
from newsnorm.export.arrow import CLUSTERS, FLAG, RELATIONS, TEXT, Shape, require_arrow
from newsnorm.export.relations import dumps_cluster, dumps_relation
from newsnorm.frames.library import Frame, Name, adapter_of
from newsnorm.frames.progress import Progress, told
from newsnorm.frames.rows import Row, read_rows
from newsnorm.frames.table import dumps, gather
from newsnorm.records.accounts import Failure
from newsnorm.records.schema import Json

ROWS: Mapping[str, Shape] = {"id": TEXT, "cluster": TEXT, "representative": TEXT, "is_duplicate": FLAG, "error": TEXT}


@attrs.frozen(kw_only=True, eq=False)
class Duplicates(Generic[Frame]):
    """The result of `deduplicate`, as frames of the same library as the input."""

    rows: Frame
    """One row per input row, in the same order and with the same index: ``id``, ``cluster`` (missing if no text with another id
    carries the same report), ``representative`` (its own id if it has no cluster), ``is_duplicate`` (whether another row
    represents it), and ``error``."""
    relations: Frame
    """One row per related pair, with the columns of ``relations.jsonl``."""
    clusters: Frame
    """One row per cluster, with the columns of ``clusters.jsonl``."""
    notes: tuple[str, ...]
    """A note on repeated ids, if there are any, one on each text of which only the beginning was compared, and one on ids that
    can't be read."""


def deduplicate(
    frame: Frame,
    *,
    text: Name = "text",
    id: Name | None = None,
    params: Params | None = None,
    progress: Progress = True,
) -> Duplicates[Frame]:
    """
    Relate the texts of a frame of pandas or Polars to each other, and cluster those that carry the same report.

    Texts are compared as they are: parse them first, and compare the reports. A row without a text has no relation; its
    ``error`` says ``no-text``. A text that several rows have under one id counts once. Of different texts with one id, only the
    first is compared, and the others have the error ``repeated-id``.

    Args:
        frame: a DataFrame; it is not changed.
        text: the column with the texts to compare.
        id: the column with your name for each text; a row without one is named by its content, as a text without an id is by
            `newsnorm.deduplicate`. Without such a column, rows are named by their numbers, from 0.
        params: how candidates are found.
        progress: whether to show a bar on a terminal and in notebooks, or a function that gets the amount done and the total.

    Raises:
        InputError: `frame` is not a data frame, or lacks a column or has it twice.
        MissingExtraError: the extra ``arrow`` is not installed.

    >>> import polars, newsnorm.frames
    >>> found = newsnorm.frames.deduplicate(polars.DataFrame({"text": ["Rain fell in Ulm.", "RAIN FELL IN ULM", "Snow."]}))
    >>> found.rows.get_column("is_duplicate").to_list(), found.clusters.get_column("members").to_list()
    ([False, True, False], [['0', '1']])

    """
    given = adapter_of(frame)
    require_arrow("data frames")
    fields = {"text": text} if id is None else {"text": text, "id": id}
    rows = read_rows(given, fields)
    texts = _texts(rows)
    named = [(each.id, each.text) for each in texts if each.id is not None and each.text is not None]
    with told(progress) as tell:
        found = deduplicate_texts(named, params=params, progress=tell)
    bridges = {(each.left, each.right) for each in found.bridges()}
    relations = (dumps_relation(each, bridge=(each.left, each.right) in bridges).encode() for each in found.relations)
    return Duplicates(
        rows=given.aligned(gather(_rows(texts, found), ROWS)),
        relations=given.made(gather(relations, RELATIONS)),
        clusters=given.made(gather((dumps_cluster(each).encode() for each in found.clusters), CLUSTERS)),
        notes=(*found.notes, *_note_ids(rows)),
    )


@attrs.frozen
class _Text:
    """The text of a row."""

    id: str | None
    """None for a row that has neither an id nor a text."""
    text: str | None = None
    error: str | None = None
    """Why it is not compared."""


def _texts(rows: Iterable[Row]) -> list[_Text]:
    texts: list[_Text] = []
    first: dict[str, str] = {}
    for row in rows:
        given = None if row.id is None else row.id.encode("utf-8", "replace").decode()
        if isinstance(row.record, Failure):
            texts.append(_Text(given, error=row.record.code))
        elif isinstance(row.record.raw, bytes):
            texts.append(_Text(given, error="bad-field"))
        else:
            name, text = id_and_text(row.record.raw if given is None else (given, row.record.raw))
            is_first = first.setdefault(name, text) == text
            texts.append(_Text(name, text, None if is_first else "repeated-id"))
    return texts


def _note_ids(rows: Sequence[Row]) -> Iterator[str]:
    """Return a note that names the first unreadable id and counts the others."""
    records = ((number, row.record) for number, row in enumerate(rows) if isinstance(row.record, SourceRecord))
    noted = [(number, note) for number, record in records for note in record.notes]
    if noted:
        number, first = noted[0]
        more = f" (and {len(noted) - 1:,} more)" if len(noted) > 1 else ""
        yield f"row {number}{more}: {first}"


def _rows(texts: Iterable[_Text], found: Deduplication) -> Iterator[bytes]:
    """Yield the result of each row."""
    cluster_of = {member: cluster.id for cluster in found.clusters for member in cluster.members}
    seen: set[str] = set()
    for each in texts:
        row: dict[str, Json] = {"id": each.id, "is_duplicate": False, "error": each.error}
        if each.error is None and each.id is not None:
            representative = found.representative(each.id)
            is_duplicate = representative != each.id or each.id in seen
            row |= {"cluster": cluster_of.get(each.id), "representative": representative, "is_duplicate": is_duplicate}
            seen.add(each.id)
        yield dumps(row)
