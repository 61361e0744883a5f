"""
What newsnorm knows about the world, as data: rules that people wrote and rules that a corpus taught.

A `Catalogue` is a set of rules and the tables they lean on. It is loaded from TOML files, merged with ``|``, and narrowed
to a page before the passes ask it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, cast

import attrs

from newsnorm.catalogue.learned import SEEN, dumps, seen_of
from newsnorm.catalogue.rules import Example, Form, Index, Match, Rule, Rules, Table, markers_of
from newsnorm.catalogue.slots import Context
from newsnorm.errors import CatalogueError
from newsnorm.grammar.byline import Markers
from newsnorm.grammar.tables import Tables
from newsnorm.resources import Toml, directory_of, read_toml, strings
from newsnorm.text.folding import fold_numbers

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

UNTRANSLATED = "en"
"""The language that themes are left in: its templates hold on every page."""

TABLES: tuple[Table, ...] = ("byline", "correction", "credit", "date", "removal")

__all__ = ["Catalogue", "Context", "Form", "Match", "Rule", "Rules", "Site"]


@attrs.frozen(kw_only=True)
class Site:
    """What is known about one site besides its rules: a file named after its host."""

    host: str
    """``example.com``; with a leading dot its sub-domains too."""
    without: tuple[str, ...] = ()
    """Ids of rules that do not hold there."""
    language: str | None = None
    day_first: bool | None = None

    def holds_for(self, host: str) -> bool:
        """Whether a page of `host` is one of the site's."""
        return host == self.host.removeprefix(".") or (self.host.startswith(".") and host.endswith(self.host))


@attrs.frozen(kw_only=True)
class Catalogue:
    """
    Rules and tables; frozen and picklable.

    >>> catalogue = Catalogue.default()
    >>> rules = catalogue.narrow("en")
    >>> [match.rule.reason for match in rules.matches(Form("No comments:"))]
    ['comments']
    """

    rules: tuple[Rule, ...]
    sites: tuple[Site, ...] = ()
    tables: Tables = attrs.field(factory=Tables.default, repr=False)
    _views: dict[tuple[str, str], Rules] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    _indexes: dict[tuple[str, str], Index] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    _written: list[Rule] = attrs.field(factory=list, init=False, eq=False, repr=False)
    _marking: dict[str, Markers] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    _learned: dict[str, list[Rule]] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise CatalogueError(f"the rule id {rule.id} stands twice: ids are unique and never reused")
            seen.add(rule.id)
        self._sort()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle only what differs from the default catalogue; the default itself is named by its digest."""
        default = Catalogue.default()
        shipped = {rule.id: rule for rule in default.rules}
        known = {site.host: site for site in default.sites}
        rules = tuple(rule for rule in self.rules if shipped.get(rule.id) != rule)
        sites = tuple(site for site in self.sites if known.get(site.host) != site)
        merged = default | Catalogue(rules=rules, sites=sites)
        extends = (merged.rules, merged.sites) == (self.rules, self.sites)
        tables = None if self.tables is default.tables else self.tables
        if extends:
            return Catalogue._unpickle, (default.digest, rules, sites, tables)
        return Catalogue._unpickle, ("", self.rules, self.sites, tables)

    @staticmethod
    def _unpickle(digest: str, rules: tuple[Rule, ...], sites: tuple[Site, ...], tables: Tables | None) -> Catalogue:
        """
        Rebuild a pickled catalogue: `rules` and `sites` merged into the default catalogue, or alone if `digest` is empty.

        Raises:
            CatalogueError: the default catalogue here is not the one that was pickled.

        """
        default = Catalogue.default()
        if digest and digest != default.digest:
            raise CatalogueError(
                f"pickled with another default catalogue (digest {digest[:12]}, here {default.digest[:12]}): "
                "install the same version of newsnorm in both processes"
            )
        if digest and not rules and not sites and tables is None:
            return default
        given = Catalogue(rules=rules, sites=sites, tables=tables or default.tables)
        return default | given if digest else given

    def _sort(self) -> None:
        """Learned rules by their host: there may be a million, and a page meets those of its own host only."""
        for rule in self.rules:
            (self._learned.setdefault(rule.host, []) if rule.origin == "learned" else self._written).append(rule)

    @staticmethod
    @cache
    def default() -> Catalogue:
        """The catalogue that ships with newsnorm; read once in a process."""
        rules: list[Rule] = []
        sites: list[Site] = []
        for file in _files(directory_of("catalogue", "data")):
            more, site = _load(file, _group(file))
            rules.extend(more)
            sites.extend([site] if site else [])
        return Catalogue(rules=tuple(rules), sites=tuple(sites))

    @staticmethod
    def load(path: str | os.PathLike[str]) -> Catalogue:
        """
        Read your own rules: one TOML file, or a directory of them.

        A file in a folder ``lang``, ``cms`` or ``site`` is one of that group; any other holds for every page.

        Raises:
            CatalogueError: a file is missing or malformed; it names the file and the rule.

        """
        from pathlib import Path

        root = Path(path)
        if not root.exists():
            raise CatalogueError(f"{root}: no such file or directory")
        rules: list[Rule] = []
        sites: list[Site] = []
        for file in sorted(root.rglob("*.toml")) if root.is_dir() else [root]:
            more, site = _load(file, _group(file))
            rules.extend(more)
            sites.extend([site] if site else [])
        return Catalogue(rules=tuple(rules), sites=tuple(sites))

    def __or__(self, other: Catalogue) -> Catalogue:
        """Both; where an id stands in both, the right one's rule holds."""
        rules = {rule.id: rule for rule in (*self.rules, *other.rules)}
        sites = {site.host: site for site in (*self.sites, *other.sites)}
        return Catalogue(rules=tuple(rules.values()), sites=tuple(sites.values()), tables=other.tables)

    def save(self, path: str | os.PathLike[str]) -> None:
        """
        Write what was learned as one TOML file, for a person to read, prune and commit; `load` reads it.

        The same rules give the same bytes. A file that stands there is replaced.

        Raises:
            CatalogueError: it holds rules that people wrote; those are edited where they stand.
            OSError: the file can't be written.

        """
        if self._written or self.sites:
            raise CatalogueError(f"{path}: only learned rules are written; what people wrote is edited where it stands")
        from pathlib import Path

        Path(path).write_text(dumps(self.rules), encoding="utf-8", newline="\n")

    @property
    def digest(self) -> str:
        """A digest of all it knows: equal catalogues decide equally."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        sha = hashlib.sha256(self.tables.digest.encode())
        for rule in sorted(self.rules, key=lambda rule: rule.id):
            sha.update(repr(rule).encode())
        for site in sorted(self.sites, key=lambda site: site.host):
            sha.update(repr(site).encode())
        return sha.hexdigest()

    def narrow(self, language: str, host: str = "") -> Rules:
        """
        The rules that hold on a page.

        Args:
            language: a BCP 47 code; ``und``: any.
            host: the host of its URL, if known.

        """
        code = language.partition("-")[0]
        if (view := self._views.get((code, host))) is not None:
            return view
        site = next((site for site in self.sites if site.holds_for(host)), None)
        if site is not None and site.without:
            held = (rule for rule in self._written if rule.id not in site.without and _holds(rule, code, host))
            indexes: tuple[Index, ...] = (Index.of(held),)
        else:
            indexes = (self._everywhere, self._index(code, host if any(_of_host(rule, host) for rule in self._here) else ""))
        context = Context(tables=self.tables, languages=_languages(code, host), day_first=site.day_first if site else None)
        view = Rules(context, indexes, self._taught(host, site), self._markers(code))
        if len(self._views) < 1_000:  # a host each: enough for any run in order of hosts, bounded for any other
            self._views[code, host] = view
        return view

    @cached_property
    def _everywhere(self) -> Index:
        """What holds on every page: most of what there is, so made once for all languages."""
        return Index.of(rule for rule in self._written if _is_universal(rule))

    @cached_property
    def _here(self) -> tuple[Rule, ...]:
        """What holds in some languages or on some sites."""
        return tuple(rule for rule in self._written if not _is_universal(rule))

    def _index(self, code: str, host: str) -> Index:
        """What holds in this language or on this site alone."""
        if (index := self._indexes.get((code, host))) is None:
            index = Index.of(rule for rule in self._here if _holds(rule, code, host))
            if len(self._indexes) < 1_000:
                self._indexes[code, host] = index
        return index

    def _markers(self, code: str) -> Markers:
        """What marks a byline in a language: a word alone in it or in English, a phrase or a label in any."""
        if (markers := self._marking.get(code)) is None:
            own = markers_of(rule for rule in self._written if code == "und" or rule.language in ("", UNTRANSLATED, code))
            markers = self._marking[code] = own | markers_of(self._written).telling()
        return markers

    def _taught(self, host: str, site: Site | None) -> dict[str, tuple[Rule, ...]]:
        """The learned rules of a host, by what their phrases look like without their numbers."""
        names = [host, *(f".{host.split('.', cut)[cut]}" for cut in range(host.count(".") + 1))] if self._learned else []
        taught: dict[str, tuple[Rule, ...]] = {}
        for rule in (rule for name in names for rule in self._learned.get(name, ())):
            if site is None or rule.id not in site.without:
                for phrase in dict.fromkeys(map(fold_numbers, rule.phrases)):
                    taught[phrase] = (*taught.get(phrase, ()), rule)
        return taught


def _is_universal(rule: Rule) -> bool:
    return not rule.host and not rule.only_in and not _is_translated(rule)


def _is_translated(rule: Rule) -> bool:
    """Whether it is a template of one language; other phrases hold on any page."""
    return rule.kind == "template" and rule.language not in ("", UNTRANSLATED)


def _of_host(rule: Rule, host: str) -> bool:
    return rule.host != "" and Site(host=rule.host).holds_for(host)


def _holds(rule: Rule, code: str, host: str) -> bool:
    if rule.host and not _of_host(rule, host):
        return False
    if code == "und":
        return True
    return (not rule.only_in or code in rule.only_in) and (not _is_translated(rule) or rule.language == code)


def _languages(code: str, host: str) -> tuple[str, ...]:
    """The language whose names and order dates follow: English by the country of the host, of the US where it says none."""
    if code == "und":
        return ()
    country = host.rpartition(".")[2]
    return (f"en-{country.upper() if len(country) == 2 else 'US'}",) if code == "en" else (code,)


def _files(directory: Traversable) -> Iterator[Traversable]:
    """The rule files of a data directory."""
    for entry in sorted(directory.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def _group(file: Traversable) -> tuple[str, str]:
    """The group of a file, by its folder, and its name without the ending."""
    from pathlib import Path

    folder = Path(str(file)).parent.name
    return (folder if folder in ("lang", "cms", "site") else "common", file.name.removesuffix(".toml"))


_TEXTS = ("reason", "zone", "side", "role", "credit", "person_role", "origin", "host")
_LISTS = ("phrases", "never", "only_in")
_KNOWN = {*_TEXTS, *_LISTS, *SEEN, "id", "kind", "tier", "examples", "truncates"}
_SITE = {"without", "language", "date_order"}


def _load(file: Traversable, group: tuple[str, str]) -> tuple[list[Rule], Site | None]:
    content = read_toml(file)
    place = str(file)
    unknown = [key for key in content if key not in TABLES and not (group[0] == "site" and key in _SITE)]
    if unknown:
        raise CatalogueError(f"{place}: {unknown[0]!r} is no table of rules; known: {', '.join(TABLES)}")
    rules = []
    for table in TABLES:
        rows = content.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise CatalogueError(f"{place}: write [[{table}]], one table a rule")
        for row in rows:
            rule = _rule(cast("Toml", row), table, group, place)
            rule.check(place)
            rules.append(rule)
    site = _site(content, group[1], place) if group[0] == "site" else None
    return rules, site


def _rule(row: Toml, table: Table, group: tuple[str, str], place: str) -> Rule:
    name = row.get("id")
    if not isinstance(name, str) or not isinstance(row.get("kind"), str):
        raise CatalogueError(f"{place}: a rule of [[{table}]] lacks its id or kind")
    where = f"{place}: {name}"
    unknown = sorted(row.keys() - _KNOWN)
    if unknown:
        raise CatalogueError(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(sorted(_KNOWN))}")
    given: dict[str, object] = {key: strings(row[key], f"{where}, {key}") for key in _LISTS if key in row}
    for key in _TEXTS:
        if key in row:
            if not isinstance(row[key], str):
                raise CatalogueError(f"{where}: {key} is no string")
            given[key] = row[key]
    if "tier" in row:
        given["tier"] = row["tier"]
    examples = row.get("examples", [])
    if not isinstance(examples, list):
        raise CatalogueError(f"{where}: examples is no array")
    given["examples"] = tuple(_example(example, where) for example in examples)
    given["truncates"] = row.get("truncates") is True
    given["language"] = group[1] if group[0] == "lang" else ""
    if group[0] == "site":
        if "host" in row:
            raise CatalogueError(f"{where}: its host is the name of the file; host = is for files of several sites")
        given["host"] = group[1]
    given["seen"] = seen_of(row, where)
    return Rule(id=name, table=table, kind=cast("str", row["kind"]), **given)  # type: ignore[arg-type]  # Rule.check says what is wrong


def _example(value: object, where: str) -> Example:
    if isinstance(value, str):
        return Example(line=value)
    if not isinstance(value, dict) or not isinstance(value.get("line"), str):
        raise CatalogueError(f"{where}: an example is a string, or a table with its line")
    names = strings(value.get("names", []), f"{where}, names")
    fields = {field.name for field in attrs.fields(Example)}
    unknown = sorted(value.keys() - fields)
    if unknown or not all(isinstance(item, str) for key, item in value.items() if key != "names"):
        raise CatalogueError(
            f"{where}: an example may state {', '.join(sorted(fields))}, each a string; {unknown or 'one'} is not"
        )
    return Example(**{**value, "names": names})


def _site(content: Toml, host: str, place: str) -> Site:
    order = content.get("date_order")
    if order not in (None, "day-month", "month-day"):
        raise CatalogueError(f"{place}: date_order = {order!r}; day-month or month-day is meant")
    language = content.get("language")
    return Site(
        host=host,
        without=strings(content.get("without", []), f"{place}, without"),
        language=language if isinstance(language, str) else None,
        day_first=None if order is None else order == "day-month",
    )
