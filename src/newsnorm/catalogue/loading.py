"""Read rules and sites from TOML files, with messages that name the file, the rule and the mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

import attrs

from newsnorm.catalogue.rules import TABLES, Example, Rule, Seen, Site, Table
from newsnorm.errors import CatalogueError
from newsnorm.resources import Toml, load_toml, strings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_TEXT_KEYS = ("reason", "zone", "side", "role", "credit", "person_role", "origin", "host")
_LIST_KEYS = ("phrases", "needs", "never", "only_in")
_SEEN_COUNTS = ("documents", "of")
_SEEN_DAYS = ("first", "last", "until")
_RULE_KEYS = {*_TEXT_KEYS, *_LIST_KEYS, *_SEEN_COUNTS, *_SEEN_DAYS, "id", "kind", "tier", "examples", "truncates"}
_SITE_KEYS = {"without", "language", "date_order"}
_EXAMPLE_KEYS = {field.name for field in attrs.fields(Example)}


@attrs.frozen
class Group:
    """The language, content management system or site to which the path of a rule file assigns its rules."""

    kind: str
    """``lang``, ``cms`` or ``site``, by the folder of the file; ``common`` in any other folder."""
    name: str
    """Name of the file without its ending: a language, a content management system or a host."""

    @classmethod
    def of(cls, file: Traversable) -> Group:
        """Return the group that the path of a file states."""
        from pathlib import Path

        folder = Path(str(file)).parent.name
        return cls(folder if folder in ("lang", "cms", "site") else "common", file.name.removesuffix(".toml"))


def rule_files(directory: Traversable) -> Iterator[Traversable]:
    """Yield the rule files of a directory and its folders, sorted by name within each."""
    for entry in sorted(directory.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from rule_files(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def load_files(files: Iterable[Traversable]) -> tuple[tuple[Rule, ...], tuple[Site, ...]]:
    """
    Read rule files.

    A file with a prepared form was checked when that was made, so its rules are not checked again.

    Returns:
        The rules in the order of the files and their tables, and the sites that files in folders ``site`` describe.

    Raises:
        CatalogueError: a file is malformed; it names the file and the rule.

    """
    rules: list[Rule] = []
    sites: list[Site] = []
    for file in files:
        toml, group, place = load_toml(file), Group.of(file), str(file)
        content = toml.content
        _check_keys(content, group, place)
        try:
            found = list(_rules(content, group, place))
            for rule in found if not toml.is_prepared else ():
                rule.check(place)
        except CatalogueError as error:
            raise CatalogueError(with_line(str(error), file)) from error
        rules.extend(found)
        if group.kind == "site":
            sites.append(_site(content, group.name, place))
    return tuple(rules), tuple(sites)


def with_line(message: str, file: Traversable) -> str:
    """
    Add the line number of the rule's id to a message about it, if the file has the id in plain form.

    Args:
        message: the path of the file, a colon, and the id of the rule, with a colon or a comma after it.
        file: the file.

    """
    place = str(file)
    name = re.match(r": ([^:,\s]+)[:,]", message[len(place) :])
    text = file.read_bytes().decode("utf-8", "replace")
    found = re.search(rf"^[ \t]*id[ \t]*=[ \t]*[\"']{re.escape(name[1])}[\"']", text, re.MULTILINE) if name else None
    if found is None:
        return message
    return f"{place}, line {text.count(chr(10), 0, found.start()) + 1}{message[len(place) :]}"


def _check_keys(content: Toml, group: Group, place: str) -> None:
    """Raise CatalogueError for a top-level key that is neither a table of rules nor a setting of the site."""
    unknown = [key for key in content if key not in TABLES and not (group.kind == "site" and key in _SITE_KEYS)]
    if unknown:
        raise CatalogueError(f"{place}: {unknown[0]!r} is not a table of rules; known: {', '.join(TABLES)}")


def _rules(content: Toml, group: Group, place: str) -> Iterator[Rule]:
    for table in TABLES:
        rows = content.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise CatalogueError(f"{place}: write [[{table}]], one table per rule")
        for row in rows:
            yield _rule(cast("Toml", row), table, group, place)


def _rule(row: Toml, table: Table, group: Group, place: str) -> Rule:
    """Make a rule from a row, checking types; `Rule.check` checks the values."""
    name, kind = row.get("id"), row.get("kind")
    if not isinstance(name, str) or not isinstance(kind, str):
        raise CatalogueError(f"{place}: a rule of [[{table}]] lacks an id or a kind")
    where = f"{place}: {name}"
    unknown = sorted(row.keys() - _RULE_KEYS)
    if unknown:
        raise CatalogueError(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(sorted(_RULE_KEYS))}")
    if group.kind == "site" and "host" in row:
        raise CatalogueError(
            f"{where}: remove the key host, since the file name is the host; the key is for files about several sites"
        )
    given: dict[str, object] = {"phrases": ()}  # Rule.check reports missing phrases
    given |= {key: strings(row[key], f"{where}, {key}") for key in _LIST_KEYS if key in row}
    given |= {key: _text(row[key], f"{where}: {key}") for key in _TEXT_KEYS if key in row}
    if "tier" in row:
        given["tier"] = row["tier"]
    if group.kind == "site":
        given["host"] = group.name
    return Rule(
        id=name,
        table=table,
        kind=kind,  # type: ignore[arg-type]  # Rule.check says whether it is a kind
        examples=_examples(row.get("examples", []), where),
        truncates=_flag(row.get("truncates", False), f"{where}: truncates"),
        language=group.name if group.kind == "lang" else "",
        seen=_seen(row, where),
        **given,  # type: ignore[arg-type]  # and whether these values are known
    )


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise CatalogueError(f"{where} is not a string")
    return value


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise CatalogueError(f"{where} is neither true nor false")
    return value


def _examples(values: object, where: str) -> tuple[Example, ...]:
    if not isinstance(values, list):
        raise CatalogueError(f"{where}: examples is not an array")
    return tuple(_example(value, where) for value in values)


def _example(value: object, where: str) -> Example:
    if isinstance(value, str):
        return Example(line=value)
    if not isinstance(value, dict) or not isinstance(value.get("line"), str):
        raise CatalogueError(f"{where}: an example must be a string, or a table with a line")
    names = strings(value.get("names", []), f"{where}, names")
    unknown = sorted(value.keys() - _EXAMPLE_KEYS)
    if unknown or not all(isinstance(item, str) for key, item in value.items() if key != "names"):
        raise CatalogueError(
            f"{where}: an example may have {', '.join(sorted(_EXAMPLE_KEYS))}, each a string; "
            f"wrong: {', '.join(unknown) or 'a value'}"
        )
    return Example(**{**value, "names": names})


def _seen(row: Mapping[str, object], where: str) -> Seen | None:
    """Read how often and when a learned line was seen; None if the row does not state it."""
    if row.keys().isdisjoint((*_SEEN_COUNTS, *_SEEN_DAYS)):
        return None
    documents, of = (_count(row.get(key, 0), f"{where}: {key}") for key in _SEEN_COUNTS)
    first, last, until = (_day(row.get(key), key, where) for key in _SEEN_DAYS)
    return Seen(documents=documents, of=of, first=first, last=last, until=until)


def _count(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise CatalogueError(f"{where} is not a number of documents, 0 or more")
    return value


def _day(value: object, key: str, where: str) -> str:
    if value is not None and type(value) is not date:
        raise CatalogueError(f"{where}: {key} is not a day; write {key} = 2024-06-20, without quotes")
    return str(value) if value is not None else ""


def _site(content: Toml, host: str, place: str) -> Site:
    order, language = content.get("date_order"), content.get("language")
    if order not in (None, "day-month", "month-day"):
        raise CatalogueError(f"{place}: date_order = {order!r}; expected day-month or month-day")
    if language is not None and (not isinstance(language, str) or not language.partition("-")[0].isalpha()):
        raise CatalogueError(f"{place}: language = {language!r}; expected a language code such as en or pt-BR")
    return Site(
        host=host,
        without=strings(content.get("without", []), f"{place}, without"),
        language=language,
        day_first=None if order is None else order == "day-month",
    )
