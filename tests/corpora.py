"""Random corpora in which much is related: reports of a small pool of sentences, and what editors and scanners make of them."""

from __future__ import annotations

from hypothesis import strategies as st

_POOL_WORDS = """
harbour quay storm ferry council bridge captain mooring engineer pillar evening passenger winter village library petition
county teacher bakery heating damage ministry lantern gravel forest soldier island fishing market repair meeting autumn
Brücke gesperrt Pfeiler Verwaltung Gutachter pont rivière mairie réunion мост инженеры трещины опоры ночь جسر المدينة
the of and to in was on that had for with from were after before until said would not 14 62 1932 300 7.5
"""
_WORDS = _POOL_WORDS.split()
_WITHOUT_SPACES = "渡船因发动机故障停航两周每天约有学生和工人受到影响只能绕行公路桥"


def _sentence(number: int) -> str:
    """A sentence of the pool; which words it has follows from its number."""
    if number % 9 == 8:
        return "".join(_WITHOUT_SPACES[(number * 7 + step * 5) % len(_WITHOUT_SPACES)] for step in range(18)) + "。"
    length = 9 + number % 7
    return " ".join(_WORDS[(number * 31 + step * (2 * number + 3) + step * step) % len(_WORDS)] for step in range(length)) + "."


POOL = tuple(_sentence(number) for number in range(60))


@st.composite
def _edited(draw: st.DrawFn, sentences: list[str]) -> str:
    """A report as it is, or as somebody printed it."""
    how = draw(
        st.sampled_from(("same", "same", "capitals", "cut", "head", "drop", "insert", "figures", "words", "letters", "glue"))
    )
    place = draw(st.integers(0, len(sentences) - 1))
    other = draw(st.sampled_from(POOL))
    text = " ".join(sentences)
    if how == "capitals":
        return text.upper().replace(" ", "\n")
    if how == "cut":
        return " ".join(sentences[: place + 1])
    if how == "head":
        return "\n\n".join((other, text))
    if how == "drop":
        return " ".join(sentences[:place] + sentences[place + 1 :])
    if how == "insert":
        return " ".join([*sentences[:place], other, *sentences[place:]])
    if how == "figures":
        return text.translate(str.maketrans("1234567890", "3456789012"))
    if how == "words":
        return " ".join("word" if number % 6 == place % 6 else word for number, word in enumerate(text.split(" ")))
    if how == "letters":
        return "".join("e" if number % 17 == place else letter for number, letter in enumerate(text))
    if how == "glue":
        return " ".join((text, *reversed(POOL[place : place + 5])))
    return text


@st.composite
def corpora(draw: st.DrawFn, least: int = 2) -> dict[str, str]:
    """Id and text; the order of ids has nothing to do with who was made of whom."""
    reports = draw(st.lists(st.lists(st.sampled_from(POOL), min_size=3, max_size=10), min_size=1, max_size=3))
    texts = draw(st.lists(st.sampled_from(reports).flatmap(_edited), min_size=least, max_size=9))
    odd = draw(st.lists(st.one_of(st.sampled_from(("", " ", "Quay closed", "🌊")), st.text(max_size=12)), max_size=2))
    names = draw(st.permutations([f"t{number}" for number in range(len(texts) + len(odd))]))
    return dict(zip(names, texts + odd, strict=True))
