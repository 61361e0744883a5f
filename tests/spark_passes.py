"""A pass that goes wrong on some texts, in a module that the workers of Spark can import."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.passes import Found
from newsnorm.records import Finding, Page


def find_trouble(page: Page, found: Found, rules: Rules) -> Iterator[Finding]:
    """Hang, end the process, ask for more memory than there is, or raise, if the text says so."""
    text = page.raw.text
    if "HANG" in text:
        time.sleep(600)
    if "DIE" in text:
        os._exit(7)
    if "GROW" in text:
        bytearray(1 << 50)
    if "RAISE" in text:
        raise ValueError("a fault of a pass")
    yield from ()
