"""
Turn a page of HTML into lines of text, with the markup around each.

The page text is the raw text of the ledger: one line per block of text, in document order; then, after a blank line, one line per
claim that the page makes about itself.
"""

from __future__ import annotations

from newsnorm.read.html.page_text import read_html
from newsnorm.read.html.tree import require_parser

__all__ = ["read_html", "require_parser"]
