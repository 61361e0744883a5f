"""The markup of a page: paths to elements, and their places."""

from __future__ import annotations

from newsnorm.records import NO_MARKUP, Element, LineMarkup, Markup

HTML = Element(parent=-1, tag="html", names="", depth=0, is_hidden=False, start=0)


def nested(*tags: str) -> Markup:
    """Return the markup of one line inside elements that stand inside each other."""
    elements = [HTML]
    for depth, tag in enumerate(tags, 1):
        elements.append(Element(depth - 1, tag, f"c{depth} other", depth, False, 10 * depth))
    last = len(elements) - 1
    return Markup(elements=tuple(elements), lines=(LineMarkup(last, last, 0, 0, False), None))


def test_a_path_names_elements_from_the_outermost_with_their_first_name() -> None:
    assert nested("body", "p").path(0) == "body.c1 > p.c2"


def test_an_id_has_a_sign_of_its_own() -> None:
    markup = Markup(elements=(HTML, Element(0, "p", "#lead banner", 1, False, 6)), lines=(LineMarkup(1, 1, 0, 0, False),))
    assert markup.path(0) == "p#lead"


def test_a_deep_path_is_cut_at_its_outer_end() -> None:
    markup = nested("body", "div", "div", "p")
    assert markup.path(0, most=2) == "… > div.c3 > p.c4"
    assert markup.path(0, most=4) == "body.c1 > div.c2 > div.c3 > p.c4"


def test_a_place_is_that_of_the_start_tag() -> None:
    assert nested("body", "p").place(0) == 20


def test_lines_without_an_element_have_no_path_and_no_place() -> None:
    for markup, number in ((nested("p"), 1), (nested("p"), 7), (NO_MARKUP, 0)):
        assert markup.path(number) == ""
        assert markup.place(number) is None


def test_the_elements_around_a_line_come_innermost_first_and_without_the_root() -> None:
    markup = nested("body", "div", "p")
    assert [markup.elements[index].tag for index in markup.around(0)] == ["p", "div", "body"]
    assert [markup.elements[index].tag for index in markup.outwards(2)] == ["div", "body"]
    assert list(markup.outwards(0)) == list(markup.around(1)) == list(NO_MARKUP.around(0)) == []


def test_what_the_markup_says_of_a_line_is_none_for_lines_that_it_does_not_know() -> None:
    markup = nested("p")
    assert markup.of_line(0) == markup.lines[0]
    assert markup.of_line(1) is markup.of_line(9) is NO_MARKUP.of_line(0) is None
