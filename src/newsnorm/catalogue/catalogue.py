"""Hold rules, sites and tables as one value that can be merged, pickled and narrowed to a page."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path

import attrs

from newsnorm.catalogue.learned import dumps
from newsnorm.catalogue.loading import load_files, rule_files, with_line
from newsnorm.catalogue.matching import Rules
from newsnorm.catalogue.narrowing import Narrowing
from newsnorm.catalogue.proof import failures_of
from newsnorm.catalogue.rules import Rule, Site
from newsnorm.errors import CatalogueError
from newsnorm.evidence.weights import models_digest
from newsnorm.grammar import Grammar
from newsnorm.resources import directory_of

_DECIDING = attrgetter(*(field.name for field in attrs.fields(Rule) if field.name not in ("examples", "never")))
"""Gets the values of a rule that affect decisions."""


@attrs.frozen(kw_only=True)
class Catalogue:
    """
    Rules, settings of sites, and the tables of all readers; frozen and picklable.

    Two catalogues are equal if their rules, sites and tables are.

    Args:
        rules: the rules.
        sites: the settings of sites.
        grammar: the tables; by default the shipped ones.
        notes: why hosts have no learned rules. Notes are ignored in comparisons, and are not saved.

    Raises:
        CatalogueError: two rules have the same id.

    >>> from newsnorm.catalogue import LineForms
    >>> rules = Catalogue.default().narrow("en")
    >>> [match.rule.reason for match in rules.matches(LineForms("No comments:"))]
    ['comments']

    """

    rules: tuple[Rule, ...]
    sites: tuple[Site, ...] = ()
    grammar: Grammar = attrs.field(factory=Grammar.default, repr=False)
    notes: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise CatalogueError(f"the rule id {rule.id} occurs twice; ids must be unique, and are never reused")
            seen.add(rule.id)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle only the differences from the default catalogue, which is identified by its digest."""
        default = Catalogue.default()
        shipped = {rule.id: rule for rule in default.rules}
        known = {site.host: site for site in default.sites}
        rules = tuple(rule for rule in self.rules if shipped.get(rule.id) != rule)
        sites = tuple(site for site in self.sites if known.get(site.host) != site)
        merged = default | Catalogue(rules=rules, sites=sites)
        extends = (merged.rules, merged.sites) == (self.rules, self.sites)
        grammar = None if self.grammar is default.grammar else self.grammar
        if extends:
            return Catalogue._unpickle, (default.digest, rules, sites, grammar)
        return Catalogue._unpickle, ("", self.rules, self.sites, grammar)

    @staticmethod
    def _unpickle(digest: str, rules: tuple[Rule, ...], sites: tuple[Site, ...], grammar: Grammar | None) -> Catalogue:
        """
        Rebuild a pickled catalogue: merge `rules` and `sites` into the default catalogue, or take them alone if `digest` is
        empty.

        Raises:
            CatalogueError: this process has a different default catalogue than the one that pickled it.

        """
        default = Catalogue.default()
        if digest and digest != default.digest:
            raise CatalogueError(
                f"pickled with another default catalogue (digest {digest[:12]}, here {default.digest[:12]}); "
                "install the same version of newsnorm in both processes"
            )
        if digest and not rules and not sites and grammar is None:
            return default
        given = Catalogue(rules=rules, sites=sites, grammar=grammar or default.grammar)
        return default | given if digest else given

    @staticmethod
    @cache
    def default() -> Catalogue:
        """Return the shipped catalogue, read once per process."""
        rules, sites = load_files(rule_files(directory_of("catalogue", "data")))
        return Catalogue(rules=rules, sites=sites)

    @staticmethod
    def load(path: str | os.PathLike[str]) -> Catalogue:
        """
        Load rules of your own.

        Args:
            path: a TOML file, or a directory that is searched for such files. A file in a folder ``lang``, ``cms`` or
                ``site`` belongs to that language, content management system or site; any other file applies to every page.

        Raises:
            CatalogueError: a file is missing or malformed, two rules have the same id, or a rule does not match one of its
            `examples` or matches a line in its `never`; the message names the file, the line and the rule.

        """
        root = Path(path)
        if not root.exists():
            raise CatalogueError(f"{root}: no such file or directory")
        files = sorted(root.rglob("*.toml")) if root.is_dir() else [root]
        rules: dict[str, Rule] = {}
        sites: list[Site] = []
        for file in files:
            loaded, described = load_files([file])
            _prove(loaded, file, rules)
            rules |= {rule.id: rule for rule in loaded}
            sites += described
        return Catalogue(rules=tuple(rules.values()), sites=tuple(sites))

    def __or__(self, other: Catalogue) -> Catalogue:
        """Merge two catalogues; the right one wins for tables, and for rule ids and sites that are in both."""
        rules = {rule.id: rule for rule in (*self.rules, *other.rules)}
        sites = {site.host: site for site in (*self.sites, *other.sites)}
        return Catalogue(rules=tuple(rules.values()), sites=tuple(sites.values()), grammar=other.grammar)

    def save(self, path: str | os.PathLike[str]) -> None:
        """
        Write learned rules to a TOML file that you can review, prune, commit and `load`.

        Equal rules give equal bytes. An existing file is replaced.

        Args:
            path: the file to write.

        Raises:
            CatalogueError: the catalogue has rules that were not learned.
            OSError: the file can't be written.

        """
        if self.sites or any(rule.origin != "learned" for rule in self.rules):
            raise CatalogueError(f"{path}: only learned rules can be saved; edit other rules in their own files")
        Path(path).write_text(dumps(self.rules), encoding="utf-8", newline="\n")

    @property
    def digest(self) -> str:
        """
        Hex sha256 of rules, sites and tables; catalogues with equal digests make equal decisions.

        It does not cover the lines that prove a rule, `examples` and `never`.
        """
        return self._digest

    @cached_property
    def _digest(self) -> str:
        sha = hashlib.sha256(f"{self.grammar.digest}{models_digest()}".encode())
        for rule in sorted(self.rules, key=lambda rule: rule.id):
            sha.update(repr(_DECIDING(rule)).encode())
        for site in sorted(self.sites, key=lambda site: site.host):
            sha.update(repr(site).encode())
        return sha.hexdigest()

    def narrow(self, language: str, host: str = "") -> Rules:
        """
        Return the rules that apply to a page, in the form that passes receive.

        Args:
            language: BCP 47 code of the page's language; ``und`` for any language. A site's `language` overrides it.
            host: the host of the page's URL; empty if unknown.

        """
        return self._narrowing.rules_for(language.partition("-")[0], host)

    @cached_property
    def _narrowing(self) -> Narrowing:
        """Selects the rules for each page; its indexes are built when the first page is parsed."""
        return Narrowing(self.rules, self.sites, self.grammar)


def _prove(rules: Sequence[Rule], file: Path, others: Mapping[str, Rule]) -> None:
    """
    Check each rule of a file against its `examples` and `never`, and that no id occurs twice in this or other files.

    Raises:
        CatalogueError: a rule is wrong; the message names the file, the line and the rule.

    """
    grammar = Grammar.default()
    known = set(others)
    for rule in rules:
        problem = "its id occurs twice; ids must be unique" if rule.id in known else next(failures_of(rule, grammar), None)
        if problem is not None:
            raise CatalogueError(with_line(f"{file}: {rule.id}: {problem}", file))
        known.add(rule.id)
