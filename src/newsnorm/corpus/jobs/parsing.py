"""Turn one record into a row of the corpus: the work that a run gives to its workers."""

from __future__ import annotations

from contextlib import suppress

import attrs

from newsnorm.corpus.account import Tally
from newsnorm.corpus.jobs.outcomes import Refused, attempt_here
from newsnorm.corpus.sinks.form import ArticleForm
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.errors import MissingExtraError
from newsnorm.parser import Parser, parse_page, read_page
from newsnorm.read.media_type import HTML
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure


@attrs.frozen(kw_only=True)
class Normalised:
    """What became of a record."""

    id: str
    row: bytes
    """The article as a row of a shard."""
    report: str
    """The text to compare with other reports."""
    tally: Tally


@attrs.frozen(kw_only=True)
class Normaliser:
    """Parses records; picklable, so that it can be sent to workers."""

    parser: Parser
    form: ArticleForm = attrs.field(factory=ArticleForm)
    """What is written of each article, and how."""

    def warm(self) -> None:
        """Load the tables, once for all workers."""
        load_tables(self.parser)

    def __call__(self, record: SourceRecord) -> Normalised | Failure | Refused:
        """Parse a record; what is wrong with it is returned."""
        return attempt_here(record, self._normalise)

    def _normalise(self, record: SourceRecord) -> Normalised:
        page = record.page()
        article = parse_page(page, self.parser)
        return Normalised(
            id=article.id.encode("utf-8", "replace").decode(),
            row=self.form.encode(article),
            report=article.text,
            tally=Tally.of(article, is_page=bool(page.markup.elements)),
        )


def load_tables(parser: Parser) -> None:
    """
    Load the tables that every text needs, so that processes forked from this one share them.

    What a single language needs is loaded with its first text.
    """
    parse_page(read_page(""), parser)
    with suppress(MissingExtraError):
        parse_page(read_page("<p>0</p>", Metadata(media_type=HTML)), parser)
