"""
Measure how well the thresholds in the code separate: ``python benchmarks/thresholds.py --shared DIR [--only PART]``.

Each threshold is set to several values in turn, with the others unchanged, on the development texts of the benchmarks in DIR.
Docstrings of thresholds that mention this script quote its figures. One run takes some minutes.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import attrs
import extraction
import numpy as np
import numpy.typing as npt

import newsnorm
from newsnorm import language
from newsnorm.evidence import chain
from newsnorm.evidence.weights import extent_weights
from newsnorm.page import prose as found
from newsnorm.page.state import run_passes
from newsnorm.page.unit_features import UnitFeatures, extract_features
from newsnorm.page.units import scan_units
from newsnorm.page.url_slug import UrlSlug
from newsnorm.passes import PASSES, extent_policy, find_extent
from newsnorm.text.folding import fold

KINDS = ("sentence", "title", "lead", "body")
SAME = {"no": "nb", "nn": "nb", "zh": "zh-Hans", "zh-Hant": "zh-Hans", "fil": "tl"}
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
LENGTHS = (8, 16, 24, 32, 48, 64, 128)
PER_LENGTH = 100
LEGACY = {
    **dict.fromkeys(("de", "es", "fr", "it", "nl", "pt", "da", "sv"), "cp1252"),
    **dict.fromkeys(("cs", "pl", "hu"), "cp1250"),
    **dict.fromkeys(("ru", "bg", "uk"), "cp1251"),
    "el": "cp1253",
    "tr": "cp1254",
    "zh": "gb18030",
    "ja": "shift_jis",
    "ko": "cp949",
}
"""Language → the encoding of its texts before UTF-8."""


@attrs.frozen
class Case:
    """A text and its known language."""

    kind: str
    code: str
    text: str


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Read the rows of a compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@contextmanager
def changed(module: ModuleType, name: str, value: float) -> Iterator[None]:
    """Set the threshold `name` of a module to `value` for a while."""
    before = getattr(module, name)
    setattr(module, name, value)
    language._profiles.cache_clear()
    try:
        yield
    finally:
        setattr(module, name, before)
        language._profiles.cache_clear()


def table(module: ModuleType, name: str, values: tuple[float, ...], measure: Callable[[], str]) -> None:
    """Print the result of `measure` for each value; a star marks the value in use."""
    used = getattr(module, name)
    for value in values:
        with changed(module, name, value):
            print(f"{name:10} {value:>8g}{'*' if value == used else ' '} {measure()}", flush=True)


def percent(part: int, whole: int) -> str:
    """Word a share and its total."""
    return f"{100 * part / max(1, whole):5.1f} % of {whole}"


def same(code: str) -> str:
    """Return one code for languages that the benchmark does not distinguish."""
    return SAME.get(code, code)


def measure_language(shared: Path) -> None:
    """Print the share of right answers by threshold and by confidence."""
    known = {same(code) for code in language._profiles().codes} | {code for code, _ in language._SCRIPTS}
    cases = [Case(row["kind"], same(row["lang"]), row["text"]) for row in rows(shared / "bench/metadata/data/langid.jsonl.gz")]
    cases = [case for case in cases if case.code in known]

    def right(capitals: bool = False) -> str:
        shown = []
        for kind in KINDS:
            texts = [case for case in cases if case.kind == kind]
            good = sum(same(language.identify_language(c.text.upper() if capitals else c.text).code) == c.code for c in texts)
            shown.append(f"{kind} {100 * good / max(1, len(texts)):.1f}")
        return "  ".join(shown)

    def brief() -> str:
        texts = [c for c in cases if c.kind != "page" and language._LATIN.search(c.text) and sum(map(str.isalpha, c.text)) < 30]
        codes = [same(language.identify_language(c.text).code) for c in texts]
        answered = [(code, c.code) for code, c in zip(codes, texts, strict=True) if code != "und"]
        good = sum(answer == code for answer, code in answered)
        return f"under 30 letters: answered {percent(len(answered), len(texts))}, of these right {percent(good, len(answered))}"

    table(language, "LETTERS", (100, 200, 300, 600), right)
    table(language, "WORD", (0, 4, 8, 10, 12, 16, 24), right)
    table(language, "SMOOTHING", (5e-6, 2e-5, 5e-5, 1.5e-4, 5e-4), right)
    table(language, "CAPITALS", (0.5, 1.1), lambda: "in capitals: " + right(capitals=True))
    table(language, "FEWEST", (4, 10, 16), brief)
    table(language, "BRIEF", (15, 30, 60), brief)
    table(language, "SURE", (0.5, 0.6, 0.7, 0.8), brief)
    answers = [(c.kind, language.identify_language(c.text), c.code) for c in cases if c.kind in (*KINDS, "wordpair")]
    for kinds in (("wordpair",), KINDS):
        for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
            group = [
                same(answer.code) == code
                for kind, answer, code in answers
                if kind in kinds and answer.method == "langdetect" and low <= answer.confidence < high
            ]
            print(f"confidence {low:.2f} to {high:.2f}, {kinds[0]:8}: right {percent(sum(group), len(group))}")


def measure_found(shared: Path) -> None:
    """Print how many lines of reports, and of their surroundings, count as prose."""
    data = shared / "bench/extraction/data"
    bodies = {row["id"]: row["body"] for row in rows(data / "cases.jsonl.gz")}
    reports: list[str] = []
    rest: list[str] = []
    for row in rows(data / "naive/inscriptis.jsonl.gz"):
        body = bodies.get(row["id"])
        if not body:
            continue
        lines = {" ".join(line.split()) for line in body.split("\n")}
        whole = " ".join(body.split())
        for line in (" ".join(line.split()) for line in row["text"].split("\n")):
            if line in lines or (len(line) >= 40 and line in whole):
                reports.append(line)
            elif line not in whole:
                rest.append(line)
    reports, rest = [line for line in reports if line], [line for line in rest if line]

    def prose() -> str:
        shares = [percent(sum(map(found.is_prose, lines)), len(lines)) for lines in (reports, rest)]
        return f"prose: report {shares[0]}, rest {shares[1]}"

    table(found, "PROSE", (40, 60, 80, 100), prose)
    table(found, "WORDS", (4, 6, 8, 10, 12), prose)
    table(found, "QUESTION", (60, 100, 140, 200), prose)
    table(found, "LONG_PROSE", (120, 160, 200, 300, 10_000), prose)


def measure_read(shared: Path) -> None:
    """Print how often bytes of a legacy encoding are guessed right, by their number, and how many lines pages have."""
    texts: dict[str, list[str]] = {encoding: [] for encoding in LEGACY.values()}
    for row in rows(shared / "bench/metadata/data/langid.jsonl.gz"):
        encoding = LEGACY.get(row["lang"])
        if encoding is None or row["kind"] not in KINDS:
            continue
        text = row["text"].encode(encoding, "ignore").decode(encoding)
        start = next((number for number, letter in enumerate(text) if not letter.isascii() and letter.isalpha()), None)
        if text == row["text"] and start is not None:
            texts[encoding].append(text[max(0, start - 4) :])

    def guessed_right(text: str, encoding: str) -> bool:
        try:
            return bool(decode.decode(text.encode(encoding)).text == text)
        except newsnorm.InputError:
            return False

    decode = importlib.import_module("newsnorm.read.decode")  # the package's attribute of that name is the function
    for length in LENGTHS:
        shown = []
        for encoding in texts:
            pieces = [text.encode(encoding)[:length].decode(encoding, "ignore") for text in texts[encoding]]
            pieces = [text for text in pieces if not text.isascii() and len(text.encode(encoding)) >= length - 3][:PER_LENGTH]
            good = sum(guessed_right(text, encoding) for text in pieces)
            shown.append(f"{encoding} {percent(good, len(pieces))}")
        print(f"{length:4} bytes guessed right: {', '.join(shown)}", flush=True)
    sizes = sorted(row["text"].count("\n") for row in rows(shared / "bench/extraction/data/naive/inscriptis.jsonl.gz"))
    print(f"lines of a whole page: median {sizes[len(sizes) // 2]:,}, most {sizes[-1]:,}")


@attrs.frozen(eq=False)
class Weighed:
    """A text with the output of the chain, and the share of each unit that is report."""

    features: UnitFeatures
    likely: npt.NDArray[np.float64]
    words: npt.NDArray[np.float64]
    covered: npt.NDArray[np.float64]
    report: int
    asked: bool

    def shares(self) -> tuple[float, float]:
        """Precision and recall, in words, of the units that `extent_policy.apply_policy` keeps."""
        stays = extent_policy.apply_policy(self.features, self.likely).keep_mask if self.asked else self.features.free
        kept, held = float(self.words[stays].sum()), min(float(self.covered[stays].sum()), self.report)
        return held / kept if kept else 0.0, held / self.report if self.report else 1.0


def weighed(kind: str, shared: Path, cache: Path) -> list[Weighed]:
    """Return the texts of one kind of input, weighed with the shipped weights."""
    score, cases = extraction.scorer(shared), extraction.cases(shared)
    texts = extraction.texts_of(kind, cases, shared, cache)
    parser = newsnorm.Parser()
    weights = extent_weights()
    made = []
    for case in cases:
        page = parser.page(texts.get(case.id, ""), url=case.url)
        cues = scan_units(run_passes(page, parser.catalogue, PASSES[: PASSES.index(find_extent)]))
        if not cues.units:
            continue
        features = extract_features(cues)
        rows, places = features.of_units(weights.unit_features), features.of_places(weights.place_features)
        held = iter(score.coverage("\n".join(unit.text for unit in cues.units), case.body))
        units = [next(held) if score.words(unit.text) else ("", 0, 0) for unit in cues.units]
        made.append(
            Weighed(
                features,
                chain.score(rows, places, features.free, weights),
                np.array([words for _, words, _ in units], float),
                np.array([covered for _, _, covered in units], float),
                len(score.words(case.body)),
                extent_policy.may_have_boilerplate(cues),
            )
        )
    return made


INPUTS = (("trafilatura", "outputs"), ("resiliparse", "outputs"), ("bs4", "pages"), ("inscriptis", "pages"), ("clean", "clean"))


def measure_chain(shared: Path) -> None:
    """Print the costs and benefits of the thresholds of `newsnorm.passes.extent_policy`, in words of units."""
    texts = {kind: weighed(kind, shared, CACHE) for kind, _ in INPUTS}
    for kind, _ in INPUTS:
        pages = sum(extent_policy.looks_like_a_page(text.features) for text in texts[kind])
        asked = sum(text.asked for text in texts[kind])
        count = len(texts[kind])
        print(f"{kind}: the chain is asked {percent(asked, count)}, looks like a page {percent(pages, count)}")

    def measure() -> str:
        shown = []
        for group in ("outputs", "pages", "clean"):
            shares = np.array([text.shares() for kind, of in INPUTS if of == group for text in texts[kind]])
            precision, recall = shares.mean(0)
            shown.append(f"{group} F1 {2 * precision * recall / (precision + recall):.4f} R {recall:.4f}")
        return ", ".join(shown)

    for name, values in (
        ("KEEP_OF_PAGE", (0.35, 0.5, 0.6)),
        ("KEEP_AMID_OF_PAGE", (0.25, 0.35, 0.5)),
        ("KEEP", (0.1, 0.2, 0.35, 0.5)),
        ("KEEP_PROSE", (0.02, 0.1, 0.2, 0.35)),
        ("KEEP_AMID", (0.05, 0.1, 0.2)),
        ("EVIDENCE", (0.0, 0.2, 0.4)),
        ("SURE", (0.0, 0.05, 0.1)),
        ("SURE_ABOVE", (0.0, 0.1, 0.35)),
        ("PAGE_SHORT", (0.3, 0.4, 0.5)),
        ("PAGE_KNOWN", (3, 4, 6)),
        ("LEAST", (0.5, 0.6, 0.7, 0.8)),
    ):
        table(extent_policy, name, values, measure)


def measure_title(shared: Path) -> None:
    """Print right and wrong titles by their similarity to the URL, for texts whose title is known."""
    known = {row["id"]: row["title"] for row in rows(shared / "bench/extraction/data/cases.jsonl.gz") if row.get("title")}
    cases = [case for case in extraction.cases(shared) if case.id in known]
    for group, kinds in (("outputs and pages", ("trafilatura", "resiliparse", "inscriptis")), ("clean", ("clean",))):
        counts: Counter[tuple[str, str, bool]] = Counter()
        for kind in kinds:
            texts = extraction.texts_of(kind, cases, shared, CACHE)
            for case in cases:
                headline = newsnorm.parse(texts[case.id], url=case.url).headline
                if headline is None:
                    continue
                given, chosen, address = fold(known[case.id]), fold(headline.text), UrlSlug.of(case.url)
                said = f"similarity {address.similarity(headline.text):.1f}" if address.is_telling else "a URL that tells nothing"
                counts[headline.rule, said, chosen in given or given in chosen] += 1
        for rule, said in sorted({key[:2] for key in counts}):
            print(f"{group}: {rule}, {said}: {counts[rule, said, True]} right, {counts[rule, said, False]} wrong")


CACHE = Path("out/extraction")
"""The folder in which ``extraction.py`` keeps the output of extractors."""

PARTS = {
    "chain": measure_chain,
    "found": measure_found,
    "language": measure_language,
    "read": measure_read,
    "title": measure_title,
}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of the benchmarks")
    parser.add_argument("--only", choices=sorted(PARTS))
    options = parser.parse_args()
    for name, measure in PARTS.items():
        if options.only in (None, name):
            print(f"# {name}")
            measure(options.shared)


if __name__ == "__main__":
    main()
