"""Five scraped articles that have to come out right. They are other people's, so they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import newsnorm
from newsnorm.testing import check_laws

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the project")


@attrs.frozen(kw_only=True)
class Seed:
    """What has to come out of one file. Titles are compared by number of words: their text is not ours."""

    name: str
    title_words: int | None
    paragraphs: int
    removed: int
    authors: tuple[str, ...] = ()
    published: str | None = None
    place: str | None = None
    credit: tuple[str, str] | None = None


TABLE = (
    Seed(name="000", title_words=10, paragraphs=15, removed=2, authors=("Tyler Durden",), published="2024-06-20"),
    Seed(name="001", title_words=None, paragraphs=6, removed=1),
    Seed(name="002", title_words=8, paragraphs=13, removed=2, credit=("bbc.com", "source")),
    Seed(name="003", title_words=12, paragraphs=4, removed=2),
    Seed(name="004", title_words=7, paragraphs=12, removed=2, place="PYONGYANG"),
)


@pytest.mark.parametrize("seed", TABLE, ids=lambda seed: seed.name)
def test_seed(seed: Seed) -> None:
    data = next(SEEDS.glob(f"{seed.name}_*.txt")).read_bytes()
    article = newsnorm.parse(data)
    check_laws(article, newsnorm.Parser().page(data))
    assert (len(article.title.split()) if article.title else None) == seed.title_words
    assert tuple(person.name for person in article.authors) == seed.authors
    assert (article.published.value if article.published else None) == seed.published
    assert (article.published.precision if article.published else "day") == "day"
    assert (article.dateline.place if article.dateline else None) == seed.place
    assert [(credit.name, credit.kind) for credit in article.credits] == ([seed.credit] if seed.credit else [])
    assert len(article.removals) == seed.removed
    assert len(article.paragraphs) == seed.paragraphs
    assert article.language.code == "en"
    assert not article.fixes, "curly quotes, dashes and hard spaces were not broken"
    assert article.title not in article.paragraphs
