"""Complete the relative addresses of a page."""

from __future__ import annotations

from newsnorm.records import Page


def absolute_address(page: Page, address: str) -> str:
    """
    Return an address from a page in absolute form, resolved against the page's stated base and its own address.

    A broken address stays as it is.

    >>> from newsnorm.read import raw_article, read
    >>> from newsnorm.records import Metadata
    >>> page = read(raw_article("<p>Rain.", Metadata(media_type="text/html", url="https://example.com/a/b")))
    >>> absolute_address(page, "../quay.jpg")
    'https://example.com/quay.jpg'
    """
    from urllib.parse import urljoin

    try:
        return urljoin(urljoin(page.raw.url or "", page.markup.base), address.strip())
    except ValueError:
        return address.strip()
