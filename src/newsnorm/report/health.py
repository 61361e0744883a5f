"""Word the findings of `newsnorm doctor`, using ``health.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import cast

import attrs

from newsnorm.records.health import Diagnosis
from newsnorm.records.schema import Json
from newsnorm.resources import Toml, directory_of, read_toml
from newsnorm.text.counting import many


@attrs.frozen
class Wording:
    """A diagnosis in words."""

    says: str
    remedy: str
    """What to do about it; empty if nothing needs doing."""


@cache
def _content() -> Toml:
    return read_toml(directory_of("report").joinpath("health.toml"))


def worded(diagnosis: Diagnosis) -> Wording:
    """
    Word a diagnosis.

    >>> worded(Diagnosis(topic="processes", code="cores", values={"cores": 2})).says
    'cores that this process may use: 2'
    >>> worded(Diagnosis(topic="corpus", code="records-failed", values={"failed": 1, "folder": "corpus"})).says
    '1 record could not be read or parsed; errors.jsonl says why'
    """
    form = cast("Mapping[str, str]", _content()[diagnosis.code])
    values = {name: _Count(value) if isinstance(value, int) else value for name, value in diagnosis.values.items()}
    if "extra" in values:
        values["gives"] = cast("Mapping[str, str]", _content()["extras"])[str(values["extra"])]
    return Wording(*(form.get(key, "").format_map(values) for key in ("says", "remedy")))


class _Count(int):
    """A number that formats itself: ``{rules}`` gives ``1,200``, ``{rules:rule}`` gives ``1,200 rules``."""

    def __format__(self, noun: str) -> str:
        return many(int(self), noun) if noun else f"{int(self):,}"


def health_lines(every: Sequence[Diagnosis]) -> Iterator[str]:
    """Format diagnoses for a terminal: a heading per topic, a line per diagnosis, and below it what to do."""
    for topic, group in groupby(every, key=lambda diagnosis: diagnosis.topic):
        yield topic
        for diagnosis in group:
            words = worded(diagnosis)
            state = "PROBLEM" if diagnosis.is_problem else "note" if words.remedy else "ok"
            yield f"  {state:<9}{words.says}"
            if words.remedy:
                yield f"  {'':<9}→ {words.remedy}"
    problems = sum(diagnosis.is_problem for diagnosis in every)
    yield ""
    yield f"{many(problems, 'problem')} found" if problems else "no problems found"


def health_to_dict(every: Iterable[Diagnosis]) -> dict[str, Json]:
    """Convert diagnoses to data for `json.dumps`, with their wording."""
    rows: list[dict[str, Json]] = [
        {
            "topic": diagnosis.topic,
            "code": diagnosis.code,
            "problem": diagnosis.is_problem,
            **cast("dict[str, Json]", attrs.asdict(worded(diagnosis))),
            "values": cast("Json", dict(diagnosis.values)),
        }
        for diagnosis in every
    ]
    return {"problems": sum(row["problem"] is True for row in rows), "found": cast("Json", rows)}
