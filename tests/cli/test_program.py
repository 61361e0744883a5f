"""The program, from its first moment to its last."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from killable_runs import environment

pytestmark = pytest.mark.slow

LOADED = "import sys; sys.argv[1:] = ['--version']; import newsnorm.__main__ as program; print('loaded', flush=True); "
"""Says that Python has started, which no program can speak for."""
SLOWLY = "import builtins, time; load = builtins.__import__; builtins.__import__ = lambda *a: (time.sleep(0.02), load(*a))[1]; "
"""Lets all imports take their time."""


def interrupted(code: str) -> tuple[int, bytes]:
    """Interrupt a program once it has printed a line; return its status and what it says."""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as run:
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        return run.wait(60), run.communicate()[1]


def test_an_interrupt_while_commands_are_loaded_is_one_line() -> None:
    assert interrupted(f"{LOADED}{SLOWLY}program.main()") == (130, b"interrupted\n")


def test_the_program_is_a_module_too(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "newsnorm", "run", str(tmp_path / "nowhere"), "--dry-run"]
    ended = subprocess.run(call, env=environment(), capture_output=True, check=False)
    assert (ended.returncode, b"no such file" in ended.stderr) == (2, True)


def test_importing_newsnorm_loads_hardly_anything() -> None:
    """So that the program is there to hear an interrupt."""
    ours = "len([name for name in sys.modules if name.startswith('newsnorm')])"
    code = f"import sys; import newsnorm; print({ours}, 'attrs' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["3", "False"]
