"""What ships in a prepared form is what its sources say, and a source that was edited is read itself."""

from __future__ import annotations

import importlib.util
import json
import shutil
import tomllib
from pathlib import Path
from types import ModuleType

import attrs
import numpy as np
import pytest
from folders import ROOT

from newsnorm import CatalogueError
from newsnorm.catalogue.loading import load_files, rule_files
from newsnorm.profiles import installed_langdetect, load_ngram_counts, prepared_counts, read_profiles
from newsnorm.resources import directory_of, prepared_toml, read_toml

STALE = "run scripts/regenerate and commit src/newsnorm/prepared"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "tools" / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
SHIPPED: list[Path] = TOOL.toml_files()


def test_every_file_is_prepared_and_nothing_else() -> None:
    expected = {TOOL.prepared_path(file).name for file in SHIPPED} | {prepared_counts(installed_langdetect()).name}
    assert {path.name for path in TOOL.TARGET.iterdir()} == expected, STALE


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_prepared_form_says_what_the_file_says(file: Path) -> None:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    prepared = json.loads(TOOL.prepared_path(file).read_bytes())
    assert repr(prepared) == repr(written), STALE  # repr tells 1 from 1.0 and from True, and shows the order
    assert repr(read_toml(file)) == repr(written)


def test_dates_are_not_prepared() -> None:
    with pytest.raises(TypeError):
        TOOL.as_json(tomllib.loads("first = 2024-06-20"))


def test_an_edited_file_is_read_itself(tmp_path: Path) -> None:
    text = SHIPPED[0].read_text(encoding="utf-8")
    edited = tmp_path / SHIPPED[0].name
    edited.write_text(text + "\n[added]\nday = 2024-06-20\n", encoding="utf-8")
    assert not prepared_toml(edited.stem, edited.read_text(encoding="utf-8")).is_file()
    assert read_toml(edited) == tomllib.loads(edited.read_text(encoding="utf-8"))


def test_other_line_ends_make_no_difference(tmp_path: Path) -> None:
    copy = tmp_path / SHIPPED[0].name
    copy.write_bytes(SHIPPED[0].read_bytes().replace(b"\n", b"\r\n"))
    assert read_toml(copy) == read_toml(SHIPPED[0])


@pytest.mark.parametrize("content", [b"a = ", b"\xff", b"a = 1\na = 2", b"a = " + 2000 * b"[" + 2000 * b"]"])
def test_what_is_no_toml_is_an_error_with_its_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"ours\.toml: "):
        read_toml(file)


def test_the_prepared_profiles_are_those_of_langdetect() -> None:
    assert prepared_counts(installed_langdetect()).is_file(), STALE
    prepared = attrs.asdict(load_ngram_counts(), recurse=False)
    for name, array in attrs.asdict(read_profiles(installed_langdetect()), recurse=False).items():
        assert prepared[name].dtype == array.dtype, name
        assert np.array_equal(prepared[name], array), name


@pytest.mark.parametrize("changed", ["profiles/en", "utils/ngram.py"])
def test_other_profiles_are_not_taken_for_the_prepared_ones(tmp_path: Path, changed: str) -> None:
    shutil.copytree(installed_langdetect(), tmp_path / "langdetect")
    with (tmp_path / "langdetect" / changed).open("a", encoding="utf-8") as file:
        file.write(" ")
    assert not prepared_counts(tmp_path / "langdetect").is_file()


def test_letters_beyond_the_table_stand_for_themselves() -> None:
    from langdetect.utils.ngram import NGram

    assert all(NGram.normalize(chr(code)) == chr(code) for code in range(1 << 16, 0x110000, 7))


def test_rules_of_an_edited_file_are_checked(tmp_path: Path) -> None:
    shipped = next(file for file in SHIPPED if file.parent.name == "lang" and file.stem == "en")
    (copy := tmp_path / "lang" / "en.toml").parent.mkdir()
    shutil.copy(shipped, copy)
    assert load_files([copy])[0] == load_files([shipped])[0]
    copy.write_text(copy.read_text(encoding="utf-8").replace('kind = "template"', 'kind = "temple"', 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match="temple"):
        load_files([copy])


def test_rules_that_ship_are_sound() -> None:
    for file in rule_files(directory_of("catalogue", "data")):
        for rule in load_files([file])[0]:
            rule.check(file.name)
