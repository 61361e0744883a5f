"""An explanation tiles the raw text, and says why."""

from __future__ import annotations

import newsnorm
from newsnorm.report.explain import Row, explain, explain_lines, row_to_dict, rule_sentence, rule_sentences

RAW = (
    "Fire closes MalmÃ¶ bridge\nBy María Pérez\n\n"
    "MALMO (Reuters) - The bridge was closed on Monday after a fire, the police said in a statement.\nSource link\n"
)
ARTICLE = newsnorm.parse(RAW)


def rows(raw: str = RAW) -> list[Row]:
    return list(explain(newsnorm.parse(raw), raw, {"common.removal.source-link": "left by a feed reader"}))


def test_rows_have_line_fate_and_reason() -> None:
    assert [(row.line, row.fate) for row in rows()] == [
        (1, "title"), (2, "byline"), (3, "blank"), (4, "dateline"), (4, "body"), (5, "removal"),
    ]  # fmt: skip
    assert rows()[-1].why == "left by a feed reader"
    assert [fix.after for fix in rows()[0].fixes] == ["Malmö"]


def test_lines_align_and_end_with_reasons_and_language() -> None:
    lines = list(explain_lines(ARTICLE, rows()))
    assert [line.style for line in lines][:3] == ["title", "fix", "byline"]
    assert lines[1].text == "   fixed       MalmÃ¶ → Malmö  (encode latin-1, decode utf-8)"
    assert len({line.text.index(text) for line, text in ((lines[0], "Fire closes"), (lines[2], "By María"))}) == 1
    assert [line.text for line in lines if line.text.startswith("common.removal.source-link: ")] == [
        "common.removal.source-link: left by a feed reader"
    ]
    assert lines[-1].text.startswith("language: en (1.00")


def test_long_text_is_cut_and_notes_are_shown() -> None:
    raw = "It rained in Ulm. " * 20
    article = newsnorm.parse(raw)
    lines = [line.text for line in explain_lines(article, rows(raw))]
    assert lines[0].endswith("…")
    assert len(lines[0]) < 150


def test_an_empty_text_is_explained() -> None:
    assert next(line.text for line in explain_lines(newsnorm.parse(""), [])) == ""


def test_a_row_as_data_has_none_for_what_is_empty() -> None:
    data = row_to_dict(rows()[2])
    assert data == {"line": 3, "fate": "blank", "rule": None, "text": "", "why": None, "fixes": [], "path": None, "place": None}
    assert row_to_dict(rows()[0])["fixes"] == [
        {"before": "MalmÃ¶", "after": "Malmö", "steps": ["encode latin-1", "decode utf-8"]}
    ]


def test_rules_are_described_by_kind_reason_and_phrases() -> None:
    sentences = rule_sentences(newsnorm.Catalogue.default().rules)
    assert sentences["common.removal.source-link"].startswith("line, syndication: Source link")
    reports = (
        "The quay was closed on Monday because two of its pillars are broken, the port said in a statement.",
        "Bakers have agreed on a loaf that keeps for five days without any additive, their guild announced.",
        "A barn owl has raised four chicks behind the clock of the town hall, which now stands still.",
    )
    pages = (
        newsnorm.Parser().page(f"{report}\nHarbour desk, room 12", url=f"https://example.com/{number}")
        for number, report in enumerate(reports)
    )
    (rule,) = newsnorm.learn(pages).rules
    assert rule_sentence(rule) == "learned from 3 of 3 documents of example.com, repetition: Harbour desk, room 12"


HTML = "<body><div class='story wide'><p>It rained in Ulm.</p><p>By <b>Ana Ng</b></p></div>\n<p>Source link</body>"


def test_the_rows_of_a_page_say_where_each_line_is() -> None:
    page = newsnorm.Parser().page(HTML, media_type="text/html")
    article = newsnorm.parse(HTML, media_type="text/html")
    found = list(explain(article, page.raw.text, {}, page=page))
    assert {row.text: row.path for row in found if row.text} == {
        "It rained in Ulm.": "html > body > div.story > p",
        "By Ana Ng": "html > body > div.story > p",
        "Source link": "html > body > p",
    }
    assert [HTML[row.place :][:2] for row in found if row.place is not None] == ["<p"] * 3
    lines = [line.text for line in explain_lines(article, found)]
    assert any(line.endswith(f"It rained in Ulm.  @{HTML.index('<p')} html > body > div.story > p") for line in lines)


def test_only_the_innermost_elements_are_shown() -> None:
    row = Row(line=1, fate="body", rule="", text="Rain", why="", fixes=(), path="html > body > main > div > ul > li", place=7)
    assert next(explain_lines(ARTICLE, [row])).text.endswith("Rain  @7 … > main > div > ul > li")


def aside(line: int, text: str, path: str = "html > body > nav > ul > li", why: str = "1 % likely") -> Row:
    return Row(line=line, fate="removal", rule="markup.outside", text=text, why=why, fixes=(), path=path, place=9 * line)


MENU = (
    *(aside(line, text) for line, text in enumerate(("Home", "Port", "Home", "Town"), 1)),
    aside(5, "Log in", "html > body > form"),
)
REPORT = Row(line=6, fate="body", rule="", text="It rained in Ulm.", why="", fixes=(), path="html > body > p", place=70)


def test_runs_of_lines_that_the_markup_sets_aside_are_folded_if_asked() -> None:
    rows = [*MENU, REPORT, aside(7, "Terms"), aside(8, "Contact", why="2 % likely")]
    lines = [line.text for line in explain_lines(ARTICLE, rows, {"markup.outside": "Lines of menus."}, fold=True)]
    assert lines[0] == "1–5  removal     markup.outside  5 lines: Home · Port · Town · Log in  html > body > …"
    assert lines[1] == "  6  body                        It rained in Ulm.  @70 html > body > p"
    assert [line.split()[0] for line in lines[2:4]] == ["7", "8"]
    reasons = [line for line in lines if line.startswith("markup.outside")]
    assert reasons[0].startswith("markup.outside: Lines of menus. Folded lines: 5 ")
    assert reasons[1:] == ["markup.outside, line 7: 1 % likely", "markup.outside, line 8: 2 % likely"]
    assert len(list(explain_lines(ARTICLE, rows))) > len(lines)


def test_reasons_that_differ_name_their_lines() -> None:
    rows = [aside(1, "Home"), aside(2, "Port", why="2 % likely"), REPORT, aside(7, "Terms")]
    lines = [line.text for line in explain_lines(ARTICLE, rows)]
    assert [line for line in lines if "likely" in line] == [
        "markup.outside, line 1, 7: 1 % likely",
        "markup.outside, line 2: 2 % likely",
    ]
    assert "markup.outside: 1 % likely" in [line.text for line in explain_lines(ARTICLE, [rows[0], rows[3]])]
