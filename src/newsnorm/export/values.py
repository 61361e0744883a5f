"""Compute values that several formats write, without anything that is not stated."""

from __future__ import annotations

from newsnorm.records import Article, PublicationDate


def stated_value(date: PublicationDate) -> str:
    """
    Return the value of a date without an assumed offset.

    >>> import newsnorm
    >>> stated_value(newsnorm.fields.parse_date("Updated 3 May 2024, 10:15 CET"))
    '2024-05-03T10:15+01:00'
    """
    if date.zone != "assumed" or "T" not in date.value:
        return date.value
    day, _, time = date.value.partition("T")
    return f"{day}T{time.removesuffix('Z').partition('+')[0].partition('-')[0]}"


def lead_image(article: Article) -> str | None:
    """Return the address of the lead image that the page states; None if there is none, or if it is among the images."""
    address = article.about.image
    return None if any(image.url == address for image in article.images) else address or None


def language(article: Article) -> str | None:
    """
    Return the language of an article as BCP 47; None if unknown.

    >>> import newsnorm
    >>> language(newsnorm.parse("Rain.", language="de-AT")), language(newsnorm.parse("12"))
    ('de', None)

    """
    return None if article.language.code == "und" else article.language.code
