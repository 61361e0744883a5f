"""
Compare parsers of HTML: ``python benchmarks/html_parsers.py [--shared DIR] [--only PART] [--parser P] [--mutants N]``.

Each parser runs in a process of its own with a limit on memory and time, so that a crash is counted and nothing else ends.
Parsers that are not installed are left out. Times are CPU seconds; the best of three rounds counts.

Parts:

- ``speed``: milliseconds a page to parse, and to parse and walk: name and attributes of each element, and each text.
- ``floods``: megabytes per second of pages of 200 kB that repeat one thing, the slowest first; memory in multiples of the page.
- ``letters``: pages of which our lines have the same letters as the tree that the HTML standard describes.
- ``fuzz``: mutated pages of our own making: crashes, hangs and exceptions.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from processes import peak

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
LIMIT = 3 << 30
"""Address space of a parser's process, in bytes."""

SIZE = 200_000
"""Size of a flood, in code points."""

PATIENCE = 60.0
"""Seconds until a parser's process is ended, for each 3,000 mutated pages."""

Walk: TypeAlias = "Callable[[str], int]"


def turbohtml_tokens() -> tuple[Walk, Walk]:
    from turbohtml import tokenize

    def walk(html: str) -> int:
        return sum(len(token.attrs or token.data or ()) for token in tokenize(html))

    return lambda html: sum(1 for _ in tokenize(html)), walk


def turbohtml_tree() -> tuple[Walk, Walk]:
    from turbohtml import Element, Text, parse

    def walk(html: str) -> int:
        size = 0
        for node in parse(html).descendants:
            if isinstance(node, Element):
                size += len(node.tag) + len(node.attrs)
            elif isinstance(node, Text):
                size += len(node.data)
        return size

    return lambda html: parse(html) is not None, walk


def selectolax() -> tuple[Walk, Walk]:
    from selectolax.lexbor import LexborHTMLParser

    def walk(html: str) -> int:
        root = LexborHTMLParser(html).root
        if root is None:
            return 0
        return sum(len(node.tag or "") + len(node.attributes or ()) for node in root.traverse(include_text=True))

    return lambda html: LexborHTMLParser(html) is not None, walk


def lxml() -> tuple[Walk, Walk]:
    from lxml.html import document_fromstring

    def parse(html: str) -> Iterator[object]:
        return iter(document_fromstring(html.encode("utf-8", "replace"), parser=None).iter()) if html.strip() else iter(())

    def walk(html: str) -> int:
        size = 0
        for node in parse(html):
            size += len(node.attrib) + len(node.text or "") + len(node.tail or "")  # type: ignore[attr-defined]
        return size

    return lambda html: parse(html) is not None, walk


def resiliparse() -> tuple[Walk, Walk]:
    from resiliparse.parse.html import HTMLTree

    def walk(html: str) -> int:
        document = HTMLTree.parse(html).document
        return sum(len(node.tag or "") + len(getattr(node, "attrs", "") or node.value or "") for node in document or ())

    return lambda html: HTMLTree.parse(html) is not None, walk


def html5lib() -> tuple[Walk, Walk]:
    import html5lib as parser

    def walk(html: str) -> int:
        return sum(len(node.attrib) + len(node.text or "") + len(node.tail or "") for node in parser.parse(html).iter())

    return lambda html: parser.parse(html) is not None, walk


def html_parser() -> tuple[Walk, Walk]:
    from html.parser import HTMLParser

    class Sizes(HTMLParser):
        size = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.size += len(tag) + len(attrs)

        def handle_data(self, data: str) -> None:
            self.size += len(data)

    def walk(html: str) -> int:
        counter = Sizes()
        counter.feed(html)
        counter.close()
        return counter.size

    return walk, walk


def newsnorm_walk() -> tuple[Walk, Walk]:
    from newsnorm.read.html.blocks import Gatherer
    from newsnorm.read.html.page_text import read_html
    from newsnorm.read.html.tree import walk as tell
    from newsnorm.records import RawArticle

    def walk(html: str) -> int:
        gatherer = Gatherer()
        tell(html, gatherer)
        return len(gatherer.lines)

    return walk, lambda html: len(read_html(RawArticle(text=html, sha256="")).lines)


PARSERS: Mapping[str, Callable[[], tuple[Walk, Walk]]] = {
    "turbohtml tokens": turbohtml_tokens,
    "turbohtml tree": turbohtml_tree,
    "selectolax": selectolax,
    "lxml": lxml,
    "resiliparse": resiliparse,
    "html5lib": html5lib,
    "html.parser": html_parser,
    "newsnorm": newsnorm_walk,
}


def floods(size: int = SIZE) -> dict[str, str]:
    """Return pages that repeat one thing."""

    def many(text: str) -> str:
        return text * (size // len(text))

    repeated = (
        *("<div>", "<b>", "<a href=x>", "<p>x", "<li>x", "<table><tr><td>", "<select><option>x", "<svg>", "<form>", "<br>"),
        *("</div>", "</p>", "<b></i>", "<", "&", "&amp;", "&#65;", "&notin", "<!-- x -->", "<!--", "<p a='x>", "<title>x"),
        *("<h1>", "<button>", "<template>", "<a><div>x</a>", "<font size=1>", "<dd>x<dl>", "<table>x<b>y", "\0", "<?x?>"),
    )
    pages = {text: many(text) for text in repeated}
    pages["many attributes"] = "<p " + " ".join(f"a{number}=1" for number in range(size // 9)) + ">x"
    pages["many bodies"] = "".join(f"<body a{number}=1>" for number in range(size // 15))
    pages["open bold"] = "<p>" + "".join(f"<b a={number}>" for number in range(200)) + many("<p>x")
    pages["bold paragraphs"] = "".join(f"<p><b c={number}>x" for number in range(size // 14))
    pages["late ends"] = many("<div>")[: size // 2] + many("</span>")[: size // 2]
    return pages


def pages_of(shared: Path | None, count: int) -> list[str]:
    """Return pages: some of the extraction benchmark, or the fixtures."""
    if shared is None:
        return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(FIXTURES.rglob("*.html"))][:count]
    paths = sorted((shared / "bench" / "extraction" / "data" / "html").glob("*.gz"))
    random.Random(1).shuffle(paths)
    return [gzip.decompress(path.read_bytes()).decode("utf-8") for path in paths[:count]]


SEEDS = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Quay &amp; port</title><script>if (a < b) {}</script></head>",
    "<body class='a b'><nav><ul><li><a href='/x?y=1&z=2'>News</a><li>Sport</ul></nav><article><h1>The quay closes</h1>",
    "<p>It <b>rained <i>all</b> day</i>.<br/>Then&nbsp;it stopped &#8212; for good &hellip;<p>Ana Ng</article>",
    "<table><caption>Results</caption><tr><td>1<td>2<table><tr><th>x</table></table><select><option selected>1<option>2</select>",
    "<svg viewBox='0 0 1 1'><title>x</title><foreignObject><p>y</foreignObject></svg><math><mi>x</mi><annotation-xml></math>",
    "<template><div>x</div></template><noscript><img src=x></noscript><!--[if IE]>x<![endif]--><![CDATA[x]]><?pi x?>",
    "<textarea><p></textarea><iframe src=x></iframe><xmp><b></xmp><frameset><frame></frameset><plaintext>x",
)
PIECES = (
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "--!>",
    '"',
    "'",
    "=",
    "&",
    ";",
    "&#x",
    "\0",
    "\ud800",
    "\U0001f600",
    "<![CDATA[",
    "]]>",
)


def mutants(count: int, seed: int = 1) -> Iterator[str]:
    """Yield mutated pages: parts repeated, cut, moved, and signs strewn in."""
    chance = random.Random(seed)
    for _ in range(count):
        parts = [chance.choice(SEEDS) for _ in range(chance.randint(1, 8))]
        page = "".join(parts)
        for _ in range(chance.randint(1, 30)):
            start, length = chance.randrange(len(page) + 1), chance.randint(0, 40)
            kind = chance.randrange(4)
            if kind == 0:
                page = page[:start] + page[start + length :]
            elif kind == 1:
                page = page[:start] + chance.choice(PIECES) * chance.choice((1, 1, 1, 3, 200)) + page[start:]
            elif kind == 2:
                page = page[:start] + page[start : start + length] * chance.choice((2, 5, 50)) + page[start:]
            else:
                to = chance.randrange(len(page) + 1)
                page = page[:to] + page[start : start + length] + page[to:]
        yield page


def forget_peak() -> None:
    """Let `peak_megabytes` count from now on."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")


def letters_of_lines(html: str) -> Counter[str]:
    """Count the letters in our lines."""
    from newsnorm.read.html.blocks import Gatherer
    from newsnorm.read.html.tree import walk

    gatherer = Gatherer()
    walk(html, gatherer)
    gatherer.finish()
    return Counter("".join(line.text for line in gatherer.lines).replace(" ", ""))


def letters_of_tree(html: str) -> Counter[str]:
    """Count the letters outside elements that are not read in the tree of the HTML standard."""
    from turbohtml import Element, Text, parse

    from newsnorm.read.html.tags import RAW, UNREAD, WITHOUT_TEXT

    unread = RAW | UNREAD | WITHOUT_TEXT | {"title"}
    letters: Counter[str] = Counter()
    stack = list(parse(html))
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            letters.update("".join(node.data.split()))
        elif isinstance(node, Element) and node.tag not in unread:
            stack.extend(node)
    return letters


def print_letters(pages: list[str]) -> None:
    """Print of how many pages our lines have the letters of the tree, and the letters that differ on the others."""
    differing: Counter[str] = Counter()
    same = 0
    for page in pages:
        lines, tree = letters_of_lines(page), letters_of_tree(page)
        blanks = {letter for letter in lines if letter.isspace()}
        for letter in blanks:
            del lines[letter]
        same += lines == tree
        differing.update({"lost": (tree - lines).total(), "added": (lines - tree).total(), "all": tree.total()})
    print(f"letters: the same on {same} of {len(pages)} pages; {dict(differing)}", flush=True)


def timed(function: Walk, pages: list[str], rounds: int = 3) -> float:
    """Return CPU milliseconds a page."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        for page in pages:
            function(page)
        best = min(best, time.process_time() - start)
    return 1_000 * best / len(pages)


def child(parser: str, part: str, arguments: argparse.Namespace) -> None:
    """Measure one parser, and print a line of JSON for each result."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    parse, walk = PARSERS[parser]()
    if part == "speed":
        pages = pages_of(arguments.shared, arguments.pages)
        print(json.dumps({"parse": timed(parse, pages), "walk": timed(walk, pages)}), flush=True)
    elif part == "fuzz":
        failures: dict[str, int] = {}
        for number, page in enumerate(mutants(arguments.mutants, arguments.seed)):
            try:
                walk(page)
            except (Exception, MemoryError) as error:
                failures[type(error).__name__] = failures.get(type(error).__name__, 0) + 1
            if number % 200 == 199:
                print(json.dumps({"pages": number + 1, "exceptions": failures}), flush=True)
        print(json.dumps({"pages": arguments.mutants, "exceptions": failures}), flush=True)
    else:
        walk("<p>x")
        page = floods(arguments.size)[part.encode().decode("unicode-escape")]
        forget_peak()
        before, start = peak() / 1024, time.process_time()
        try:
            walk(page)
        except (Exception, MemoryError) as error:
            print(json.dumps({"failed": type(error).__name__}), flush=True)
            return
        seconds = time.process_time() - start
        megabytes = peak() / 1024 - before
        print(json.dumps({"speed": len(page) / 1e6 / max(seconds, 1e-6), "memory": megabytes / (len(page) / 1e6)}), flush=True)


def run(parser: str, part: str, options: list[str], patience: float = PATIENCE) -> tuple[dict[str, object], str]:
    """Return the last result of a parser's process, and how it ended if not well."""
    command = [sys.executable, __file__, "--child", parser, "--part", part, *options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)
        output, ending = done.stdout, "" if done.returncode == 0 else f"ended with {done.returncode}"
    except subprocess.TimeoutExpired as error:
        output = error.stdout.decode() if isinstance(error.stdout, bytes) else ""
        ending = "too slow"
    lines = output.splitlines()
    return (json.loads(lines[-1]) if lines else {}), ending


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path)
    arguments.add_argument("--only", choices=("speed", "letters", "floods", "fuzz"))
    arguments.add_argument("--parser", choices=PARSERS, action="append")
    arguments.add_argument("--pages", type=int, default=50)
    arguments.add_argument("--mutants", type=int, default=3_000)
    arguments.add_argument("--size", type=int, default=SIZE)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--child")
    arguments.add_argument("--part", default="")
    given = arguments.parse_args()
    if given.child:
        child(given.child, given.part, given)
        return
    options = [f"--pages={given.pages}", f"--mutants={given.mutants}", f"--seed={given.seed}", f"--size={given.size}"]
    options += [f"--shared={given.shared}"] if given.shared else []
    if given.only in (None, "letters"):
        print_letters(pages_of(given.shared, given.pages))
    for parser in given.parser or (PARSERS if given.only != "letters" else ()):
        if given.only in (None, "speed"):
            print(parser, "speed", *run(parser, "speed", options), flush=True)
        if given.only in (None, "fuzz"):
            print(parser, "fuzz", *run(parser, "fuzz", options, max(1.0, given.mutants / 3_000) * PATIENCE), flush=True)
        if given.only in (None, "floods"):
            print_floods(parser, options)


def print_floods(parser: str, options: list[str]) -> None:
    """Print the floods that a parser is slow at, fails at, or needs much memory for."""
    results = {name: run(parser, name.encode("unicode-escape").decode(), options) for name in floods(30)}
    failed = [
        f"{name!r}: {ending or result['failed']}" for name, (result, ending) in results.items() if ending or "failed" in result
    ]
    speeds = sorted((float(str(result["speed"])), name) for name, (result, _) in results.items() if "speed" in result)
    sizes = sorted(
        ((float(str(result["memory"])), name) for name, (result, _) in results.items() if "memory" in result), reverse=True
    )
    print(parser, "floods failed:", "; ".join(failed) or "none")
    print(parser, "floods slowest MB/s:", "; ".join(f"{name!r} {speed:.2f}" for speed, name in speeds[:4]))
    print(parser, "floods most memory, in pages:", "; ".join(f"{name!r} {size:.0f}" for size, name in sizes[:4]), flush=True)


if __name__ == "__main__":
    main()
