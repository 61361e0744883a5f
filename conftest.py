"""Code in the README and in docs/ runs as tests, each file in one namespace."""

from __future__ import annotations

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()

settings.register_profile("newsnorm", deadline=None, derandomize=True)  # no test is timed, and a run is the same as the last
settings.load_profile("newsnorm")
