"""
Measure deduplication on sites whose furniture nobody has seen: ``benchmarks/furniture.py --shared DIR [--seed TEXT]``.

Two sets are made, each a function of its seed alone. *Refurnished* is the benchmark's generated set in which every wire copy and
every copy with site lines gets the lines of a made-up site instead, which stand in two to four other texts and nowhere else.
*Briefs* are unrelated reports cut to 47 words, eight to a site, each with the same 20 to 150 words of their site.
The words of a site are made up, so that neither the parser nor the trees can know them; two seeds have no site in common.
No word of any text is printed.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import dedup_texts
from operators import Draws

import newsnorm

FURNISHED = ("wire", "boiler")
"""Operators of the benchmark whose variants have lines of a site."""
TEXTS_PER_SITE = (2, 4)
"""The fewest and the most texts that show a site's lines."""
BRIEF_WORDS = 47
BRIEFS_PER_SITE = 8
SITE_WORDS = (20, 48, 64, 97, 150)
"""Words of a site under its briefs."""
_SYLLABLES = tuple(a + b for a, b in zip("bcdfghjklmnprstvwxyz", "aeiou" * 4, strict=True))


@attrs.frozen
class Site:
    """A made-up site: the lines that it prints above and below a report."""

    head: tuple[str, ...]
    tail: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> Site:
        """Make a site up; its lines depend on its name alone."""
        draws = Draws("site", name)
        words = [_word(draws) for _ in range(160)]
        head = tuple(_line(draws, words, 1 + draws.below(8)) for _ in range(2 + draws.below(5)))
        tail = tuple(_line(draws, words, 2 + draws.below(24)) for _ in range(4 + draws.below(9)))
        return cls(head, tail)

    def around(self, text: str) -> str:
        """Print a report between the lines of the site."""
        return "\n\n".join((*self.head, text, *self.tail))


def site_text(name: str, words: int) -> str:
    """Make up a number of words that a site prints under each of its briefs, as sentences."""
    draws = Draws("site text", name)
    known = [_word(draws) for _ in range(120)]
    text: list[str] = []
    while len(text) < words:
        text += _line(draws, known, 6 + draws.below(14)).split()
    return " ".join(text[:words]) + "."


def _word(draws: Draws) -> str:
    return "".join(_SYLLABLES[draws.below(len(_SYLLABLES))] for _ in range(2 + draws.below(3)))


def _line(draws: Draws, words: Sequence[str], many: int) -> str:
    return " ".join(words[draws.below(len(words))] for _ in range(many)).capitalize()


def refurnished(bench: dedup_texts.Bench, seed: str) -> list[str]:
    """Return the texts of a set, those with lines of a site between the lines of a made-up one; see the module's head."""
    base = {row.base: row for row in bench.rows if row.operator == "base"}
    texts = list(bench.texts)
    owners = [number for number, row in enumerate(bench.rows) if row.operator in FURNISHED and row.base in base]
    owners.sort(key=lambda number: Draws(seed, bench.rows[number].id).below(1 << 40))
    for number, site in zip(owners, _sites(seed), strict=False):
        row = bench.rows[number]
        texts[number] = site.around(_report_alone(row.text, base[row.base]))
    return texts


def _sites(seed: str) -> Iterator[Site]:
    """Yield sites, each as often in a row as texts show it."""
    fewest, most = TEXTS_PER_SITE
    draws = Draws("sites", seed)
    for number in itertools.count():
        site = Site.of(f"{seed} {number}")
        yield from itertools.repeat(site, fewest + draws.below(most - fewest + 1))


def _report_alone(text: str, base: dedup_texts.Row) -> str:
    """Return the lines from the first to the last one whose words are mostly the base's."""
    known = set(_pairs(f"{base.title} {base.text}"))
    lines = text.split("\n")
    ours = [number for number, line in enumerate(lines) if _is_of(line, known)]
    return "\n".join(lines[ours[0] : ours[-1] + 1]) if ours else text


def _is_of(line: str, known: set[tuple[str, str]]) -> bool:
    pairs = _pairs(line)
    return len(pairs) >= 4 and sum(pair in known for pair in pairs) >= 0.6 * len(pairs)


def _pairs(text: str) -> list[tuple[str, str]]:
    words = text.casefold().split()
    return list(itertools.pairwise(words))


def briefs(bench: dedup_texts.Bench, seed: str) -> dict[str, str]:
    """Return briefs by id: the words of their site, the number of the site, and the number of the brief, with hyphens between."""
    return {row.id: row.text for row in _brief_rows(bench, seed)}


def brief_bench(bench: dedup_texts.Bench, seed: str, most: int) -> dedup_texts.Bench:
    """Return briefs with at most so many words of their site as a set, each in the cluster of the report that it was cut from."""
    rows = tuple(row for row in _brief_rows(bench, seed) if int(row.id.split("-")[0]) <= most)
    return attrs.evolve(bench, name="briefs", rows=rows, texts=[row.text for row in rows], gold=[], ignored=frozenset())


def _brief_rows(bench: dedup_texts.Bench, seed: str) -> Iterator[dedup_texts.Row]:
    bases = [row for row in bench.rows if row.operator == "base" and len(row.text.split()) >= BRIEF_WORDS]
    bases.sort(key=lambda row: Draws(seed, row.id).below(1 << 40))
    rows = iter(bases)
    for words, site in itertools.product(SITE_WORDS, range(len(bases) // BRIEFS_PER_SITE // len(SITE_WORDS))):
        tail = site_text(f"{seed} {words} {site}", words)
        for number, row in enumerate(itertools.islice(rows, BRIEFS_PER_SITE)):
            text = f"{' '.join(row.text.split()[:BRIEF_WORDS])}\n\n{tail}"
            yield attrs.evolve(row, id=f"{words}-{site}-{number}", text=text)


def show_refurnished(shared: Path, seed: str, mode: str) -> None:
    """Print the measures of the refurnished set."""
    bench = dedup_texts.load(shared, "noise")
    texts = refurnished(bench, seed)
    if mode == "parsed":
        parser = newsnorm.Parser()
        texts = [parser.parse(text, title=row.title or None).text for text, row in zip(texts, bench.rows, strict=True)]
    found = newsnorm.deduplicate(zip((row.id for row in bench.rows), texts, strict=True))
    print(f"refurnished, {mode}: {len(found.relations):,} relations, {len(found.clusters):,} clusters")
    dedup_texts.show_measures(bench.scored([cluster.members for cluster in found.clusters]))


def show_briefs(shared: Path, seed: str) -> None:
    """Print how many pairs of unrelated briefs are in one cluster, by the words that they share."""
    texts = briefs(dedup_texts.load(shared, "noise"), seed)
    found = newsnorm.deduplicate(texts.items())
    joined: Counter[str] = Counter()
    for cluster in found.clusters:
        for left, right in itertools.combinations(cluster.members, 2):
            if left.rsplit("-", 1)[0] == right.rsplit("-", 1)[0]:
                joined[left.split("-")[0]] += 1
    pairs = Counter(name.split("-")[0] for name in texts)
    print(f"briefs: {len(texts)} of {BRIEF_WORDS} words, {BRIEFS_PER_SITE} to a site")
    for words in SITE_WORDS:
        many = pairs[str(words)] // BRIEFS_PER_SITE * (BRIEFS_PER_SITE * (BRIEFS_PER_SITE - 1) // 2)
        print(f"  {words:4} words of their site: {joined[str(words)]:4} of {many:4} pairs joined")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, required=True, help="the directory that holds bench/")
    arguments.add_argument("--seed", default="one", help="sites of two seeds have nothing in common")
    given = arguments.parse_args()
    show_refurnished(given.shared, given.seed, "as it is")
    show_refurnished(given.shared, given.seed, "parsed")
    show_briefs(given.shared, given.seed)


if __name__ == "__main__":
    main()
