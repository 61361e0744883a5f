"""Rule out quickly that a line contains any of many phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from newsnorm.text.folding import fold


@attrs.frozen
class PhraseSpotter:
    """
    Phrases, prepared so that most lines are ruled out by one comparison of sets of words.

    A phrase is looked for only in lines that contain its longest word, or its last.

    >>> spotter = PhraseSpotter.of(["Read more from", "Follow"])
    >>> [spotter.may_hold(line.split()) for line in ("the quay closed", "more news", "read more from ana silva", "follow us")]
    [False, False, True, True]
    """

    words: frozenset[str]
    """One folded word of each phrase."""
    by_word: Mapping[str, tuple[str, ...]]
    """That word → the folded phrases that it stands for."""

    @classmethod
    def of(cls, phrases: Iterable[str], *, by_last_word: bool = False) -> PhraseSpotter:
        """
        Prepare phrases; phrases without a letter or digit are left out.

        Args:
            phrases: phrases as printed.
            by_last_word: use the last word of each phrase, not its longest; the word before it may be glued to other text.

        """
        by_word: dict[str, tuple[str, ...]] = {}
        for words in dict.fromkeys(tuple(fold(phrase).split()) for phrase in phrases):
            if words:
                word = words[-1] if by_last_word else max(words, key=len)
                by_word[word] = (*by_word.get(word, ()), " ".join(words))
        return cls(frozenset(by_word), by_word)

    def may_hold(self, words: Sequence[str]) -> bool:
        """Return False only if a line with these folded words contains no phrase; this is certain in scripts with spaces."""
        if self.words.isdisjoint(words):
            return False  # most lines end here
        line = " ".join(words)
        return any(phrase in line for word in self.words.intersection(words) for phrase in self.by_word[word])
