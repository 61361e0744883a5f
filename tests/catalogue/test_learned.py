"""Learned rules as a file: what is written is read back as it was, and people can see all of it."""

from __future__ import annotations

import datetime
import random
import tomllib
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.catalogue.learned import HEAD, dumps
from newsnorm.catalogue.loading import load_files
from newsnorm.catalogue.rules import Rule, Seen, Side

RULE = Rule(
    id="learned.example.com.tail.1",
    table="removal",
    kind="line",
    phrases=("Quay news, every day at 7",),
    reason="repetition",
    zone="tail",
    host="example.com",
    origin="learned",
    seen=Seen(documents=12, of=40, first="2024-05-03", last="2024-06-20"),
)


def read_back(text: str) -> tuple[Rule, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "learned.toml")
        file.write_text(text, encoding="utf-8")
        return load_files([file])[0]


def test_a_rule_is_written_for_people() -> None:
    assert dumps([RULE]) == (
        HEAD
        + """

# ---- example.com

[[removal]]
id        = "learned.example.com.tail.1"
kind      = "line"
origin    = "learned"
host      = "example.com"
zone      = "tail"
reason    = "repetition"
phrases   = ["Quay news, every day at 7"]
documents = 12
of        = 40
first     = 2024-05-03
last      = 2024-06-20
"""
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = attrs.evolve(RULE, zone=None, seen=None)
    (row,) = tomllib.loads(dumps([bare]))["removal"]
    assert row.keys() == {"id", "kind", "origin", "host", "reason", "phrases"}
    undated = attrs.evolve(RULE, seen=Seen(documents=3, of=4))
    (row,) = tomllib.loads(dumps([undated]))["removal"]
    assert row.keys() >= {"documents", "of"}
    assert row.keys().isdisjoint({"first", "last", "until"})


def test_hosts_then_zones_then_frequencies_are_in_order() -> None:
    def rule(host: str, zone: Side | None, documents: int, phrase: str) -> Rule:
        seen = Seen(documents=documents, of=99)
        return attrs.evolve(RULE, id=f"learned.{phrase}", host=host, zone=zone, phrases=(phrase,), seen=seen)

    ordered = [
        rule("a.example", "head", 5, "frequent"),
        rule("a.example", "head", 3, "alpha"),
        rule("a.example", "head", 3, "beta"),
        rule("a.example", None, 9, "anywhere"),
        rule("a.example", "tail", 9, "below"),
        rule("b.example", "head", 9, "other"),
    ]
    shuffled = random.Random(4).sample(ordered, len(ordered))
    text = dumps(shuffled)
    assert [rule.phrases for rule in read_back(text)] == [rule.phrases for rule in ordered]
    assert [line for line in text.splitlines() if line.startswith("# ----")] == ["# ---- a.example", "# ---- b.example"]


def test_no_rules_are_a_file_that_explains_itself() -> None:
    assert dumps([]) == HEAD
    assert read_back(HEAD) == ()


@pytest.mark.parametrize("hidden", ["\u200e", "\u202e", "\u2066", "\ufeff", "\x7f", "\x85", "\u061c"])
def test_what_an_editor_would_hide_or_turn_is_escaped(hidden: str) -> None:
    text = dumps([attrs.evolve(RULE, phrases=(f"Quay{hidden}news",))])
    assert hidden not in text
    assert f"\\u{ord(hidden):04x}" in text
    assert read_back(text)[0].phrases == (f"Quay{hidden}news",)


def test_a_quotation_mark_does_not_end_the_phrase() -> None:
    phrase = 'Quay "news"\\ # not a comment\n[[removal]]'
    assert read_back(dumps([attrs.evolve(RULE, phrases=(phrase,))]))[0].phrases == (phrase,)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{"), max_size=20).map("a{}".format)
DAYS = st.one_of(st.just(""), st.dates().map(datetime.date.isoformat))
RULES = st.builds(
    Rule,
    id=TEXTS.map("learned.{}".format),
    table=st.just("removal"),
    kind=st.just("line"),
    phrases=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    reason=st.sampled_from(("repetition", "advert")),
    zone=st.sampled_from(("head", None, "tail")),
    host=TEXTS,
    origin=st.just("learned"),
    seen=st.none() | st.builds(Seen, documents=st.integers(1, 99), of=st.integers(1, 99), first=DAYS, last=DAYS, until=DAYS),
)


@given(st.lists(RULES, max_size=5, unique_by=lambda rule: rule.id), st.randoms(use_true_random=False))
def test_what_is_written_is_read_back_whatever_the_order(rules: list[Rule], order: random.Random) -> None:
    text = dumps(rules)
    assert sorted(map(repr, read_back(text))) == sorted(map(repr, rules))
    order.shuffle(rules)
    assert dumps(rules) == text
    assert {letter for letter in text if unicodedata.category(letter) == "Cc"} == {"\n"}
