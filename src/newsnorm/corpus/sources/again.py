"""Read the inputs of a run again, to find the records of some of its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.corpus.sources.stream import ByteCounter
from newsnorm.read.decode import digest


def records_again(
    files: Iterable[SourceFile], digests: Set[str], options: ReadOptions, progress: Callable[[int], None] | None = None
) -> Iterator[tuple[str, SourceRecord]]:
    """
    Yield the digest and the record of each wanted raw text, once, until all are found.

    A record is found even if it has moved, but not if its text has changed, whatever its id.

    Args:
        files: the files to look in.
        digests: `newsnorm.Provenance.raw_sha256` of the articles.
        options: how the files are read.
        progress: called after each file with the number of bytes read so far.

    Raises:
        MissingExtraError: a file needs an extra that is not installed.

    """
    missing = set(digests)
    counter = ByteCounter()
    for file in files:
        if not missing:
            return
        for record in read_file(file, options, counter):
            if isinstance(record, SourceRecord) and (found := _digest(record)) in missing:
                missing.discard(found)
                yield found, record
        if progress is not None:
            progress(counter.read)


def _digest(record: SourceRecord) -> str:
    return digest(record.raw if isinstance(record.raw, bytes) else record.raw.encode("utf-8", "surrogatepass"))
