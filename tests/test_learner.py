"""Learning is a function of the set of documents; it takes what frames a report and leaves what is one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random

import attrs
import pytest
from folders import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st

import newsnorm
from newsnorm.catalogue.learned import dumps
from newsnorm.learner import Learner
from newsnorm.page.prose import is_prose
from newsnorm.testing import check_laws

FIXTURES = FIXTURES / "learn"
PARSER = newsnorm.Parser()
LEARNED = FIXTURES / "sites.toml"


@cache
def records() -> tuple[dict[str, str], ...]:
    files = sorted(FIXTURES.glob("*.jsonl"))
    return tuple(json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines())


@cache
def pages() -> tuple[newsnorm.Page, ...]:
    return tuple(PARSER.page(row["text"], url=row["url"], fetched=row.get("fetched")) for row in records())


@cache
def reader() -> newsnorm.Parser:
    return newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | newsnorm.Catalogue.load(LEARNED))


def article(name: str, **other: str | None) -> newsnorm.Article:
    row = next(row for row in records() if row["id"] == name)
    given = {"url": row["url"], "fetched": row.get("fetched"), **other}
    return reader().parse(row["text"], url=given["url"], fetched=given["fetched"])


def removed(result: newsnorm.Article) -> list[str]:
    return [removal.text for removal in result.removals if removal.rule.startswith("learned.")]


NOTE = (
    "The Harbour Gazette is an independent paper of the coast, owned by its readers and printed in the old rope works since the "
    "flood."
)

# what is learned


def test_what_frames_a_report_goes() -> None:
    assert removed(article("gazette-01")) == [
        "The Harbour Gazette of the coast",
        "The photo desk recommends picture no. 1 of the week",
        "Copy this article to your clipping folder (2 others did)",
        NOTE,
        "Harbour Gazette, Rope Lane 7",
    ]


def test_the_name_of_a_site_is_no_headline() -> None:
    row = records()[0]
    assert newsnorm.parse(row["text"], url=row["url"]).title == "The Harbour Gazette of the coast"
    assert article("gazette-01").title == "Quay to close for a year"


@pytest.mark.parametrize(
    ("name", "survives"),
    [
        ("gazette-03", "Mara Lindqvist"),  # a columnist on four of fourteen
        ("gazette-03", "Let it rain."),  # a closing line, on as many
        (
            "gazette-04",
            "This report belongs to our series on the river, in which we follow the water from the spring to the sea.",
        ),
        ("gazette-14", "ULM"),
        ("wire-1", "A fire has destroyed the old rope works on the northern quay, where two hundred people used to work."),
        ("wire-1", "Photo of the chimney: night desk archive"),  # on four versions of one report
    ],
)
def test_what_belongs_to_a_report_survives_though_it_recurs(name: str, survives: str) -> None:
    assert sum(survives in row["text"].split("\n") for row in records()) > 2 or survives == "ULM"
    assert survives in (*article(name).paragraphs, *(byline.text for byline in article(name).bylines))


def test_fields_are_found_before_lines_that_recur() -> None:
    assert [person.name for person in article("gazette-02").authors] == ["Tomas Eriksson"]
    wire = article("gazette-01")
    assert wire.dateline is not None
    assert wire.dateline.place == "MALMO"


def test_a_line_that_stopped_with_the_old_layout_has_an_until() -> None:
    old = "Copy this article to your clipping folder (2 others did)"
    until = {rule.phrases[0]: rule.seen.until for rule in newsnorm.Catalogue.load(LEARNED).rules if rule.seen}
    assert {day for phrase, day in until.items() if not phrase.startswith("Copy")} == {""}
    assert old in removed(article("gazette-01"))
    assert old in removed(article("gazette-01", fetched=None))  # of no known day
    assert old not in removed(article("gazette-01", fetched="2024-07-01"))
    assert old in article("gazette-01", fetched="2024-07-01").paragraphs


def test_a_line_goes_only_where_it_recurred_and_only_on_its_site() -> None:
    row = records()[0]
    lines = row["text"].split("\n")
    moved = "\n".join([*lines[:4], "Harbour Gazette, Rope Lane 7", *lines[4:-2]])
    assert "Harbour Gazette, Rope Lane 7" not in removed(reader().parse(moved, url=row["url"]))
    assert removed(reader().parse(row["text"], url="https://elsewhere.example.com/1")) == []
    assert removed(reader().parse(row["text"])) == []


def test_what_is_learned_already_is_learned_again() -> None:
    assert dumps(newsnorm.learn(pages(), parser=reader()).rules) == LEARNED.read_text(encoding="utf-8")


REPORT = "The {0} was closed for {1} days on Monday, since two of its {2} pillars are broken, the {3} said in a statement."
WORDS = ("quay", "bridge", "lock", "market", "tunnel", "school", "library", "mill", "tower", "harbour", "dyke", "museum")


@cache
def reports() -> list[list[str]]:
    """The last two sentences of each report of the gazette, which are of nothing else."""
    texts = [row["text"].split("\n") for row in records() if row["id"].startswith("gazette")]
    return [[line for line in text if is_prose(line) and line != NOTE][-2:] for text in texts]


def site(lines: list[str], documents: int = len(WORDS), *, above: bool = False, amid: bool = False) -> list[newsnorm.Page]:
    """Pages of a site that print `lines` around unrelated reports."""
    made = []
    for number, word in enumerate(WORDS[:documents]):
        first, last = reports()[number]
        body = (
            [f"News of the {word} at noon", "", *lines, first, last]
            if above
            else [first, *lines, last]
            if amid
            else [first, last, *lines]
        )
        made.append(PARSER.page("\n".join(body), url=f"https://example.com/{number}"))
    return made


def phrases(of: list[newsnorm.Page], share: float = 0.2) -> set[str]:
    return {phrase for rule in newsnorm.learn(of, share=share).rules for phrase in rule.phrases}


SENTENCE = "Our paper is written by people who live on the coast, and printed by people who would rather live there."


@pytest.mark.parametrize(
    ("line", "documents", "where", "learned"),
    [
        ("Harbour desk, room 12", 3, "below", True),
        ("Harbour desk, room 12", 2, "below", False),
        ("Harbour desk, room 12", 3, "above", True),
        ("Harbour desk, room 12", 9, "amid", False),
        ("Harbour desk, room 12", 12, "amid", True),
        ("Why it matters", 12, "amid", False),  # a sub-heading
        (SENTENCE, 4, "below", False),
        (SENTENCE, 5, "below", True),
        (SENTENCE, 7, "above", False),
        (SENTENCE, 8, "above", True),
        (SENTENCE, 9, "amid", False),
        ("Yes.", 4, "below", False),
        ("“Let it rain” said the duck", 4, "below", False),
        ("Mara Lindqvist", 9, "below", False),
        ("LONDON", 12, "below", False),
        ("20 June 2024", 12, "below", False),
        ("12 : 4", 12, "below", False),
        ("{names} at the harbour desk", 12, "below", False),  # what a file could not say
        ("Write to the desk" * 70, 12, "below", True),  # however long
        ("Write to the desk" * 700, 12, "below", False),  # no paragraph is so long
        ("“Let it rain, for the ducks of the harbour have waited since the spring,” said the mayor.", 12, "below", False),
    ],
)
def test_the_more_a_line_may_be_of_the_report_the_more_is_demanded(line: str, documents: int, where: str, learned: bool) -> None:
    found = phrases(site([line], documents, above=where == "above", amid=where == "amid"))
    assert (line in found) == learned, found


def test_a_share_of_the_documents_is_demanded() -> None:
    three = site(["Harbour desk, room 12"], 3)
    assert phrases([*three, *site([])[3:]], share=0.25) == {"Harbour desk, room 12"}
    assert phrases([*three, *site([])[3:]], share=0.26) == set()


def test_a_refrain_is_no_boilerplate() -> None:
    assert phrases(site(["The desk of the harbour", "The desk of the harbour"], amid=True)) == set()


def test_numbers_are_folded_and_the_most_frequent_form_is_kept() -> None:
    several = [*site(["1,204 people clipped this"], 2), *site(["3 people clipped this"], 6)[2:]]
    (rule,) = newsnorm.learn(several).rules
    assert (rule.phrases, rule.seen and rule.seen.documents) == (("3 people clipped this",), 6)


@pytest.mark.parametrize(("least", "share"), [(1, 0.2), (3, 0.0), (3, 1.5)])
def test_numbers_that_make_no_sense_are_refused(least: int, share: float) -> None:
    with pytest.raises(newsnorm.InputError):
        newsnorm.learn([], min_documents=least, share=share)


def test_progress_is_told_after_each_page() -> None:
    told: list[int] = []
    newsnorm.learn(site([], 3), progress=told.append)
    assert told == [1, 2, 3]


# the laws

FRAME = (NOTE, "Harbour desk, room 12", "Menu of the coast", "3 people clipped this")


@st.composite
def corpora(draw: st.DrawFn) -> list[newsnorm.Page]:
    """Pages of two sites, each a report of its own in a frame of a few lines; some are there twice, of two days."""
    made = []
    for host, least in (("example.com", 9), ("example.org", 3)):
        for number in draw(st.lists(st.integers(0, 11), min_size=least, max_size=least + 5)):
            word = WORDS[number]
            body = [REPORT.format(word, "some", kind, f"{word} {kind}") for kind in ("iron", "stone")]
            body.extend(line for place, line in enumerate(FRAME) if (number + place) % 5)
            fetched = draw(st.sampled_from([None, "2024-01-05", "2024-02-30", "2024-03-01T10:00:00Z", "2025-01-01"]))
            made.append(PARSER.page("\n".join(body), url=f"https://{host}/{number}", fetched=fetched))
    return made


CAPS = st.sampled_from([{}, {"per_host": 4}, {"per_host": 6, "kept": 7, "least": 3}])


def taught(of: list[newsnorm.Page], caps: dict[str, int]) -> str:
    learner = Learner(parser=PARSER, **caps)
    for page in of:
        learner.add(page)
    return dumps(learner.catalogue().rules) + f"{learner.sampled} {learner.limit}"


@pytest.mark.slow
@settings(max_examples=40)
@given(corpora(), CAPS, st.randoms(use_true_random=False))
def test_any_order_teaches_the_same_and_copies_teach_nothing(
    corpus: list[newsnorm.Page], caps: dict[str, int], random: Random
) -> None:
    shuffled = [*corpus, *corpus]
    random.shuffle(shuffled)
    assert taught(shuffled, caps) == taught(corpus, caps)
    assert taught(corpus[::-1], caps) == taught(corpus, caps)
    assert newsnorm.learn(corpus[::-1]) == newsnorm.learn(corpus)


def test_the_laws_are_not_about_nothing() -> None:
    assert "[[removal]]" in taught(site(["Harbour desk, room 12"]), {"per_host": 4})
    assert taught(site(["Harbour desk, room 12"]), {"per_host": 4}).endswith("1 4")
    other = (attrs.evolve(page, raw=attrs.evolve(page.raw, url="https://b.example/")) for page in site([]))
    assert taught([*site(["Harbour desk, room 12"]), *other], {"per_host": 6, "kept": 7, "least": 3}).endswith("2 3")


@pytest.mark.slow
def test_a_large_host_is_known_by_the_same_sample_whatever_comes_first() -> None:
    corpus = [
        attrs.evolve(page, raw=attrs.evolve(page.raw, fetched=f"2024-01-{day:02}"))
        for day, page in enumerate(site(["Harbour desk, room 12"]), 1)
    ]
    turned = {taught([*corpus[cut:], *corpus[:cut]], {"per_host": 4}) for cut in range(len(corpus))}
    assert len(turned) == 1
    assert "of        = 4" in turned.pop()


def test_memory_is_bounded_by_documents_whatever_the_hosts() -> None:
    learner = Learner(parser=PARSER, per_host=50, kept=40, least=2)
    for number in range(300):
        text = REPORT.format(WORDS[number % 12], "some", f"{WORDS[number % 11]} {WORDS[number % 7]}", chr(97 + number % 26) * 5)
        learner.add(PARSER.page(text, url=f"https://{number % 15}.example.com/"))
    kept = sum(len(sample) for sample in learner._hosts.values())
    assert (learner.hosts, learner.sampled, learner.limit) == (15, 15, 2)
    assert kept == 30


@settings(max_examples=40)
@given(st.lists(st.sampled_from([line for row in records() for line in row["text"].split("\n")]), max_size=12))
def test_a_page_keeps_its_prose_or_half_of_its_letters_whatever_was_learned(lines: list[str]) -> None:
    text = "\n".join(lines)
    url = "https://gazette.example.com/x"
    result = reader().parse(text, url=url)
    check_laws(result, reader().page(text, url=url))
    gone = sum(map(len, removed(result)))
    kept = len("".join(result.paragraphs)) + sum(
        len(removal.text) for removal in result.removals if removal.rule.startswith("structure.")
    )
    assert gone <= kept or any(map(is_prose, result.paragraphs))


# the file


def test_what_is_written_is_read_again_whatever_it_holds(tmp_path: Path) -> None:
    odd = 'Say "desk" \\ room 12 \u202eesrever\u202c \u2192 می\u200cخواهم \U0001f600 #x = [1]'
    made = site([odd])
    learned = newsnorm.learn(made)
    learned.save(tmp_path / "sites.toml")
    written = (tmp_path / "sites.toml").read_text(encoding="utf-8")
    assert len(learned.rules) == 1
    assert "\u202e" not in written
    assert "می\u200cخواهم" in written
    again = newsnorm.Catalogue.load(tmp_path / "sites.toml")
    assert (again.rules, again.digest) == (learned.rules, learned.digest)


def test_a_pruned_file_says_what_holds(tmp_path: Path) -> None:
    """A person may delete rules, and of a rule all that only tells how it was learned."""
    file = tmp_path / "ours.toml"
    file.write_text(
        "[[removal]]\nid = 'learned.removal.x'\nkind = 'line'\norigin = 'learned'\nhost = '.example.com'\n"
        "reason = 'advert'\nphrases = ['Desk no. 1']\n",
        encoding="utf-8",
    )
    parser = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | newsnorm.Catalogue.load(file))
    text = REPORT.format("quay", 2, "iron", "port") + "\nDesk no. 12\n"
    for host, gone in (("example.com", 1), ("news.example.com", 1), ("anexample.com", 0), ("com", 0)):
        result = parser.parse(text, url=f"https://{host}/")
        assert [removal.reason for removal in result.removals] == ["advert"] * gone


def test_people_s_rules_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(newsnorm.CatalogueError, match="only learned rules"):
        newsnorm.Catalogue.default().save(tmp_path / "all.toml")


RULE = "[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nreason = 'advert'\nphrases = ['a b']\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (RULE + "origin = 'learned'\n", "with a host"),
        (RULE + "origin = 'learned'\nhost = 'example.com'\nonly_in = ['en']\n", "without only"),
        (RULE + "until = 2024-01-18\n", "only for learned rules"),
        (RULE + "origin = 'learned'\nhost = 'example.com'\nuntil = '2024-01-18'\n", "until is not a day"),
        (RULE + "origin = 'learned'\nhost = 'example.com'\nfirst = 2024-01-18T10:00:00\n", "first is not a day"),
        (RULE + "origin = 'learned'\nhost = 'example.com'\ndocuments = true\n", "documents is not a"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "sites.toml").write_text(content, encoding="utf-8")
    with pytest.raises(newsnorm.CatalogueError, match=says) as error:
        newsnorm.Catalogue.load(tmp_path / "sites.toml")
    assert "sites.toml, line 2: x.removal.y" in str(error.value)


def test_any_rule_may_name_its_host_but_in_the_file_of_a_site(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(RULE + "host = 'example.com'\n", encoding="utf-8")
    ours = newsnorm.Catalogue.load(tmp_path)
    assert newsnorm.Parser(catalogue=ours).parse("A B", url="https://example.com/").removals
    assert not newsnorm.Parser(catalogue=ours).parse("A B", url="https://example.org/").removals
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "example.net.toml").write_text(RULE + "host = 'example.com'\n", encoding="utf-8")
    with pytest.raises(newsnorm.CatalogueError, match="remove the key host"):
        newsnorm.Catalogue.load(tmp_path)
