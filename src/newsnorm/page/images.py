"""Find the images of a page that belong to its report, and the caption of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

import attrs

from newsnorm.page.addresses import absolute_address
from newsnorm.page.figures import figure_names
from newsnorm.page.markup_names import words_of_names
from newsnorm.page.state import Found
from newsnorm.records import ArticleImage, Caption, Credit, Image, Markup
from newsnorm.text.lazy_regex import lazy_regex

MOST_IMAGES = 200
"""Most images of a report that are kept."""

FROM_IMAGE = 4
"""Elements around an image within which the one shared with its caption is looked for."""

SMALL = 130
"""Pixels. An image whose longer side, as stated in its address, is at most this is not part of the report. Chosen, not
measured."""

IDENTIFIES = 10
"""Fewest characters of a part of a file's name, including a digit, that identifies an image. Chosen, not measured."""

_SIZE = lazy_regex(r"(?i)[-_](?:\d{2,5}x\d{2,5}|\d{3,4}w?|scaled|large|medium|small|thumb)(?=\.|$)")
_PART, _PIXELS = lazy_regex(r"[a-z0-9]+"), lazy_regex(r"(?<![a-z0-9])(\d{1,4})x(\d{1,4})(?![a-z0-9])")
_NAME = lazy_regex(r"(?<![^/?#])([^/?#]+)(?:[?#].*)?\Z")  # it begins after a sign, so a long address is read once
_SERVED = lazy_regex(r"(?i)/\?(?:[^#]{0,500}&)?[\w-]{1,30}=((?:https?(?::|%3a))?(?:/|%2f)[^&#]{1,2000})")


def images_of(found: Found) -> tuple[ArticleImage, ...]:
    """
    Return the images of the report, the lead image first; none for a plain text.

    The lead image is the one that the page states for machines; if it does not show that one, the first.
    An image belongs to the report if it is in the report's region, and not in a box without a remaining line of the report.
    """
    markup = found.page.markup
    claimed = [claim.value for claim in markup.claims if claim.field == "image"]
    if not markup.images and not claimed:
        return ()
    images: dict[str, ArticleImage] = {}
    for image in _of_report(found):
        key = file_name(image.url)
        described = _described(found, image, absolute_address(found.page, image.url))
        known = images.get(key)
        if (known is None and len(images) < MOST_IMAGES) or (known is not None and not known.caption and described.caption):
            images[key] = described
    lead = next((key for url in claimed for key in images if _is_same_image(file_name(url), key)), None)
    if lead is not None:
        return (images[lead], *(image for key, image in images.items() if key != lead))
    first = [ArticleImage(url=absolute_address(found.page, claimed[0]))] if claimed else []
    return (*first, *images.values())


def file_name(url: str) -> str:
    """
    Return the file name of an image without its size, equal for all sizes of one image.

    >>> file_name("https://cdn.example.com/a/quay-1024x768.jpg?w=300"), file_name("/quay_large.jpg")
    ('quay.jpg', 'quay.jpg')
    """
    match = _NAME.search(url.rstrip("/"))
    return _SIZE.sub("", match.group(1).lower()) if match is not None else url


def _is_same_image(name: str, other: str) -> bool:
    """Return whether two file names are equal, or share a part that identifies the image."""
    if name == other:
        return True
    shared = frozenset(_PART.findall(name)) & frozenset(_PART.findall(other))
    return any(len(part) >= IDENTIFIES and not part.isalpha() for part in shared)


def is_decoration(url: str) -> bool:
    """
    Return whether an image's address shows that it is an icon, an author's portrait, a tracking pixel or very small.

    For a service that resizes images, the address of the original image counts.

    >>> is_decoration("/img/logo.svg"), is_decoration("/authors/ana-ng.jpg"), is_decoration("/2024/quay.jpg")
    (True, True, False)
    >>> is_decoration("/quality/75/?url=https%3A%2F%2Fexample.com%2Fquay.jpg")
    False
    """
    url = _served(url)
    names, path = figure_names(), url.partition("?")[0]
    if path.endswith((".svg", ".gif", "/")) or not names.counter.isdisjoint(words_of_names(url)):
        return True
    last = " ".join(path.rsplit("/", 2)[-2:])
    sizes = (max(int(width), int(height)) for width, height in _PIXELS.findall(url))
    return not names.decoration.isdisjoint(words_of_names(last)) or any(size <= SMALL for size in sizes)


def _served(url: str) -> str:
    """Return the image address in the query of a service whose path ends like a folder, or else the address itself."""
    from urllib.parse import unquote

    match = _SERVED.search(url)
    return unquote(match.group(1)) if match is not None else url


def _of_report(found: Found) -> Iterator[Image]:
    """Yield the images in the report's region that are not decoration and not in a box of removed lines."""
    markup, region = found.page.markup, found.layout.region
    inside = [image for image in markup.images if region.holds(image.element, image.beside)]
    if not inside:
        return
    texts, kept = _lines_of_elements(found)
    for image in inside:
        around = takewhile(lambda index: index > region.container, markup.outwards(image.element))
        box = next((index for index in around if texts[index]), None)
        if (box is None or kept[box]) and not is_decoration(image.url):
            yield image


def _lines_of_elements(found: Found) -> tuple[Sequence[int], Sequence[int]]:
    """Return for each element how many lines with text it contains, and how many of these are fields or part of the report."""
    markup = found.page.markup
    texts, kept = [0] * len(markup.elements), [0] * len(markup.elements)
    for line, mark in zip(found.layout.whole_page.lines, markup.lines, strict=True):
        if line.text and mark is not None:
            taker = found.taken(line.number)
            texts[mark.element] += 1
            kept[mark.element] += taker is None or taker.fate != "removal"
    return markup.sums(texts), markup.sums(kept)


def _described(found: Found, image: Image, url: str) -> ArticleImage:
    """Describe an image by the captions and credits in its figure, or right beside it."""
    described = ArticleImage(url=url, alt=" ".join(image.alt.split()))
    for finding in _beside(found, image):
        if isinstance(finding, Caption) and not described.caption:
            credit = finding.credit or described.credit
            described = attrs.evolve(described, caption=finding.caption, credit=credit, agency=finding.agency or described.agency)
        elif isinstance(finding, Credit) and not described.credit:
            described = attrs.evolve(described, credit=finding.name, agency=finding.agency)
    return described


def _beside(found: Found, image: Image) -> Sequence[Caption | Credit]:
    """
    Return the captions and credits in the same figure as an image, or else in the line below it.

    If the line below is in another figure, it belongs to the image of that figure.
    """
    markup = found.page.markup
    credited = (credit for credit in found.all(Credit) if credit.kind == "photo")
    findings: list[Caption | Credit] = [*found.all(Caption), *credited]
    for element in islice(markup.outwards(image.element), FROM_IMAGE):
        if markup.elements[element].tag == "figure":
            inside = [finding for finding in findings if element in markup.around(finding.line)]
            if inside:
                return inside
    below = (finding for finding in findings if finding.line == image.beside)
    return [finding for finding in below if not _is_in_figure(markup, finding.line)]


def _is_in_figure(markup: Markup, number: int) -> bool:
    """Return whether a line is in a figure."""
    return any(markup.elements[index].tag == "figure" for index in markup.around(number))
