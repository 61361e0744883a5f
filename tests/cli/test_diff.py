"""``newsnorm diff``."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import invoke
from reports import report


def files(folder: Path, left: str, right: str) -> tuple[Path, Path]:
    for name, text in (("left.txt", left), ("right.txt", right)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "left.txt", folder / "right.txt"


def test_diff_shows_relation_and_differences(tmp_path: Path) -> None:
    left = report(1)
    paths = files(tmp_path, left, left + "\n\nNobody was hurt, a spokesman of the town said on Tuesday.")
    result = invoke("diff", *paths, "--as-is")
    assert result.exit_code == 0
    assert result.output.startswith("near: 1 common passage covers ")
    assert "\n  + Nobody was hurt" in result.output
    data = json.loads(invoke("diff", *paths, "--as-is", "--json").output)
    assert (data["relation"]["kind"], data["differences"][-1]["kind"]) == ("near", "added")


def test_diff_ends_with_1_for_unrelated_texts(tmp_path: Path) -> None:
    paths = files(tmp_path, report(1), report(2))
    result = invoke("diff", *paths)
    assert (result.exit_code, result.output) == (1, "not related\n")
    as_json = invoke("diff", *paths, "--json")
    assert (as_json.exit_code, json.loads(as_json.output)["relation"]) == (1, None)
