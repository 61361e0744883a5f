"""Layouts: names of shards, and the card that the library ``datasets`` reads."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

import pytest

import newsnorm
from newsnorm.cli.run import LAYOUTS as COMMAND_LAYOUTS
from newsnorm.corpus.sinks.layout import FOLDERS, LAYOUTS, check_layout, dumps_card, shard_name, usual_format
from newsnorm.corpus.sources.walk import ARTICLES

SPLIT = re.compile(r"(.*/)?train-\d{5}-of-\d{5}\.parquet")
"""The names of shards that ``datasets`` documents."""


def test_the_command_line_has_the_layouts() -> None:
    assert COMMAND_LAYOUTS == LAYOUTS


def test_later_jobs_find_the_articles_of_every_layout() -> None:
    assert set(FOLDERS.values()) == set(ARTICLES)


def test_shards_of_a_dataset_are_named_as_documented() -> None:
    names = [shard_name("datasets", number, 3, "parquet") for number in range(3)]
    assert names == sorted(names)
    assert all(SPLIT.fullmatch(name) for name in names)


def test_the_card_names_the_shards_and_nothing_else() -> None:
    card = dumps_card(["und", "de-AT", "no", "de"], 1234, "1.2.3")
    _, yaml, text = card.split("---\n")
    assert yaml.splitlines()[1:] == [
        "configs:",
        "- config_name: default",
        "  data_files:",
        "  - split: train",
        "    path: data/train-*.parquet",
    ]
    name, languages = yaml.splitlines()[0].split(": ")
    assert (name, json.loads(languages)) == ("language", ["de", "no"])  # quoted, since a bare no is false in YAML
    (pattern,) = re.findall(r"path: (.*)", yaml)
    assert PurePosixPath(shard_name("datasets", 0, 1, "parquet")).match(pattern)
    assert "1,234 articles, normalised with newsnorm 1.2.3" in text
    assert "$" not in card


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_goes_with_its_usual_format(layout: str) -> None:
    check_layout(layout, usual_format(layout))


@pytest.mark.parametrize(
    ("layout", "format", "says"),
    [("folders", "jsonl", "layout 'folders' is not known"), ("datasets", "csv", "drop the format csv, or choose parquet")],
)
def test_other_layouts_are_refused(layout: str, format: str, says: str) -> None:
    with pytest.raises(newsnorm.InputError, match=says):
        check_layout(layout, format)


def test_the_template_is_part_of_the_package() -> None:
    assert (Path(newsnorm.__file__).parent / "corpus" / "sinks" / "dataset-card.template").is_file()
