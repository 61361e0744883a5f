"""Recognise sentences that attribute their words to somebody, as reports do and a site's notices do not."""

from __future__ import annotations

import attrs

from newsnorm.resources import DataFiles, all_strings
from newsnorm.text.folding import fold


@attrs.frozen
class Attribution:
    """
    Words of attribution, folded, in all languages.

    >>> words = Attribution(words=frozenset({"said"}), stretches=("발표했다",))
    >>> words.stands_in("we use cookies said the baker"), words.stands_in("we use cookies")
    (True, False)
    """

    words: frozenset[str]
    stretches: tuple[str, ...]
    """Phrases, and words of scripts without spaces between words."""

    @classmethod
    def of(cls, files: DataFiles) -> Attribution:
        """Build the table from the data files of the grammar."""
        words, stretches = (
            map(fold, all_strings(files.table("attribution").get(key, {}), f"attribution, {key}"))
            for key in ("words", "stretches")
        )
        return cls(words=frozenset(words), stretches=tuple(sorted(stretches)))

    def stands_in(self, folded: str) -> bool:
        """Return whether a folded text contains a word of attribution."""
        if not self.words.isdisjoint(folded.split()):
            return True
        return any(stretch in folded for stretch in self.stretches)
