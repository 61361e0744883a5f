"""
Generate news articles from a number alone, as many as a trial needs; nobody's text is in them.

    python benchmarks/generated.py FOLDER --articles 10000 --files 20 [--words 450] [--bad]

Writes files of JSON lines. Words are made of syllables, between function words of English; every article has the furniture of a
site around it. One article in 33 is a near copy of the one before it. With ``--bad``, one line in 100 is no record.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

WORDS = 20_000
"""Number of different made-up words."""
COPY_EVERY = 33
BAD_EVERY = 100

FUNCTION_WORDS = (
    *("the", "of", "and", "to", "in", "a", "that", "was", "for", "on", "with", "by", "from", "at", "which", "after", "had"),
    *("were", "their", "has", "been", "would", "this", "its", "said", "they", "who", "more", "when", "before", "over", "into"),
)
SYLLABLES = (
    *("bar", "dol", "en", "fi", "gor", "ha", "ki", "lum", "mo", "nar", "os", "pel", "ri", "sta", "tu", "vek", "wil", "zan"),
    *("cer", "dra", "eth", "fos", "gan", "hil", "jor", "kel", "lan", "mir", "nel", "ot", "pra", "quin", "ros", "sul", "tam"),
)
GIVEN = ("Ana", "Jonas", "Mehmet", "Lena", "Pavel", "Ingrid", "Tomas", "Aiko", "Ruth", "Samir")
FAMILY = ("Ng", "Berg", "Özkan", "Maier", "Novak", "Dahl", "Silva", "Mori", "Okafor", "Haddad")
PLACES = ("ULM", "LUND", "TARTU", "GRAZ", "VILNIUS", "PORTO", "BERGEN", "GDANSK")
HEAD = ("Share on Facebook", "Tweet")
TAIL = ("Source link", "No comments:", "Please enter your comment!", "Please enter your name here")
BAD_LINES = ("{no json", '["a", "list"]', '{"id": "no-text"}', '{"id": 1, "text": 7}', "\ufffd", '{"text": "cut')
"""Lines that are no records, in turn."""


@cache
def vocabulary() -> tuple[str, ...]:
    """Return the made-up words, the commonest first."""
    choice = random.Random("words")
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(choice.choices(SYLLABLES, k=choice.choice((2, 2, 3, 3, 4))))] = None
    return tuple(words)


def report(number: int, words: int = 450) -> list[str]:
    """Return the paragraphs of a report of about so many words."""
    choice = random.Random(f"report {number}")
    made_up = vocabulary()
    paragraphs: list[str] = []
    while words > 0:
        sentences = []
        for _ in range(choice.randint(2, 4)):
            length = choice.randint(10, 22)
            spoken = [_word(choice, made_up) if place % 2 else choice.choice(FUNCTION_WORDS) for place in range(length)]
            if choice.random() < 0.3:
                spoken[-2] = str(choice.randint(2, 9_000))
            sentences.append(" ".join(spoken).capitalize() + ".")
            words -= length
        paragraphs.append(" ".join(sentences))
    return paragraphs


def _word(choice: random.Random, made_up: Sequence[str]) -> str:
    """Draw a made-up word; the logarithm of its rank is uniform, which is Zipf's law."""
    return made_up[int(WORDS ** choice.random()) - 1]


def article(number: int, words: int = 450) -> dict[str, str]:
    """Return an article as a record: id, address, time of fetching, and the scraped text."""
    choice = random.Random(f"article {number}")
    is_copy = number % COPY_EVERY == 1
    paragraphs = report(number - 1 if is_copy else number, words)
    if is_copy and len(paragraphs) > 1:
        del paragraphs[choice.randrange(len(paragraphs))]
    title = " ".join(choice.choices(vocabulary()[:3_000], k=7)).capitalize()
    byline = f"By {choice.choice(GIVEN)} {choice.choice(FAMILY)}"
    day = f"2024-{choice.randint(1, 12):02d}-{choice.randint(1, 28):02d}"
    first = f"{choice.choice(PLACES)} - {paragraphs[0]}" if choice.random() < 0.5 else paragraphs[0]
    blocks = (title, byline, f"Published {day}", *HEAD, first, *paragraphs[1:], *TAIL)
    return {
        "id": f"n{number:08d}",
        "url": f"https://site{number % 40}.example.com/{day.replace('-', '/')}/{number}",
        "fetched": f"{day}T12:00:00Z",
        "text": "\n\n".join(blocks),
    }


def lines(first: int, last: int, words: int = 450, *, bad: bool = False) -> Iterator[str]:
    """Yield the records from `first` up to but not including `last` as lines of JSON, some of them no records if `bad`."""
    for number in range(first, last):
        if bad and number % BAD_EVERY == BAD_EVERY // 2:
            yield BAD_LINES[number // BAD_EVERY % len(BAD_LINES)]
        else:
            yield json.dumps(article(number, words), ensure_ascii=False)


def write(folder: Path, articles: int, files: int, words: int = 450, *, bad: bool = False) -> None:
    """Write files of JSON lines into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    size = -(-articles // files)
    for number, first in enumerate(range(0, articles, size)):
        rows = lines(first, min(first + size, articles), words, bad=bad)
        (folder / f"{number:04d}.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8", newline="\n")


def main() -> None:
    """Parse the arguments and write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--articles", type=int, default=10_000)
    options.add_argument("--files", type=int, default=20)
    options.add_argument("--words", type=int, default=450)
    options.add_argument("--bad", action="store_true")
    given = options.parse_args()
    write(given.folder, given.articles, given.files, given.words, bad=given.bad)


if __name__ == "__main__":
    main()
