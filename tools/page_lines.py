"""Pages of the benchmarks as labelled lines: which lines of each page are part of its report?"""

from __future__ import annotations

import bisect
import gzip
import hashlib
import json
import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import attrs
import numpy as np
import numpy.typing as npt

import newsnorm
from newsnorm.read import raw_article, read
from newsnorm.records import Metadata, Page

Made = TypeVar("Made")

SOURCES = {"extraction/data": ("aeb", "n4k", "fundus"), "wcxb": ("wcxb",)}
"""Where the pages of each set are, under ``bench``."""
SETS = tuple(name for names in SOURCES.values() for name in names)

RUN = 4
"""Words of a run by which a line is found in the report; a shorter line needs its neighbours."""

NEAR, GAP, CERTAIN_GAP = 12, 60, 40
"""Lines from a short line to the next that was found; words of the report between the lines found above and below, at most, and
if the short line is no line of the report itself."""


@attrs.frozen(kw_only=True)
class Case:
    """A page of a benchmark, with its report."""

    id: str
    set: str
    site: str
    url: str
    body: str
    html: Path

    def source(self) -> str:
        """Read the page."""
        text = gzip.decompress(self.html.read_bytes()).decode("utf-8", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")


def cases(shared: Path, sets: Sequence[str] = SETS) -> list[Case]:
    """Return the cases of the development halves, in order."""
    return [case for folder in SOURCES for case in _cases_in(shared / "bench" / folder) if case.set in sets]


def _cases_in(folder: Path) -> Iterator[Case]:
    with gzip.open(folder / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            site, html = str(row.get("site") or row["id"]), folder / row["html"]
            yield Case(id=row["id"], set=row["set"], site=site, url=row["url"], body=row["body"], html=html)


def fold_of(site: str, folds: int) -> int:
    """Return the fold of a site."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def read_page(case: Case) -> Page:
    """Read a page as `newsnorm.parse` does."""
    return read(raw_article(case.source(), Metadata(url=case.url, media_type="text/html")))


PACKAGE = Path(newsnorm.__file__).parent

_SOURCES = {
    file.relative_to(PACKAGE).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
    for file in sorted(PACKAGE.rglob("*"))
    if file.suffix in (".py", ".toml") and "models" not in file.parts
}
"""The digest of each source of newsnorm as it was when this module was imported."""


def cached(folder: Path, name: str, rooms: Sequence[str], make: Callable[[], Made]) -> Made:
    """
    Return something that takes long to make; from a file, unless the code that makes it has changed.

    Args:
        folder: where the files are.
        name: what it is called.
        rooms: the files and folders under ``src/newsnorm`` that it depends on.
        make: makes it.

    """
    sources = [
        (file, digest) for file, digest in _SOURCES.items() if any(file == room or file.startswith(f"{room}/") for room in rooms)
    ]
    path = folder / f"{name}-{hashlib.sha256(repr(sources).encode()).hexdigest()[:16]}.pickle"
    if path.exists():
        made: Made = pickle.loads(path.read_bytes())
        return made
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(made))
    return made


def label_lines(score: ModuleType, texts: Sequence[str], body: str) -> npt.NDArray[np.bool_]:
    """
    Return which lines are part of a report: at least half of their words are, by the measure of the benchmark. Shape (lines,).

    A line of one to three words, which may stand in a report by chance, must stand between what its neighbours cover.
    """
    covered = iter(score.coverage("\n".join(texts), body))
    rows = [next(covered) if score.words(text) else ("", 0, 0) for text in texts]
    labels = np.array([words > 0 and 2 * hit >= words for _, words, hit in rows], bool)
    report = [word.lower() for word in score.words(body)]
    lines = [[word.lower() for word in score.words(text)] for text in texts]
    own_lines = {" ".join(score.words(line)).lower() for line in body.split("\n")}
    places = _places(report, lines, labels)
    for number, words in enumerate(lines):
        if 0 < len(words) < RUN and labels[number]:
            labels[number] = _is_between(report, places, own_lines, number, words)
    return labels


def _places(report: Sequence[str], lines: Sequence[Sequence[str]], labels: npt.NDArray[np.bool_]) -> dict[int, tuple[int, int]]:
    """Return from where to where in the report each longer line of it is, by line number, in order."""
    starts: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(report) - RUN + 1):
        starts.setdefault(tuple(report[at : at + RUN]), []).append(at)
    places: dict[int, tuple[int, int]] = {}
    last = 0
    for number, words in enumerate(lines):
        if len(words) >= RUN and labels[number]:
            runs = (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
            found = next((starts[run] for run in runs if run in starts), None)
            if found is not None:
                start = next((place for place in found if place >= last - RUN + 1), found[0])
                places[number] = (start, start + len(words))
                last = max(last, start)
    return places


def _is_between(
    report: Sequence[str], places: dict[int, tuple[int, int]], own_lines: set[str], number: int, words: Sequence[str]
) -> bool:
    """Return whether the words of a short line stand in the report between those of the lines around it."""
    known = list(places)
    at = bisect.bisect_left(known, number)
    above, below = known[at - 1] if at else None, known[at] if at < len(known) else None
    is_line = " ".join(words) in own_lines
    if above is None and below is None:
        return is_line
    distances = [abs(number - other) for other in (above, below) if other is not None]
    first = max(0, places[above][1] - 1 if above is not None else places[below][0] - 8 if below is not None else 0)
    last = places[below][0] + 1 if below is not None else places[above][1] + 8 if above is not None else 0
    between = report[first:last]
    if min(distances) > NEAR or not 0 < len(between) <= GAP or not (is_line or len(between) <= CERTAIN_GAP):
        return False
    return any(list(between[place : place + len(words)]) == list(words) for place in range(len(between)))
