"""Find which rows of a frame tell the same report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic

import attrs

from newsnorm.dedup import Deduplication, Params
from newsnorm.dedup import deduplicate as deduplicate_texts
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
    """What `deduplicate` found, as frames of the library of the frame that it was given."""

    rows: Frame
    """A row for each row, in their order and with their index: ``id``, ``cluster`` (missing if no other row tells the same
    report), ``representative`` (its own id then), ``is_duplicate`` (whether another row represents it), and ``error``."""
    relations: Frame
    """A row for each related pair, with the columns of ``relations.jsonl``."""
    clusters: Frame
    """A row for each cluster, with the columns of ``clusters.jsonl``."""
    notes: tuple[str, ...]
    """A note on repeated ids, if there are any, and one on each text of which only the beginning was compared."""


def deduplicate(
    frame: Frame,
    *,
    text: Name = "text",
    id: Name | None = None,
    params: Params | None = None,
    progress: Progress = True,
) -> Duplicates[Frame]:
    """
    Relate the texts of a frame of pandas or Polars to each other, and cluster those that tell the same report.

    Texts are compared as they are: parse them first, and compare the reports. A row without a text has no relation; its
    ``error`` says ``no-text``. Of different texts with one id, only the first is compared, and the others have the error
    ``repeated-id``.

    Args:
        frame: a DataFrame; it is not changed.
        text: the column with the texts to compare.
        id: the column with your name for each text; a row without one is named by its number, from 0.
        params: how candidates are found.
        progress: whether to show a bar on a terminal and in notebooks, or a function that gets the amount done and the total.

    Raises:
        InputError: `frame` is none, or lacks a column or has it twice.
        MissingExtraError: the extra ``arrow`` is not installed.

    >>> import polars, newsnorm.frames
    >>> found = newsnorm.frames.deduplicate(polars.DataFrame({"text": ["Rain fell in Ulm.", "RAIN FELL IN ULM", "Snow."]}))
    >>> found.rows.get_column("is_duplicate").to_list(), found.clusters.get_column("members").to_list()
    ([False, True, False], [['0', '1']])

    """
    given = adapter_of(frame)
    require_arrow("data frames")
    fields = {"text": text} if id is None else {"text": text, "id": id}
    texts = _texts(read_rows(given, fields))
    with told(progress) as tell:
        found = deduplicate_texts([(each.id, each.text) for each in texts if each.text is not None], params=params, progress=tell)
    bridges = {(each.left, each.right) for each in found.bridges()}
    relations = (dumps_relation(each, bridge=(each.left, each.right) in bridges).encode() for each in found.relations)
    return Duplicates(
        rows=given.aligned(gather(_rows(texts, found), ROWS)),
        relations=given.made(gather(relations, RELATIONS)),
        clusters=given.made(gather((dumps_cluster(each).encode() for each in found.clusters), CLUSTERS)),
        notes=found.notes,
    )


@attrs.frozen
class _Text:
    """The text of a row."""

    id: str
    text: str | None = None
    error: str | None = None
    """Why it is not compared."""


def _texts(rows: Iterable[Row]) -> list[_Text]:
    texts: list[_Text] = []
    first: dict[str, str] = {}
    for row in rows:
        name = row.id.encode("utf-8", "replace").decode()
        if isinstance(row.record, Failure):
            texts.append(_Text(name, error=row.record.code))
        elif isinstance(row.record.raw, bytes):
            texts.append(_Text(name, error="bad-field"))
        else:
            is_first = first.setdefault(name, row.record.raw) == row.record.raw
            texts.append(_Text(name, row.record.raw, None if is_first else "repeated-id"))
    return texts


def _rows(texts: Iterable[_Text], found: Deduplication) -> Iterator[bytes]:
    """Yield what was found of each row."""
    cluster_of = {member: cluster.id for cluster in found.clusters for member in cluster.members}
    seen: set[str] = set()
    for each in texts:
        row: dict[str, Json] = {"id": each.id, "is_duplicate": False, "error": each.error}
        if each.error is None:
            representative = found.representative(each.id)
            is_duplicate = representative != each.id or each.id in seen
            row |= {"cluster": cluster_of.get(each.id), "representative": representative, "is_duplicate": is_duplicate}
            seen.add(each.id)
        yield dumps(row)
