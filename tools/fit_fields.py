"""
Fit the weights for choosing headline, date and authors: ``tools/fit_fields.py --shared DIR [--folds 5] [--write]``.

Each page of the metadata benchmark (its whole text, and the text around its article) is read and processed up to the field, like
a user's text. Candidates are labelled by the benchmark's own measure. The model is a choice among the page's candidates or none
(conditional logit, McFadden 1974; if several candidates are right, the likelihood of any of them), with an L2 penalty, optimised
by L-BFGS. The weakest features are dropped one after another until 30 are left; then the threshold of bylines is set on the same
pages.
``--folds`` fits on all other sites in turn and prints the results on the sites left out; ``--write`` fits on all sites and writes
the rounded weights. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import cast
from urllib.parse import urlsplit

import attrs
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

import newsnorm
from newsnorm.evidence.linear import Candidate, best
from newsnorm.evidence.linear import score as evidence
from newsnorm.evidence.weights import Choice
from newsnorm.grammar.byline import BylineReading
from newsnorm.page.byline_cues import byline_candidates
from newsnorm.page.date_cues import DateCues, DateOnPage, date_candidates
from newsnorm.page.layout import LineView
from newsnorm.page.state import Found, run_passes
from newsnorm.page.title_cues import title_candidates
from newsnorm.passes import PASSES, byline, dates, find_title, title
from newsnorm.records import WRITERS

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import extraction

Array = npt.NDArray[np.float64]

REPORT, DENSE = "report", "dense"
"""Modes of texts: reports alone, from the extraction benchmark, to learn that there may be no headline; and the text around an
article in the style of extractors, from the headline on, without blank lines."""

ASIDE = 0.15
"""Weight of a text without its URL, or without blank lines."""

AGAINST = 0.5
"""Weight of a text without its headline."""

KEPT = 30
"""Number of weights per field; few enough for a person to read."""

PENALTY = 1.0
"""Factor of the L2 penalty."""

LEAST = 0.0
"""The evidence that a headline and a day need: that of the choice "none of them", so that the likelier of both is taken.

It is a setting and not fitted: on the pages of the fit the balance of right and wrong days is flat from -1 to 0, and where its
highest point lies changes with every fit.
"""

MORE = 0.5
"""The evidence that a second byline needs; chosen, not measured."""

SWEEP = tuple(step / 4 for step in range(-8, 9))
"""Thresholds of the first byline to try."""

RECALL = 0.005
"""Loss of F1 that a threshold lower by one may cost, since fitted weights are surer of their own pages than of others."""

OUT = Path(__file__).parents[1] / "src" / "newsnorm" / "evidence" / "models" / "fields.toml"


@attrs.frozen(kw_only=True, eq=False)
class Text:
    """A text with its metadata and its candidates for each field."""

    mode: str
    case: dict[str, object]
    site: str
    found: Found


@attrs.frozen(eq=False)
class Group:
    """The candidates of one text for one field, with their features and whether they are right."""

    features: Sequence[Sequence[str]]
    right: Sequence[bool]
    site: str
    weight: float = 1.0


def scorer(shared: Path) -> ModuleType:
    """Load the benchmark's own scorer."""
    spec = importlib.util.spec_from_file_location("metadata_score", shared / "bench" / "metadata" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}: no bench/metadata/score.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.TRUSTED = True  # type: ignore[attr-defined]
    return module


def gather(score: ModuleType, shared: Path) -> list[Text]:
    """Read the pages, and process them up to the headline."""
    parser = newsnorm.Parser()
    passes = PASSES[: PASSES.index(find_title)]
    texts = []
    for case in score.load_cases(shared / "bench" / "metadata" / "data"):
        for mode in ("crop", "text", DENSE):
            text = case.get(mode) if mode in ("crop", "text") else made(score, case)
            if not text:
                continue
            page = parser.page(text, url=case.get("url") if mode in ("crop", "text") else None)
            found = run_passes(page, parser.catalogue, passes)
            site = ".".join((urlsplit(case.get("url") or case["id"]).hostname or case["id"]).split(".")[-2:])
            texts.append(Text(mode=mode, case=case, site=site, found=found))
    for report in extraction.cases(shared):
        page = parser.page(report.body, url=report.url)
        found = run_passes(page, parser.catalogue, passes)
        texts.append(Text(mode=REPORT, case={"id": report.id}, site=report.site, found=found))
    return texts


def made(score: ModuleType, case: Mapping[str, object]) -> str:
    """Return the text around an article in the style of extractors: from the headline on, without blank lines."""
    key = score.fold(cast("dict[str, str]", case["gold"]).get("title") or "")
    lines = [line for line in str(case.get("crop") or "").split("\n") if line.strip()]
    at = next((number for number, line in enumerate(lines) if score.fold(line) == key), -1) if key else -1
    return "\n".join(lines[at:]) if at >= 0 else ""


def fit(groups: Sequence[Group], kept: int, nothing: bool = True) -> dict[str, float]:
    """Return the weights of the strongest features; `nothing` says whether no candidate, with evidence 0, is a choice too."""
    names = sorted({name for group in groups for row in group.features for name in row})
    weights: dict[str, float] = {}
    while True:
        weights = climb(groups, names, nothing, weights)
        if len(names) <= kept:
            return {name: round(weight, 1) for name, weight in weights.items() if round(weight, 1)}
        cut = max(kept, len(names) - (4 if len(names) > 1.5 * kept else 1))
        parts = dict.fromkeys(names, 0)
        for group in groups:
            for name in set().union(*group.features) & parts.keys():
                parts[name] += any(name not in row for row in group.features) or len(group.features) == 1
        strength = {name: abs(weights[name]) * (parts[name] / len(groups)) ** 0.5 for name in names}
        names = sorted(sorted(names, key=lambda name: (-strength[name], name))[:cut])


def climb(groups: Sequence[Group], names: Sequence[str], nothing: bool, start: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of `names` with the best penalised likelihood, searching from `start`."""
    index = {name: at for at, name in enumerate(names)}
    rows, cols, starts, right, each = [], [], [], [], []
    row = 0
    for group in groups:
        if not any(group.right) and not nothing:
            continue
        starts.append(row)
        each.append(group.weight)
        for features, is_right in zip(group.features, group.right, strict=True):
            for name in features:
                if name in index:
                    rows.append(row)
                    cols.append(index[name])
            right.append(is_right)
            row += 1
        if nothing:
            right.append(not any(group.right))
            row += 1
    matrix = np.zeros((row, len(names)))
    matrix[rows, cols] = 1.0
    of = np.repeat(np.arange(len(starts)), np.diff([*starts, row]))
    good = np.array(right, bool)
    weight = np.array(each)

    def loss(w: Array) -> tuple[float, Array]:
        scores = matrix @ w
        top = np.full(len(starts), -np.inf)
        np.maximum.at(top, of, scores)
        mass = np.exp(scores - top[of])
        total, hit = np.bincount(of, mass, len(starts)), np.bincount(of, mass * good, len(starts))
        hit = np.maximum(hit, 1e-12)
        value = -(weight * np.log(hit / total)).sum() + PENALTY * (w**2).sum() / 2
        residual = weight[of] * (mass / total[of] - mass * good / hit[of])
        return float(value), matrix.T @ residual + PENALTY * w

    result = minimize(
        loss, np.array([start.get(name, 0.0) for name in names]), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    return dict(zip(names, result.x.tolist(), strict=True))


def without_address(groups: Sequence[Group]) -> list[Group]:
    """Add each text again as it is if the caller does not know the URL."""
    bare = [
        attrs.evolve(group, features=[[name for name in row if "address" not in name] for row in group.features])
        for group in groups
    ]
    return [*groups, *(attrs.evolve(group, weight=group.weight * ASIDE) for group in bare)]


def title_group(score: ModuleType, text: Text) -> tuple[Group | None, list[Candidate[LineView]]]:
    """Return the candidates for the headline; those that match the benchmark are right."""
    candidates = title_candidates(text.found)
    if text.mode == REPORT:
        return Group([candidate.features for candidate in candidates], [False] * len(candidates), text.site, AGAINST), candidates
    gold = cast("dict[str, str]", text.case["gold"]).get("title")
    if not gold or not _visible(text)["title"]:
        return None, candidates
    key = score.fold(gold).replace(" ", "")
    right = [score.fold(title.headline(text.found, candidate.value)).replace(" ", "") == key for candidate in candidates]
    weight = ASIDE if text.mode == DENSE else 1.0
    return Group([candidate.features for candidate in candidates], right, text.site, weight), candidates


def dates_of(text: Text, at: int | None) -> list[Candidate[DateOnPage]]:
    """Return the mentions of days in a text, given the index of its headline."""
    return date_candidates(DateCues(text.found, text.found.layout, at))


def date_group(text: Text, at: int | None) -> tuple[Group | None, list[Candidate[DateOnPage]]]:
    """Return the mentions of days; mentions of a right day are right, and none is right if no day is written."""
    candidates = dates_of(text, at)
    gold = cast("dict[str, list[str]]", text.case["gold"])
    if text.mode in (REPORT, DENSE) or gold.get("date_doubt") or (not gold.get("date") and text.case["source"] != "trafilatura"):
        return None, candidates
    right = [candidate.value.day in gold.get("date_alt", ()) for candidate in candidates]
    return Group([candidate.features for candidate in candidates], right, text.site), candidates


def author_group(score: ModuleType, text: Text, at: int | None) -> tuple[Group | None, list[Candidate[BylineReading]]]:
    """Return the candidate bylines; those that name the most authors and nobody else are right."""
    candidates = byline_candidates(text.found, at)
    gold = cast("dict[str, list[str] | None]", text.case["gold"]).get("authors")
    if gold is None or text.mode in (REPORT, DENSE):
        return None, candidates
    names = score.name_list(gold)
    scores = []
    for candidate in candidates:
        said = [person.name for person in candidate.value.people]
        hit, left = score.match_names(names, score.name_list(said))
        scores.append(hit - 0.5 * len(left) if hit else 0.0)
    most = max(scores, default=0.0)
    right = [value > 0 and value == most for value in scores]
    return Group([candidate.features for candidate in candidates], right, text.site), candidates


def _visible(text: Text) -> dict[str, object]:
    return cast("dict[str, object]", text.case["visible" if text.mode == "text" else "crop_visible"])


@attrs.frozen(kw_only=True)
class Fitted:
    """The choices of all fields."""

    title: Choice
    date: Choice
    authors: Choice


def fitted(score: ModuleType, texts: Sequence[Text], kept: int = KEPT) -> Fitted:
    """Fit headlines first, so that dates and authors know their distance from the chosen headline."""
    groups = [group for text in texts if (group := title_group(score, text)[0]) is not None]
    of_title = Choice(
        features=fit(without_address([group for group in groups if any(group.right) or group.weight < 1]), kept), least=LEAST
    )
    texts = [text for text in texts if text.mode in ("crop", "text")]
    at = [headline(text, of_title) for text in texts]
    of_date = [group for text, place in zip(texts, at, strict=True) if (group := date_group(text, place)[0]) is not None]
    of_authors = [
        group for text, place in zip(texts, at, strict=True) if (group := author_group(score, text, place)[0]) is not None
    ]
    made = Fitted(
        title=of_title,
        date=Choice(features=fit(without_address(of_date), kept), least=LEAST),
        authors=Choice(features=fit(of_authors, kept), more=MORE),
    )
    return with_threshold(score, texts, made)


def with_threshold(score: ModuleType, texts: Sequence[Text], made: Fitted) -> Fitted:
    """Set the threshold of bylines to maximise F1 of the authors; headlines and days have `LEAST`."""
    authors = made.authors
    hits, said, stated = (dict.fromkeys(SWEEP, 0) for _ in range(3))
    for text in texts:
        if cast("dict[str, object]", text.case["gold"]).get("authors") is None:
            continue
        names = score.name_list(cast("dict[str, list[str]]", _visible(text))["authors"])
        signed = byline_candidates(text.found, headline(text, made.title))
        for least in SWEEP:
            people = [
                person.name
                for candidate in byline.choose(signed, authors.features, least, authors.more)
                for person in candidate.value.people
                if person.role in WRITERS
            ]
            hit, left = score.match_names(names, score.name_list(people))
            hits[least] += hit
            said[least] += hit + len(left)
            stated[least] += len(names)
    best = max(SWEEP, key=lambda least: 2 * hits[least] / (said[least] + stated[least] or 1) - RECALL * least)
    return attrs.evolve(made, authors=attrs.evolve(authors, least=best))


def headline(text: Text, choice: Choice) -> int | None:
    """Return the index of the chosen headline."""
    chosen = best(title_candidates(text.found), choice.features)
    return None if chosen is None or evidence(chosen.features, choice.features) < choice.least else chosen.index


def answer(text: Text, choices: Fitted) -> dict[str, object]:
    """Return the chosen fields of a text, in the form that the scorer expects."""
    of = text.found
    headlines = title_candidates(of)
    chosen = best(headlines, choices.title.features)
    if chosen is not None and evidence(chosen.features, choices.title.features) < choices.title.least:
        chosen = None
    at = None if chosen is None else chosen.index
    day = dates.choose(dates_of(text, at), choices.date.features, choices.date.least)
    signed = byline.choose(byline_candidates(of, at), choices.authors.features, choices.authors.least, choices.authors.more)
    people = [person.name for candidate in signed for person in candidate.value.people if person.role in WRITERS]
    return {
        "id": text.case["id"],
        "title": None if chosen is None else title.headline(of, chosen.value),
        "date": None if day is None else day.value.day,
        "authors": list(dict.fromkeys(people)),
    }


def show(score: ModuleType, name: str, texts: Sequence[Text], answers: Sequence[dict[str, object]]) -> None:
    """Print the benchmark's table for each mode."""
    said = [row["title"] is not None for text, row in zip(texts, answers, strict=True) if text.mode == REPORT]
    print(f"| {name} report alone | title | {len(said)} | invented {100 * sum(said) / max(1, len(said)):.1f} |")
    right = [
        score.fold(str(row["title"] or "")) == score.fold(str(cast("dict[str, object]", text.case["gold"])["title"]))
        for text, row in zip(texts, answers, strict=True)
        if text.mode == DENSE
    ]
    print(f"| {name} without blank lines, address | title | {len(right)} | {100 * sum(right) / max(1, len(right)):.1f} |")
    for mode in ("crop", "text"):
        rows = [(text, row) for text, row in zip(texts, answers, strict=True) if text.mode == mode]
        result = score.score(
            [text.case for text, _ in rows], {row["id"]: row for _, row in rows}, mode, ["date", "authors", "title"]
        )
        score.show(f"{name} {mode}", result)


def main() -> None:
    """Fit, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--kept", type=int, default=KEPT)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    score = scorer(given.shared)
    texts = gather(score, given.shared)
    print(score.HEAD)
    if given.folds:
        fold = [int(hashlib.sha256(text.site.encode()).hexdigest(), 16) % given.folds for text in texts]
        answers: dict[int, dict[str, object]] = {}
        for number in range(given.folds):
            choices = fitted(score, [text for text, at in zip(texts, fold, strict=True) if at != number], given.kept)
            answers |= {place: answer(text, choices) for place, text in enumerate(texts) if fold[place] == number}
        show(score, "other sites", texts, [answers[place] for place in range(len(texts))])
    choices = fitted(score, texts, given.kept)
    show(score, "all sites", texts, [answer(text, choices) for text in texts])
    if given.write:
        OUT.write_text(dumps(choices), encoding="utf-8", newline="\n")


def dumps(choices: Fitted) -> str:
    """Return the weights as TOML, the strongest first."""
    parts = [HEAD]
    for name in ("title", "date", "authors"):
        choice: Choice = getattr(choices, name)
        parts.append(f"[{name}]\nleast = {choice.least:g}\nmore = {choice.more:g}\n\n[{name}.features]")
        told = sorted(choice.features.items(), key=lambda item: (-item[1], item[0]))
        parts.append("\n".join(f'"{feature}" = {weight:g}' for feature, weight in told) + "\n")
    return "\n".join(parts)


HEAD = """\
# Weights of features for choosing headline, date and authors among their candidates.
# Generated by tools/fit_fields.py: do not edit. Features: newsnorm.page.title_cues, date_cues, byline_cues.
# least: the evidence below which nothing is chosen (for headline and date a setting of the tool, for authors fitted);
# more: the evidence that a second byline needs.
"""


if __name__ == "__main__":
    main()
