"""Articles that have every field, and random ones, for tests of formats."""

from __future__ import annotations

from functools import cache

import attrs
from folders import FIXTURES
from hypothesis import strategies as st

import newsnorm
from newsnorm import Article, ArticleImage, ParagraphKind, Person, Span
from newsnorm.testing import cases

FULL_RAW = """Quay to close for a year
The port expects detours until June.
By María Pérez and Jane Miller
Edited by Tom O'Hara
Published 20 June 2024, 14:05:09 CEST
Updated 21 June 2024, 09:30 CEST

MALMO, June 20 (Reuters) - The quay closes on Monday because two of its pillars are broken, the port said in a statement.
It had been damaged by a lorry in March & repaired <at once>, and engineers have found cracks since then in both pillars.
Correction: An earlier version of this report named another quay.
Photo: Jane Doe/AFP
Source link
"""


@cache
def full_article() -> Article:
    """Return an article with a value in every field, ledger included."""
    parsed = newsnorm.parse(FULL_RAW, id="harbour/quay", url="https://example.com/2024/quay?id=1&lang=sv")
    page = parsed.headline
    assert page is not None
    facts = tuple(
        newsnorm.PageFact(line=0, span=Span(0, 0), text=value, rule=f"fact.{kind}", kind=kind, value=value)  # type: ignore[arg-type]
        for kind, value in (
            ("site", "Harbour News"),
            ("section", "Local"),
            ("tag", "harbour"),
            ("tag", "traffic"),
            ("description", "Two pillars are broken."),
            ("image", "https://example.com/lead.jpg"),
            ("url", "https://example.com/quay"),
        )
    )
    byline = attrs.evolve(
        parsed.bylines[0],
        people=(
            Person(name="María Pérez"),
            Person(name="Jane Miller", role="reporter"),
            Person(name="Tom O'Hara", role="editor"),
        ),
    )
    caption = newsnorm.Caption(
        line=3, span=Span(2, 9), text="The quay. (AP)", rule="caption.credited", caption="The quay.", credit="AP", agency="AP"
    )
    correction = newsnorm.Correction(
        line=9, span=Span(9, 12), text="An earlier version named another quay.", rule="correction.marked", takes_line=False
    )
    standfirst = newsnorm.Standfirst(
        line=1, span=Span(25, 61), text="The port expects detours until June.", rule="standfirst.marked", takes_line=False
    )
    moment = newsnorm.PublicationDate(
        line=4,
        span=Span(4, 6),
        text="20 June 2024",
        rule="date.line",
        value="2024-06-20T14:05:09+02:00",
        precision="second",
        zone="stated",
    )
    later = attrs.evolve(moment, value="2024-06-21T09:30+02:00", precision="minute", role="updated")
    credit = newsnorm.Credit(
        line=8, span=Span(5, 6), text="Photo: Jane Doe/AFP", rule="credit.photo", name="Jane Doe/AFP", kind="photo"
    )
    fix = newsnorm.Fix(span=Span(4, 9), before="MalmÃ¶", after="Malmö", steps=("encode latin-1", "decode utf-8"))
    kinds = ("paragraph", "heading", "list-item", "list-item", "quote", "code", "table-row", "table-row", "paragraph")
    paragraphs = (
        "The port expects detours until June.",
        "Detours & delays",
        "Ferries <move>",
        'To the "fish" dock',
        "We are sorry.",
        "a = 1\n  b = 2",
        "Quay\tDay",
        "North\tMonday",
        "An earlier version named another quay.",
    )
    return attrs.evolve(
        parsed,
        title="Quay to close for a year",
        standfirst=standfirst,
        bylines=(byline,),
        dates=(moment, later),
        credits=(credit,),
        captions=(caption,),
        corrections=(correction,),
        facts=facts,
        site="Harbour News",
        images=(ArticleImage("https://example.com/a b.jpg", alt="A crane", caption="The old quay", credit="Jane Doe"),),
        fixes=(fix,),
        truncated=True,
        language=newsnorm.Language(code="en", confidence=1.0, method="given"),
        layout=newsnorm.Layout("article", "a byline"),
        notes=("byline-guessed: a guess",),
        paragraphs=paragraphs,
        paragraph_kinds=tuple(
            ParagraphKind(name, level=int(name in ("heading", "list-item", "quote")), ordered=name == "list-item")  # type: ignore[arg-type]
            for name in kinds
        ),
    )


@cache
def shipped_articles() -> list[Article]:
    """Return articles of the fixtures, texts and pages: every fourth."""
    parser = newsnorm.Parser()
    found = [*cases(FIXTURES / "articles"), *cases(FIXTURES / "pages")][::4]
    return [parser.parse(case.raw, url=case.url, id=case.path.name, media_type=case.media_type) for case in found]


_TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
_SOME = st.none() | _TEXTS
_URLS = st.none() | _TEXTS | _TEXTS.map(lambda text: f"https://{text}") | st.just("http://example.com/ä?q=%#x")
_KINDS = st.builds(
    ParagraphKind,
    name=st.sampled_from(("paragraph", "heading", "list-item", "table-row", "quote", "code")),
    level=st.integers(0, 6),
    ordered=st.booleans(),
    continues=st.booleans(),
)
_DATES = st.sampled_from(
    (
        ("2024", "year", "unknown"),
        ("2024-06", "month", "unknown"),
        ("2024-06-20", "day", "unknown"),
        ("2024-06-20T14:05", "minute", "unknown"),
        ("2024-06-20T14:05-06:00", "minute", "assumed"),
        ("2024-06-20T14:05+03:00", "minute", "stated"),
        ("2024-06-20T14:05:09Z", "second", "stated"),
    )
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any article: the full one, with odd texts in many of its fields."""
    full = full_article()
    rows = draw(st.lists(st.tuples(_TEXTS, _KINDS), max_size=5))
    value, precision, zone = draw(_DATES)
    people = draw(
        st.lists(st.builds(Person, name=_TEXTS, role=st.sampled_from(("author", "editor", "photographer"))), max_size=2)
    )
    odd = draw(_TEXTS)
    return attrs.evolve(
        full,
        id=draw(_TEXTS),
        url=draw(_URLS),
        title=draw(_SOME),
        standfirst=draw(st.sampled_from((None, full.standfirst and attrs.evolve(full.standfirst, text=odd)))),
        bylines=(attrs.evolve(full.bylines[0], people=tuple(people), text=odd, agency=draw(_SOME)),),
        dates=(attrs.evolve(full.dates[0], value=value, precision=precision, zone=zone),),  # type: ignore[arg-type]
        dateline=draw(st.sampled_from((None, full.dateline and attrs.evolve(full.dateline, place=odd, date=odd, text=odd)))),
        credits=(attrs.evolve(full.credits[0], name=odd),),
        captions=draw(st.sampled_from(((), (attrs.evolve(full.captions[0], caption=odd, credit=draw(_TEXTS)),)))),
        facts=draw(st.sampled_from(((), full.facts, tuple(attrs.evolve(fact, value=odd) for fact in full.facts)))),
        images=(ArticleImage(draw(_URLS) or "", alt=odd, caption=draw(_TEXTS)),),
        language=newsnorm.Language(code=draw(st.sampled_from(("und", "en", "pt-BR", "zh-Hant")))),
        paragraphs=tuple(text for text, _ in rows),
        paragraph_kinds=tuple(kind for _, kind in rows),
        notes=(draw(_TEXTS),),
        removals=draw(st.sampled_from(((), full.removals))),
        ledger=draw(st.sampled_from(((), full.ledger))),
        truncated=draw(st.booleans()),
    )
