"""Read the records of files one by one, for other programs; the jobs over files read in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsnorm.corpus.sources.discover import discover, read_all
from newsnorm.corpus.sources.options import Format, ReadOptions
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.records.accounts import Failure


def read_records(
    inputs: str | Path | Iterable[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    format: Format | None = None,
    media_type: str | None = None,
    language: str | None = None,
    name_pattern: str | None = None,
) -> Iterator[SourceRecord | Failure]:
    """
    Read the records of files, in the formats and compressions that ``newsnorm run`` reads.

    One record is in memory at a time. A record that can't be read yields a `Failure` that names its place, and reading continues.

    Args:
        inputs: a file, a folder, a pattern such as ``feeds/*.jsonl.gz``, ``-`` for standard input, or several of them.
        fields: our field → its name in the records, or a path such as ``content.0.html``, where it differs.
        format: the format of all files; by default detected from the ending and the beginning of each.
        media_type: the media type of texts that don't state one; by default detected from file endings and content.
        language: the language of texts that don't state one, as a BCP 47 code; by default identified.
        name_pattern: the fields in the names of text files, such as ``{site}/{fetched}_{id}``.

    Raises:
        InputError: an input does not exist, or an argument can't be used.
        MissingExtraError: a file needs an extra that is not installed.

    >>> import newsnorm
    >>> folder = getfixture("tmp_path")
    >>> _ = (folder / "feed.csv").write_text("headline,body\\nRain,It rained in Ulm.\\nSnow\\n", encoding="utf-8")
    >>> for record in newsnorm.read_records(folder / "feed.csv", fields={"text": "body", "title": "headline"}):
    ...     if isinstance(record, newsnorm.Failure):
    ...         print(record.place, record.code, record.message)
    ...     else:
    ...         print(record.place, record.parse().title)
    2 Rain
    3 bad-row the row has 1 fields, the header 2

    """
    options = ReadOptions(fields=fields or {}, format=format, media_type=media_type, language=language, name_pattern=name_pattern)
    yield from read_all(discover([inputs] if isinstance(inputs, (str, Path)) else inputs, options), options)
