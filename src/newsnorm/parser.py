"""Parse raw texts: combine reading, a catalogue and passes into one call."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache, cached_property
from types import MappingProxyType

import attrs

from newsnorm.assemble import assemble
from newsnorm.catalogue import Catalogue
from newsnorm.keeping import Keep, check_keep, keep_in_text
from newsnorm.language import identify, language_doubts
from newsnorm.page import stock_phrases
from newsnorm.page.images import images_of
from newsnorm.page.kind import layout_of
from newsnorm.page.state import run_passes
from newsnorm.passes import PASSES, Pass
from newsnorm.read import raw_article, read
from newsnorm.records import NO_METADATA, Article, Metadata, Page
from newsnorm.records.page import StatedField
from newsnorm.version import __version__


@attrs.frozen(kw_only=True)
class Parser:
    """
    Parses raw texts with a catalogue and a sequence of passes.

    A parser is frozen, and its methods are safe to call from several threads. Pickled, it takes about a kilobyte plus the
    rules that you added; its passes must then be defined at module level.

    Args:
        catalogue: the rules; the shipped ones by default.
        passes: the functions that look at a page, in order; `newsnorm.PASSES` by default.
        keep: what stays in the text. ``report``: only the report. ``most``: also captions, and every line that is not boilerplate
        by its own words or markup. ``all``: every word. Fields are found in any case, and `Article.marks` lists the lines that
        stay although they are not part of the report.

    Raises:
        InputError: `keep` is unknown.

    >>> import newsnorm
    >>> parser = newsnorm.Parser(passes=newsnorm.PASSES[:5])
    >>> parser.parse("It rained in Ulm.\\nSource link").paragraphs
    ('It rained in Ulm.',)

    """

    catalogue: Catalogue = attrs.field(factory=Catalogue.default, repr=False)
    passes: tuple[Pass, ...] = PASSES
    keep: Keep = "report"

    def __attrs_post_init__(self) -> None:
        check_keep(self.keep)

    def page(
        self,
        raw: str | bytes,
        *,
        url: str | None = None,
        id: str | None = None,
        title: str | None = None,
        site: str | None = None,
        fetched: str | None = None,
        media_type: str | None = None,
        encoding: str | None = None,
        language: str | None = None,
    ) -> Page:
        """
        Read a raw text into the page that `parse` works on: its lines and its language, before any pass.

        Arguments are the same as for `newsnorm.parse`.

        Raises:
            InputError: `raw` is not text or too long, or the media type has no reader.
            MissingExtraError: `media_type` is HTML, and the extra ``html`` is not installed.

        """
        known = Metadata(
            id=id,
            url=url,
            title=title,
            site=site,
            fetched=fetched,
            media_type=media_type,
            encoding=encoding,
            language=language,
        )
        return read_page(raw, known)

    def parse(
        self,
        raw: str | bytes,
        *,
        url: str | None = None,
        id: str | None = None,
        title: str | None = None,
        site: str | None = None,
        fetched: str | None = None,
        media_type: str | None = None,
        encoding: str | None = None,
        language: str | None = None,
    ) -> Article:
        """
        Parse a raw text; arguments are the same as for `newsnorm.parse`.

        Raises:
            InputError: `raw` is not text or too long, or the media type has no reader.
            MissingExtraError: `media_type` is HTML, and the extra ``html`` is not installed.

        """
        known = Metadata(
            id=id,
            url=url,
            title=title,
            site=site,
            fetched=fetched,
            media_type=media_type,
            encoding=encoding,
            language=language,
        )
        return parse_page(read_page(raw, known), self)

    @property
    def digest(self) -> str:
        """
        Hex sha256 of everything that influences results: parsers with equal digests produce equal articles.

        It covers the rules, the passes, `keep`, and the versions of newsnorm, ftfy, langdetect, chardetng-py, turbohtml and the
        Unicode tables. A pass of your own counts by its module and name, not by its code.
        """
        return self._digest

    @cached_property
    def _digest(self) -> str:
        sha = hashlib.sha256(f"{__version__}\0{self.catalogue.digest}\0{stock_phrases.digest()}\0{_foundations()}".encode())
        for find in self.passes:
            sha.update(f"\0{getattr(find, '__module__', '')}.{getattr(find, '__qualname__', repr(type(find)))}".encode())
        if self.keep != "report":
            sha.update(f"\0keep {self.keep}".encode())
        return sha.hexdigest()


def read_page(raw: str | bytes, metadata: Metadata = NO_METADATA, stated: tuple[StatedField, ...] = ()) -> Page:
    """
    Decode a raw text, split it into lines and identify its language.

    Args:
        raw: the text or its bytes.
        metadata: what is known about it.
        stated: the lines of the text that state fields for machines.

    Raises:
        InputError: `raw` is not text or too long, or the media type has no reader.
        MissingExtraError: `media_type` is HTML, and the extra ``html`` is not installed.

    """
    article = raw_article(raw, metadata)
    page = read(attrs.evolve(article, stated=stated) if stated else article)
    page = attrs.evolve(page, language=identify(page))
    doubts = language_doubts(page)
    return attrs.evolve(page, notes=(*page.notes, *doubts)) if doubts else page


def parse_page(page: Page, parser: Parser) -> Article:
    """Parse a page with the passes and the catalogue of `parser`."""
    found = run_passes(page, parser.catalogue, parser.passes)
    return assemble(
        page,
        keep_in_text(found, parser.keep),
        version=__version__,
        parser=parser.digest,
        layout=layout_of(found),
        images=images_of(found),
        cut_dateline=parser.keep != "all",
    )


FOUNDATIONS = ("chardetng-py", "ftfy", "langdetect", "turbohtml")
"""The packages whose version can change an article."""


@cache
def foundations() -> Mapping[str, str]:
    """
    Return the versions of the packages and tables that can change an article; ``none`` for a package that is not installed.

    >>> sorted(foundations())
    ['chardetng-py', 'ftfy', 'langdetect', 'turbohtml', 'unicode']
    """
    return MappingProxyType({name: _version_of(name) for name in FOUNDATIONS} | {"unicode": unicodedata.unidata_version})


def _foundations() -> str:
    return " ".join(f"{name} {version}" for name, version in foundations().items())


def _version_of(package: str) -> str:
    """Return the version of a package; ``none`` if it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


@cache
def default_parser(keep: Keep = "report") -> Parser:
    """Return the parser that `newsnorm.parse` uses, created once per process and setting of `keep`."""
    return Parser(keep=keep)


def parse(
    raw: str | bytes,
    *,
    url: str | None = None,
    id: str | None = None,
    title: str | None = None,
    site: str | None = None,
    fetched: str | None = None,
    media_type: str | None = None,
    encoding: str | None = None,
    language: str | None = None,
    keep: Keep = "report",
) -> Article:
    """
    Parse a raw text with the shipped rules.

    Args:
        raw: the scraped text or its bytes; at most 16 Mi code points or bytes.
        url: where it was found; its host selects the rules of its site.
        id: your name for it; by default the first 16 hex digits of its sha256.
        title: the title, if you know it: its line is looked for, and it becomes `Article.title` if the text does not contain it.
        site: the name of the site, if you know it: it becomes `Article.site`, and can be cut off the end of a title. A host
            serves for the latter alone, since it is no name.
        fetched: when it was fetched: ISO 8601, an HTTP date, a `date` or a `datetime`; "2 hours ago" counts back from it.
        media_type: ``text/plain``, ``text/html`` or ``application/xhtml+xml``. None reads an input that plainly opens as a page
            of HTML as one, if the extra ``html`` is installed, and everything else as text.
        encoding: the declared encoding, for bytes; ignored if they are clearly UTF-8.
        language: the language, as a BCP 47 code; by default it is identified.
        keep: what stays in the text: ``report``, ``most`` or ``all``, as `Parser` says.

    Missing values of data frames (``NaN``, ``NaT``, ``pandas.NA``) and empty strings count as None.

    Returns:
        The article. Its spans count code points of the raw text, for a page of HTML those of its text (`newsnorm.Parser.page`);
        `newsnorm.reconstruct` proves that nothing was lost.

    Raises:
        InputError: `raw` is not text or too long, the media type has no reader, there is no such `keep`, or another argument has
            a wrong type.
        MissingExtraError: `media_type` is HTML, and the extra ``html`` is not installed.

    >>> import newsnorm
    >>> article = newsnorm.parse("Fire closes MalmÃ¶ bridge\\n\\nThe bridge was closed on Monday, the port said.\\nSource link")
    >>> article.title, article.paragraphs
    ('Fire closes Malmö bridge', ('The bridge was closed on Monday, the port said.',))
    >>> [(removal.text, removal.rule) for removal in article.removals]
    [('Source link', 'common.removal.source-link')]

    """
    return default_parser(keep).parse(
        raw,
        url=url,
        id=id,
        title=title,
        site=site,
        fetched=fetched,
        media_type=media_type,
        encoding=encoding,
        language=language,
    )
