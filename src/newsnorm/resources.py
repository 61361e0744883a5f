"""
Read the data that ships with newsnorm: TOML and JSON files beside the code that uses them.

Some data also has a prepared form, which is read many times faster (``prepared/``, written by `tools/prepare.py`).
A prepared file is named after the SHA-256 of its source; if the source has changed, no file is found, and the source is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias, cast

import attrs

from newsnorm.errors import CatalogueError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Toml: TypeAlias = "dict[str, object]"


def directory_of(*parts: str) -> Traversable:
    """
    Return a directory that ships with newsnorm.

    >>> directory_of("grammar", "data").joinpath("agencies.toml").is_file()
    True
    """
    return _package().joinpath(*parts)


@cache
def _package() -> Traversable:
    from importlib import resources

    return resources.files("newsnorm")


def prepared_file(stem: str, digest: str, ending: str) -> Traversable:
    """
    Return the path of the prepared form of a source; the file need not exist.

    Args:
        stem: the name of the source, for people who read the directory.
        digest: the SHA-256 of the source, in hex.
        ending: the ending of the prepared file, such as ``json``.

    """
    return directory_of("prepared").joinpath(f"{stem}.{digest[:16]}.{ending}")


def prepared_toml(stem: str, text: str) -> Traversable:
    """
    Return the path of the prepared form of a TOML file with this `text`, which need not exist; `stem` is its name without
    ending.
    """
    return prepared_file(stem, hashlib.sha256(text.encode()).hexdigest(), "json")


@attrs.frozen
class TomlFile:
    """The content of a TOML file."""

    content: Toml
    is_prepared: bool
    """Whether it was read from its prepared form, which was checked when it was made."""


def read_toml(file: Traversable) -> Toml:
    """
    Return the content of a TOML file, from its prepared form if it has one.

    Raises:
        CatalogueError: the file can't be read.

    """
    return load_toml(file).content


def load_toml(file: Traversable) -> TomlFile:
    """Return the content as `read_toml` does, and whether it comes from a prepared form; raises the same errors."""
    try:
        text = _read_text(file)
        prepared = prepared_toml(file.name.removesuffix(".toml"), text)
        if prepared.is_file():
            return TomlFile(json.loads(prepared.read_bytes()), is_prepared=True)
        return TomlFile(parse_toml(text), is_prepared=False)
    except (ValueError, OSError, RecursionError) as error:
        raise CatalogueError(f"{file}: {error}") from error


def _read_text(file: Traversable) -> str:
    """Read a UTF-8 text with line ends converted to ``\\n``, several times faster than the file's own `read_text`."""
    return file.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def parse_toml(text: str) -> Toml:
    """
    Return the content of TOML text, never from a prepared form.

    Raises:
        ValueError: the text is malformed.

    >>> parse_toml("least = 0.5")
    {'least': 0.5}

    """
    import tomllib

    return tomllib.loads(text)


def strings(value: object, place: str) -> tuple[str, ...]:
    """
    Return `value`, an array of strings, as a tuple.

    Raises:
        CatalogueError: `value` is not an array of strings; the message names `place`.

    """
    if not isinstance(value, list) or not {str}.issuperset(map(type, value)):
        raise CatalogueError(f"{place}: expected an array of strings")
    return tuple(cast("list[str]", value))


def all_strings(value: object, place: str) -> Iterable[str]:
    """
    Return the strings of an array, or of all arrays in a table and its sub-tables.

    >>> list(all_strings({"de": ["Foto"], "en": ["photo", "picture"]}, "labels"))
    ['Foto', 'photo', 'picture']

    Raises:
        CatalogueError: the table contains something else; the message names `place`.

    """
    if isinstance(value, dict):
        return chain.from_iterable(all_strings(below, f"{place}, {key}") for key, below in value.items())
    return strings(value, place)


@attrs.frozen
class DataFiles:
    """The TOML and JSON files of one directory, and a digest of their text."""

    content: Mapping[str, Toml]
    """File name without its ending → content."""
    digest: str
    """SHA-256 of names and text, in hex."""

    @classmethod
    def read(cls, directory: Traversable, *names: str) -> DataFiles:
        """
        Read the files called `names`, or all files of the directory.

        Raises:
            CatalogueError: a file is malformed.

        """
        sha = hashlib.sha256()
        content: dict[str, Toml] = {}
        for file in sorted(directory.iterdir(), key=lambda file: file.name):
            name, _, ending = file.name.partition(".")
            if ending in ("toml", "json") and (not names or name in names):
                text = _read_text(file)
                sha.update(file.name.encode() + b"\0" + text.encode() + b"\0")
                content[name] = json.loads(text) if ending == "json" else read_toml(file)
        return cls(content, sha.hexdigest())

    def table(self, name: str) -> Toml:
        """
        Return the content of the file called `name`.

        Raises:
            CatalogueError: there is no such file.

        """
        if name not in self.content:
            raise CatalogueError(f"the table {name} is missing")
        return self.content[name]

    def words(self, name: str, *keys: str) -> frozenset[str]:
        """Return the strings under `keys` in the file called `name`, in lower case."""
        table = self.table(name)
        arrays = (all_strings(table.get(key, []), f"{name}, {key}") for key in keys)
        return frozenset(map(str.lower, chain.from_iterable(arrays)))

    def rows(self, name: str, key: str) -> tuple[str, ...]:
        """Return the array of strings under `key` in the file called `name`, unchanged."""
        return strings(self.table(name).get(key, []), f"{name}, {key}")
