"""Where the project's files are, for tests wherever they stand."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
FIXTURES = TESTS / "fixtures"
DOCS = ROOT / "docs"
