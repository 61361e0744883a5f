"""``newsnorm parse``."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import RAW, invoke


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
