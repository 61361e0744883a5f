"""
Write the page: a single file with its style, scripts and data, which loads nothing over the network.

Its content security policy admits only the style and the script whose digests it names, and no fetches. Untrusted text is either
escaped, or lies compressed and base64-encoded in templates and becomes text nodes when it is shown.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from string import Template

import attrs

from newsnorm.records.schema import Json
from newsnorm.resources import directory_of

SCRIPTS = ("data", "dom", "flags", "zip", "related", "articles", "clusters", "pages")
"""The scripts, in the order they run."""
CHUNK = 40
"""Number of articles that are compressed together; opening one unpacks all of them."""


@attrs.frozen
class Pack:
    """Data, compressed and base64-encoded."""

    text: str

    @classmethod
    def of(cls, data: Json) -> Pack:
        """Pack data; characters that UTF-8 can't encode become ``?``."""
        encoded = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
        return cls(base64.b64encode(zlib.compress(encoded, 9)).decode("ascii"))

    def __len__(self) -> int:
        return len(self.text)


def packed(rows: Sequence[Json]) -> Iterator[Pack]:
    """Pack the articles that are shown, `CHUNK` at a time."""
    for first in range(0, len(rows), CHUNK):
        yield Pack.of(list(rows[first : first + CHUNK]))


def render(
    *, title: str, lead: str, charts: Iterable[str], index: Json, articles: Iterable[Pack], clusters: Iterable[Pack]
) -> str:
    """
    Write the page.

    Args:
        title: its title.
        lead: a paragraph below the title.
        charts: the charts, as `newsnorm.report.html.charts` draws them.
        index: what the lists of articles, rules, clusters and errors show.
        articles: what is shown of each article, in the order of the index.
        clusters: what is shown of each cluster, in the order of the index.

    """
    style, script = _source("page.css"), _script()
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return Template(_source("page.html")).substitute(
        policy=policy,
        title=escape(title),
        lead=escape(lead),
        style=style,
        script=script,
        charts="".join(charts),
        data="".join(
            _template(name, packs)
            for name, packs in (("index", [Pack.of(index)]), ("articles", articles), ("clusters", clusters))
        ),
    )


def weight_of_frame() -> int:
    """Return the size in bytes of a page without charts and data."""
    return len(_source("page.css").encode()) + len(_script().encode()) + len(_source("page.html").encode())


@cache
def _source(name: str) -> str:
    """Read a file that ships beside this module."""
    return directory_of("report", "html").joinpath(name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    """Join the scripts into one function scope, so that they define no global names."""
    return '"use strict";\n(() => {\n' + "\n".join(_source(f"{name}.js") for name in SCRIPTS) + "\n})();\n"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _template(name: str, packs: Iterable[Pack]) -> str:
    return "".join(f'<template data-pack="{name}">{pack.text}</template>\n' for pack in packs)
