"""Pages of HTML on the command line: by the ending of a file, by the beginning of a text, or as told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from command_line import invoke
from folders import FIXTURES

REPORT = "The quay was closed on Monday after a crane had slid into the harbour, the port authority said in a statement."
PIECE = f"<h1>Quay closed</h1>\n<p>{REPORT}</p>\n<p>Nobody was hurt.</p>\n"
PAGE = f"<!DOCTYPE html><html lang='en'><title>Quay closed</title><body>{PIECE}</body></html>"
needs_html = pytest.mark.skipif("not __import__('newsnorm.read.extras', fromlist=['extras']).is_html_installed()")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@needs_html
def test_parse_and_explain_go_by_the_ending(tmp_path: Path) -> None:
    file = write(tmp_path / "quay.htm", PIECE)
    data = json.loads(invoke("parse", file).output)
    assert (data["id"], data["title"], data["paragraphs"]) == ("quay", "Quay closed", [REPORT, "Nobody was hurt."])
    assert "<p>" not in invoke("explain", file).output


@needs_html
def test_parse_recognises_a_page_on_standard_input_and_can_be_told() -> None:
    assert REPORT in invoke("parse", "-", "--text", input=PAGE).output.splitlines()
    assert REPORT in invoke("parse", "-", "--text", "--media-type", "text/html", input=PIECE).output.splitlines()
    assert "<p>" in invoke("parse", "-", "--text", "--media-type", "text/plain", input=PAGE).output
    refused = invoke("parse", "-", "--media-type", "text/latex", input=PAGE)
    assert (refused.exit_code, "no reader for media type 'text/latex'" in refused.output) == (2, True)


@needs_html
def test_run_reads_folders_and_records_of_pages(tmp_path: Path) -> None:
    folder = tmp_path / "scraped"
    folder.mkdir()
    for name in ("a.html", "b.HTM", "c.xhtml"):
        write(folder / name, PIECE)
    write(folder / "d.txt", PAGE)
    write(folder / "e.txt", REPORT)
    rows = [{"id": "f", "text": PAGE}, {"id": "g", "text": PIECE, "media_type": "text/html"}, {"id": "h", "text": PIECE}]
    write(folder / "feed.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    write(folder / "style.css", "p {}")
    result = invoke("run", folder, "--out", tmp_path / "out", "--no-relations")
    assert result.exit_code == 0
    assert "read 8 records: 8 articles" in result.output
    assert "skipped 1 file in other formats: scraped/style.css" in result.output
    assert "read as pages of HTML: 6\n" in result.output
    counts = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["pages"], counts["notes"]["input-html"]) == (6, 1)
    shards = sorted((tmp_path / "out" / "articles").iterdir())
    articles = [json.loads(line) for shard in shards for line in shard.read_text(encoding="utf-8").splitlines()]
    assert {article["id"] for article in articles if article["paragraphs"][0] == REPORT} >= {"scraped/a", "scraped/d", "f", "g"}


@needs_html
def test_run_reads_every_page_of_the_cases() -> None:
    result = invoke("run", FIXTURES / "pages" / "*" / "input.html", "--dry-run", "--no-relations")
    pages = len(list((FIXTURES / "pages").iterdir()))
    assert f"read {pages} records: {pages} articles, 0 errors" in result.output
    assert f"read as pages of HTML: {pages}\n" in result.output


@needs_html
def test_the_media_type_of_a_record_goes_before_that_of_the_job(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": PIECE}, {"id": "b", "text": PAGE, "media_type": "text/plain"}]
    feed = write(tmp_path / "feed.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert "read as pages of HTML: 1\n" in invoke("run", feed, "--dry-run", "--media-type", "text/html").output
    assert "pages of HTML" not in invoke("run", feed, "--dry-run").output
    page = write(tmp_path / "page.html", PAGE)
    assert "pages of HTML" not in invoke("run", page, "--dry-run", "--media-type", "text/plain").output


@needs_html
def test_dedup_diff_and_learn_read_pages(tmp_path: Path) -> None:
    report = " ".join((REPORT, "It will open again in June, once divers have looked at its piles and the paving is mended."))
    for name, host in (("a.html", "one"), ("b.html", "two")):
        write(tmp_path / name, PAGE.replace(REPORT, f"{report} {host}"))
    assert "relations: near 1" in invoke("dedup", tmp_path, "--dry-run").output
    assert invoke("diff", tmp_path / "a.html", tmp_path / "b.html").exit_code == 0
    told = invoke("learn", tmp_path, "--dry-run", "--media-type", "text/html")
    assert (told.exit_code, "read 2 records" in told.output) == (0, True)


@pytest.mark.parametrize(
    "command", [("parse",), ("explain",), ("run", "--dry-run"), ("dedup", "--dry-run"), ("learn", "--dry-run")]
)
def test_a_missing_extra_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    result = invoke(*command, write(tmp_path / "page.html", PAGE))
    assert result.exit_code == 2
    assert result.output.splitlines()[-1] == "Error: pages of HTML need the extra html: pip install 'newsnorm[html]'"


def test_a_missing_extra_stops_a_run_over_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    feed = write(tmp_path / "feed.jsonl", json.dumps({"text": PIECE, "media_type": "text/html"}) + "\n")
    assert invoke("run", feed, "--dry-run").exit_code == 2
    recognised = write(tmp_path / "recognised.jsonl", json.dumps({"text": PAGE}) + "\n")
    result = invoke("run", recognised, "--dry-run")
    assert "notes: input-page 1" in result.output
    told = "1 text is a page of HTML, but read as plain text; install the extra html: pip install 'newsnorm[html]'"
    assert result.stderr.splitlines() == [told]
    write(recognised, 2 * (json.dumps({"text": PAGE}) + "\n") + json.dumps({"text": PIECE}) + "\n")
    assert invoke("run", recognised, "--dry-run").stderr.startswith("2 texts are pages of HTML, ")


@pytest.mark.parametrize("command", [("run", "--dry-run"), ("dedup", "--dry-run"), ("learn", "--dry-run")])
def test_an_unknown_media_type_stops_a_job_at_once(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = invoke(*command, write(tmp_path / "quay.txt", REPORT), "--media-type", "text/latex")
    assert result.exit_code == 2
    assert result.output.splitlines()[-1].startswith("Error: no reader for media type 'text/latex'; known: ")
