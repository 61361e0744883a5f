"""Turn one record into a row of the corpus: the work that a run gives to its workers."""

from __future__ import annotations

import attrs

from newsnorm.corpus.account import Tally
from newsnorm.corpus.sources.record import SourceRecord, attempt
from newsnorm.errors import MissingExtraError
from newsnorm.export.jsonl import dumps
from newsnorm.parser import Parser, parse_page
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


@attrs.frozen
class Refused:
    """Why no record of this kind can be parsed here: an extra is not installed."""

    message: str


@attrs.frozen(kw_only=True)
class Normaliser:
    """Parses records; picklable, so that it can be sent to workers."""

    parser: Parser
    ledger: bool = False
    """Whether to write each article with its ledger."""

    def __call__(self, record: SourceRecord) -> Normalised | Failure | Refused:
        """Parse a record; what is wrong with it is returned, since exceptions don't travel well between processes."""
        try:
            return attempt(record, self._normalise)
        except MissingExtraError as error:
            return Refused(str(error))

    def _normalise(self, record: SourceRecord) -> Normalised:
        page = record.page()
        article = parse_page(page, self.parser)
        return Normalised(
            id=article.id.encode("utf-8", "replace").decode(),
            row=dumps(article, ledger=self.ledger).encode("utf-8", "replace"),
            report=article.text,
            tally=Tally.of(article, is_page=bool(page.markup.elements)),
        )
