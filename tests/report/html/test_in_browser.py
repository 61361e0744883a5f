"""The page in a real browser: it works, asks for nothing, and what strangers wrote in it stays text."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

import attrs
import pytest
from command_line import invoke
from folders import TESTS
from results import CLOSING, EVIL_LINE, EVIL_RULE, ROWS, write_related, write_run

import newsnorm
from newsnorm.testing import cases, check

if TYPE_CHECKING:
    from playwright import sync_api as playwright
else:
    playwright = pytest.importorskip("playwright.sync_api", reason="the extra dev is not installed: it has Playwright")
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: scripts/chromium installs it"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
PARTS = (
    "#overview",
    "#articles",
    "#article=quay",
    "#clusters",
    "#cluster=quay",
    "#rules",
    "#rule=common.removal.source-link",
    "#errors",
    "#flags",
)
NAMELESS = """() => [...document.querySelectorAll("a, button, input, select, svg[role=img]")]
    .filter((each) => !each.labels?.length && !each.textContent.trim())
    .filter((each) => !each.ariaLabel && !each.hasAttribute("aria-labelledby"))
    .map((each) => each.outerHTML)"""
"""Returns the controls and drawings that have no name for a reader of the screen."""
DESKTOP, PHONE = (1280, 900), (390, 844)

CONTRAST = (TESTS / "report" / "html" / "contrast.js").read_text(encoding="utf-8")


@attrs.define
class Browser:
    """A browser that notes what pages say and ask for."""

    chromium: playwright.Browser
    report: Path
    said: list[str] = attrs.field(factory=list)

    @contextmanager
    def page(
        self, part: str = "", *, phone: bool = False, scheme: Literal["light", "dark"] = "light", scripts: bool = True
    ) -> Iterator[playwright.Page]:
        """Open the report, or a part of it."""
        width, height = PHONE if phone else DESKTOP
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=phone, java_script_enabled=scripts
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: self.said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self.said.append(f"request: {request.url}"))
        page.goto(self.report.as_uri() + part)
        if scripts:
            page.wait_for_selector("html[data-shown]")
        yield page
        context.close()

    def complaints(self) -> list[str]:
        """Return what pages said, and asked for besides the report itself."""
        return [each for each in self.said if not each.startswith(f"request: {self.report.as_uri()}")]


def go(page: playwright.Page, part: str) -> None:
    """Follow a link to a part of the report."""
    page.evaluate("(part) => { location.hash = part; }", part)
    page.wait_for_selector(f"html[data-shown='{part}']")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("report")
    run = write_run(folder)
    report = folder / "report.html"
    assert invoke("report", run, "--html", report).exit_code == 0
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield Browser(chromium, report)
        chromium.close()


def test_every_part_opens_without_a_word_or_a_request_and_hostile_text_stays_text(browser: Browser) -> None:
    with browser.page() as page:
        for part in PARTS:
            go(page, part)
            assert page.locator("h2:visible").count() > 0
            assert page.title() == "newsnorm: out"
            assert page.evaluate(NAMELESS) == [], part
        go(page, "#articles")
        hostile = page.locator(".list a", has_text="hostile").or_(page.locator(".list a", has_text="<script>")).first
        hostile.click()
        page.wait_for_selector(".pane .stretch")
        for stretch in page.locator(".stretch").all():
            stretch.click()
        assert "<script>document.title" in page.locator(".raw").inner_text()
        assert page.locator(".pane a[href^='javascript:']").count() == 0
        assert page.locator(".pane img, .pane script").count() == 0
        assert page.title() == "newsnorm: out"
        assert page.locator("[onerror], [onclick]").count() == 0
    assert browser.complaints() == []


def test_search_and_filters_find_articles(browser: Browser) -> None:
    with browser.page("#articles") as page:
        assert page.locator(".list li").count() == 4
        page.fill("#search", "TOWN HALL with all of its")
        page.wait_for_selector(".list mark")
        assert page.locator(".list li").count() == 2
        page.fill("#search", "no such words anywhere")
        page.get_by_text("0 of 4 articles").first.wait_for()
        page.fill("#search", "")
        page.get_by_text("Filters and order").click()
        page.select_option("#filter-site", "news.example.org")
        page.get_by_text("1 of 4 articles").first.wait_for()
        assert page.locator(".list strong").all_inner_texts() == ["Port closes its quay"]
        page.get_by_role("button", name="Clear all filters").click()
        page.get_by_text("4 of 4 articles").first.wait_for()
    with browser.page("#articles&rule=byline.weighed") as page:
        assert page.locator(".list strong").all_inner_texts() == ["Quay to close"]


def test_relations_beyond_clusters_lead_from_article_to_article(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "related.html"
    assert invoke("report", write_related(tmp_path), "--html", report).exit_code == 0
    related = Browser(browser.chromium, report)
    with related.page("#article=snow") as page:
        page.locator("details.related summary").click()
        items = page.locator(".related li")
        assert "overlap: common passages in two reports" in items.first.inner_text()
        assert page.evaluate(NAMELESS) == []
        assert page.evaluate(CONTRAST) == []
        items.get_by_role("link", name="The week in brief").click()
        page.wait_for_selector("html[data-shown='#article=roundup']")
        page.locator("details.related summary").click()
        bridge = page.locator(".related li", has_text="Swimming hall opens")
        assert "excerpt: one text holds the other; a bridge" in bridge.inner_text()
        bridge.get_by_role("link", name="pool").click()
        page.wait_for_selector("html[data-shown='#cluster=pool']")
        assert page.locator(".related li", has_text="The week in brief").count() == 2
        go(page, "#articles&relation=bridge")
        page.get_by_text("5 of 6 articles").first.wait_for()
    with related.page("#cluster=quay", phone=True) as page:
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0]
    assert related.complaints() == []


def test_a_deep_link_leads_to_a_finding(browser: Browser) -> None:
    text = "Quay to close\nBy María Pérez\n"
    with browser.page(f"#article=quay&at={text.index('By')}") as page:
        pinned = page.locator(".stretch.pinned")
        assert pinned.inner_text() == "By María Pérez"
        assert "byline.weighed" in page.locator(".inspector").inner_text()


def test_stretches_are_reached_and_told_by_keyboard(browser: Browser) -> None:
    with browser.page("#article=quay") as page:
        page.locator(".fields button").last.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.textContent") == "Quay to close"
        page.keyboard.press("ArrowDown")
        assert "byline" in page.locator(".inspector").inner_text()
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        assert page.locator(".stretch.pinned").inner_text() == "No comments:"
        assert "removed: comments" in page.locator(".inspector").inner_text()
        page.keyboard.press("Escape")
        assert page.locator(".stretch.pinned").count() == 0


def test_a_pointer_shows_the_fate_of_a_stretch(browser: Browser) -> None:
    with browser.page("#article=quay") as page:
        page.get_by_text("Source link", exact=True).hover()
        page.locator(".inspector", has_text="common.removal.source-link").wait_for()
        assert "removed: syndication" in page.locator(".inspector").inner_text()


def test_flags_become_rules_and_cases(browser: Browser, tmp_path: Path) -> None:
    with browser.page("#article=quay") as page:
        page.get_by_text("Source link", exact=True).click()
        page.get_by_role("button", name="Belongs to the report").click()
        page.locator(".fields tr", has_text="dateline").get_by_role("button", name="Wrong").click()
        go(page, f"#article={quote(str(ROWS[2]['id']))}")
        page.locator(".stretch", has_text="Join").click()
        page.get_by_role("button", name="Belongs to the report").click()
        go(page, "#cluster=quay")
        page.get_by_role("button", name="These are two reports").click()
        go(page, "#flags")
        page.get_by_label("The right value of dateline").fill("Neu-Ulm")
        assert page.locator("#flag-count").inner_text().strip() == "(4)"
        for button, name in (("#download-rules", "flags.toml"), ("#download-cases", "cases.zip")):
            with page.expect_download() as download:
                page.click(button)
            assert download.value.suggested_filename == name
            download.value.save_as(tmp_path / name)
        page.reload()
        page.wait_for_selector("html[data-shown]")
        assert page.locator("#flag-count").inner_text().strip() == "(4)", "flags are gone after a reload"
    assert browser.complaints() == []
    flags = newsnorm.Catalogue.load(tmp_path / "flags.toml")
    rule, evil = flags.rules
    assert (evil.id, evil.phrases, evil.never) == (EVIL_RULE, ("Join us all",), (CLOSING, EVIL_LINE))
    assert (rule.id, rule.never[-1]) == ("common.removal.source-link", "Source link")
    assert "Source link" not in rule.phrases
    with zipfile.ZipFile(tmp_path / "cases.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    hostile, case = cases(tmp_path / "cases")
    assert hostile.raw.decode() == ROWS[2]["text"]
    assert hostile.expected == {"contains": [EVIL_LINE]}
    assert case.expected == {"contains": ["Source link"], "dateline": {"place": "Neu-Ulm"}}
    with pytest.raises(AssertionError, match="Source link"):
        check(case)
    again = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | flags).parse(case.raw)
    assert rule.id not in {removal.rule for removal in again.removals}
    assert {path.name for path in (tmp_path / "joins").glob("*/*")} == {"about.toml", "docs", "relations.json"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, scheme: Literal["light", "dark"]) -> None:
    with browser.page(scheme=scheme) as page:
        for part in PARTS:
            go(page, part)
            assert page.evaluate(CONTRAST) == [], part


def test_colours_follow_the_system_and_the_switch(browser: Browser) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    with browser.page(scheme="dark") as page:
        dark = page.evaluate(ground)
        page.select_option("#theme select", "light")
        light = page.evaluate(ground)
        page.select_option("#theme select", "")
        assert page.evaluate(ground) == dark != light == "rgb(255, 255, 255)"


def test_a_phone_shows_every_part_without_scrolling_sideways(browser: Browser) -> None:
    with browser.page(phone=True) as page:
        for part in PARTS:
            go(page, part)
            assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0], part
        go(page, "#article=quay")
        assert not page.locator(".listing").is_visible()
        page.get_by_text("Source link", exact=True).tap()
        assert "syndication" in page.locator(".inspector").inner_text()
        page.locator(".back").click()
        page.locator(".list").wait_for()


def test_print_shows_the_article_alone(browser: Browser) -> None:
    with browser.page("#article=quay", scheme="dark") as page:
        page.emulate_media(media="print")
        assert page.locator(".raw").is_visible()
        assert not page.locator("header, .listing, .inspector").first.is_visible()
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_figures_need_no_script(browser: Browser) -> None:
    with browser.page(scripts=False) as page:
        assert page.locator(".chart svg").count() >= 8
        assert not page.locator("nav").is_visible()
    assert browser.complaints() == []
