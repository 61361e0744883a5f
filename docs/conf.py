"""
Settings of Sphinx, which builds the site: scripts/docs.

The sources are the project's own folder, so that a link from one Markdown file to another is the same here and on a code host;
docs/navigation.toml names the pages. Nothing in a built page comes from another host.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).parent
NAVIGATION = tomllib.loads((DOCS / "navigation.toml").read_text(encoding="utf-8"))

project = "newsnorm"
html_title = project
language = "en"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["docs/**.md", "benchmarks/README.md", *NAVIGATION["project_files"]]
exclude_patterns = ["docs/_site/**"]
smartquotes = False

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4  # with the anchors that code hosts give their headings

html_theme = "furo"
pygments_dark_style = "a11y-high-contrast-dark"
html_static_path = ["_site/static"]
html_css_files = ["site.css"]
html_extra_path = ["_site/root"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
html_theme_options = {"navigation_with_keys": True, "top_of_page_buttons": []}


def navigate(app: Sphinx, page: str, source: list[str]) -> None:
    """Add the left-hand navigation to the first page, and the pages below a page to that page."""
    del app
    groups = NAVIGATION["groups"] if page == root_doc else []
    trees = [(f":caption: {group['title']}\n:hidden:", group["pages"]) for group in groups]
    if below := NAVIGATION["below"].get(page):
        trees.append((":glob:\n:maxdepth: 1", [below]))
    for options, pages in trees:
        names = "\n".join(f"/{name}" for name in pages)
        source[0] += f"\n\n```{{toctree}}\n{options}\n\n{names}\n```\n"


def show_unreleased(app: Sphinx, page: str, source: list[str]) -> None:
    """Show on the page of changes what changelog.d holds for the next release."""
    del app
    if page != "CHANGELOG":
        return
    parts = []
    for kind in ("results", "added", "fixed", "deprecated", "breaking"):
        fragments = sorted(
            DOCS.parent.joinpath("changelog.d").glob(f"*.{kind}.md"), key=lambda path: int(path.name.partition(".")[0])
        )
        texts = [path.read_text(encoding="utf-8").replace("](../", "](") for path in fragments]
        parts += [f"### {kind.capitalize()}\n", *texts] if texts else []
    source[0] = source[0].replace("See the fragments in `changelog.d`.\n", "\n".join(parts))


def setup(app: Sphinx) -> None:
    """Connect what is added to pages."""
    app.connect("source-read", navigate)
    app.connect("source-read", show_unreleased)
