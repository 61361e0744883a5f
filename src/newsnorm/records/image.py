"""Define the image of a report."""

from __future__ import annotations

import attrs


@attrs.frozen
class ArticleImage:
    """
    An image of a report, as the page of HTML shows it.

    >>> import newsnorm
    >>> figure = "<figure><img src='/quay.jpg' alt='A crane'><figcaption>The old quay</figcaption></figure>"
    >>> page = f"<h1>Quay to close</h1>{figure}<p>The quay closes on Monday because two of its pillars are broken, the port said."
    >>> newsnorm.parse(page, url="https://example.com/news/1", media_type="text/html").images
    (ArticleImage(url='https://example.com/quay.jpg', alt='A crane', caption='The old quay', credit='', agency=None),)
    """

    url: str
    """Absolute, if the address of the page is known."""
    alt: str = ""
    """The alternative text that the page states; not part of the report."""
    caption: str = ""
    """As in `Article.captions`."""
    credit: str = ""
    """Who took or supplied it, as printed; from its caption or from a line of its own."""
    agency: str | None = None
    """The agency that the credit names, by its usual name."""
