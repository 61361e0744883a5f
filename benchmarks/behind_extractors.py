"""
Run trafilatura and newspaper4k over a page, and newsnorm behind each: python benchmarks/behind_extractors.py.

Exits with 1 if their results lack what docs/how-to/behind-an-extractor.md passes on, or newsnorm does not find the report in
them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

import newspaper
import trafilatura

import newsnorm

URL = "https://example.com/2024/quay"
REPORT = (
    "The quay closes on Monday because of two broken pillars, the port said in a statement.",
    "Nobody was hurt, and the ferry will leave from the northern quay until the end of July.",
)
PAGE = f"""<html lang="en"><head><title>Quay to close - Coast Herald</title>
<meta property="og:site_name" content="Coast Herald"><meta name="author" content="Ana Ng">
<meta property="article:published_time" content="2024-06-20T08:00:00Z"></head>
<body><article><h1>Quay to close</h1><p>By Ana Ng</p><p>{REPORT[0]}</p><p>{REPORT[1]}</p></article></body></html>"""


def by_trafilatura() -> Mapping[str, str | None]:
    """Return what trafilatura makes of the page."""
    extracted = trafilatura.bare_extraction(PAGE, url=URL, with_metadata=True)
    assert extracted is not None
    found = extracted if isinstance(extracted, dict) else extracted.as_dict()
    return {"text": found["text"], "url": found["url"], "title": found["title"], "site": found["sitename"]}


def by_newspaper() -> Mapping[str, str | None]:
    """Return what newspaper4k makes of the page."""
    found = newspaper.Article(URL)
    found.download(input_html=PAGE)
    found.parse()
    return {"text": found.text, "url": found.url, "title": found.title, "site": found.meta_site_name}


EXTRACTORS: Mapping[str, Callable[[], Mapping[str, str | None]]] = {
    "trafilatura": by_trafilatura,
    "newspaper4k": by_newspaper,
}


def is_found(given: Mapping[str, str | None]) -> bool:
    """Return whether newsnorm finds the report in what an extractor made of the page."""
    article = newsnorm.parse(given["text"] or "", url=given["url"], title=given["title"], site=given["site"])
    return article.paragraphs == REPORT and article.title == "Quay to close" and article.authors[0].name == "Ana Ng"


def main() -> int:
    """Run each, and say what newsnorm found."""
    found = {name: is_found(extract()) for name, extract in EXTRACTORS.items()}
    for name, whole in found.items():
        print(f"{name}: {'the report, its title and its author' if whole else 'not the report'}")
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
