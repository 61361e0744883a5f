"""Word how likely a line is part of the report, and the strongest evidence against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property, partial

from newsnorm.evidence import Contribution
from newsnorm.resources import directory_of, read_toml


def word_likelihood(likely: float, against: Sequence[Contribution]) -> str:
    """
    Word a probability, and the features that are the strongest evidence against a line.

    >>> word_likelihood(0.034, [Contribution("interface", -2.0), Contribution("linked1", -1.0)])
    '3 % likely to be part of the report; against it: interface words, links right beside it'
    """
    names = _names()
    features = ", ".join(names.get(each.feature, each.feature) for each in against)
    percent = f"{100 * likely:.0f} %" if likely >= 0.01 else "less than 1 %"
    return f"{percent} likely to be part of the report" + (f"; against it: {features}" if features else "")


class LaterWordings:
    """
    Words how likely some lines are part of the report, on first access.

    >>> wordings = LaterWordings([0.034, 0.2], lambda: [[], [Contribution("interface", -2.0)]])
    >>> wordings.of(1)()
    '20 % likely to be part of the report; against it: interface words'
    """

    def __init__(self, likely: Sequence[float], against: Callable[[], Sequence[Sequence[Contribution]]]) -> None:
        self._likely = likely
        self._against = against

    def of(self, index: int) -> Callable[[], str]:
        """Return a function that words the likelihood of a line."""
        return partial(self._word, index)

    def _word(self, index: int) -> str:
        return word_likelihood(self._likely[index], self._reasons[index])

    @cached_property
    def _reasons(self) -> Sequence[Sequence[Contribution]]:
        """The evidence against each line."""
        return self._against()


@cache
def _names() -> dict[str, str]:
    """Return the name of a feature in findings."""
    data = directory_of("page", "data")
    tables = (read_toml(data.joinpath(f"{table}-features.toml")) for table in ("markup", "unit"))
    return {name: str(label) for table in tables for name, label in table.items()}
