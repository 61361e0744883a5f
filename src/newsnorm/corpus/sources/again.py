"""Read the inputs of a run again, to find the raw texts of some of its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.corpus.sources.stream import ByteCounter
from newsnorm.read.decode import digest

TextKey = tuple[str, str]
"""The id of an article, and the digest of its raw text."""


def records_again(
    files: Iterable[SourceFile], wanted: Set[TextKey], options: ReadOptions, progress: Callable[[int], None] | None = None
) -> Iterator[tuple[TextKey, SourceRecord]]:
    """
    Yield the records of the articles that are wanted, each once, until all are found.

    A record whose content has changed since is not the one that is wanted.

    Args:
        files: the files to look in.
        wanted: the id and the digest of the raw text of each.
        options: how the files are read.
        progress: called after each file with the number of bytes read so far.

    Raises:
        MissingExtraError: a file needs an extra that is not installed.

    """
    missing = set(wanted)
    counter = ByteCounter()
    for file in files:
        if not missing:
            return
        for record in read_file(file, options, counter):
            if isinstance(record, SourceRecord) and (key := _key(record)) in missing:
                missing.discard(key)
                yield key, record
        if progress is not None:
            progress(counter.read)


def _key(record: SourceRecord) -> TextKey:
    raw = record.raw if isinstance(record.raw, bytes) else record.raw.encode("utf-8", "surrogatepass")
    return record.id.encode("utf-8", "replace").decode(), digest(raw)
