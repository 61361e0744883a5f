"""Turn one record into a row of the corpus, in the workers of a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

import attrs

from newsnorm.catalogue.rules import TABLES, UNTRANSLATED
from newsnorm.corpus.account import Traits
from newsnorm.corpus.jobs.outcomes import Refused, attempt_here
from newsnorm.corpus.output.report_file import KeptReport
from newsnorm.corpus.sinks.form import ArticleForm
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.errors import MissingExtraError
from newsnorm.language import identify_language
from newsnorm.parser import Parser, parse_page, read_page
from newsnorm.read.media_type import HTML
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure

OTHER_RULES = "other rules: the catalogue, a version, or what was learned from inputs that have changed meanwhile"
"""Explains why an unfinished job has a different parser digest."""

EXAMPLES = 5
"""Example lines of each kind that are parsed to load tables."""


@attrs.frozen(kw_only=True)
class Normalised:
    """The outcome of a record."""

    row: bytes
    """The article as a row of a shard."""
    report: KeptReport
    """The text to compare with other reports."""
    traits: Traits
    """What is counted of it."""


@attrs.frozen(kw_only=True)
class Normaliser:
    """Parses records; picklable, so that it can be sent to workers."""

    parser: Parser
    form: ArticleForm = attrs.field(factory=ArticleForm)
    """The form in which articles are written."""
    is_compared: bool = True
    """Whether the reports are compared with each other."""

    def warm(self) -> None:
        """Load the tables, once for all workers."""
        load_tables(self.parser)

    def __call__(self, record: SourceRecord) -> Normalised | Failure | Refused:
        """Parse a record; return a failure if something is wrong with it."""
        return attempt_here(record, self._normalise)

    def _normalise(self, record: SourceRecord) -> Normalised:
        page = record.page()
        article = parse_page(page, self.parser)
        return Normalised(
            row=self.form.encode(article),
            report=KeptReport.of(article.id.encode("utf-8", "replace").decode(), article.text, is_compared=self.is_compared),
            traits=Traits.of(article, is_page=bool(page.markup.elements)),
        )


def load_tables(parser: Parser) -> None:
    """
    Load the tables that most texts need, so that forks of this process share them.

    Tables for other languages are loaded with their first text.
    """
    text = "\n\n".join(_examples(parser))
    identify_language(text)
    parse_page(read_page(text, Metadata(language=UNTRANSLATED)), parser)
    with suppress(MissingExtraError):
        parse_page(read_page("<p>0</p>", Metadata(media_type=HTML, language=UNTRANSLATED)), parser)


def _examples(parser: Parser) -> Iterator[str]:
    """Yield example lines of the common rules (with an author, a date and so on), which together use all tables."""
    for table in TABLES:
        rules = (rule for rule in parser.catalogue.rules if rule.table == table and rule.language == UNTRANSLATED)
        yield from islice((rule.examples[0].line for rule in rules if rule.examples), EXAMPLES)
