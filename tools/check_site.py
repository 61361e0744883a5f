"""
Check that the pages of a built site load nothing from another host. Called by scripts/docs.

    python tools/check_site.py FOLDER

A link that a reader may follow is no request; a script, a style, a font, a picture or a frame is one.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

LOADED = {("a", "ping"), ("link", "href")}
"""Attributes that make a browser ask for something, besides ``src``, ``srcset``, ``data`` and ``poster`` of any element."""

FOREIGN = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
FOREIGN_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//[^)'\"\s]+", re.IGNORECASE)


class Page(HTMLParser):
    """The addresses on other hosts that a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the addresses that an element loads."""
        for name, value in attrs:
            loads = name in {"src", "srcset", "data", "poster"} or (tag, name) in LOADED
            if value and ((loads and FOREIGN.match(value)) or (name == "style" and FOREIGN_STYLE.search(value))):
                self.foreign.append(value)


def foreign_addresses(path: Path) -> list[str]:
    """The addresses on other hosts that a page or a style sheet loads."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return FOREIGN_STYLE.findall(text)
    page = Page()
    page.feed(text)
    return page.foreign


def main() -> None:
    """Print each address on another host, and fail if there is one."""
    files = sorted(path for path in Path(sys.argv[1]).rglob("*") if path.suffix in {".html", ".css"})
    found = [f"{path}: loads {address}" for path in files for address in foreign_addresses(path)]
    print(*found, f"{len(files)} pages and style sheets load {len(found)} files from other hosts", sep="\n")
    sys.exit(1 if found or not files else 0)


if __name__ == "__main__":
    main()
