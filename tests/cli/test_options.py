"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import RAW, invoke


@pytest.mark.parametrize(
    ("field", "says"),
    [("body=text", "where OURS is one of id, text"), ("text", "write OURS=THEIRS"), ("text=", "write OURS=THEIRS")],
)
def test_a_wrong_field_is_refused(field: str, says: str, tmp_path: Path) -> None:
    result = invoke("run", tmp_path, "--dry-run", "--field", field)
    assert (result.exit_code, says in result.output) == (2, True)


def test_a_later_catalogue_overrides_an_earlier_one(tmp_path: Path) -> None:
    for name, reason in (("first", "advert"), ("second", "sharing")):
        rule = f"[[removal]]\nid = 'x.removal.y'\nkind = 'line'\nreason = '{reason}'\nphrases = ['Pass it on now']\n"
        (tmp_path / f"{name}.toml").write_text(rule, encoding="utf-8")
    given = ("--catalogue", tmp_path / "first.toml", "--catalogue", tmp_path / "second.toml")
    output = invoke("explain", "-", *given, input=RAW + "Pass it on now\n").output
    assert "x.removal.y: line, sharing: Pass it on now" in output


def test_the_formats_are_those_that_are_read() -> None:
    from newsnorm.cli.options import READ_AS
    from newsnorm.corpus.sources.options import FORMATS
    from newsnorm.corpus.sources.read import READERS

    assert READ_AS == FORMATS == tuple(READERS)
