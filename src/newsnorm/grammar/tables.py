"""What newsnorm knows about names, places, agencies and the calendar: tables, loaded from data."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, cast

import attrs

from newsnorm.errors import CatalogueError
from newsnorm.grammar.dates import tokens as kinds
from newsnorm.records import DateRole
from newsnorm.resources import Toml, directory_of, read_toml, strings
from newsnorm.text.folding import fold

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CODE = 5
"""Letters. Forms of agencies so short count only as they are printed: ``MAP`` is one, ``Map`` is none."""

ANY = ""
"""The key, beside the languages, under which the names stand that mean the same in every language that has them."""


@attrs.frozen
class RolePhrase:
    """Words that say what a date beside them is."""

    words: tuple[str, ...]
    role: DateRole


@attrs.frozen(kw_only=True)
class RoleWords:
    """Phrases that stand on one side of a date."""

    phrases: Mapping[str, tuple[RolePhrase, ...]]
    """The word nearest to the date → the phrases that it closes, longest first."""
    stretches: tuple[tuple[str, DateRole], ...]
    """The same, where no space parts words, longest first."""


@attrs.frozen(kw_only=True)
class Relative:
    """Words for days that are reckoned from today."""

    days: Mapping[str, int]
    """today, yesterday → days before today."""
    units: Mapping[str, int]
    """Unit of time → minutes."""
    ones: tuple[str, ...]
    """Words for one of them: an hour."""
    before: tuple[str, ...]
    """What stands before number and unit: vor, il y a."""
    after: tuple[str, ...]
    """What stands behind them: ago, önce."""


@attrs.frozen(kw_only=True)
class Calendar:
    """How the languages write dates."""

    months: Mapping[str, Mapping[str, int]]
    """Language, or `ANY` → name of a month, lower case → 1 to 12."""
    weekdays: Mapping[str, Mapping[str, int]]
    """Language → name of a weekday → 0 (Monday) to 6."""
    zones: Mapping[str, int]
    """Abbreviation of a time zone → minutes east of UTC."""
    doubtful_zones: frozenset[str]
    """Abbreviations that more than one place uses, or that hang on the season: what they stand for is not said."""
    home_zones: Mapping[str, Mapping[str, str]]
    """Language → what such an abbreviation stands for where it is spoken: ``+05:30``."""
    fillers: frozenset[str]
    """Words that stand between the parts of a date and say nothing."""
    hours: frozenset[str]
    """Those of them that stand beside an hour."""
    afternoon: frozenset[str]
    morning: frozenset[str]
    month_first: frozenset[str]
    """Languages (``en-us``) in which ``5/6/2024`` is 6 May."""
    own_years: frozenset[str]
    """Languages whose years of two digits are often those of another calendar."""
    marks: Mapping[str, tuple[str, ...]]
    """What is marked (year, month, month_before, day, hour, minute, second) → the signs that mark it."""
    eras: Mapping[str, int]
    """Name of an era → the year before its first."""
    before: RoleWords
    after: RoleWords
    relative: Relative

    @cached_property
    def lexicon(self) -> kinds.Lexicon:
        """Every word of a date as the kind of part that it is."""

        def names(tables: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
            return (name for table in tables.values() for name in table if not any(map(str.isdigit, name)))

        return kinds.lexicon(
            {
                kinds.MARK_YEAR: self.marks["year"],
                kinds.MARK_MONTH: (*self.marks["month"], *self.marks["month_before"]),
                kinds.MARK_DAY: self.marks["day"],
                kinds.MARK_MINUTE: self.marks["minute"],
                kinds.MARK_SECOND: self.marks["second"],
                kinds.MONTH: names(self.months),
                kinds.HALF: sorted(self.afternoon | self.morning),
                kinds.HOUR: sorted(self.hours | {*self.marks["hour"]}),
                kinds.WEEKDAY: names(self.weekdays),
                kinds.FILLER: sorted(self.fillers),
                kinds.ZONE: sorted({*self.zones} | self.doubtful_zones),
            },
            self.eras,
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that may stand in a date, whatever the language."""
        names = (name for table in (self.months, self.weekdays) for known in table.values() for name in known)
        zones = map(str.lower, (*self.zones, *self.doubtful_zones))
        return frozenset((*names, *zones, *self.fillers, *self.afternoon, *self.morning))


@attrs.frozen(kw_only=True)
class Weights:
    """How much each named feature speaks for a state of the chain that `newsnorm.passes.find_extent` holds a page against."""

    body: Mapping[str, float]
    """Features of a line, for the report; against the head and the tail, which score 0."""
    hole: Mapping[str, float]
    """Features of a line, for something amid the report that is none of it."""
    start: Mapping[str, float]
    """Features of the place before a line, for the report beginning there."""
    end: Mapping[str, float]
    """Features of the place before a line, for the tail beginning there."""
    leave: float
    """For a step from the report into a hole."""
    back: float
    """For a step from a hole into the report."""
    stay: float
    """For a step from a hole to the next line of it."""


@attrs.frozen(kw_only=True)
class Standing:
    """The words of standing text in one language: of the sentences that a site prints beside any report."""

    words: frozenset[str]
    """Of consent, accounts, prompts, rights, rules for comments."""
    stretches: tuple[str, ...]
    """The same, where no space parts words."""
    you: frozenset[str]
    """By which a site speaks to its reader, or of itself."""
    author: frozenset[str]
    """Of notes on authors."""


@attrs.frozen(kw_only=True)
class Extent:
    """What tells a report from the texts around it."""

    interface: frozenset[str]
    """Words that interface phrases are made of and reports are not."""
    standing: Mapping[str, Standing]
    """By language; what holds for English holds everywhere, since themes are left untranslated."""
    code: tuple[str, ...]
    """What stands in the code of a page, the anchors included."""
    anchors: tuple[str, ...]
    """What only the code of a page says."""
    weights: Weights

    def standing_in(self, language: str) -> Standing:
        """The words of standing text on a page in `language`."""
        return self.standing.get(language.partition("-")[0]) or self.standing[ANY]


SHORT = 5
"""Letters of a phrase so common (``with {agency}``) that it is looked for in short lines alone."""


def _apart(text: str) -> list[str]:
    """The words of a text, its signs aside."""
    return re.findall(r"[^\W_]+", text)


def _longest(text: str) -> str:
    return max(_apart(text), key=len, default=text)


@attrs.frozen
class Phrase:
    """A phrase that names a source: ``zuerst bei {source} erschienen``."""

    before: str
    """What stands before the name."""
    slot: str
    """``source`` or ``agency``: what the name has to be."""
    after: str
    """What stands behind it."""

    @cached_property
    def key(self) -> str:
        """The word that a line must hold: the longest."""
        return max(f"{self.before} {self.after}".split(), key=len).strip("()")


@attrs.frozen(kw_only=True)
class Credits:
    """What tells lines that say who supplied a text or its pictures."""

    labels: Mapping[str, str]
    """Word before a colon → ``source``, ``doubtful``, ``either``, ``photo`` or ``people``."""
    phrases: Mapping[str, tuple[Phrase, ...]]
    """By the word that a line must hold."""
    unspaced: tuple[Phrase, ...]
    """Those of scripts that do not part words."""
    helpers: tuple[str, ...]
    """Openings of lines on people who helped."""
    helped: tuple[str, ...]
    """Ends of such lines."""
    itself: tuple[str, ...]
    """How a line names the text it stands beside."""
    tails: tuple[str, ...]
    """What a line may go on with behind the name."""
    own: tuple[str, ...]
    """Openings of what is no name of a source."""
    agencies: frozenset[str]
    """Agencies as a kind."""
    ambiguous: frozenset[str]
    """Agencies whose names alone mean something else too."""
    at_home: Mapping[str, tuple[str, ...]]
    """Language → those that mean the agency there."""
    styles: Mapping[str, tuple[str, ...]]
    """Agency → the words that its trailers hold, all of them."""
    media: frozenset[str]
    media_endings: tuple[str, ...]
    photo: frozenset[str]
    reference: frozenset[str]
    """Sources of figures and facts."""
    talk: tuple[str, ...]
    """Parts of addresses that are no source."""
    joining: frozenset[str]
    """Words in lower case that a name may hold."""
    agency_words: frozenset[str]
    """Of each printed form of an agency the longest word."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of which a line holds one, if it is a phrase of the table that may be long."""
        phrases = (phrase for every in self.phrases.values() for phrase in every if len(phrase.before + phrase.after) > SHORT)
        longest = (max(text.split(), key=len) for text in (*self.helpers, *self.helped))
        return frozenset(_longest(key) for key in (*(phrase.key for phrase in phrases), *longest))

    @cached_property
    def words_of_short(self) -> frozenset[str]:
        """The same of short lines: also those around or of the name of an agency."""
        keys = map(_longest, self.phrases)
        houses = map(_longest, self.photo)
        doubtful = (label for label, kind in self.labels.items() if kind == "doubtful")
        return frozenset((*self.words, *keys, *houses, *doubtful, *self.agencies, *self.agency_words))

    @cached_property
    def folded(self) -> frozenset[str]:
        """Those of `words` that are one word, as words of folded lines."""
        return _folded(self.words)

    @cached_property
    def folded_of_short(self) -> frozenset[str]:
        """The same of `words_of_short`."""
        return _folded(self.words_of_short)

    @cached_property
    def unspaced_letters(self) -> re.Pattern[str]:
        """One of the letters with which the phrases begin that are of scripts that do not part words."""
        letters = sorted({(phrase.before or phrase.after)[0] for phrase in self.unspaced})
        return re.compile(f"[{re.escape(''.join(letters))}]" if letters else r"(?!)")

    @cached_property
    def label_words(self) -> frozenset[str]:
        """The last words of the labels."""
        return frozenset(label.split()[-1] for label in self.labels)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names if " " not in name for word in fold(name).split())


@attrs.frozen(kw_only=True)
class Datelines:
    """What tells a dateline from a kicker, a caption or a teaser. All in lower case; `datelines.toml` says more of each."""

    towns: frozenset[str]
    """Places smaller than `Tables.cities`, and large ones in other languages."""
    colon_towns: frozenset[str]
    """Those where papers open with ``Hyderabad: Text``."""
    inside: frozenset[str]
    joining: frozenset[str]
    lands: frozenset[str]
    generic: frozenset[str]
    endings: tuple[str, ...]
    never: frozenset[str]
    german: frozenset[str]
    before_places: frozenset[str]
    media: frozenset[str]
    domains: frozenset[str]
    houses: frozenset[str]
    markers: frozenset[str]
    reporters: tuple[str, ...]
    filed: tuple[str, ...]
    own: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Choice:
    """How one field is chosen among its candidates."""

    features: Mapping[str, float]
    """How much each named feature speaks for a candidate."""
    least: float = 0.0
    """The evidence under which nothing is taken."""
    more: float = 0.0
    """The evidence that a further candidate beside the best needs."""


@attrs.frozen(kw_only=True)
class Choices:
    """How the fields are chosen that are weighed."""

    title: Choice
    date: Choice
    authors: Choice


@attrs.frozen(kw_only=True)
class Tables:
    """All tables. Their words are folded to lower case, so look up `str.lower`."""

    agencies: Mapping[str, str]
    """Printed form, in lower case if longer than `CODE` → name."""
    given_names: frozenset[str]
    surnames: frozenset[str]
    """Chinese, Japanese, Korean and Vietnamese surnames, which come first."""
    particles: frozenset[str]
    suffixes: frozenset[str]
    honorifics: frozenset[str]
    conjunctions: frozenset[str]
    locatives: frozenset[str]
    """Words that join a name to the place somebody writes from."""
    not_names: frozenset[str]
    roles: frozenset[str]
    common: frozenset[str]
    """Words that no name on a line of its own holds: function words, and words of menus, outlets and bodies."""
    photo: frozenset[str]
    """Words beside the name of somebody who made a picture."""
    links: tuple[str, ...]
    """Phrases of links to what else somebody wrote, and of buttons beside a name; the longest first."""
    link_words: frozenset[str]
    """With which words those begin or end."""
    likely_names: frozenset[str]
    """Further given names, from lists that nobody read: they count beside other evidence only."""
    likely_surnames: frozenset[str]
    """The same for surnames that come first."""
    bio: frozenset[str]
    """Words behind a name with which a note on its bearer begins."""
    word_names: frozenset[str]
    """Given names that are words too."""
    no_name_endings: tuple[str, ...]
    """With which words that are no names end, where no spaces part words."""
    surname_joints: frozenset[str]
    """Words that join two surnames of one person."""
    glued_conjunctions: frozenset[str]
    """Letters that mean "and", glued to the name behind them."""
    name_articles: frozenset[str]
    """Particles with a capital, unless another stands before them."""
    after_names: frozenset[str]
    """Words behind a name that say what its bearer does."""
    cities: frozenset[str]
    regions: frozenset[str]
    """Countries and states."""
    calendar: Calendar
    credits: Credits
    extent: Extent
    datelines: Datelines
    weights: Choices
    digest: str = ""
    """Of the files they were read from."""

    @cached_property
    def beside_names(self) -> frozenset[str]:
        """All words of tables that say where a name ends, or that none is there."""
        own = (self.suffixes, self.photo, self.locatives, self.roles, self.particles, self.common, self.not_names)
        return frozenset().union(*own, self.calendar.words)

    @staticmethod
    @cache
    def default() -> Tables:
        """The tables that ship with newsnorm; read once in a process."""
        return load_tables(directory_of("grammar", "data"), directory_of("evidence", "models"))


def load_tables(*directories: Traversable) -> Tables:
    """
    Read the tables of some directories.

    Raises:
        CatalogueError: a file is missing or malformed.

    """
    sha = hashlib.sha256()
    content: dict[str, Toml] = {}
    files = (file for directory in directories for file in directory.iterdir())
    for file in sorted(files, key=lambda file: file.name):
        if file.name.endswith((".toml", ".json")) and file.name != "relations.json":
            text = file.read_text(encoding="utf-8")
            sha.update(file.name.encode() + b"\0" + text.encode() + b"\0")
            content[file.name.partition(".")[0]] = json.loads(text) if file.name.endswith(".json") else read_toml(file)

    def table(name: str) -> Toml:
        if name not in content:
            raise CatalogueError(f"the table {name} is missing")
        return content[name]

    def words(name: str, *keys: str) -> frozenset[str]:
        return frozenset(word.lower() for key in keys for word in _every(table(name).get(key, []), f"{name}, {key}"))

    names = table("given-names")
    agencies: dict[str, str] = {}
    for row in cast("list[dict[str, object]]", table("agencies").get("agency", [])):
        printed = str(row["name"])
        for form in (printed, *strings(row.get("also", []), f"agencies, {printed}")):
            agencies.setdefault(form if len(form) <= CODE else form.lower(), printed)
    particles = "name-particles"
    return Tables(
        agencies=agencies,
        given_names=words("given-names", *(key for key in names if not key.startswith("surnames"))),
        surnames=words("given-names", *(key for key in names if key.startswith("surnames"))),
        particles=words(particles, "particles"),
        suffixes=words(particles, "suffixes"),
        honorifics=words(particles, "honorifics"),
        conjunctions=words(particles, "conjunctions"),
        locatives=words(particles, "locatives"),
        not_names=words(particles, "not_names"),
        roles=words("roles", "roles"),
        common=words("bylines", "common"),
        photo=words("bylines", "photo"),
        likely_names=words("likely-names", "given"),
        likely_surnames=words("likely-names", "surnames_first"),
        bio=words("bylines", "bio"),
        word_names=words("bylines", "word_names"),
        no_name_endings=tuple(sorted(words("bylines", "no_name_endings"))),
        surname_joints=words("bylines", "surname_joints"),
        glued_conjunctions=words("bylines", "glued_conjunctions"),
        name_articles=words("bylines", "name_articles"),
        after_names=words("bylines", "after_names"),
        links=tuple(sorted(words("bylines", "links"), key=lambda phrase: (-len(phrase), phrase))),
        link_words=frozenset(word for phrase in words("bylines", "links") for word in (phrase.split()[0], phrase.split()[-1])),
        cities=words("places", "cities"),
        regions=words("places", "countries", "states"),
        credits=_credits(table("credits"), agencies, words("interface", "words")),
        calendar=_calendar(table("calendar"), table("calendar-extra"), table("date-roles"), table("relative-dates")),
        extent=_extent(table("extent"), words("interface", "words"), table("standing")),
        datelines=_datelines(table("datelines"), table("towns")),
        weights=Choices(**{name: _choice(table("fields").get(name), f"fields, {name}") for name in ("title", "date", "authors")}),
        digest=sha.hexdigest(),
    )


def _datelines(content: Toml, towns: Toml) -> Datelines:
    def words(key: str) -> tuple[str, ...]:
        return strings(content.get(key, []), f"datelines, {key}")

    def named(key: str) -> tuple[str, ...]:
        return strings(towns.get(key, []), f"towns, {key}")

    return Datelines(
        towns=frozenset((*named("german"), *named("colon"), *named("other"), *words("places"))),
        colon_towns=frozenset(named("colon")),
        inside=frozenset(words("inside")),
        joining=frozenset(words("joining")),
        lands=frozenset(words("lands")),
        generic=frozenset(words("generic")),
        endings=words("endings"),
        never=frozenset(words("never")),
        german=frozenset(words("german")),
        before_places=frozenset(words("before_places")),
        media=frozenset(words("media")),
        domains=frozenset(words("domains")),
        houses=frozenset(words("houses")),
        markers=frozenset(words("markers")),
        reporters=words("reporters"),
        filed=words("filed"),
        own=words("own"),
    )


def _choice(content: object, place: str) -> Choice:
    if not isinstance(content, dict) or not isinstance(content.get("features"), dict):
        raise CatalogueError(f"{place}: a table with least and [features] is meant")
    features = cast("dict[str, float]", content["features"])
    least, more = (float(content.get(name, 0.0)) for name in ("least", "more"))
    return Choice(features={str(name): float(weight) for name, weight in features.items()}, least=least, more=more)


EVERYWHERE = "en"
"""The language whose standing text is found on pages of any language."""


def _standing(content: Toml) -> dict[str, Standing]:
    """Of each language, and under `ANY` what holds on a page in any other."""

    def of(key: str, language: str) -> tuple[str, ...]:
        rows = content.get(key, {})
        row = rows.get(language, []) if isinstance(rows, dict) else []
        return strings(row, f"standing, {key}, {language}")

    def record(language: str) -> Standing:
        words, you, author = (frozenset((*of(key, language), *of(key, EVERYWHERE))) for key in ("words", "you", "author"))
        return Standing(words=words, stretches=of("stretches", language), you=you, author=author)

    languages = {language for key in ("words", "stretches", "you", "author") for language in cast("Toml", content.get(key, {}))}
    return {ANY: record(EVERYWHERE), **{language: record(language) for language in sorted(languages)}}


def _extent(content: Toml, interface: frozenset[str], standing: Toml) -> Extent:
    def part(name: str) -> dict[str, float]:
        value = content.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(weight, int | float) for weight in value.values()):
            raise CatalogueError(f"extent: [{name}] is a table of features and their weights")
        return {str(feature): float(weight) for feature, weight in value.items()}

    def code(name: str) -> tuple[str, ...]:
        return strings(cast("Toml", standing.get("code", {})).get(name, []), f"standing, code, {name}")

    links = part("links")
    return Extent(
        interface=interface,
        standing=_standing(standing),
        code=(*code("anchors"), *code("signs")),
        anchors=code("anchors"),
        weights=Weights(
            body=part("body"),
            hole=part("hole"),
            start=part("start"),
            end=part("end"),
            leave=links.get("leave", 0.0),
            back=links.get("back", 0.0),
            stay=links.get("stay", 0.0),
        ),
    )


def _credits(content: Toml, agencies: Iterable[str], common: frozenset[str]) -> Credits:
    def words(table: str, name: str) -> tuple[str, ...]:
        part = content.get(table, {})
        return tuple(_every(part.get(name, []) if isinstance(part, dict) else [], f"credits, {table}, {name}"))

    labels = {label: kind for kind in ("photo", "people", "source", "doubtful", "either") for label in words("labels", kind)}
    phrases: dict[str, tuple[Phrase, ...]] = {}
    for phrase in dict.fromkeys(map(_phrase, _every(content.get("phrases", {}), "credits, phrases"))):
        phrases[phrase.key] = (*phrases.get(phrase.key, ()), phrase)
    return Credits(
        labels=labels,
        phrases=phrases,
        unspaced=tuple(map(_phrase, _every(content.get("unspaced", {}), "credits, unspaced"))),
        helpers=words("labels", "people"),
        helped=words("closing", "people"),
        itself=words("itself", "words"),
        tails=words("tails", "words"),
        own=words("own", "openings"),
        agencies=frozenset(words("words", "agencies")),
        ambiguous=frozenset(words("words", "ambiguous")),
        at_home=_rows(content, "at_home"),
        styles=_rows(content, "styles"),
        media=frozenset(words("words", "media")),
        media_endings=words("words", "media_endings"),
        photo=frozenset(words("words", "photo")),
        reference=frozenset(words("words", "reference")),
        talk=words("words", "talk"),
        joining=frozenset(words("words", "joining")),
        agency_words=frozenset(filter(None, (_telling(form, common) for form in agencies))),
    )


def _rows(content: Toml, table: str) -> dict[str, tuple[str, ...]]:
    return {key: strings(row, f"credits, {table}, {key}") for key, row in cast("Toml", content.get(table, {})).items()}


def _telling(form: str, common: frozenset[str]) -> str:
    """The word of an agency's name that tells it best: the longest that interfaces do not use."""
    words = [word for word in _apart(form.lower()) if len(word) > 1 and not word.isdecimal()]
    return max([word for word in words if word not in common] or words, key=len, default="")


def _phrase(text: str) -> Phrase:
    for slot in ("source", "agency"):
        before, found, after = text.partition(f"{{{slot}}}")
        if found:
            return Phrase(before.strip(), slot, after.strip())
    raise CatalogueError(f"credits: {text!r} names neither {{source}} nor {{agency}}")


def _every(value: object, place: str) -> Iterator[str]:
    """All strings of an array, or of the arrays of a table."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _every(below, f"{place}, {key}")
    else:
        yield from strings(value, place)


UNSPACED = "\u0e00"
"""Scripts from here on, by code point, part no words by spaces (Thai to Hangul), or glue them to what they say."""


def _role_words(content: Toml, side: str) -> RoleWords:
    phrases: dict[str, set[RolePhrase]] = {}
    stretches: dict[str, DateRole] = {}
    for role, languages in cast("dict[DateRole, dict[str, list[str]]]", content.get(side, {})).items():
        for language, forms in languages.items():
            for form in strings(forms, f"date-roles, {side}, {role}, {language}"):
                words = tuple(word for word in kinds.fold(form).split() if word)
                phrases.setdefault(words[-1 if side == "before" else 0], set()).add(RolePhrase(words, role))
                if form >= UNSPACED:
                    stretches[kinds.fold(form)] = role
    return RoleWords(
        phrases={
            word: tuple(sorted(found, key=lambda one: (-len(one.words), one.words, one.role))) for word, found in phrases.items()
        },
        stretches=tuple(sorted(stretches.items(), key=lambda pair: (-len(pair[0]), pair))),
    )


def _relative(content: Toml) -> Relative:
    def words(key: str) -> tuple[str, ...]:
        value: object = content
        for part in key.split("."):
            value = cast("Toml", value).get(part, {})
        return tuple(
            sorted({kinds.fold(word) for word in _every(value, f"relative-dates, {key}")}, key=lambda word: (-len(word), word))
        )

    minutes = {"minute": 1, "hour": 60, "day": 24 * 60}
    return Relative(
        days={word: ago for ago, name in enumerate(("today", "yesterday", "before")) for word in words(f"days.{name}")},
        units={word: minutes[name] for name in minutes for word in words(f"units.{name}")},
        ones=words("one"),
        before=words("ago.before"),
        after=words("ago.after"),
    )


def _calendar(generated: Toml, extra: Toml, roles: Toml, relative: Toml) -> Calendar:
    def named(key: str, first: int) -> dict[str, dict[str, int]]:
        names: dict[str, dict[str, int]] = {}
        for source in (generated, extra):
            for language, rows in cast("dict[str, list[list[str]]]", source.get(key, {})).items():
                into = names.setdefault(language, {})
                for number, forms in enumerate(rows):
                    for form in forms:
                        into.setdefault(form.lower().rstrip("."), number + first)
        every: dict[str, set[int]] = {}
        for forms_of in names.values():
            for form, number in forms_of.items():
                every.setdefault(form, set()).add(number)
        names[ANY] = {form: numbers.pop() for form, numbers in every.items() if len(numbers) == 1}
        return names

    def words(*keys: str) -> frozenset[str]:
        """Every word below these tables or arrays of the hand-written file."""
        found: set[str] = set()
        for key in keys:
            value: object = extra
            for part in key.split("."):
                value = cast("Toml", value).get(part, [])
            for row in cast("Toml", value).values() if isinstance(value, dict) else [value]:
                found.update(
                    word.strip(".") for phrase in strings(row, f"calendar-extra, {key}") for word in phrase.lower().split()
                )
        return frozenset(found)

    zones = cast("dict[str, str]", extra.get("zones", {}))
    doubtful = cast("dict[str, object]", extra.get("zone_notes", {}))
    seasonal = cast("dict[str, object]", doubtful.get("seasonal", {}))
    return Calendar(
        months=named("months", 1),
        weekdays=named("weekdays", 0),
        zones={name.lower(): _minutes(offset) for name, offset in zones.items()},
        doubtful_zones=frozenset(strings(doubtful.get("ambiguous", []), "calendar-extra, ambiguous")) | frozenset(seasonal),
        home_zones={
            language.lower(): {name: str(offset) for name, offset in cast("Toml", names).items()}
            for language, names in cast("Toml", extra.get("home_zones", {})).items()
        },
        fillers=words("between", "within", "clock.hour", "clock.minute"),
        hours=words("clock.hour"),
        afternoon=frozenset(word.replace(".", "") for word in words("clock.pm")),
        morning=frozenset(word.replace(".", "") for word in words("clock.am")),
        month_first=frozenset(
            name.lower() for name, order in cast("dict[str, str]", extra.get("order", {})).items() if order == "month"
        ),
        own_years=frozenset(strings(extra.get("own_years", []), "calendar-extra, own_years")),
        marks={
            name: strings(forms, f"calendar-extra, marks, {name}") for name, forms in cast("Toml", extra.get("marks", {})).items()
        },
        eras=cast("dict[str, int]", extra.get("eras", {})),
        before=_role_words(roles, "before"),
        after=_role_words(roles, "after"),
        relative=_relative(relative),
    )


def _minutes(offset: str) -> int:
    hours, _, minutes = offset.lstrip("+-").partition(":")
    return (-1 if offset.startswith("-") else 1) * (int(hours) * 60 + int(minutes or 0))


def any_of(tables: Mapping[str, Mapping[str, int]], languages: Iterable[str], word: str) -> int | None:
    """The number that `word` stands for in the first of `languages` that knows it, else in all that do."""
    for language in languages:
        for code in (language, language.partition("-")[0]):
            if (number := tables.get(code, {}).get(word)) is not None:
                return number
    return tables[ANY].get(word)
