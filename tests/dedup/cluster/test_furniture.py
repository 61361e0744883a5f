"""What a site prints around its reports neither joins nor parts them: reports of made-up words, each sentence its own."""

from __future__ import annotations

import numpy as np
import pytest

from newsnorm.dedup import deduplicate, open_index
from newsnorm.dedup.cluster.furniture import MAX_HEAD_CELLS, MIN_OWN_CELLS, surrounds
from newsnorm.dedup.verify.measures import CELLS


def sentences(name: str, count: int) -> list[str]:
    return [" ".join(f"{name}{number}word{place}" for place in range(12)) + "." for number in range(count)]


def page(*parts: list[str]) -> str:
    return "\n\n".join(" ".join(part) for part in parts)


def cells(first: int, last: int) -> int:
    return (1 << last) - (1 << first)


def clusters(texts: dict[str, str]) -> list[tuple[str, ...]]:
    found = [cluster.members for cluster in deduplicate(texts.items()).clusters]
    with open_index(":memory:") as index:
        list(index.add_all(reversed(texts.items())))
        assert [cluster.members for cluster in index.clusters()] == found
    return found


TAIL, HEAD = cells(CELLS // 2, CELLS), cells(0, 2)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (TAIL, TAIL, True),
        (TAIL | HEAD, TAIL | HEAD, True),
        (HEAD, HEAD, True),
        (cells(0, MAX_HEAD_CELLS + 1), cells(0, MAX_HEAD_CELLS + 1), False),
        (TAIL, cells(0, CELLS // 2), False),
        (TAIL, HEAD, False),
        (cells(MIN_OWN_CELLS, CELLS), cells(MIN_OWN_CELLS, CELLS), True),
        (cells(MIN_OWN_CELLS - 1, CELLS), TAIL, False),
        (cells(8, 24), cells(8, 24), False),
        (0, 0, False),
        (cells(0, CELLS), cells(0, CELLS), False),
    ],
)
def test_furniture_stands_at_the_same_ends_of_two_texts(left: int, right: int, expected: bool) -> None:
    pair = np.array([left], np.uint32), np.array([right], np.uint32)
    assert surrounds(*pair).tolist() == [expected]
    assert surrounds(*reversed(pair)).tolist() == [expected]


@pytest.mark.parametrize("words", [1, 2, 4, 8, 12])
@pytest.mark.parametrize("above", [False, True])
def test_briefs_of_one_site_are_not_joined(words: int, above: bool) -> None:
    site = sentences("site", words)
    texts = {}
    for number in range(8):
        brief = [*sentences(f"brief{number}n", 4), " ".join(f"end{number}word{place}" for place in range(5 * number))]
        texts[f"brief-{number}"] = page(site[:1], brief, site[1:]) if above else page(brief, site)
    assert clusters(texts) == []


def test_lines_of_a_site_as_long_as_the_report_do_not_part_its_copies() -> None:
    report = sentences("report", 8)
    texts = {}
    for paper in "abc":
        site = sentences(f"paper{paper}", 8)
        texts[f"copy-{paper}"] = page(site[:3], report, site[3:])
        texts[f"other-{paper}"] = page(site[:3], sentences(f"other{paper}", 8), site[3:])
    assert clusters(texts) == [("copy-a", "copy-b", "copy-c")]


def test_a_copy_between_many_lines_of_its_site_is_a_copy() -> None:
    """The lines are three fifths of the page, and of another page of the site, whose report is printed elsewhere, too."""
    report, other, site = sentences("report", 8), sentences("other", 8), sentences("site", 13)
    texts = {
        "a": page(report),
        "b": page(["Quay closed at last."], report),
        "of-site": page(report, site),
        "other-a": page(other),
        "other-of-site": page(other, site),
    }
    assert clusters(texts) == [("a", "b", "of-site"), ("other-a", "other-of-site")]


def test_a_short_report_inside_a_copy_is_not_a_copy() -> None:
    report, local = sentences("report", 8), sentences("local", 4)
    texts = {
        "a": page(report),
        "a2": page(["Storm shuts quay."], report),
        "b": page(report[:4], local, report[4:]),
        "local": page(["Marina counts its losses."], local),
    }
    assert clusters(texts) == [("a", "a2", "b")]


def test_a_rewritten_lead_is_no_furniture() -> None:
    report = sentences("report", 10)
    texts = {"a": page(report), "b": page(sentences("lead", 2), report[2:]), "c": page(report[:5]), "d": page(report[:9])}
    assert clusters(texts) == [("a", "b", "c", "d")]
