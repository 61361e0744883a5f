"""Rule files: what their path and their rows say, and what is said about a wrong one."""

from __future__ import annotations

import datetime
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.catalogue import Catalogue
from newsnorm.catalogue.loading import Group, load_files, rule_files
from newsnorm.catalogue.rules import TABLES, Example, Rule, Seen, Site
from newsnorm.errors import CatalogueError

KIOSK = """
[[removal]]
id      = "ours.removal.kiosk"
kind    = "line"
reason  = "advert"
phrases = ["Today at the kiosk"]
"""

PEN = """
[[byline]]
id      = "ours.byline.pen"
kind    = "template"
phrases = ["Pen: {names}"]
"""


def write(folder: Path, name: str, content: str = KIOSK) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def load(folder: Path, name: str, content: str = KIOSK) -> Rule:
    (rule,), _ = load_files([write(folder, name, content)])
    return rule


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("lang/pt.toml", "lang", "pt"),
        ("cms/ghost.toml", "cms", "ghost"),
        ("site/.example.com.toml", "site", ".example.com"),
        ("common.toml", "common", "common"),
        ("ours/lang.toml", "common", "lang"),
    ],
)
def test_the_folder_of_a_file_says_what_it_is_about(tmp_path: Path, path: str, kind: str, name: str) -> None:
    assert Group.of(tmp_path / path) == Group(kind, name)


def test_rule_files_are_sorted_and_others_are_passed_over(tmp_path: Path) -> None:
    for name in ("site/b.toml", "z.toml", "lang/tr.toml", "lang/README.md", "a.toml", "lang/de.toml"):
        write(tmp_path, name)
    names = [str(Path(str(file)).relative_to(tmp_path)) for file in rule_files(tmp_path)]
    assert names == ["a.toml", "lang/de.toml", "lang/tr.toml", "site/b.toml", "z.toml"]


def test_a_rule_has_what_its_row_says_and_else_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "ours.toml") == Rule(
        id="ours.removal.kiosk", table="removal", kind="line", reason="advert", phrases=("Today at the kiosk",)
    )
    full = load(
        tmp_path,
        "lang/de.toml",
        """
        [[byline]]
        id          = "de.byline.foto"
        kind        = "template"
        zone        = "tail"
        person_role = "photographer"
        only_in     = ["de", "gsw"]
        phrases     = ["Bild von {names}, {date}"]
        examples    = [
          "Bild von Anna Weber, 3. Mai 2024",
          { line = "Bild von Jan Kern, 3. Mai 2024", names = ["Jan Kern"], date = "2024-05-03" },
        ]
        never       = ["Bild von der Brücke"]
        """,
    )
    assert full == Rule(
        id="de.byline.foto",
        table="byline",
        kind="template",
        zone="tail",
        person_role="photographer",
        only_in=("de", "gsw"),
        phrases=("Bild von {names}, {date}",),
        examples=(
            Example(line="Bild von Anna Weber, 3. Mai 2024"),
            Example(line="Bild von Jan Kern, 3. Mai 2024", names=("Jan Kern",), date="2024-05-03"),
        ),
        never=("Bild von der Brücke",),
        language="de",
    )


def test_rules_come_in_the_order_of_the_files_and_of_the_tables(tmp_path: Path) -> None:
    rows = {
        "removal": 'kind = "line"\nreason = "advert"\nphrases = ["Kiosk"]',
        "date": 'kind = "template"\nphrases = ["On {date}"]',
        "byline": 'kind = "template"\nphrases = ["Pen: {names}"]',
    }
    content = "".join(f'[[{table}]]\nid = "NAME.{table}.x"\n{row}\n' for table, row in rows.items())
    files = [write(tmp_path, f"{name}.toml", content.replace("NAME", name)) for name in ("z", "a")]
    rules, sites = load_files(files)
    in_order = [table for table in TABLES if table in rows]
    assert [rule.id for rule in rules] == [f"{name}.{table}.x" for name in ("z", "a") for table in in_order]
    assert sites == ()


def test_a_file_of_a_site_gives_its_rules_the_host_and_the_site_its_keys(tmp_path: Path) -> None:
    keys = 'without = ["common.removal.source-link"]\nlanguage = "pt-BR"\ndate_order = "month-day"\n'
    (rule,), (site,) = load_files([write(tmp_path, "site/.example.com.toml", keys + KIOSK)])
    assert (rule.host, rule.rank) == (".example.com", 0)
    assert site == Site(host=".example.com", without=("common.removal.source-link",), language="pt-BR", day_first=False)
    _, (plain,) = load_files([write(tmp_path, "site/example.org.toml")])
    assert plain == Site(host="example.org", without=(), language=None, day_first=None)


def test_only_true_truncates(tmp_path: Path) -> None:
    assert load(tmp_path, "ours.toml", KIOSK + "truncates = true\n").truncates is True
    assert load(tmp_path, "ours.toml", KIOSK + "truncates = false\n").truncates is False


LEARNED = """
[[removal]]
id      = "learned.1"
origin  = "learned"
kind    = "line"
host    = "example.com"
reason  = "repetition"
phrases = ["Quay news, every day"]
"""


def test_a_learned_rule_says_how_often_and_when_it_was_seen(tmp_path: Path) -> None:
    assert load(tmp_path, "learned.toml", LEARNED).seen is None
    counts = "documents = 12\nof = 40\nfirst = 2024-05-03\nuntil = 2024-06-30\n"
    seen = load(tmp_path, "learned.toml", LEARNED + counts).seen
    assert seen == Seen(documents=12, of=40, first="2024-05-03", last="", until="2024-06-30")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ours.toml", '[[date]]\nid = 5\nkind = "line"', "ours.toml: a rule of [[date]] lacks an id or a kind"),
        ("ours.toml", '[[date]]\nid = "a"\nkind = ["line"]', "a rule of [[date]] lacks an id or a kind"),
        ("ours.toml", KIOSK + "zone = 3", "ours.removal.kiosk: zone is not a string"),
        ("ours.toml", KIOSK + 'never = "Today"', "ours.removal.kiosk, never: expected an array of strings"),
        ("ours.toml", KIOSK + 'examples = "Today"', "ours.removal.kiosk: examples is not an array"),
        ("ours.toml", KIOSK + "examples = [7]", "ours.removal.kiosk: an example must be a string, or a table with a line"),
        ("ours.toml", KIOSK + "examples = [{ line = 7 }]", "an example must be a string, or a table with a line"),
        ("ours.toml", KIOSK + 'examples = [{ line = "a", nmaes = ["b"] }]', "wrong: nmaes"),
        ("ours.toml", KIOSK + 'examples = [{ line = "a", place = 3 }]', "each a string; wrong: a value"),
        ("ours.toml", KIOSK + 'examples = [{ line = "a", names = "b" }]', "names: expected an array of strings"),
        ("ours.toml", KIOSK.replace("phrases", "never"), "ours.removal.kiosk: it has no phrases"),
        ("ours.toml", KIOSK + 'truncates = "yes"', "ours.removal.kiosk: truncates is neither true nor false"),
        ("ours.toml", KIOSK.replace("advert", "kiosk"), "expected one of comments"),
        ("ours.toml", "removal = [5]", "ours.toml: write [[removal]], one table per rule"),
        ("ours.toml", "[removal]\nid = 'a'", "ours.toml: write [[removal]], one table per rule"),
        ("lang/de.toml", 'without = ["a.b"]\n' + KIOSK, "de.toml: 'without' is not a table of rules; known: byline, correction"),
        ("site/example.com.toml", KIOSK + 'host = "example.org"', "remove the key host, since the file name is the host"),
        ("site/example.com.toml", 'date_order = "year"\n' + KIOSK, "example.com.toml: date_order = 'year'"),
        ("site/example.com.toml", "without = 'a.b'\n" + KIOSK, "without: expected an array of strings"),
        ("learned.toml", LEARNED + "documents = -1", "learned.1: documents is not a number of documents"),
        ("learned.toml", LEARNED + "of = true", "learned.1: of is not a number of documents"),
        ("learned.toml", LEARNED + 'documents = "12"', "learned.1: documents is not a number of documents"),
        ("learned.toml", LEARNED + 'first = "2024-06-20"', "learned.1: first is not a day; write first = 2024-06-20"),
        ("learned.toml", LEARNED + "last = 2024-06-20T10:00:00", "learned.1: last is not a day"),
        ("ours.toml", KIOSK + "documents = 3", "are only for learned rules"),
        ("learned.toml", LEARNED.replace('host    = "example.com"', ""), "with a host and without only_in"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_rule(tmp_path: Path, name: str, content: str, says: str) -> None:
    file = write(tmp_path, name, content)
    with pytest.raises(CatalogueError) as error:
        load_files([file])
    assert str(error.value).startswith(str(file))
    assert says in str(error.value)


def test_a_file_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(KIOSK.replace("kiosk", "Kiösk").encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"ours\.toml: .*utf-8"):
        load_files([file])


KEYS = (
    *("phrases", "never", "only_in", "reason", "zone", "side", "role", "credit", "person_role", "origin", "host", "tier"),
    *("examples", "truncates", "documents", "of", "first", "last", "until"),
)
VALUES = st.recursive(
    st.one_of(
        st.sampled_from(("tail", "advert", "learned", "By {names}", "{no}", "line", "example.com", "")).map(json.dumps),
        st.integers(-2, 4).map(str),
        st.sampled_from(("true", "false", "1.5", "inf")),
        st.dates(datetime.date(1, 1, 1)).map(str),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.tuples(st.sampled_from(("line", "names", "x")), inner).map(lambda pair: f"{{ {pair[0]} = {pair[1]} }}"),
    ),
    max_leaves=4,
)


ROWS = st.dictionaries(st.sampled_from(KEYS), VALUES)


@given(st.sampled_from(TABLES), st.sampled_from(("line", "template", "label", "run", "x")), ROWS)
def test_whatever_a_row_holds_it_is_a_rule_or_refused(table: str, kind: str, row: dict[str, str]) -> None:
    content = f'[[{table}]]\nid = "ours.x"\nkind = "{kind}"\n' + "".join(f"{key} = {value}\n" for key, value in row.items())
    refusal = ""
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), "ours.toml", content)
        try:
            (rule,), _ = load_files([file])
        except CatalogueError as error:
            refusal = str(error)
        else:
            assert (rule.table, rule.kind, rule.id) == (table, kind, "ours.x")
            assert rule.phrases
    assert not refusal or "ours.x" in refusal


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (KIOSK + 'examples = ["Another line"]', "ours.removal.kiosk: it does not match its example 'Another line'"),
        (KIOSK + 'never = ["Today at the kiosk!"]', "ours.removal.kiosk: it matches 'Today at the kiosk!', which is in never"),
        (
            PEN + 'examples = [{ line = "Pen: Jane Miller", names = ["Miller"] }]',
            "is not read as stated: names = ('Jane Miller',)",
        ),
        (KIOSK + KIOSK, "ours.removal.kiosk: its id occurs twice"),
    ],
)
def test_rules_of_ones_own_are_proved_when_they_are_loaded(tmp_path: Path, content: str, says: str) -> None:
    file = write(tmp_path, "ours.toml", content)
    with pytest.raises(CatalogueError) as error:
        Catalogue.load(file)
    assert says in str(error.value)


def test_a_message_names_the_line_of_the_rule(tmp_path: Path) -> None:
    file = write(tmp_path, "ours.toml", "# ours\n\n" + KIOSK.replace("phrases", "never"))
    line = file.read_text(encoding="utf-8").splitlines().index('id      = "ours.removal.kiosk"') + 1
    with pytest.raises(CatalogueError) as error:
        Catalogue.load(file)
    assert str(error.value) == f"{file}, line {line}: ours.removal.kiosk: it has no phrases"


def test_malformed_toml_names_its_line(tmp_path: Path) -> None:
    file = write(tmp_path, "ours.toml", KIOSK + "phrases =\n")
    with pytest.raises(CatalogueError, match=r"ours\.toml: .*at line \d"):
        Catalogue.load(file)


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        write(tmp_path, name, KIOSK)
    with pytest.raises(CatalogueError, match=r"b\.toml, line \d+: ours\.removal\.kiosk: its id occurs twice"):
        Catalogue.load(tmp_path)
