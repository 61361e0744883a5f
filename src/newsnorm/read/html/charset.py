"""Find the encoding that a page of HTML states for itself, in a meta element or an XML declaration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from newsnorm.resources import directory_of, read_toml
from newsnorm.text.lazy_regex import lazy_regex

PRESCAN = 1_024
"""Bytes within which the HTML standard looks for a statement."""

LATER = 32_768
"""Bytes that are searched if there is none; browsers also obey a later statement, and read the page again."""

_COMMENT = lazy_regex("(?s)<!--.*?(?:-->|$)")
_META = lazy_regex(r"(?is)<meta[\s/][^>]*>?")
_ATTRIBUTE = lazy_regex(r"""(?i)[\s/"']([a-z-]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_CONTENT = lazy_regex(r"""(?i)charset\s*=\s*["']?\s*([^\s"';]+)""")
_XML = lazy_regex(r"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"'>]{1,40})["']""")


def stated_charset(data: bytes) -> str | None:
    """
    Return the label of the encoding that a page states for itself; None if it states none.

    A page whose statement can be read is not in UTF-16, whatever it says; the standard reads it as UTF-8.

    >>> stated_charset(b'<!-- <meta charset=big5> --><meta charset="koi8-r">')
    'koi8-r'
    >>> stated_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')
    'windows-1251'
    >>> stated_charset(b'<?xml version="1.0" encoding="iso-8859-2"?><html>')
    'iso-8859-2'
    """
    head = data[:LATER].decode("latin-1")
    declaration = _XML.match(head)
    label = _of_meta(head[:PRESCAN])
    if label is None and declaration is not None:
        label = declaration.group(1)
    if label is None and len(head) > PRESCAN:
        label = _of_meta(head)
    return "utf-8" if label is not None and (codec_of_label(label) or "").startswith("utf-16") else label


def codec_of_label(label: str) -> str | None:
    """
    Return the codec of Python for a label of the WHATWG Encoding Standard; None if it has no such label.

    >>> codec_of_label(" Latin1"), codec_of_label("gb2312"), codec_of_label("utf-7")
    ('cp1252', 'gb18030', None)
    """
    return _codecs().get(label.strip().lower())


def _of_meta(head: str) -> str | None:
    """Return the label in the first meta element that states one."""
    for element in _META.findall(_COMMENT.sub("", head)):
        attributes = {name.lower(): "".join(values).strip() for name, *values in _ATTRIBUTE.findall(element)}
        if label := attributes.get("charset"):
            return label
        if attributes.get("http-equiv", "").lower() == "content-type":
            found = _CONTENT.search(attributes.get("content", ""))
            if found is not None:
                return str(found.group(1))
    return None


@cache
def _codecs() -> Mapping[str, str]:
    """Return the codec of each label."""
    table = cast("dict[str, list[str]]", read_toml(directory_of("read", "data").joinpath("labels.toml")))
    return {label: codec for codec, labels in table.items() for label in labels}
