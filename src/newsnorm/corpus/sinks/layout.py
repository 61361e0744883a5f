"""Arrange the files of a corpus: shards in one folder, or as Hugging Face's library ``datasets`` loads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from string import Template

from newsnorm.errors import InputError
from newsnorm.text.counting import many

ARTICLES, DATASETS = "articles", "datasets"
LAYOUTS = (ARTICLES, DATASETS)
"""Names of the layouts, the default first."""

CARD = "README.md"
"""The file name of a dataset's card, which users edit."""

FOLDERS = {ARTICLES: "articles", DATASETS: "data"}
"""Name of a layout → the folder of its shards."""


def usual_format(layout: str) -> str:
    """Return the default format of articles in a layout."""
    return "parquet" if layout == DATASETS else "jsonl"


def check_layout(layout: str, format: str) -> None:
    """
    Check that a layout exists and fits a format.

    Raises:
        InputError: there is none.

    """
    if layout not in LAYOUTS:
        raise InputError(f"layout {layout!r} is not known; choose one of {', '.join(LAYOUTS)}")
    if layout == DATASETS and format != "parquet":
        raise InputError(f"the layout {DATASETS} needs Parquet files; drop the format {format}, or choose parquet")


def shard_name(layout: str, number: int, count: int, ending: str) -> str:
    """
    Return the name of a shard below the output folder.

    Args:
        layout: one of `LAYOUTS`.
        number: the number of the shard, from 0.
        count: number of shards.
        ending: the ending of its file.

    >>> shard_name("articles", 3, 42, "jsonl.gz"), shard_name("datasets", 3, 42, "parquet")
    ('articles/00003.jsonl.gz', 'data/train-00003-of-00042.parquet')

    """
    name = f"train-{number:05d}-of-{count:05d}" if layout == DATASETS else f"{number:05d}"
    return f"{FOLDERS[layout]}/{name}.{ending}"


def dumps_card(languages: Iterable[str], articles: int, newsnorm: str) -> str:
    """
    Write the card of a dataset: what ``datasets`` and the Hub read, in YAML, and a few words for people.

    Args:
        languages: the languages of the articles, as BCP 47.
        articles: number of articles.
        newsnorm: the version that made them.

    >>> print(dumps_card(["und", "de-AT", "no", "de"], 3, "1.0").splitlines()[1])
    language: ["de", "no"]

    """
    known = sorted({language.partition("-")[0] for language in languages} - {"und"})
    template = Template(files(__package__).joinpath("dataset-card.template").read_text(encoding="utf-8"))
    return template.substitute(languages=json.dumps(known), articles=many(articles, "article"), newsnorm=newsnorm)
