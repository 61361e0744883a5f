"""Parse the rows of a frame, in as many processes as there are cores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from newsnorm.corpus.jobs.parsing import Normalised, Normaliser
from newsnorm.corpus.jobs.working import work_on
from newsnorm.corpus.sinks.form import article_form
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.export.arrow import TEXT, Shape, require_arrow
from newsnorm.export.flat import USUAL, shapes
from newsnorm.frames.library import Frame, Name, adapter_of
from newsnorm.frames.progress import Progress, counted
from newsnorm.frames.rows import Row, read_rows
from newsnorm.frames.table import dumps, gather
from newsnorm.parser import Parser
from newsnorm.records.accounts import Failure
from newsnorm.records.page import ID_LENGTH
from newsnorm.records.schema import Json

ERRORS: Mapping[str, Shape] = {"error": TEXT, "error_message": TEXT}
"""The columns that say what is wrong with a row: a code as in ``errors.jsonl``, and a message."""


def parse(
    frame: Frame,
    *,
    text: Name = "text",
    id: Name | None = None,
    url: Name | None = None,
    title: Name | None = None,
    site: Name | None = None,
    fetched: Name | None = None,
    media_type: Name | None = None,
    encoding: Name | None = None,
    language: Name | None = None,
    columns: Iterable[str] = USUAL,
    parser: Parser | None = None,
    jobs: int | None = None,
    timeout: float = 60.0,
    progress: Progress = True,
) -> Frame:
    """
    Parse each row of a frame of pandas or Polars.

    A missing value (None, ``NaN``, ``NaT``, ``pandas.NA``, an empty text) of a column besides the text counts as not given. A row
    that can't be parsed does not stop the others: its values are missing, and ``error`` and ``error_message`` say why.

    Args:
        frame: a DataFrame; it is not changed.
        text: the column with the raw texts, as text or bytes.
        id: the column with your name for each text; a row without one gets the id that `newsnorm.parse` would give it. Without
            such a column, rows are named by their numbers, from 0.
        url: the column that says where each text was found; its host selects the rules of its site.
        title: the column with titles that are known.
        site: the column with the name of the site; a host is not a name.
        fetched: the column that says when each text was fetched, as text, dates or times.
        media_type: the column with the media type: ``text/html`` or ``text/plain``.
        encoding: the column with the declared encoding, for bytes.
        language: the column with the language, as a BCP 47 code.
        columns: the columns to return, named as in flat tables.
        parser: by default the default parser.
        jobs: number of worker processes; by default one per core; 0 parses in this process.
        timeout: time limit for one text, in seconds.
        progress: whether to show a bar on a terminal and in notebooks, or a function that gets the rows done and their total.

    Returns:
        A frame of the same library with a row for each row, in their order: `columns`, ``error`` and ``error_message``. A pandas
        frame has the index of `frame`, and columns of Arrow's types. Dates are texts, so that a day does not become midnight.

    Raises:
        InputError: `frame` is not a data frame, lacks a column or has it twice, or one of `columns` is unknown.
        MissingExtraError: the extra ``arrow`` is not installed, or a row is a page of HTML and the extra ``html`` is not.
        WorkerStartError: processes can't be started, or a pass of `parser` is not defined in a module.

    >>> import pandas, newsnorm.frames
    >>> frame = pandas.DataFrame({"body": ["Quay to close\\n\\nIt closes on Monday, they said.", None]}, index=[7, 9])
    >>> parsed = newsnorm.frames.parse(frame, text="body", columns=["title", "text"], jobs=0)
    >>> parsed.loc[7, "title"], parsed.loc[9, "error"]
    ('Quay to close', 'no-text')

    """
    given = adapter_of(frame)
    require_arrow("data frames")
    form = article_form("parquet", columns)
    shown = form.columns or ()
    named = {
        "text": text,
        "id": id,
        "url": url,
        "title": title,
        "site": site,
        "fetched": fetched,
        "media_type": media_type,
        "encoding": encoding,
        "language": language,
    }
    rows = read_rows(given, {field: name for field, name in named.items() if name is not None})
    normaliser, workers = (
        Normaliser(parser=parser or Parser(), form=form, is_compared=False),
        WorkerOptions(jobs=jobs, seconds=timeout),
    )
    outcomes = counted(work_on((row.record for row in rows), normaliser, workers), len(rows), progress)
    lines = (_line(row, outcome, shown) for row, outcome in zip(rows, outcomes, strict=True))
    return cast("Frame", given.aligned(gather(lines, {**shapes(shown), **ERRORS})))


def _line(row: Row, outcome: Normalised | Failure, columns: Sequence[str]) -> bytes:
    """Return the row of an article, or of a failure, whose only value is its id."""
    if isinstance(outcome, Normalised):
        return outcome.row
    known: dict[str, Json] = {"id": row.id or outcome.sha256[:ID_LENGTH] or None} if "id" in columns else {}
    return dumps({**known, "error": outcome.code, "error_message": outcome.message})
