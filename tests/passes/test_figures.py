"""Captions, credits of pictures and embedded posts, by the markup of a page."""

from __future__ import annotations

import pytest

import newsnorm

PROSE = (
    "The quay closes on Monday because two of its pillars are broken, the port said in a statement.",
    "Ferries leave from the north pier until the work is done, and the fish market moves to the town hall.",
    "The port has asked the county for half of the money that the work will cost, and expects an answer by May.",
    "Fishermen said on Tuesday that they had warned of the cracks for more than three years without any answer.",
)


def parse(amid: str, above: str = "") -> newsnorm.Article:
    first, *rest = (f"<p>{text}</p>" for text in PROSE)
    html = f"<body><main><h1>Quay to close for a year</h1>{above}{first}{amid}{''.join(rest)}</main></body>"
    return newsnorm.parse(html, media_type="text/html")


CAPTIONED = "<img src='/quay.jpg' alt='A crane'>"


@pytest.mark.parametrize(
    "html",
    [
        f"<figure>{CAPTIONED}<figcaption>The old quay on Sunday</figcaption></figure>",
        f"<figure>{CAPTIONED}<figcaption><p>The old quay on Sunday</p></figcaption></figure>",
        f"<div class='wp-caption'>{CAPTIONED}<p class='wp-caption-text'>The old quay on Sunday</p></div>",
        f"<div>{CAPTIONED}<span class='imageCaption'>The old quay on Sunday</span></div>",
        f"<div>{CAPTIONED}<div class='bildunterschrift'>The old quay on Sunday</div></div>",
        f"<div><p class='photo-caption'>The old quay on Sunday</p>{CAPTIONED}</div>",
        f"<figure><ul><li>{CAPTIONED}<figcaption>The old quay on Sunday</figcaption></ul></figure>",
        f"<figure><ul><li>{CAPTIONED}<li><img src='/b.jpg'></ul><figcaption>The old quay on Sunday</figcaption></figure>",
        f"<figure>{CAPTIONED}<figcaption><ul><li>The old quay on Sunday</ul></figcaption></figure>",
    ],
)
def test_a_caption_is_known_by_its_element_or_its_class_beside_an_image(html: str) -> None:
    for article in (parse(html), parse("", above=html)):
        assert [caption.caption for caption in article.captions] == ["The old quay on Sunday"]
        assert article.paragraphs == PROSE
        assert {caption.rule for caption in article.captions} == {"caption.figure"}


@pytest.mark.parametrize(
    "html",
    [
        "<div class='wp-caption' id='attachment_12'><p class='wp-caption-text'>The old quay on Sunday</p></div>",
        "<div class='story-img-box'><div class='caption'><p>The old quay on Sunday</p></div></div>",
        "<div><span class='photo-caption'>The old quay on Sunday</span></div>",
    ],
)
def test_a_caption_is_known_by_its_names_where_a_script_puts_in_the_image(html: str) -> None:
    article = parse(html)
    assert [caption.caption for caption in article.captions] == ["The old quay on Sunday"]
    assert article.paragraphs == PROSE


def test_a_caption_of_something_else_than_an_image_stays() -> None:
    said = "The clip shows how the second pillar moved when the ferry left on Sunday evening."
    for html in (f"<div class='clip'><p class='caption'>{said}</p></div>", f"<p class='table-caption'>{said}</p>"):
        assert not parse(html).captions


@pytest.mark.parametrize(
    ("html", "caption", "credit", "agency"),
    [
        ("<figcaption>The old quay. (AP Photo/Jane Doe)</figcaption>", "The old quay.", "AP Photo/Jane Doe", "AP"),
        ("<figcaption>The old quay. Foto: Jane Doe</figcaption>", "The old quay.", "Jane Doe", None),
        (
            "<figcaption><p>The old quay</p><p class='credit'>Jane Doe / Reuters</p></figcaption>",
            "The old quay",
            "Jane Doe / Reuters",
            "Reuters",
        ),
        ("<figcaption><p>The old quay</p><p>Photo: Jane Doe/AFP</p></figcaption>", "The old quay", "Jane Doe/AFP", "AFP"),
    ],
)
def test_the_credit_goes_with_its_caption(html: str, caption: str, credit: str, agency: str | None) -> None:
    article = parse(f"<figure>{CAPTIONED}{html}</figure>")
    assert [(found.caption, found.credit, found.agency) for found in article.captions] == [(caption, credit, agency)]
    assert article.paragraphs == PROSE
    assert article.agency is None
    assert article.authors == ()


def test_a_credit_alone_is_no_caption() -> None:
    article = parse(f"<figure>{CAPTIONED}<figcaption class='photo-credit'>Jane Doe / Reuters</figcaption></figure>")
    assert article.captions == ()
    assert [(credit.kind, credit.name) for credit in article.credits] == [("photo", "Jane Doe / Reuters")]


def test_a_credit_stands_right_below_its_caption_in_an_element_of_its_own() -> None:
    html = (
        f"<div>{CAPTIONED}<div class='caption-text'>The old quay</div><div class='credit'>(Image: © Harbour Museum)</div></div>"
    )
    article = parse(html)
    assert [caption.caption for caption in article.captions] == ["The old quay"]
    assert [(credit.kind, credit.name, credit.rule) for credit in article.credits] == [
        ("photo", "Harbour Museum", "caption.figure")
    ]
    assert article.paragraphs == PROSE


def test_a_word_for_a_caption_among_the_lines_of_a_picture_is_none() -> None:
    html = f"<figure>{CAPTIONED}<figcaption><span>Image caption,</span><p>The old quay on Sunday</p></figcaption></figure>"
    article = parse(html)
    assert [caption.caption for caption in article.captions] == ["The old quay on Sunday"]
    assert [(removal.rule, removal.reason) for removal in article.removals] == [("caption.figure-label", "caption")]


def test_a_caption_printed_twice_counts_once() -> None:
    html = f"<figure>{CAPTIONED}<figcaption>The old quay on Sunday</figcaption></figure>"
    article = parse(html * 2)
    assert len(article.captions) == 1
    assert [(removal.rule, removal.reason) for removal in article.removals] == [("caption.again", "caption")]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<figure><table><tr><td>North<td>12</table><figcaption>Ships a day</figcaption></figure>", "Ships a day"),
        (
            "<figure><blockquote>We are sad.</blockquote><figcaption>Ana Ng, harbour master</figcaption></figure>",
            "Ana Ng, harbour master",
        ),
        (
            "<p class='caption'>No image stands beside this line of the report.</p>",
            "No image stands beside this line of the report.",
        ),
    ],
)
def test_what_is_no_caption_of_a_picture_stays(html: str, line: str) -> None:
    article = parse(html)
    assert article.captions == ()
    assert line in article.paragraphs


def test_an_alternative_text_is_no_paragraph() -> None:
    assert "A crane" not in parse(f"<figure>{CAPTIONED}</figure>").text


def test_the_caption_of_a_teaser_is_none_of_the_report() -> None:
    html = f"<footer><figure>{CAPTIONED}<figcaption>Tram back on track in the city</figcaption></figure></footer>"
    assert parse(html).captions == ()


@pytest.mark.parametrize("name", ["twitter-tweet", "instagram-media", "tiktok-embed", "Twitter-Tweet tw-align-center"])
def test_an_embedded_post_is_removed(name: str) -> None:
    article = parse(
        f"<blockquote class='{name}'><p>The quay is closed!</p>&mdash; Port (@port) <a href='/1'>May 3, 2024</a></blockquote>"
    )
    assert article.paragraphs == PROSE
    assert {removal.rule for removal in article.removals} == {"embed.post"}
    assert {removal.reason for removal in article.removals} == {"embed"}
    assert article.published is None


def test_a_quotation_stays() -> None:
    article = parse("<blockquote class='quote'><p>We warned of the cracks, and nobody came.</p></blockquote>")
    assert "We warned of the cracks, and nobody came." in article.paragraphs


def test_plain_text_has_no_figures() -> None:
    article = newsnorm.Parser(passes=newsnorm.PASSES[:1]).parse("caption\n\nThe quay closes on Monday.")
    assert article.findings() == ()
