"""
Take the pictures of the tutorial: ``python tools/make_pictures.py [--chromium /usr/bin/chromium]``.

They show the report on the tutorial's own folder, after its first run, as Chromium draws it (scripts/chromium installs that).
Written to docs/pictures/; look at them before you commit.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "fixtures" / "tutorial" / "scraped"
TARGET = ROOT / "docs" / "pictures"

PARTS = {
    "report-overview": "",
    "report-article": "#article=scraped/courier/2024-06-20_bridge&at=490",
    "report-cluster": "#cluster=feed-1",
}
"""The pictures, and the part of the report that each shows."""

WIDTH, HEIGHT = 960, 680


def make_report(folder: Path) -> Path:
    """Run the tutorial's commands up to the report."""
    shutil.copytree(FOLDER, folder / "scraped")
    fields = [word for field in ("id=key", "text=body", "url=link") for word in ("--field", field)]
    for words in (["run", "scraped", "--out", "corpus", *fields], ["report", "corpus", "--html", "report.html"]):
        subprocess.run([sys.executable, "-m", "newsnorm.cli", *words], cwd=folder, check=False, stdout=subprocess.DEVNULL)
    return folder / "report.html"


def main() -> None:
    """Write each picture, and print its size."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--chromium", default="/usr/bin/chromium")
    given = options.parse_args()
    TARGET.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as started:
        report = make_report(Path(folder))
        browser = started.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        for name, part in PARTS.items():
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce")
            page.goto(report.as_uri() + part)
            page.wait_for_selector("html[data-shown]")
            path = TARGET / f"{name}.png"
            page.screenshot(path=path, animations="disabled")
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
