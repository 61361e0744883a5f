"""The tutorial, as a reader goes through it: its commands, files and code in one folder, with the outputs that it shows."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from folders import DOCS, FIXTURES, ROOT

TUTORIAL = DOCS / "tutorial.md"
INSTALLS = ("python3 -m venv", "pip install")
"""What a reader does once; here everything is installed."""

INSTALLED = entry_points(group="pytest11", name="newsnorm")
PYTEST = "pytest -p no:cacheprovider" if INSTALLED else "pytest -p no:cacheprovider -p _newsnorm_pytest"

STEP = re.compile(r"(?:`([\w./-]+)`:\n\n)?```(\w+)\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
"""A block: the file that the sentence before it names, the kind, the text, and the output below a block of Python."""


def shell(command: str, folder: Path) -> str:
    """Run a command as a shell does, with this newsnorm, and return all that it prints."""
    tools = folder / ".tools"
    if not tools.exists():
        tools.mkdir()
        for name, module in (("newsnorm", "newsnorm.cli"), ("pytest", PYTEST)):
            (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', encoding="utf-8")
            (tools / name).chmod(0o755)
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C"}
    done = subprocess.run(["bash", "-c", f"{command} 2>&1"], cwd=folder, env=environment, capture_output=True, check=False)
    return done.stdout.decode().replace("\r\n", "\n")


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command behind a prompt, with the output below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def assert_shown(shown: str, printed: str, by: str) -> None:
    """Compare an output with the one on the page, where dots stand for anything."""
    alike = doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)
    assert alike, f"{by}\nshown:\n{shown}\nprinted:\n{printed}"


@pytest.mark.slow
def test_every_step_of_the_tutorial_gives_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES / "tutorial" / "scraped", tmp_path / "scraped")
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    for match in STEP.finditer(TUTORIAL.read_text(encoding="utf-8")):
        file, kind, text, output = match.groups()
        if kind == "console":
            for command, shown in commands(text):
                if not command.startswith(INSTALLS):
                    assert_shown(shown, shell(command, tmp_path), command)
        elif kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(text, str(TUTORIAL), "exec"), namespace)
            assert_shown(output or "", printed.getvalue(), text)
        else:
            (tmp_path / file).write_text(text, encoding="utf-8")
