"""
Make variants of a report as other outlets, scanners and broken pipelines print it, and texts that merely share passages with it.

Every variant is a function of the report and of the reports beside it alone: what looks random is drawn from a SHA-256 of the
operator's name and the text. A report is a headline and paragraphs, with blank lines between them.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import attrs

NEAR = (
    "headline", "lead_drop", "lead_add", "rewrite_lead", "mojibake", "quotes", "spelling", "hyphen", "syn5", "syn15", "syn30",
    "ocr1", "ocr5", "ocr10",
)  # fmt: skip
EXCERPT = ("trunc50", "trunc25")
EITHER = ("insert_local", "boiler", "wire")
"""Operators whose variants are near or excerpts, depending on how much was added."""
APART = ("roundup", "followup")

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"(?<=[.!?؟।])\s+|(?<=[。！？])")
_LATIN = re.compile(r"[A-Za-z]")


@attrs.frozen
class Report:
    """A report and another one, in the same language if possible."""

    paragraphs: tuple[str, ...]
    beside: tuple[str, ...]
    """Paragraphs of another report."""

    @property
    def text(self) -> str:
        """The headline and the paragraphs, with blank lines between them."""
        return "\n\n".join(self.paragraphs)

    def with_body(self, *body: str) -> str:
        """Put the headline over other paragraphs."""
        return "\n\n".join((self.paragraphs[0], *body))


class Draws:
    """Draws numbers that depend only on a name and a text."""

    def __init__(self, name: str, text: str) -> None:
        self._seed = hashlib.sha256(f"{name}\0{text}".encode("utf-8", "surrogatepass")).digest()
        self._drawn = 0

    def below(self, limit: int) -> int:
        """Draw a number from 0 to below `limit`."""
        self._drawn += 1
        found = hashlib.sha256(self._seed + self._drawn.to_bytes(8, "big")).digest()
        return int.from_bytes(found[:8], "big") % limit

    def chance(self, share: float) -> bool:
        """Draw True in the given share of cases."""
        return self.below(1_000_000) < share * 1_000_000


Operator = Callable[[Report, Draws], str]


def headline(report: Report, draws: Draws) -> str:
    """Put the report under another headline."""
    return "\n\n".join((report.beside[0], *report.paragraphs[1:]))


def lead_drop(report: Report, draws: Draws) -> str:
    """Drop the first sentence."""
    others = _sentences(report.paragraphs[1])[1:]
    return report.with_body(*filter(None, (_joined(others), *report.paragraphs[2:])))


def lead_add(report: Report, draws: Draws) -> str:
    """Put one more sentence on top."""
    return report.with_body(_sentences(report.beside[1])[0], *report.paragraphs[1:])


def rewrite_lead(report: Report, draws: Draws) -> str:
    """Replace most words of the first sentence."""
    first, *others = _sentences(report.paragraphs[1])
    return report.with_body(_joined([_replaced(first, report, draws, 0.7), *others]), *report.paragraphs[2:])


def insert_local(report: Report, draws: Draws) -> str:
    """Insert a paragraph of another report."""
    body = list(report.paragraphs[1:])
    body.insert(1 + draws.below(max(1, len(body) - 1)), report.beside[min(2, len(report.beside) - 1)])
    return report.with_body(*body)


def trunc50(report: Report, draws: Draws) -> str:
    """Cut the text at half."""
    return _cut(report.text, 0.5)


def trunc25(report: Report, draws: Draws) -> str:
    """Cut the text at a quarter."""
    return _cut(report.text, 0.25)


def boiler(report: Report, draws: Draws) -> str:
    """Surround the report with lines of a site."""
    lines = table()
    return "\n".join((*_some(lines["head"], draws, 3), "", report.text, "", *_some(lines["tail"], draws, 3)))


def wire(report: Report, draws: Draws) -> str:
    """Change headline and quotes, drop the end, and surround the report with lines of a site."""
    lines = table()
    last = max(2, len(report.paragraphs) * 4 // 5)
    body = _curly("\n\n".join((report.beside[0], *report.paragraphs[1:last])))
    return "\n".join((*_some(lines["head"], draws, 4), "", body, "", *_some(lines["tail"], draws, 4)))


def mojibake(report: Report, draws: Draws) -> str:
    """Read UTF-8 as Windows-1252; other scripts, which would become unreadable, are left alone."""
    if len(_LATIN.findall(report.text)) < len(report.text) // 2:
        return report.text
    return "".join(_as_windows(byte) for byte in _curly(report.text).encode())


def quotes(report: Report, draws: Draws) -> str:
    """Change quotes, dashes and spaces."""
    return _curly(report.text).replace(" - ", " — ").replace("...", "…").replace(" %", "\u00a0%")


def spelling(report: Report, draws: Draws) -> str:
    """Swap British and American spelling."""
    pairs = [pair.split() for pair in table()["spelling"]]
    other = {one: another for left, right in pairs for one, another in ((left, right), (right, left))}
    return _WORD.sub(lambda word: other.get(word[0], word[0]), report.text)


def hyphen(report: Report, draws: Draws) -> str:
    """Break the text into narrow columns, hyphenating long words."""
    if report.text.count(" ") < len(report.text) // 20:
        return report.text
    return "\n\n".join("\n".join(_columns(paragraph)) for paragraph in report.paragraphs)


def syn5(report: Report, draws: Draws) -> str:
    return _replaced(report.text, report, draws, 0.05)


def syn15(report: Report, draws: Draws) -> str:
    return _replaced(report.text, report, draws, 0.15)


def syn30(report: Report, draws: Draws) -> str:
    return _replaced(report.text, report, draws, 0.3)


def ocr1(report: Report, draws: Draws) -> str:
    return _misread(report.text, draws, 0.01)


def ocr5(report: Report, draws: Draws) -> str:
    return _misread(report.text, draws, 0.05)


def ocr10(report: Report, draws: Draws) -> str:
    return _misread(report.text, draws, 0.1)


def update(report: Report, draws: Draws) -> str:
    """Change figures and add a paragraph."""
    body = [_NUMBER.sub(lambda number: _other_number(number[0], draws), paragraph) for paragraph in report.paragraphs[1:]]
    if body == list(report.paragraphs[1:]):
        return report.text
    return report.with_body(*body, report.beside[-1])


def roundup(report: Report, draws: Draws) -> str:
    """Put the first halves of two reports into one column."""
    ours, theirs = report.paragraphs[1:], report.beside[1:]
    halves = (*ours[: (len(ours) + 1) // 2], *theirs[: (len(theirs) + 1) // 2])
    return "\n\n".join((*_some(table()["column"], draws, 1), *halves))


def followup(report: Report, draws: Draws) -> str:
    """End another report with the last third of this one."""
    ours = _sentences(" ".join(report.paragraphs[1:]))
    return "\n\n".join((*report.beside, _joined(ours[-max(1, len(ours) // 3) :])))


OPERATORS: tuple[Operator, ...] = (
    headline, lead_drop, lead_add, rewrite_lead, mojibake, quotes, spelling, hyphen, syn5, syn15, syn30, ocr1, ocr5, ocr10,
    trunc50, trunc25, insert_local, boiler, wire, update, roundup, followup,
)  # fmt: skip


def variants(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each operator that changes anything."""
    for operator in OPERATORS:
        text = operator(report, Draws(operator.__name__, report.text))
        if text != report.text:
            yield operator.__name__, text


def reports(texts: Sequence[tuple[str, str]]) -> list[Report]:
    """
    Put each text beside the next one of its language, or of any language if it is the only one.

    Args:
        texts: language and text; each has a headline and two paragraphs at least.

    """
    split = [(language, tuple(part for part in text.strip().split("\n\n") if part)) for language, text in texts]
    found = []
    for place, (language, paragraphs) in enumerate(split):
        others = split[place + 1 :] + split[:place]
        beside = next((other for theirs, other in others if theirs == language), others[0][1])
        found.append(Report(paragraphs, beside))
    return found


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]


def _joined(sentences: Sequence[str]) -> str:
    return "".join(sentence if sentence.endswith(("。", "！", "？")) else f"{sentence} " for sentence in sentences).strip()


def _columns(text: str, width: int = 48) -> Iterator[str]:
    """Break a text into lines, and hyphenate words that are long enough on both sides."""
    line = ""
    for word in text.split(" "):
        room = width - len(line) - 2
        if room + 1 < len(word) and word.isalpha() and 3 <= room <= len(word) - 3:
            yield f"{line} {word[:room]}-".lstrip()
            line = word[room:]
        elif line and room + 1 < len(word):
            yield line
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield line


def _cut(text: str, share: float) -> str:
    kept = text[: int(len(text) * share)]
    return kept[: kept.rindex(" ")] if " " in kept else kept


def _some(lines: Sequence[str], draws: Draws, many: int) -> list[str]:
    first = draws.below(len(lines))
    return [lines[(first + step) % len(lines)] for step in range(many)]


def _curly(text: str) -> str:
    opened = re.sub(r'"([^"\n]*)"', "“\\1”", text)
    return opened.replace("'", "’").replace("«", "“").replace("»", "”").replace("„", "“")


def _as_windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _replaced(text: str, report: Report, draws: Draws, share: float) -> str:
    """Replace a share of the words with words of the other report, which is harder than synonyms."""
    words = [word for paragraph in report.beside for word in _WORD.findall(paragraph)]
    return _WORD.sub(lambda word: words[draws.below(len(words))] if words and draws.chance(share) else word[0], text)


def _misread(text: str, draws: Draws, share: float) -> str:
    """Replace letters by similar or random ones, double or drop some, and cut some words in two."""
    alike = _misread_as()
    letters = [letter for letter in text if letter.isalpha()]
    read = []
    for letter in text:
        if not letter.isalpha() or not draws.chance(share):
            read.append(letter)
            continue
        how = draws.below(10)
        if how < 7:
            read.append(alike.get(letter) or letters[draws.below(len(letters))])
        else:
            read.append({7: "", 8: letter * 2, 9: f"{letter} "}[how])
    return "".join(read)


def _other_number(number: str, draws: Draws) -> str:
    return str(int(number) + 1 + draws.below(9)) if draws.chance(0.5) else number


@cache
def table() -> dict[str, list[str]]:
    """Read the lines, forms and word pairs that operators use."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _misread_as() -> dict[str, str]:
    pairs = [pair.split() for pair in table()["misread"]]
    return {one: another for left, right in pairs for one, another in ((left, right), (right, left))}
