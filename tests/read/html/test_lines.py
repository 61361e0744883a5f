"""Which lines of text does a page of HTML have?"""

from __future__ import annotations

import pytest

from newsnorm.read.html import read_html
from newsnorm.records import Page, RawArticle


def page(html: str, media_type: str = "text/html") -> Page:
    return read_html(RawArticle(text=html, sha256="", media_type=media_type))


def lines(html: str, media_type: str = "text/html") -> list[str]:
    return [line.text for line in page(html, media_type).lines if line.text]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("Rain in Ulm.", ["Rain in Ulm."], id="bare text"),
        pytest.param("<p>One<p>Two", ["One", "Two"], id="implied end of a paragraph"),
        pytest.param("<p>One <b>bold</b> <i>word</i>.", ["One bold word."], id="inline elements"),
        pytest.param("un<b>believ</b>able <span>st</span>ory", ["unbelievable story"], id="no blank is invented"),
        pytest.param(
            "<a>Ana Ng</a><time>6 May</time><span><span>Port</span></span><span>Town</span>",
            ["Ana Ng 6 May Port Town"],
            id="apart",
        ),
        pytest.param("<a>NBA</a><a>港口</a><a>two</a><a>fold</a>", ["NBA 港口 twofold"], id="links side by side"),
        pytest.param(
            "<b>O</b><b>perator</b> <span>T</span><span>he</span> H<sub>2</sub>O", ["Operator The H2O"], id="a word in parts"
        ),
        pytest.param("One<br>Two<br><br>Three</br>Four", ["One", "Two", "Three", "Four"], id="line breaks"),
        pytest.param("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"], id="text beside blocks"),
        pytest.param("<span><p>One</p>Two</span>", ["One", "Two"], id="a block in an inline element"),
        pytest.param("One</p>Two", ["One", "Two"], id="the end of a paragraph that never began"),
        pytest.param("<ul><li>One<li>Two<ul><li>Three</ul><li>Four</ul>", ["One", "Two", "Three", "Four"], id="lists"),
        pytest.param("<dl><dt>Term<dd>Meaning<dt>Other<dd>More</dl>", ["Term", "Meaning", "Other", "More"], id="definitions"),
        pytest.param(
            "<table><caption>Results<tr><th>Team<th>Points<tr><td>Ulm<td>3</table>After",
            ["Results", "Team", "Points", "Ulm", "3", "After"],
            id="a line for each cell",
        ),
        pytest.param("<pre>one\n  two\n\nthree</pre>", ["one", "two", "three"], id="preformatted text"),
        pytest.param("<p>One\n   two\t three</p>", ["One two three"], id="white space"),
        pytest.param("<p>Price:&nbsp;5 &nbsp; euros</p>", ["Price: 5 euros"], id="no-break spaces"),
        pytest.param("<p>one\u2028two</p>", ["one two"], id="separators of Unicode"),
        pytest.param("<p>Donau&shy;dampf&#8203;schiff<wbr>fahrt</p>", ["Donaudampfschifffahrt"], id="places for hyphens"),
        pytest.param(
            "<p>AT&amp;T &lt;b&gt; caf&eacute &unknown; &#0;&#x110000;</p>",
            ["AT&T <b> café &unknown; \ufffd\ufffd"],
            id="references",
        ),
        pytest.param("<p>1 < 2 and 3 > 2 & so on <3</p>", ["1 < 2 and 3 > 2 & so on <3"], id="signs that open nothing"),
        pytest.param("<p>a\0b</p>", ["ab"], id="zero characters"),
        pytest.param("<p>a\ud800b</p>", ["a\ufffdb"], id="half a surrogate pair"),
        pytest.param("<p>One</p><script>var a = '<p>no</p>';</script><style>p{}</style><p>Two", ["One", "Two"], id="scripts"),
        pytest.param("<p>One</p><template><p>no</template><p>Two", ["One", "Two"], id="templates"),
        pytest.param("<template><p>no</p></template>", [], id="a template before the body"),
        pytest.param("<p>One<noscript><p>no</noscript> two", ["One two"], id="text for readers without scripts"),
        pytest.param("<p>One <select><option>no<option>neither</select>two", ["One two"], id="choices"),
        pytest.param("<p>One</p><select><option>no<p>Two", ["One", "Two"], id="choices without an end"),
        pytest.param("<p>One<svg><title>no</title><text>no</text></svg> two", ["One two"], id="drawings"),
        pytest.param("<svg><path d=M0>Three<div>One</div>", ["One"], id="a drawing without an end"),
        pytest.param("<p>E = <math><mi>m</mi><mi>c</mi></math>", ["E = mc"], id="formulas"),
        pytest.param("<video>no</video><audio>no</audio><p>One", ["One"], id="films"),
        pytest.param("<!--[if IE]><p>no</p><![endif]--><![if !IE]><p>One</p><![endif]>", ["One"], id="conditional comments"),
        pytest.param("<p>One<![CDATA[ no ]]></p>", ["One"], id="a marked section, a comment in HTML"),
        pytest.param("<html><head><p>One</head><p>Two", ["One", "Two"], id="text in the head"),
        pytest.param("<body><p>One</body></html><p>Two", ["One", "Two"], id="text after the end"),
        pytest.param("<html><body><p>One</html><html><body><p>Two</html>", ["One", "Two"], id="two pages"),
        pytest.param("<frameset><frame src=a><noframes>no</noframes></frameset>", [], id="frames"),
        pytest.param("<p>One<plaintext><b>Two</b>", ["One", "<b>Two</b>"], id="plain text"),
        pytest.param("<form>One<form>Two</form>Three</form>", ["One", "Two", "Three"], id="forms in forms"),
        pytest.param("<a href=1>One <a href=2>two</a> three", ["One two three"], id="anchors in anchors"),
        pytest.param("<table><tr><td>One<table><tr><td>Two</table>Three</table>", ["One", "Two", "Three"], id="tables in tables"),
        pytest.param("<base href=/x><p>One", ["One"], id="a base"),
        pytest.param("<amp-img src=a.jpg alt=no></amp-img><amp-ad>One</amp-ad>", ["One"], id="AMP"),
        pytest.param("<x-card><x-title>One</x-title> two</x-card>", ["One two"], id="elements of a site"),
        pytest.param("<p>He said: <q>No <q>more</q> of it</q>.</p>", ["He said: “No ‘more’ of it”."], id="quotations"),
        pytest.param(
            "<p>So <q> “one” </q>, «<q>two</q>», <q></q><q> </q>.", ["So “one” , «two», ."], id="marks that are written"
        ),
        pytest.param("<q><p>One</p><p>Two</p></q>Three", ["“One", "Two”", "Three"], id="a quotation of blocks"),
        pytest.param("<html lang=fr-CA><p><q>Un</q>", ["«Un»"], id="marks of a language"),
        pytest.param(
            "<p>a <s>6</s>7, <del>old</del><ins>new</ins>, (<strike>b</strike>), word<ins>s</ins>, <s>旧</s>新, <s>c</s>.",
            ["a 6 7, old new, (b), words, 旧新, c."],
            id="struck text",
        ),
        pytest.param(
            "<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>で<ruby><rb>火事<rt>かじ</ruby>。",
            ["東京で火事。"],
            id="readings",
        ),
        pytest.param("<p>One <rt>two</rt> <ruby>x<rt>no<p>Three", ["One two x", "Three"], id="readings without an end"),
        pytest.param("<details><summary>One</summary>Two</details>", ["One", "Two"], id="details"),
        pytest.param("", [], id="nothing"),
        pytest.param('<script type="application/ld+json">{"headline": "One"}</script>', [], id="only JSON-LD"),
    ],
)
def test_lines(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "media_type"),
    [
        (
            '<?xml version="1.0"?><html><head><title/><script src="a"/></head><body><div/>One<p>T<![CDATA[w]]>o</p></body>',
            "text/html",
        ),
        (
            "<html><head><title/><script src='a'/></head><body><div/>One<p>T<![CDATA[w]]>o</p></body></html>",
            "application/xhtml+xml",
        ),
    ],
)
def test_a_page_in_xml_has_empty_elements_and_marked_sections(html: str, media_type: str) -> None:
    assert lines(html, media_type) == ["One", "Two"]
    path = page(html, media_type).markup.path(0)
    assert path == "html > body"


def test_links_and_strong_text_are_counted() -> None:
    read = page('<p>See <a href="/a"> the  plan</a>, <b>now</b>.</p><p><a name="top">No link</a></p>')
    of = [mark for mark in read.markup.lines if mark is not None]
    assert [(mark.linked, mark.strong, mark.is_broken) for mark in of] == [(8, 3, False), (0, 0, False)]


def test_an_end_tag_inside_a_block_does_not_end_the_block() -> None:
    assert lines("<b><p>One</b> two</p><p>Three</p>") == ["One two", "Three"]
    assert lines("<div>One</span></em> two</div>") == ["One two"]
    assert page("<table><tr><td><p>One</div></td></tr></table>Two").markup.path(1) == "html > body"


def test_a_hidden_element_is_marked_and_its_text_kept() -> None:
    read = page('<p hidden>One<p style="color:red; display : none">Two<p aria-hidden=true><span>Three</span><p>Four')
    hidden = [read.markup.elements[mark.element].is_hidden for mark in read.markup.lines if mark is not None]
    assert hidden == [True, True, True, False]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_the_place_of_a_line_points_at_the_start_tag_around_it(line_break: str) -> None:
    parts = [
        "<!DOCTYPE html>",
        "<html>",
        "<body class=a>",
        "<p>One 😀",
        "<b>Two</b>",
        "<div>",
        "<h1 id=x>Three</h1> é",
        "<p>Four",
    ]
    html = line_break.join(parts)
    read = page(html)
    for line, tag in zip((line for line in read.lines if line.text), ("p", "h1", "div", "p"), strict=True):
        place = read.markup.place(line.number)
        assert place is not None
        assert html[place:].startswith(f"<{tag}")
        assert read.markup.elements[read.markup.lines[line.number].element].tag == tag  # type: ignore[union-attr]


def test_the_body_takes_the_names_of_its_late_start_tag() -> None:
    html = '<html><head><div></div></head><body class="home">One'
    assert page(html).markup.path(0) == "html > body.home"
    assert page(html).markup.place(0) == html.index("<body")


def test_a_path_tells_ids_from_classes() -> None:
    html = '<main id="story"><div id="top" class="wide lead"><header id=masthead role="banner"><p class="a" id="b">One'
    read = page(html)
    assert read.markup.path(0) == "html > body > main#story > div.wide > header#masthead > p.a"
    assert [element.names for element in read.markup.elements[-4:]] == ["#story", "wide lead #top", "#masthead banner", "a #b"]


@pytest.mark.parametrize("html", ['<html lang="de-AT">', '<div></div><html lang="de-AT">', '<html xml:lang="de-AT">'])
def test_language(html: str) -> None:
    assert page(html).markup.language == "de-AT"


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ('<img src="a.jpg" alt="A quay"><p>One', ["a.jpg"]),
        ('<img src="data:image/gif;base64,R0" data-src="a.jpg">', ["a.jpg"]),
        ('<img src="data:image/gif;base64,R0" srcset="s.jpg 300w, a.jpg 900w, m.jpg 600w">', ["a.jpg"]),
        ('<picture><source srcset="a.webp 900w"><img alt=""></picture>', ["a.webp"]),
        ('<picture><source srcset="a.webp 900w"><img src="b.jpg"></picture><img alt="no address">', ["b.jpg"]),
        ('<img data-lazy-src="a.jpg"><noscript><img src="a.jpg"><img src="b.jpg"></noscript>', ["a.jpg", "b.jpg"]),
        ('<amp-img src="a.jpg"></amp-img>', ["a.jpg"]),
        ("<svg><image href=x></svg><img src=''>", []),
    ],
)
def test_images(html: str, urls: list[str]) -> None:
    assert [image.url for image in page(html).markup.images] == urls


def test_the_first_title_is_claimed_wherever_it_stands() -> None:
    assert [claim.value for claim in page("<p>One</p><title> A &amp;\n B </title><title>C</title>").markup.claims] == ["A & B"]
    assert lines("<p>One</p><title>A</title>") == ["One"]


def test_what_stands_there_for_browsers_without_scripts_is_no_line_but_known() -> None:
    read = page("<noscript><h1>Enable</h1>\n<b>scripts</b></noscript><p>One<noscript>please</noscript>")
    assert [line.text for line in read.lines if line.text] == ["One"]
    assert read.markup.without_scripts == "Enable scripts\nplease"
    assert len(page(f"<noscript>{'a ' * 9_000}</noscript>" * 9).markup.without_scripts) < 1_100
