"""How data that ships with newsnorm is read: TOML and JSON files beside the code that owns them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from newsnorm.errors import CatalogueError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Toml: TypeAlias = "dict[str, object]"


def directory_of(*parts: str) -> Traversable:
    """
    A directory that ships with newsnorm.

    >>> directory_of("grammar", "data").joinpath("agencies.toml").is_file()
    True
    """
    from importlib import resources

    return resources.files("newsnorm").joinpath(*parts)


def read_toml(file: Traversable) -> Toml:
    """
    The content of a TOML file.

    Raises:
        CatalogueError: it can't be read.

    """
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise CatalogueError(f"{file}: {error}") from error


def strings(value: object, place: str) -> tuple[str, ...]:
    """
    `value` as a tuple of strings.

    Raises:
        CatalogueError: it is something else.

    """
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CatalogueError(f"{place}: expected an array of strings")
    return tuple(cast("list[str]", value))
