"""Hold the words beside names in bylines."""

from __future__ import annotations

import attrs

from newsnorm.grammar.phrase_spotter import PhraseSpotter
from newsnorm.resources import DataFiles


@attrs.frozen(kw_only=True)
class BylineTables:
    """Words beside names in bylines, in lower case; ``bylines.toml`` describes each list."""

    common: frozenset[str]
    """Words that don't occur in a name on a line of its own: function words, and words of menus, outlets and bodies."""
    function_words: frozenset[str]
    """Function words that don't occur in names, even with a capital and after a marker; a subset of `common`."""
    photo: frozenset[str]
    """Words beside the name of somebody who made a picture."""
    links: tuple[str, ...]
    """Phrases of links to an author's other articles, and of buttons beside a name; the longest first."""
    link_words: frozenset[str]
    """The first and the last words of `links`."""
    link_spotter: PhraseSpotter
    """Recognises lines without any of `links`."""
    bio: frozenset[str]
    """Words after a name that begin a note on the person."""
    after_names: frozenset[str]
    """Words after a name that say what the person does."""
    jobs_between: tuple[str, ...]
    """Words between two East Asian names that say what the second one does."""
    text_and_pictures: tuple[str, ...]
    """Words for "text and pictures" before a name that hold a separator."""
    outlet_articles: frozenset[str]
    """Articles with which outlets begin: ``Le Monde``, ``The Mercury``."""
    outlet_articles_of_two: frozenset[str]
    """Articles that are also particles: only names of two words that begin with them are outlets."""
    according_to: frozenset[str]
    """Words before a source, with which no name begins."""
    with_words: frozenset[str]
    """Words that mean "with", between a writer and an agency that contributed to the text."""
    helpers: tuple[str, ...]
    """Phrases before people who helped the writer: ``additional reporting by``."""
    reports: tuple[str, ...]
    """Words for "reports" after a name and a place, in scripts without spaces between words."""

    @classmethod
    def of(cls, files: DataFiles) -> BylineTables:
        """Build the tables from the data files of the grammar."""
        links = files.words("bylines", "links")
        return cls(
            common=files.words("bylines", "common", "function_words"),
            function_words=files.words("bylines", "function_words"),
            photo=files.words("bylines", "photo"),
            links=tuple(sorted(links, key=lambda phrase: (-len(phrase), phrase))),
            link_words=frozenset(word for phrase in links for word in (phrase.split()[0], phrase.split()[-1])),
            link_spotter=PhraseSpotter.of(links, by_last_word=True),
            bio=files.words("bylines", "bio"),
            after_names=files.words("bylines", "after_names"),
            jobs_between=tuple(sorted(files.words("bylines", "jobs_between"), key=lambda word: (-len(word), word))),
            text_and_pictures=tuple(sorted(files.words("bylines", "text_and_pictures"))),
            outlet_articles=files.words("bylines", "outlet_articles"),
            outlet_articles_of_two=files.words("bylines", "outlet_articles_of_two"),
            according_to=files.words("bylines", "according_to"),
            with_words=files.words("bylines", "with_words"),
            helpers=tuple(sorted(files.words("bylines", "helpers"))),
            reports=tuple(sorted(files.words("bylines", "reports"), key=lambda word: (-len(word), word))),
        )
