"""Find the address of an image in any of its attributes."""

from __future__ import annotations

from collections.abc import Mapping

from newsnorm.text.lazy_regex import lazy_regex

LONGEST_SET = 20_000
"""Most code points that are read of a list of addresses."""

_DEFERRED = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "data-url")
"""Attributes that scripts load images from once they are scrolled into view."""

_SIZE = lazy_regex(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)[wx](?:,|$)")


def address_of(attributes: Mapping[str, str]) -> str:
    """
    Return the address of an image; empty if its element names none.

    >>> address_of({"src": "data:image/gif;base64,R0", "data-src": "/quay.jpg"})
    '/quay.jpg'
    """
    source = attributes.get("src", "").strip()
    if source and not source.startswith("data:"):
        return source
    for name in _DEFERRED:
        address = attributes.get(name, "").strip()
        if address and not address.startswith("data:"):
            return address
    return largest(attributes.get("srcset") or attributes.get("data-srcset") or "")


def largest(srcset: str) -> str:
    """
    Return the address with the largest width or density in a ``srcset``.

    >>> largest("small.jpg 300w, large.jpg 1200w, other.jpg 800w"), largest("one.jpg")
    ('large.jpg', 'one.jpg')
    """
    best, address, most = "", "", 0.0
    for part in srcset[:LONGEST_SET].split():
        size = _SIZE.match(part)
        if size is None:
            address = part
        elif float(size.group(1)) > most and not address.startswith("data:"):
            best, most = address, float(size.group(1))
        if size is not None:
            address = part[size.end() :]
        if not best and not address.startswith("data:"):
            best = address.rstrip(",")
    return best
