"""Addresses in full: what a page names as its base counts for every one of them."""

from __future__ import annotations

import pytest

import newsnorm

pytest.importorskip("turbohtml")

PAGE = """<!DOCTYPE html><html><head><base href="/2024/"><link rel="canonical" href="quay"><title>Quay to close</title></head>
<body><h1>Quay to close</h1><p>The quay closes on Monday because two pillars are broken, the port said.</p></body></html>"""


def test_the_canonical_address_is_completed_by_the_base_of_the_page() -> None:
    assert newsnorm.parse(PAGE, url="https://example.com/a/b").about.canonical_url == "https://example.com/2024/quay"


def test_without_the_address_of_the_page_there_is_no_canonical_one() -> None:
    assert newsnorm.parse(PAGE).about.canonical_url is None
