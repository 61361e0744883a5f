"""Random raw texts: lines as scrapers leave them, and characters that no one would type."""

from __future__ import annotations

from hypothesis import strategies as st

_LINES = (
    "Quay to close for a year",
    "Quay to close for a year | Example News",
    "By María Pérez",
    "By",
    "TYLER DURDEN",
    "Published June 20, 2024",
    "Thursday, June 20, 2024",
    "LONDON",
    "LONDON (Reuters) - The quay closes on Monday.",
    "The quay was closed on Monday after a lorry had damaged two of its pillars, the harbour office said in a statement.",
    "Die Brücke bleibt nach Angaben der Stadt bis zum Herbst gesperrt, weil zwei Pfeiler beschädigt sind, hieß es am Montag.",
    "MalmÃ¶ â€œquoteâ€\x9d und StraÃŸe",
    "Fish &amp; chips &amp;amp; &#8217;",
    "Related articles",
    "Baca juga: Harga beras naik",
    "Share",
    "Facebook",
    "Twitter",
    "WhatsApp",
    "Source: Reuters",
    "Source link",
    "No comments:",
    "Please enter your comment!",
    "Yes.",
    "12",
    "",
    "\u00a0",
    "• Source 1 • Source 2",
)

_BREAKS = ("\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\n\n\n \n")

_ODD = st.sampled_from(
    "aé Ã©â€™\x00\x1b\x85\x9d\xa0\xad\u0301\u200b\u200d\u202e\u2028\u3000\ufeff\ud83d\ude00\udcff&;<>.…—中あกא"
)


def raw_texts() -> st.SearchStrategy[str]:
    """A few lines with their breaks, some of them plain, some odd."""
    odd = st.text(_ODD, max_size=30)
    line = st.one_of(st.sampled_from(_LINES), st.sampled_from(_LINES), odd, st.text(max_size=20))
    return st.lists(st.tuples(line, st.sampled_from(_BREAKS)), max_size=14).map(
        lambda rows: "".join(text + ending for text, ending in rows)
    )


def long_prose() -> st.SearchStrategy[str]:
    """Different paragraphs of 25 words or more, each closed by a full stop, parted by line breaks."""
    words = st.lists(st.text("abdegiklmnoprstuvzåéñöšž", min_size=2, max_size=9), min_size=25, max_size=60)
    paragraph = words.map(lambda chosen: " ".join(chosen).capitalize() + ".")
    paragraphs = st.lists(paragraph, min_size=1, max_size=8, unique=True)
    return st.tuples(paragraphs, st.sampled_from(("\n", "\n\n"))).map(lambda chosen: chosen[1].join(chosen[0]))
