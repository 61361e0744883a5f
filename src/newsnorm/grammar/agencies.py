"""Look up news agencies by the forms in which their names are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

import attrs

from newsnorm.resources import DataFiles, strings
from newsnorm.text.casing import lower_composed
from newsnorm.text.folding import fold

CODE = 5
"""Length in code points up to which forms must match exactly as printed: ``MAP`` is an agency, ``Map`` is a map."""


@attrs.frozen
class Agencies:
    """
    The printed forms of news agencies.

    >>> agencies = Agencies.of_rows([{"name": "dpa", "also": ["Deutsche Presse-Agentur"]}, {"name": "AP"}])
    >>> agencies.find("DEUTSCHE PRESSE-AGENTUR"), agencies.find("AP"), agencies.find("ap")
    ('dpa', 'AP', None)
    """

    forms: Mapping[str, str]
    """Printed form, in lower case if longer than `CODE` → the agency's usual name."""

    @classmethod
    def of(cls, files: DataFiles) -> Agencies:
        """Build the table from the data files of the grammar."""
        return cls.of_rows(cast("list[dict[str, object]]", files.table("agencies").get("agency", [])))

    @classmethod
    def of_rows(cls, rows: list[dict[str, object]]) -> Agencies:
        """Build the table from rows with a ``name`` and further forms under ``also``; the first of equal forms counts."""
        forms: dict[str, str] = {}
        for row in rows:
            name = str(row["name"])
            for form in (name, *strings(row.get("also", []), f"agencies, {name}")):
                forms.setdefault(_key(form), name)
        return cls(forms)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the printed forms, long ones in lower case."""
        return iter(self.forms)

    def find(self, text: str, *, any_case: bool = False) -> str | None:
        """
        Return the usual name of the agency that `text` names, or None.

        Args:
            text: a name as printed, without punctuation around it.
            any_case: also accept codes of three or more letters in lower case or with one capital: ``afp``, ``Afp``. Use it
                only with other evidence for an agency, since ``map`` is also a word.

        >>> agencies = Agencies.of_rows([{"name": "AFP"}, {"name": "dpa"}])
        >>> agencies.find("afp"), agencies.find("afp", any_case=True), agencies.find("Dpa", any_case=True)
        (None, 'AFP', None)

        """
        name = self.forms.get(_key(text))
        if name is None and any_case and 3 <= len(text) <= CODE and text.isalpha():
            name = self.forms.get(text.upper() if text.islower() else text.capitalize())
        return name

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The first two words of each form, folded; for a form of one word, that word."""
        return frozenset(" ".join(fold(form).split()[:2]) for form in self.forms)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        """The first words of the forms, folded."""
        return frozenset(opening.partition(" ")[0] for opening in self._openings)

    def may_open(self, words: Sequence[str]) -> bool:
        """
        Return False only if a text that begins with these words certainly does not begin with an agency.

        >>> agencies = Agencies.of_rows([{"name": "AP", "also": ["Associated Press"]}])
        >>> [agencies.may_open(text.split()) for text in ("Associated Press photo", "Associated Members", "AP/Jane Doe")]
        [True, False, True]
        """
        folded = fold(" ".join(words[:2])).split()
        if not folded or folded[0] not in self._first_words:
            return False
        if " ".join(folded[:2]) in self._openings:
            return True
        alone = len(words) < 2 or not (words[0].isalnum() and words[1][0].isalnum())
        return alone and folded[0] in self._openings

    def has_form(self, text: str) -> bool:
        """Return whether `text`, case included, is a key of `forms`: a code as printed, or a long form in lower case."""
        return text in self.forms


def _key(form: str) -> str:
    return form if len(form) <= CODE else lower_composed(form)
