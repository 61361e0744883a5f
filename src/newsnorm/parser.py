"""A parser: a catalogue and passes, joined to one call that makes an article of a raw text."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache, cached_property

import attrs

from newsnorm.assemble import assemble
from newsnorm.catalogue import Catalogue
from newsnorm.language import identify
from newsnorm.passes import PASSES, Pass, find_all
from newsnorm.read import raw_article, read
from newsnorm.records import Article, Page
from newsnorm.version import __version__


@attrs.frozen(kw_only=True)
class Parser:
    """
    Reads raw texts with one catalogue and one order of passes; frozen and picklable, so it travels to processes as it is.

    Args:
        catalogue: the rules; the shipped ones unless given.
        passes: what looks at a page, in order; `newsnorm.PASSES` unless given.

    >>> import newsnorm
    >>> parser = newsnorm.Parser(passes=newsnorm.PASSES[:2])
    >>> parser.parse("It rained in Ulm.\\nSource link").paragraphs
    ('It rained in Ulm.',)

    """

    catalogue: Catalogue = attrs.field(factory=Catalogue.default, repr=False)
    passes: tuple[Pass, ...] = PASSES

    def page(
        self,
        raw: str | bytes,
        *,
        url: str | None = None,
        id: str | None = None,
        title: str | None = None,
        site: str | None = None,
        fetched: str | None = None,
        media_type: str = "text/plain",
        encoding: str | None = None,
    ) -> Page:
        """The page that `parse` makes of a raw text: its lines and its language, before any pass."""
        page = read(
            raw_article(raw, id=id, url=url, title=title, site=site, fetched=fetched, media_type=media_type, encoding=encoding)
        )
        return attrs.evolve(page, language=identify(page))

    def parse(
        self,
        raw: str | bytes,
        *,
        url: str | None = None,
        id: str | None = None,
        title: str | None = None,
        site: str | None = None,
        fetched: str | None = None,
        media_type: str = "text/plain",
        encoding: str | None = None,
    ) -> Article:
        """
        Make an article of a raw text; see `newsnorm.parse`.

        Raises:
            InputError: it is no text, too long, or of an unknown media type.

        """
        page = self.page(raw, url=url, id=id, title=title, site=site, fetched=fetched, media_type=media_type, encoding=encoding)
        return assemble(page, find_all(page, self.catalogue, self.passes), version=__version__, parser=self.digest)

    @property
    def digest(self) -> str:
        """
        A digest of everything that decides: parsers with equal digests make equal articles.

        It covers the rules, the passes, and the versions of newsnorm, ftfy, langdetect, charset-normalizer and the Unicode
        tables. Of a pass of your own it covers the module and the name, not the code.
        """
        return self._digest

    @cached_property
    def _digest(self) -> str:
        sha = hashlib.sha256(f"{__version__}\0{self.catalogue.digest}\0{_foundations()}".encode())
        for find in self.passes:
            sha.update(f"\0{getattr(find, '__module__', '')}.{getattr(find, '__qualname__', repr(type(find)))}".encode())
        return sha.hexdigest()


@cache
def _foundations() -> str:
    """The versions of what newsnorm leans on, where another version may give another result."""
    from importlib.metadata import version

    packages = " ".join(f"{name} {version(name)}" for name in ("charset-normalizer", "ftfy", "langdetect"))
    return f"{packages} unicode {unicodedata.unidata_version}"


@cache
def default_parser() -> Parser:
    """The parser that `newsnorm.parse` uses: made once in a process."""
    return Parser()


def parse(
    raw: str | bytes,
    *,
    url: str | None = None,
    id: str | None = None,
    title: str | None = None,
    site: str | None = None,
    fetched: str | None = None,
    media_type: str = "text/plain",
    encoding: str | None = None,
) -> Article:
    """
    Make an article of a raw text.

    Args:
        raw: the text as it was scraped, or its bytes.
        url: where it was found; its host chooses the rules of a site.
        id: your name for it; else the first 16 digits of the raw text's sha256.
        title: the title, if you know it: its line is looked for, and it is the answer where the text is silent.
        site: the name or host of the site, if you know it.
        fetched: when it was fetched, as ISO 8601.
        media_type: ``text/plain``.
        encoding: of bytes, as declared by a header; bytes that plainly are UTF-8 overrule it.

    Returns:
        The article. Its spans count code points of the raw text; `newsnorm.reconstruct` proves that nothing was lost.

    Raises:
        InputError: it is no text, too long, or of an unknown media type.

    >>> import newsnorm
    >>> article = newsnorm.parse("Fire closes MalmÃ¶ bridge\\n\\nThe bridge was closed on Monday, the port said.\\nSource link")
    >>> article.title, article.paragraphs
    ('Fire closes Malmö bridge', ('The bridge was closed on Monday, the port said.',))
    >>> [(removal.text, removal.rule) for removal in article.removals]
    [('Source link', 'common.removal.source-link')]

    """
    return default_parser().parse(
        raw, url=url, id=id, title=title, site=site, fetched=fetched, media_type=media_type, encoding=encoding
    )
