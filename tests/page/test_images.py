"""The images of a report, and what belongs to each."""

from __future__ import annotations

import pytest

import newsnorm
from newsnorm.page.images import is_decoration

PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "The quay closes on Monday because two of its pillars are broken, the port said in a statement.",
        "Ferries leave from the north pier until the work is done, and the fish market moves to the town hall.",
        "The port has asked the county for half of the money that the work will cost, and expects an answer by May.",
    )
)
URL = "https://news.example.com/2024/quay"


def images(html: str, head: str = "", below: str = "") -> tuple[newsnorm.ArticleImage, ...]:
    page = f"<head>{head}</head><body><main><h1>Quay to close</h1>{html}{PROSE}</main>{below}</body>"
    return newsnorm.parse(page, url=URL, media_type="text/html").images


def urls(html: str, head: str = "", below: str = "") -> list[str]:
    return [image.url for image in images(html, head, below)]


def test_addresses_are_absolute_and_each_image_is_there_once() -> None:
    html = "<img src='a.jpg'><img src='/b.jpg'><img src='//cdn.example.com/c.jpg'><img src='/other/b-300x200.jpg?w=1'>"
    assert urls(html) == [
        "https://news.example.com/2024/a.jpg",
        "https://news.example.com/b.jpg",
        "https://cdn.example.com/c.jpg",
    ]


def test_the_page_may_name_the_base_of_its_addresses() -> None:
    assert urls("<img src='a.jpg'>", head="<base href='/img/'><base href='/other/'>") == ["https://news.example.com/img/a.jpg"]


def test_without_an_address_of_the_page_addresses_stay_as_they_are() -> None:
    page = f"<body><main><h1>Quay to close</h1><img src='a.jpg'>{PROSE}</main></body>"
    assert [image.url for image in newsnorm.parse(page, media_type="text/html").images] == ["a.jpg"]


def test_caption_credit_and_alternative_text_go_with_their_image() -> None:
    html = (
        "<figure><img src='/a.jpg' alt=' A\n crane '>"
        "<figcaption><p>The old quay</p><p>Photo: Jane Doe/AFP</p></figcaption></figure>"
        "<figure><img src='/b.jpg'><figcaption>The pier (AP Photo/Tom Roe)</figcaption></figure><img src='/c.jpg'>"
    )
    assert [(image.alt, image.caption, image.credit, image.agency) for image in images(html)] == [
        ("A crane", "The old quay", "Jane Doe/AFP", "AFP"),
        ("", "The pier", "AP Photo/Tom Roe", "AP"),
        ("", "", "", None),
    ]


def test_the_lead_image_is_the_one_that_the_page_names() -> None:
    html = "<img src='/a.jpg'><figure><img src='/quay-640x480.jpg'><figcaption>The quay</figcaption></figure>"
    head = "<meta property='og:image' content='https://cdn.example.com/quay-1200x630.jpg'>"
    found = images(html, head)
    assert [(image.url, image.caption) for image in found] == [
        ("https://news.example.com/quay-640x480.jpg", "The quay"),
        ("https://news.example.com/a.jpg", ""),
    ]


def test_a_lead_image_that_the_page_does_not_show_comes_first() -> None:
    head = "<meta property='og:image' content='/share.jpg'>"
    assert urls("<img src='/a.jpg'>", head) == ["https://news.example.com/share.jpg", "https://news.example.com/a.jpg"]


@pytest.mark.parametrize(
    "url",
    ["/logo.png", "/img/authors/ana.jpg", "/a.svg", "/ana_headshot.jpg", "https://vg.vgwort.example/na/1", "/t/40x40/a.jpg"],
)
def test_signs_portraits_and_counters_are_left_out(url: str) -> None:
    assert urls(f"<img src='{url}'><img src='/a.jpg'>") == ["https://news.example.com/a.jpg"]


def test_the_images_of_other_boxes_are_left_out() -> None:
    teasers = "".join(f"<li><a href='/{n}'><img src='/t{n}.jpg'>Tram back on track, part {n}</a></li>" for n in range(4))
    assert urls("<img src='/a.jpg'>", below=f"<footer><img src='/f.jpg'></footer><ul>{teasers}</ul>") == [
        "https://news.example.com/a.jpg"
    ]
    assert urls(f"<img src='/a.jpg'><aside class='related'><ul>{teasers}</ul></aside>") == ["https://news.example.com/a.jpg"]


def test_a_plain_text_has_no_images() -> None:
    assert newsnorm.parse("Quay to close\n\n![A crane](a.jpg)\n\nThe quay closes on Monday.").images == ()


@pytest.mark.parametrize(
    ("url", "decorates"),
    [
        ("https://pictures.example.com/quality/75/?url=https%3A%2F%2Fnews.example.com%2F2024%2Fquay.jpg", False),
        ("https://pictures.example.com/quality/75/?w=800&url=https://news.example.com/2024/quay.jpg", False),
        ("https://pictures.example.com/75/?src=%2F2024%2Fquay.jpg&w=800", False),
        ("https://pictures.example.com/75/?url=https%3A%2F%2Fnews.example.com%2Fimg%2Flogo.svg", True),
        ("https://pictures.example.com/75/?url=https%3A%2F%2Fnews.example.com%2Fauthors%2Fana-ng.jpg", True),
        ("https://pictures.example.com/75/?id=4711", True),
        ("https://news.example.com/2024/", True),
    ],
)
def test_of_a_service_the_address_that_it_is_given_counts(url: str, decorates: bool) -> None:
    assert is_decoration(url) is decorates
    assert urls(f"<img src='{url}'>") == ([] if decorates else [url])
