"""
Check the package as people install it, on every Python that it supports.

    nox                     the wheel with all extras on each interpreter, and its types; interpreters that are missing are named
    nox -s tests            the fast tests on each interpreter
    nox -s wheel-3.12       one of them
"""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

import nox

PYTHONS = ("3.11", "3.12", "3.13", "3.14")

nox.needs_version = ">=2024.3"
nox.options.sessions = ("wheel", "types")
nox.options.envdir = str(Path(gettempdir(), "newsnorm-nox"))  # outside of the sources, whose conftest.py is not for the wheel
nox.options.error_on_missing_interpreters = False


@nox.session(python=PYTHONS)
def wheel(session: nox.Session) -> None:
    """Install the wheel with all extras, and run the cases that it ships, away from the sources."""
    session.install(".[all,testing]")
    session.chdir(session.create_tmp())
    session.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs", "newsnorm.testing")
    session.run("newsnorm", "--version")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the fast tests of the sources with all extras."""
    session.install(".[all,test]")
    session.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "fast", *session.posargs)


@nox.session(python=PYTHONS[0])
def types(session: nox.Session) -> None:
    """Check the types that the wheel promises: a program with mypy and pyright, and every public name."""
    session.install(".[all]", "mypy", "pyright")
    sources = Path(session.invoked_from)
    program = str(sources / "tests" / "typed_program.py")
    session.chdir(session.create_tmp())
    session.run("mypy", "--strict", "--no-incremental", "--config-file=", program)
    session.run("pyright", program)
    session.run("python", str(sources / "tools" / "typed_names.py"))
