"""A generator of unrelated briefs of one site, printed with 20 to 150 words of the site's own text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import attrs

Slot: TypeAlias = Literal["none", "number", "date"]
Place: TypeAlias = Literal["above the headline", "below the headline", "tail"]

BRIEFS = (
    (
        "Walnut oil press turns again",
        (
            "For the first time since the flood of 1997 the walnut press at Kettering Mill has produced oil. Sixty growers "
            "brought eleven tonnes of nuts in October, twice what the cooperative had hoped for, and the first bottles "
            "should reach grocers well before the end of Advent."
        ),
    ),
    (
        "Pianist cancels her autumn tour",
        (
            "Ilse Marquardt will not play in any of the nineteen cities that had been announced, her agent said. The "
            "pianist broke a finger while she was pruning roses. Tickets remain valid or can be returned, and a concert in "
            "Trieste is planned for May if she heals."
        ),
    ),
    (
        "Glider lands on a motorway",
        (
            "Motorists braked when a glider came down between lorries near the Alsdorf junction. Its pilot, aged seventy, "
            "had lost the upwind over a quarry and saw no meadow within reach. Nobody was injured; traffic was diverted "
            "until a crane had lifted the wings out of the way."
        ),
    ),
    (
        "Court frees the parrot smuggler",
        (
            "Judges in Valparaíso acquitted a customs clerk who had kept forty macaws in his cellar. They believed that he "
            "meant to hand them over to a zoo, which confirmed two letters. Prosecutors, who had asked for years, want to "
            "appeal because his freezer held falsified papers too."
        ),
    ),
    (
        "Vaccine against bee virus tested",
        (
            "A sugar syrup has protected hives from deformed wings in a trial by entomologists at Uppsala. Of two hundred "
            "colonies that were fed it, nine in ten survived, while without it half did. Makers hope for a licence, "
            "although wasps love the stuff at least as much."
        ),
    ),
    (
        "Goalkeeper scores from his own box",
        (
            "With the last kick of the derby Tadeusz Wrona hit the net from ninety metres. A gust carried his clearance "
            "over everybody, and his opposite number slipped. The draw keeps both clubs in their division, and the ball "
            "goes under glass in the hall of the stadium."
        ),
    ),
    (
        "Central bank leaves rates unchanged",
        (
            "Borrowing will cost four and a quarter per cent until at least the next meeting, the governors decided "
            "unanimously. Inflation has slowed but wages are rising faster. Analysts took the wording as a hint that cuts "
            "may come earlier, and the crown gained slightly against the dollar."
        ),
    ),
    (
        "Monks sell their cellar of cheese",
        (
            "Four hundred wheels, some older than the novices, are up for auction at the abbey of Saint Honorat. Damp has "
            "weakened the vault, and the brothers must clear it soon. Bidders may taste, the prior promised, provided that "
            "they keep silent while doing so, like everyone there."
        ),
    ),
)
"""Headline and report of each; a report has 47 words."""

SITE = (
    "Our newsroom closed this edition{date} after {number} readers had written to us.",
    "The Lantern comes out six times a week and belongs to nobody but its subscribers.",
    "Letters to the editor must carry a full name, a street and a telephone number.",
    "We shorten them where we have to, and we never print what was sent anonymously.",
    "Whoever spots a mistake in these columns is kindly asked to ring the desk.",
    "Photographs can be ordered as prints from our archive, framed or rolled in a tube.",
    "Birth notices, weddings and obituaries are accepted at the counter until eleven each weekday.",
    "A puzzle book is given away with every yearly subscription that is paid in advance.",
    "You may cancel it at any time by postcard, without having to name a reason.",
    "Parts of these pages are read aloud for blind listeners on our free line.",
    "Reprinting is free to schools.",
)
"""Sentences of the site, 149 words, none of which shares more than small words with a report."""

DATES = (
    "Monday, 5 February 2024", "Tuesday, 12 March 2024", "Wednesday, 17 April 2024", "Thursday, 2 May 2024",
    "Friday, 21 June 2024", "Saturday, 6 July 2024", "Monday, 19 August 2024", "Tuesday, 3 September 2024",
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Brief:
    """A page of the site."""

    url: str
    headline: str
    report: str
    site: tuple[str, ...]
    """The paragraphs of the site's own text, as printed on this page."""
    text: str


def site_pages(
    sentences: int, *, place: Place = "tail", slot: Slot = "none", per_paragraph: int = 2, host: str = "lantern.example.com"
) -> list[Brief]:
    """
    Print eight unrelated briefs with the first sentences of the site's text.

    Args:
        sentences: number of the site's sentences.
        place: where the site's text stands.
        slot: what changes in the first sentence from page to page.
        per_paragraph: sentences per paragraph.
        host: the host of the pages.

    """
    return [_page(number, sentences, place, slot, per_paragraph, host) for number in range(len(BRIEFS))]


def _page(number: int, sentences: int, place: Place, slot: Slot, per_paragraph: int, host: str) -> Brief:
    headline, report = BRIEFS[number]
    date = f" on {DATES[number]}" if slot == "date" else ""
    first = SITE[0].format(date=date, number=str(1_180 + 37 * number) if slot == "number" else "many")
    printed = (first, *SITE[1:sentences])
    site = tuple(" ".join(printed[start : start + per_paragraph]) for start in range(0, sentences, per_paragraph))
    parts: Sequence[str] = {
        "above the headline": (*site, headline, report),
        "below the headline": (headline, *site, report),
        "tail": (headline, report, *site),
    }[place]
    return Brief(url=f"https://{host}/{number}", headline=headline, report=report, site=site, text="\n\n".join(parts) + "\n")
