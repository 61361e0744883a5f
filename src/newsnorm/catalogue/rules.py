"""A rule and the seven ways in which it can match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias, get_args

import attrs

from newsnorm.catalogue.slots import NOTHING, Context, Fields
from newsnorm.catalogue.templates import TEMPLATE_LIMIT, Template, is_template, lower, spaced, unify
from newsnorm.errors import CatalogueError
from newsnorm.folding import fold
from newsnorm.records import CreditKind, DateRole, PersonRole, Reason

Kind: TypeAlias = Literal["line", "start", "template", "label", "cut", "run", "hint"]
Table: TypeAlias = Literal["removal", "byline", "date", "credit", "correction"]
Side: TypeAlias = Literal["head", "tail"]

START_LIMIT = 200
"""Code points. A longer line is a paragraph, however it begins."""


@attrs.frozen(kw_only=True)
class Example:
    """A line that a rule matches, with what its slots read there."""

    line: str
    names: tuple[str, ...] = ()
    agency: str | None = None
    source: str | None = None
    place: str | None = None
    date: str | None = None
    updated: str | None = None


@attrs.frozen(kw_only=True)
class Rule:
    """One piece of knowledge: which phrases, how they match, what they mean, and the lines that prove it."""

    id: str
    table: Table
    """The finding that it makes."""
    kind: Kind
    phrases: tuple[str, ...]
    examples: tuple[Example, ...] = ()
    never: tuple[str, ...] = ()
    """Lines it must not match."""
    reason: Reason | None = None
    zone: Side | None = None
    """Where it holds: above the first or below the last line of prose. None: anywhere."""
    side: Side = "tail"
    """Which way a cut goes."""
    only_in: tuple[str, ...] = ()
    """Primary language subtags; empty: whatever the page's language."""
    language: str = ""
    """The language of its file, in which alone its templates hold; empty: any."""
    host: str = ""
    """The site whose pages it holds for; empty: any."""
    truncates: bool = False
    role: DateRole = "published"
    credit: CreditKind = "source"
    person_role: PersonRole = "author"
    origin: Literal["curated", "learned"] = "curated"

    @property
    def rank(self) -> int:
        """Its precedence: site, CMS, language, common, learned."""
        if self.origin == "learned":
            return 4
        if self.host:
            return 0
        return 2 if self.language else 3 if self.id.startswith("common.") else 1

    def check(self, place: str) -> None:
        """
        Whether the rule says enough about itself.

        Raises:
            CatalogueError: it names the place and what is missing.
        """
        where = f"{place}: {self.id}"
        for value, known, name in (
            (self.kind, get_args(Kind), "kind"),
            (self.table, get_args(Table), "table"),
            (self.reason, (*get_args(Reason), None), "reason"),
            (self.zone, ("head", "tail", None), "zone"),
        ):
            if value not in known:
                raise CatalogueError(f"{where}: {name} = {value!r}; one of {', '.join(map(str, known))} is meant")
        if not self.phrases:
            raise CatalogueError(f"{where}: it has no phrases")
        if self.table == "removal" and self.reason is None:
            raise CatalogueError(f"{where}: a removal needs a reason")
        if self.kind in ("line", "start", "cut", "run"):
            empty = [phrase for phrase in self.phrases if not fold(phrase) or is_template(phrase)]
            if empty:
                raise CatalogueError(f"{where}: {empty[0]!r} has no letters, or slots, which only template and label may have")
        if self.kind == "template":
            for phrase in self.phrases:
                Template.of(phrase, where)


@attrs.frozen
class Match:
    """A rule that a line meets, and what its slots read."""

    rule: Rule
    fields: Fields = NOTHING


@attrs.frozen
class Form:
    """The forms of a line that rules are held against; made once a line."""

    text: str
    folded: str
    unified: str
    lowered: str
    """`unified` in lower case, place by place."""

    @classmethod
    def of(cls, text: str) -> Form:
        """
        All forms of a line; of a long one, which no rule but a whole phrase could meet, the text alone.

        >>> Form.of("• No Comments:").folded
        'no comments'
        """
        if len(text) > TEMPLATE_LIMIT:
            return cls(text, "", "", "")
        unified = unify(text)
        return cls(text, fold(text), unified, lower(unified))


@attrs.frozen(eq=False)
class Rules:
    """
    The catalogue narrowed to one page's language and site: what passes ask.

    Phrases stand in one table by folded text, so ten thousand cost as much as ten.
    """

    context: Context
    whole: Mapping[str, tuple[Rule, ...]]
    starts: Mapping[str, tuple[Rule, ...]]
    start_lengths: tuple[int, ...]
    by_literal: Mapping[tuple[Table, str], tuple[tuple[Template, Rule], ...]]
    """Templates that begin with a literal, by its first two letters."""
    slot_first: Mapping[Table, Mapping[str, tuple[tuple[Template, Rule], ...]]]
    """The others, by the literal that a line must hold."""
    hints: Mapping[str, Rule]

    @classmethod
    def of(cls, rules: tuple[Rule, ...], context: Context) -> Rules:
        """Sort `rules` into the tables, the stronger first."""
        whole: dict[str, list[Rule]] = {}
        starts: dict[str, list[Rule]] = {}
        literal: dict[tuple[Table, str], list[tuple[Template, Rule]]] = {}
        slot_first: dict[Table, dict[str, list[tuple[Template, Rule]]]] = {}
        hints: dict[str, Rule] = {}
        for rule in sorted(rules, key=lambda rule: (rule.rank, rule.id)):
            for phrase in rule.phrases:
                if rule.kind == "hint":
                    hints.setdefault(phrase.lower(), rule)
                elif is_template(phrase):
                    template = Template.of(phrase, rule.id)
                    if template.literals[0]:
                        literal.setdefault((rule.table, template.literals[0][:2]), []).append((template, rule))
                    else:
                        slot_first.setdefault(rule.table, {}).setdefault(template.key, []).append((template, rule))
                elif rule.kind == "start":
                    starts.setdefault(fold(phrase), []).append(rule)
                else:
                    whole.setdefault(fold(phrase), []).append(rule)
        return cls(
            context,
            {phrase: tuple(rules) for phrase, rules in whole.items()},
            {phrase: tuple(rules) for phrase, rules in starts.items()},
            tuple(sorted({len(phrase) for phrase in starts})),
            {key: tuple(pairs) for key, pairs in literal.items()},
            {table: {key: tuple(pairs) for key, pairs in keys.items()} for table, keys in slot_first.items()},
            hints,
        )

    def matches(self, table: Table, form: Form) -> list[Match]:
        """The rules of `table` that a line meets, strongest first: whole phrase, then start, then template."""
        folded = form.folded
        if not form.unified:
            return []
        found = [Match(rule) for rule in self.whole.get(folded, ()) if rule.table == table] if folded else []
        if len(form.text) <= START_LIMIT:
            found.extend(self._starting(table, folded))
        found.extend(self._fitting(table, form))
        return found

    def _starting(self, table: Table, folded: str) -> Iterator[Match]:
        for length in self.start_lengths:
            if length > len(folded):
                return
            for rule in self.starts.get(folded[:length], ()):
                if rule.table == table and (length == len(folded) or not spaced(folded[length - 1]) or not spaced(folded[length])):
                    yield Match(rule)

    def _fitting(self, table: Table, form: Form) -> Iterator[Match]:
        lowered = form.lowered
        candidates: list[tuple[Template, Rule]] = []
        for key in (lowered[:2], lowered[:1]):
            candidates.extend(self.by_literal.get((table, key), ()))
        for key, pairs in self.slot_first.get(table, {}).items():
            if key in lowered:
                candidates.extend(pairs)
        for template, rule in candidates:
            context = self.context if rule.person_role == "author" else attrs.evolve(self.context, person_role=rule.person_role)
            fields = template.match(form.unified, lowered, context)
            if fields is not None:
                yield Match(rule, fields)
