"""A parser travels to other processes: small, equal on arrival, refused where the shipped rules differ."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from folders import FIXTURES

import newsnorm

SOURCE = Path(newsnorm.__file__).parents[1]
SHIPPED = newsnorm.Catalogue.default()
OWN = newsnorm.Catalogue.load(FIXTURES / "learn" / "sites.toml")
REPEATED = attrs.evolve(SHIPPED.rules[0], never=(*SHIPPED.rules[0].never, "Nobody prints this."))
RAW = "Fire closes bridge\nBy María Pérez\n\nThe bridge was closed on Monday.\nSource link\n"


def test_a_default_parser_is_pickled_in_about_a_kilobyte() -> None:
    parser = newsnorm.Parser()
    parser.parse(RAW, url="https://example.com/1")  # caches that were filled don't travel
    assert len(pickle.dumps(parser)) < 1_200


def test_of_a_parser_with_rules_of_its_own_those_are_pickled() -> None:
    parser = newsnorm.Parser(catalogue=SHIPPED | OWN)
    assert len(pickle.dumps(parser)) < 1_000 + 400 * len(OWN.rules)


@pytest.mark.parametrize(
    "catalogue",
    [
        SHIPPED,
        SHIPPED | OWN,
        OWN,
        OWN | SHIPPED,
        SHIPPED | newsnorm.Catalogue(rules=(REPEATED,)),
        newsnorm.Catalogue(rules=SHIPPED.rules[1:]),
        newsnorm.Catalogue(rules=SHIPPED.rules),
        newsnorm.Catalogue(rules=()),
    ],
    ids=["default", "extended", "alone", "extended in another order", "one overridden", "one removed", "no sites", "empty"],
)
def test_a_parser_arrives_as_it_was(catalogue: newsnorm.Catalogue) -> None:
    parser = newsnorm.Parser(catalogue=catalogue, passes=newsnorm.PASSES[:3])
    arrived = pickle.loads(pickle.dumps(parser))
    assert arrived == parser
    assert arrived.digest == parser.digest
    assert arrived.catalogue.rules == catalogue.rules


PROGRAM = """
import pickle, sys
parser = pickle.loads(sys.stdin.buffer.read())
sys.stdout.write(parser.digest + parser.parse("It rained.").provenance.parser)
"""


@pytest.mark.slow
def test_a_fresh_process_makes_the_same_parser() -> None:
    parser = newsnorm.Parser(catalogue=SHIPPED | OWN)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=pickle.dumps(parser),
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == parser.digest * 2


def test_a_parser_is_refused_where_the_shipped_rules_differ() -> None:
    pickled = pickle.dumps(newsnorm.Parser())
    assert SHIPPED.digest.encode() in pickled
    foreign = pickled.replace(SHIPPED.digest.encode(), b"0" * 64)
    with pytest.raises(newsnorm.CatalogueError, match="install the same version of newsnorm"):
        pickle.loads(foreign)


def test_parsers_differ_in_their_digest_when_they_decide_differently() -> None:
    assert newsnorm.Parser().digest == newsnorm.Parser(catalogue=SHIPPED).digest
    digests = {newsnorm.Parser(**given).digest for given in ({}, {"catalogue": SHIPPED | OWN}, {"passes": newsnorm.PASSES[:2]})}
    assert len(digests) == 3
