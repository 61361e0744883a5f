"""The rules' own examples are their tests; and whatever the rules say, the negatives survive."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import attrs
import pytest
from folders import FIXTURES

from newsnorm import Catalogue, CatalogueError, identify_language
from newsnorm.catalogue import Example, LineForms, Match, Rule, Rules
from newsnorm.catalogue.proof import failures_of
from newsnorm.catalogue.templates import Template, is_template
from newsnorm.grammar.dates.strict import may_close_date, may_open_date
from newsnorm.passes import CODE_RULES
from newsnorm.text.casing import lower_same_length as lowered
from newsnorm.text.folding import fold, normalise_for_template

CATALOGUE = Catalogue.default()
RULES = CATALOGUE.rules


def alone(rule: Rule) -> Rules:
    """The rule by itself, on a page that it holds for."""
    language = rule.language or (rule.only_in[0] if rule.only_in else "und")
    return attrs.evolve(CATALOGUE, rules=(rule,)).narrow(language, rule.host.removeprefix("."))


def matched(rule: Rule, line: str) -> list[Match]:
    return list(alone(rule).matches(LineForms(line)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_matches_its_examples_and_never_its_nevers(rule: Rule) -> None:
    assert list(failures_of(rule, CATALOGUE.grammar)) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.kind != "hint"], ids=lambda rule: rule.id)
def test_every_phrase_is_proved(rule: Rule) -> None:
    assert rule.examples, f"{rule.id}: give an example"
    lines = [example.line for example in rule.examples]
    for phrase in rule.phrases:
        if is_template(phrase):
            template = Template.of(phrase, rule.id)
            context = attrs.evolve(alone(rule).context, person_role=rule.person_role)
            normalised = [normalise_for_template(line) for line in lines]
            fits = any(template.match(line, lowered(line), context) is not None for line in normalised)
            assert fits, f"{rule.id}: no example fits {phrase!r}"
        elif rule.kind == "start":
            assert any(fold(line).startswith(fold(phrase)) for line in lines), f"{rule.id}: no example begins with {phrase!r}"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.kind in ("start", "template", "cut")], ids=lambda rule: rule.id)
def test_a_rule_that_reaches_far_says_what_it_must_not_match(rule: Rule) -> None:
    assert rule.never, f"{rule.id}: kind {rule.kind} needs never lines"


def test_ids_are_unique_and_named_after_their_file() -> None:
    ids = [rule.id for rule in RULES] + [rule.id for rule in CODE_RULES]
    assert len(ids) == len(set(ids))
    for rule in RULES:
        group, table, *slug = rule.id.split(".")
        assert (table, len(slug)) == (rule.table, 1), rule.id
        assert rule.language in ("", group), f"{rule.id} stands in the file of {rule.language}"


def test_files_are_sorted_by_table_and_id() -> None:
    for file in sorted(Path(str(files("newsnorm") / "catalogue" / "data")).rglob("*.toml")):
        keys = [(rule.table, rule.id) for rule in Catalogue.load(file).rules]
        assert keys == sorted(keys), f"{file.name} is not sorted"


def test_a_phrase_stands_once_in_a_table() -> None:
    seen: dict[tuple[str, str], str] = {}
    for rule in RULES:
        for phrase in rule.phrases:
            way = f"{rule.kind in ('start', 'run')} {rule.zone} {rule.needs} {fold(phrase)}"
            key = (rule.table, phrase.casefold() if is_template(phrase) else way)
            assert seen.setdefault(key, rule.id) == rule.id or is_template(phrase), (
                f"{phrase!r} stands in {seen[key]} and {rule.id}"
            )


NEGATIVES = [line.strip() for line in (FIXTURES / "negatives.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("line", NEGATIVES)
def test_a_sentence_of_a_report_meets_no_removal(line: str) -> None:
    for code in ("und", "en", "de", "es", "fr", "it", "pt", "pl", "tr", "id", "ru", "zh", "ja", "ko", "ar"):
        matches = CATALOGUE.narrow(code).matches(LineForms(line))
        kinds = [match.rule.id for match in matches if match.rule.table == "removal" and match.rule.kind != "run"]
        assert not kinds, f"{line!r} would be removed by {kinds}"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[removal]]\nkind = 'line'", "lacks an id"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'regex'\nphrases = ['a b']\nreason = 'advert'", "kind = 'regex'"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrases = ['a b']", "needs a reason"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrases = ['a b']\nreason = 'junk'", "reason = 'junk'"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrases = ['***']\nreason = 'advert'", "no letters"),
        (
            "[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrases = ['a b']\nneeds = ['c']\nreason = 'advert'",
            "needs is only for rules of kind start",
        ),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'template'\nphrases = ['By {nmaes}']\nreason = 'advert'", "no known slot"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'template'\nphrases = ['{names}{date}']\nreason = 'advert'", "two slots touch"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrases = 'a b'\nreason = 'advert'", "array of strings"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrase = ['a b']\nreason = 'advert'", "unknown key 'phrase'"),
        ("[[date]]\nid = 'x.date.y'\nkind = 'template'\nphrases = ['On {date}']\nrole = 'publishd'", "role = 'publishd'"),
        ("[[removal]]\nid = 'x.removal.y'\nkind = 'label'\nphrases = ['Read {titel}']\nreason = 'advert'", "no known slot"),
        ("[[byeline]]\nid = 'x'", "'byeline'"),
        ("removal = 5", "write [[removal]]"),
        ("[[removal", "Expected"),
        (
            "[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nphrases = ['a']\nreason = 'advert'\nexamples = [{ names = ['x'] }]",
            "with a line",
        ),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "our.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        Catalogue.load(file)
    assert "our.toml" in str(error.value)
    assert says in str(error.value)


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(CatalogueError, match="no such file"):
        Catalogue.load("nowhere.toml")


def rule_file(directory: Path, name: str, phrase: str, extra: str = "") -> Path:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"{extra}\n[[removal]]\nid = '{path.stem}.removal.ours'\nkind = 'line'\nreason = 'advert'\nphrases = ['{phrase}']\n",
        encoding="utf-8",
    )
    return path


def test_catalogues_merge_and_the_right_one_wins(tmp_path: Path) -> None:
    ours = Catalogue.load(rule_file(tmp_path, "our.toml", "Kiosk of the day"))
    theirs = Catalogue.load(rule_file(tmp_path / "b", "our.toml", "Kiosk of the week"))
    merged = CATALOGUE | ours | theirs
    assert len(merged.rules) == len(CATALOGUE.rules) + 1
    assert merged.narrow("en").matches(LineForms("Kiosk of the week"))
    assert not merged.narrow("en").matches(LineForms("Kiosk of the day"))
    assert len({catalogue.digest for catalogue in (CATALOGUE, CATALOGUE | ours, merged)}) == 3


def test_the_digest_is_of_what_decides(tmp_path: Path) -> None:
    ours = Catalogue.load(rule_file(tmp_path, "our.toml", "Kiosk of the day"))
    proved = attrs.evolve(ours.rules[0], examples=(Example(line="Kiosk of the day!"),), never=("The kiosk of the day is open.",))
    assert Catalogue(rules=(proved,)).digest == ours.digest
    assert Catalogue(rules=(attrs.evolve(proved, reason="related"),)).digest != ours.digest


def test_a_site_has_its_own_rules_and_may_switch_off_others(tmp_path: Path) -> None:
    rule_file(
        tmp_path,
        "site/.example.com.toml",
        "Kiosk of the day",
        "without = ['common.removal.source-link']\ndate_order = 'day-month'",
    )
    merged = CATALOGUE | Catalogue.load(tmp_path)
    here, there = merged.narrow("en", "news.example.com"), merged.narrow("en", "example.org")
    assert here.matches(LineForms("Kiosk of the day"))
    assert not there.matches(LineForms("Kiosk of the day"))
    assert not here.matches(LineForms("Source link"))
    assert there.matches(LineForms("Source link"))
    assert here.context.day_first is True


def test_templates_hold_in_the_language_of_their_file_and_phrases_anywhere() -> None:
    german, french = CATALOGUE.narrow("de"), CATALOGUE.narrow("fr")
    assert [match for match in german.matches(LineForms("Von Anna Weber")) if match.rule.table == "byline"]
    assert not [match for match in french.matches(LineForms("Von Anna Weber")) if match.rule.table == "byline"]
    assert french.matches(LineForms("Please enter your comment!"))


def test_norwegian_has_its_templates() -> None:
    code = identify_language("Havnen stenger den østlige kaia for reparasjoner frem til årsskiftet, opplyser kommunen.").code
    assert [match for match in CATALOGUE.narrow(code).matches(LineForms("Av Kari Nordmann")) if match.rule.table == "byline"]


def test_languages_share_what_holds_in_all() -> None:
    german, french = CATALOGUE.narrow("de"), CATALOGUE.narrow("fr")
    assert german.indexes[0] is french.indexes[0]
    assert len(german.indexes[1].by_line) < len(german.indexes[0].by_line) / 10


@pytest.mark.parametrize(
    "text", ["20 June 2024", "Thursday, June 20, 2024 at 2:05 p.m. ET", "14 h 30, 20 juin 2024", "20.06.2024 Uhr"]
)
def test_a_look_at_the_ends_of_a_date_never_rejects_one(text: str) -> None:
    calendar = CATALOGUE.grammar.calendar
    assert may_open_date(text, calendar)
    assert may_close_date(text, calendar)
    assert not may_close_date("Boxing Day is the day after Christmas", calendar)
