"""What does a line look like, by itself and in its surroundings?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from newsnorm.catalogue import Rules
from newsnorm.catalogue.tables import Extent
from newsnorm.passes.address import Address
from newsnorm.passes.found import Found
from newsnorm.passes.joins import goes_on
from newsnorm.records import Byline, Credit, Dateline, Line, Page, PublicationDate, Reason, Removal, Title

Array = npt.NDArray[np.float64]

GROUPS: Mapping[str, tuple[Reason, ...]] = {
    "comments": ("comments",),
    "related": ("related", "read-more"),
    "rights": ("copyright", "agency-trailer", "syndication", "author-box"),
    "prompts": ("subscription", "app", "paywall"),
    "media": ("advert", "player", "caption"),
    "furniture": ("navigation", "tags", "sharing", "consent", "script", "placeholder"),
    "time": ("timestamp",),
}
_GROUP = {reason: group for group, reasons in GROUPS.items() for reason in reasons}

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CLOSED = re.compile(r"[.!?…。！？؟।۔][\"'”’»›)\]」』“]*\W*\Z")
_QUOTE_CLOSED = re.compile(r"[\"”’»」』“)]\s*\Z")
_INNER = re.compile(r"[.!?…][\"'”’»)]*\s+[\"'“‘«(¿¡\[]*[^\W\da-zа-яα-ω]|[。！？।۔؟](?=.)")
_DATE = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d+[年月日]")
_URL = re.compile(r"https?://|www\.|\b[\w.]+@[\w.]+|(?<!\w)[@#]\w{2,}|\b\w+\.(?:com|org|net|de|fr|co\.uk|it|es|ru)\b", re.I)
_SEPARATOR = re.compile(r"[|›»→•·▸►]|\s[–—-]\s|[:：]\Z")
_QUOTE = re.compile(r"[\"“”„«»‘「『]|(?<!\w)'")
_OPENS = re.compile(r"[\"“„«‘「『—–-]")
_BULLET = re.compile(r"[*•·▪●◦–—-]\s|\d+[.)]\s")

SEEN = 600
"""Code points of a unit that features look at; a paragraph's end is looked at as well."""


@attrs.frozen(eq=False)
class Unit:
    """Lines that are one paragraph: mostly one line, more where a tag cut it."""

    lines: tuple[Line, ...]
    text: str
    taken: str
    """What took it: a group of reasons, ``title``, ``byline``, ``date``, ``credit``, ``other``; empty: nobody."""


def units(page: Page, found: Found) -> list[Unit]:
    """The lines with a word in them, cut paragraphs joined again."""
    rows: list[tuple[list[Line], str, str]] = []
    lines = [line for line in page.lines if line.text and any(map(str.isalnum, line.text))]
    for index, line in enumerate(lines):
        taken = _taken(found, line.number)
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        if rows and not taken and not rows[-1][2] and goes_on(rows[-1][1], line.text, below):
            above = rows[-1]
            rows[-1] = ([*above[0], line], above[1] + (line.text if line.text[0] in ",.;:)%”’»?!" else " " + line.text), "")
        else:
            rows.append(([line], line.text, taken))
    return [Unit(tuple(of), text, taken) for of, text, taken in rows]


def _taken(found: Found, number: int) -> str:
    taker = found.taken(number)
    if taker is None:
        return ""
    if isinstance(taker, Removal):
        return _GROUP.get(taker.reason, "other")
    for kind, name in ((Title, "title"), (Byline, "byline"), (PublicationDate, "date"), (Credit, "credit")):
        if isinstance(taker, kind):
            return name
    return "other"


@attrs.frozen(eq=False)
class Seen:
    """The features of a page's units: of each in its surroundings, and of the cut before it."""

    units: Sequence[Unit]
    size: Array
    """Words; where a script writes no spaces, half its letters."""
    line: Mapping[str, Array]
    cut: Mapping[str, Array]
    free: npt.NDArray[np.bool_]


ROW = (
    "closed quote_closed sentences sentences4 function no_function title_case capitals digits dated_long dated_short url "
    "separator opens quote bullet lower interface you me repeated like_title is_title colon bracket closed_short open_long name "
    "like_address author_named site_named rights "
    + " ".join(f"weak_{group}" for group in GROUPS) + " weak start "
    + " ".join(f"taken_{group}" for group in (*GROUPS, "title", "byline", "date", "credit", "other"))
).split()


def look(page: Page, found: Found, rules: Rules, knowledge: Extent) -> Seen:
    """The features of a page."""
    of = units(page, found)
    count = len(of)
    texts = [unit.text for unit in of]
    tokens = [_WORD.findall(text[:SEEN]) for text in texts]
    lower = [[word.lower() for word in words] for words in tokens]
    size = np.array([max(len(_WORD.findall(text)) if len(text) > SEEN else len(words), len(_UNSPACED.findall(text)) / 2 if not text.isascii() else 0)
                     for text, words in zip(texts, tokens, strict=True)], float)
    closed = [bool(_CLOSED.search(text[-12:])) for text in texts]
    often: Counter[str] = Counter()
    for words, k, c in zip(lower, size, closed, strict=True):
        if k >= 8 and c:
            often.update(word for word in words if len(word) <= 4 and word.isalpha())
    function = {word for word, times in often.most_common(30) if times >= 2}
    times = Counter(" ".join(words) for words in lower)
    headline = found.first(Title)
    title = set(_WORD.findall(headline.text.lower())) if headline is not None else next((set(words) for words in lower[:3] if len(words) >= 4), set())
    address = Address.of(page.raw.url)
    people = {part for byline in found.all(Byline) for person in byline.people for part in [person.name.split()[-1].lower()] if len(part) > 2}
    site = _site(found.host)
    rows = []
    for unit, text, words, low, k, c in zip(of, texts, tokens, lower, size, closed, strict=True):
        rows.append(_row(unit, text, words, low, k, c, function, times, title, address, people, site, found, rules, knowledge))
    x = np.array(rows, float).reshape(count, len(ROW))
    columns = {name: x[:, index] for index, name in enumerate(ROW)}
    content = [{word for word in low if len(word) >= 5 and not word.isdigit()} for low in lower]
    return _surroundings(of, size, columns, content)


def _site(host: str) -> str:
    parts = [part for part in host.split(".") if len(part) > 3 and part != "www"]
    return max(parts, key=len, default="")


def _row(unit: Unit, text: str, words: list[str], low: list[str], k: float, c: bool, function: set[str], times: Counter[str], title: set[str], address: Address, people: set[str], site: str, found: Found, rules: Rules, knowledge: Extent) -> list[float]:
    m = len(words) or 1
    held = set(low)
    text_ = text[:SEEN]
    dated = bool(_DATE.search(text_))
    inner = len(_INNER.findall(text_)) if k >= 4 else 0
    long = [word for word in words[1:] if len(word) >= 4] if k >= 4 else []
    same = len(held & title) / len(held | title) if title else 0.0
    functional = sum(word in function for word in low) / m
    weak, start = found.evidence(unit.lines[0]) if not unit.taken else ((), False)
    groups = {_GROUP.get(reason, "other") for reason in weak}
    last = text[-1]
    row = [
        c, bool(_QUOTE_CLOSED.search(text[-12:])) and not c, min(inner, 1), min(inner, 4) / 4,
        min(functional, 0.5) * 2, k >= 4 and not functional,
        sum(word[0].isupper() for word in long) / len(long) if long else 0, text_.isupper(),
        min(sum(word[0].isdigit() for word in words) / m, 0.5) * 2, dated and k > 12, dated and k <= 12,
        bool(_URL.search(text_)), k < 25 and bool(_SEPARATOR.search(text_)), bool(_OPENS.match(text)),
        bool(_QUOTE.search(text_)), bool(_BULLET.match(text)), text[0].islower(),
        sum(word in knowledge.interface for word in low) / m,
        min(sum(word in knowledge.you for word in low) / m, 0.1) * 10 if k >= 3 else 0,
        min(sum(word in knowledge.me for word in low) / m, 0.1) * 10,
        times[" ".join(low)] > 1, same, same > 0.6, last in ":：", text[0] in "([", c and k < 8, not c and k >= 20,
        2 <= m <= 4 and all(word[0].isupper() for word in words),
        address.likeness(text) if k <= 30 and address.tells else 0,
        bool(people) and not people.isdisjoint(low), bool(site) and site in "".join(low), "©" in text,
    ]
    row += [group in groups for group in GROUPS]
    row += [bool(weak), start]
    row += [unit.taken == group for group in (*GROUPS, "title", "byline", "date", "credit", "other")]
    return row


def mean(values: Array, first: int, last: int, weight: Array | None = None) -> Array:
    """The mean of `values` over the units from `first` to `last` away; 0 where there are none."""
    count = len(values)
    of = np.ones(count) if weight is None else weight
    total = np.concatenate(([0.0], np.cumsum(values * of)))
    number = np.concatenate(([0.0], np.cumsum(of)))
    at = np.arange(count)
    low, high = np.clip(at + first, 0, count), np.clip(at + last + 1, 0, count)
    shared = number[high] - number[low]
    return np.where(shared > 0, (total[high] - total[low]) / np.maximum(shared, 1e-9), 0.0)


def _runs(prose: npt.NDArray[np.bool_], size: Array) -> Array:
    """Words in the run of prose that a unit belongs to; one or two short lines do not end a run."""
    mass = np.zeros(len(size))
    at = 0
    while at < len(size):
        if not prose[at]:
            at += 1
            continue
        last, end = at, at + 1
        while end < len(size) and end - last <= 2:
            last = end if prose[end] else last
            end += 1
        mass[at : last + 1] = size[at : last + 1].sum()
        at = last + 1
    return mass


def _cohesion(content: list[set[str]], counts: Counter[str], mine: Sequence[bool | float]) -> Array:
    return np.array([sum(counts[word] > own for word in words) / len(words) if words else 0.0 for words, own in zip(content, mine, strict=True)])


def _surroundings(of: list[Unit], n: Array, x: Mapping[str, Array], content: list[set[str]]) -> Seen:
    count = len(n)
    at = np.arange(count)
    closed = x["closed"] > 0
    words5, words20, words60 = np.minimum(n, 5) / 5, np.clip(n - 5, 0, 15) / 15, np.clip(n - 20, 0, 40) / 40
    free = np.array([not unit.taken for unit in of], bool)
    prose = closed * np.minimum(n, 30) / 30 * free
    short = (n < 8).astype(float)
    taken = (~free).astype(float)
    removed = sum(x[f"taken_{group}"] for group in GROUPS) + x["taken_other"]
    phrase = np.minimum(removed + x["weak"] + x["start"], 1)
    pushy = x["interface"] + x["you"]
    mass = _runs((n >= 8) & closed & free, n)
    rel = mass / (mass.max(initial=0) + 1e-6)
    done = np.concatenate(([0.0], np.cumsum(prose)))
    before = done[:-1] / (done[-1] + 1e-6)
    everywhere = rel > 0.6
    main: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for words, big in zip(content, everywhere, strict=True):
        counts.update(words)
        if big:
            main.update(words)
    some = (n >= 6).astype(float)
    shared = _cohesion(content, counts, [1.0] * count) * some
    with_main = _cohesion(content, main, list(everywhere)) * some
    titled = np.flatnonzero(x["taken_title"] > 0)
    above_title = (at < titled[0]).astype(float) if len(titled) else np.zeros(count)
    below_title = np.where(at > titled[0], np.exp(-(at - titled[0]) / 8), 0) if len(titled) else np.zeros(count)
    noisy = np.full(count, short.mean() if count else 0.0)
    short_free = short * free
    line = dict(
        {name: value for name, value in x.items() if not name.startswith("taken_")},
        bias=np.ones(count), words5=words5, words20=words20, words60=words60,
        prose_1=mean(prose, -1, -1), prose1=mean(prose, 1, 1), prose_3=mean(prose, -3, -1), prose3=mean(prose, 1, 3),
        prose_8=mean(prose, -8, -1), prose8=mean(prose, 1, 8), short_3=mean(short, -3, -1), short3=mean(short, 1, 3),
        shared=shared, with_main=with_main, before=before, middle=before * (1 - before) * 4, noisy=noisy,
        noisy_closed=noisy * closed, run=rel, main_run=(rel > 0.9).astype(float), run_words=np.log1p(mass) / 7,
        above_title=above_title, repeated_near=mean(x["repeated"], -3, 3), dated_near=mean(x["dated_short"], -3, 3),
        phrase_near=mean(phrase, -2, 2), phrase_1=mean(phrase, -1, -1), phrase1=mean(phrase, 1, 1), name_near=mean(x["name"], -2, 2), lines=np.full(count, min(count, 30) / 30),
        long_closed=words20 * closed, comments_above=np.minimum(np.cumsum(x["taken_comments"] + x["weak_comments"]), 1),
        related_1=mean(x["taken_related"], -1, -1), taken_1=mean(taken, -1, -1), taken1=mean(taken, 1, 1), short_free=short_free,
        author_tail=x["author_named"] * before, site_tail=x["site_named"] * before, end=np.exp(-(count - 1 - at) / 2.0),
        byline_above=np.minimum(np.cumsum(x["taken_byline"] + x["taken_date"]), 1),
        rights_above=np.minimum(np.cumsum(x["taken_rights"] + x["weak_rights"]), 1) * (before > 0.5),
        furniture_below=mean(removed, 1, 6), furniture_above=mean(removed, -6, -1),
    )
    prev = lambda values: np.concatenate(([0.0], values[:-1])) if count else values  # noqa: E731
    long = np.minimum(n, 30) / 30
    cut = dict(
        bias=np.ones(count), first=(at == 0).astype(float), closed_prev=prev(x["closed"]), closed=x["closed"], long_prev=prev(long),
        long=long, prose_3=line["prose_3"], prose2=mean(prose, 0, 2), prose_8=line["prose_8"], prose7=mean(prose, 0, 7),
        short4=mean(short, 0, 4), short_5=mean(short, -5, -1), phrase=phrase, phrase_prev=prev(phrase), phrase_2=mean(phrase, -2, -1),
        phrase2=mean(phrase, 1, 2), phrase5=mean(phrase, 0, 5), pushy1=mean(pushy, 0, 1), pushy_2=mean(pushy, -2, -1), like_title=x["like_title"],
        like_title_prev=prev(x["like_title"]), dated=x["dated_short"], dated_prev=prev(x["dated_short"]), name=x["name"],
        name_prev=prev(x["name"]), before=before, before2=before**2, capitals=x["capitals"], colon=x["colon"], bracket=x["bracket"],
        topic_change=mean(shared, 0, 4, some) - mean(shared, -5, -1, some), with_main4=mean(with_main, 0, 4, some),
        with_main_5=mean(with_main, -5, -1, some), run=rel, run_prev=prev(rel), run_step=rel - prev(rel), above_title=above_title,
        below_title=below_title, repeated3=mean(x["repeated"], 0, 3), repeated_4=mean(x["repeated"], -4, -1),
        dated4=mean(x["dated_short"], 0, 4), dated_4=mean(x["dated_short"], -4, -1), noisy=noisy, noisy_run=noisy * prev(rel),
        main_passed=np.maximum.accumulate(prev(rel)) if count else rel, name4=mean(x["name"], 0, 4), author_named=x["author_named"] * before, site_named=x["site_named"] * before,
        title_prev=prev(x["taken_title"]), byline_prev=prev(x["taken_byline"]), date_prev=prev(x["taken_date"]),
        meta_3=mean(x["taken_title"] + x["taken_byline"] + x["taken_date"], -3, -1),
        **{group: np.maximum(x[f"taken_{group}"], x[f"weak_{group}"]) for group in GROUPS},
        **{f"{group}_prev": prev(np.maximum(x[f"taken_{group}"], x[f"weak_{group}"])) for group in GROUPS},
    )
    return Seen(of, n, line, cut, free)
