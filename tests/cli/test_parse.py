"""``newsnorm parse``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import RAW, invoke
from folders import FIXTURES


def test_parse_prints_an_article(tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(RAW, encoding="utf-8")
    data = json.loads(invoke("parse", file, "--ledger").output)
    assert (data["id"], data["title"], data["agency"]) == ("bridge", "Fire closes Malmö bridge", "Reuters")
    assert data["ledger"][-1]["end"] == len(RAW)
    assert invoke("parse", file, "--text").output.startswith("The bridge was closed")


def test_parse_reads_standard_input_and_what_the_caller_knows() -> None:
    result = invoke("parse", "-", "--title", "Known", "--url", "https://example.com/a", input=RAW)
    data = json.loads(result.output)
    assert (data["title"], data["url"]) == ("Known", "https://example.com/a")
    assert len(data["id"]) == 16


@pytest.mark.parametrize("command", ["parse", "explain"])
def test_a_listing_that_is_read_as_one_text_is_told(command: str) -> None:
    file = FIXTURES / "listings" / "nexis-numbered-english" / "listing.txt"
    told = "is a listing of Nexis with 2 documents, read here as a single text; newsnorm run and newsnorm.read_records read"
    result = invoke(command, file)
    assert (result.exit_code, result.stderr.startswith(f"{file} {told}"), result.stderr.count("\n")) == (0, True, 1)
    assert invoke(command, "-", input=file.read_text(encoding="utf-8")).stderr.startswith(f"standard input {told}")
    assert invoke(command, "-", input=RAW).stderr == ""
