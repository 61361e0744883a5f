"""Name articles and texts by URIs that anyone can recompute; no address is invented, and nothing is looked up."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
from urllib.parse import quote

from newsnorm.records import Article
from newsnorm.text.lazy_regex import lazy_regex

_ADDRESS = lazy_regex(r"(https?)://([^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#(.*))?\Z", re.DOTALL | re.IGNORECASE)
_HOST = lazy_regex(r"(?:[^@\[\]:]*@)?[^@\[\]:]+(?::\d*)?\Z", re.DOTALL)
_SHA256 = lazy_regex(r"[0-9a-f]{64}\Z")
_STRAY_PERCENT = lazy_regex(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "!$&'()*+,;=:@/-._~%"


def urn(article: Article, *parts: str | int) -> str:
    """
    Return the name of an article, or of a part of it: a UUID made from its id, its URL and the digest of its raw text.

    >>> import newsnorm
    >>> urn(newsnorm.parse("Rain in Ulm.", id="ulm"))
    'urn:uuid:c91aebab-aee5-5c12-b0c1-63f390728366'
    """
    key = json.dumps([article.id, article.url, article.provenance.raw_sha256, *parts])
    return uuid.uuid5(uuid.NAMESPACE_URL, key).urn


def raw_uri(article: Article) -> str:
    """Return the name of the raw text of an article, by its digest (RFC 6920)."""
    sha256 = article.provenance.raw_sha256
    return _named_by_digest(bytes.fromhex(sha256)) if _SHA256.match(sha256) else urn(article, "raw")


def text_uri(text: str) -> str:
    """
    Return the name of a text: the digest of its UTF-8 (RFC 6920).

    >>> text_uri("Rain in Ulm.")
    'ni:///sha-256;5DOr2oxzoXrpmgt8twdIwzgeQEbg-vta8hXOCXFbkhg'
    """
    return _named_by_digest(hashlib.sha256(text.encode("utf-8", "replace")).digest())


def _named_by_digest(digest: bytes) -> str:
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def web_uri(address: str | None) -> str | None:
    """
    Return a web address as a URI, escaping characters that URIs don't allow; None if it is not a web address.

    >>> web_uri("https://example.com/Malmö bridge?q=50%"), web_uri("example.com"), web_uri(None)
    ('https://example.com/Malm%C3%B6%20bridge?q=50%25', None, None)
    """
    match = _ADDRESS.match(address.strip()) if address else None
    if match is None or _HOST.match(match[2]) is None:
        return None
    scheme, host, path, query, fragment = match.groups()
    uri = f"{scheme.lower()}://{_escaped(host, '')}{_escaped(path, '')}"
    return uri + (f"?{_escaped(query, '?')}" if query is not None else "") + (f"#{_escaped(fragment, '?')}" if fragment else "")


def _escaped(part: str, also_safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_SAFE + also_safe, errors="replace")
