"""Hold the words that distinguish a dateline from a kicker, a caption or a teaser."""

from __future__ import annotations

import attrs

from newsnorm.resources import DataFiles


@attrs.frozen(kw_only=True)
class DatelineTables:
    """Words of datelines, in lower case; ``datelines.toml`` describes each list."""

    towns: frozenset[str]
    """Places that are too small for `newsnorm.grammar.places`, and large ones in other languages."""
    colon_towns: frozenset[str]
    """Towns whose papers open their reports with ``Hyderabad: Text``."""
    inside: frozenset[str]
    """Words written in lower case within names of places."""
    joining: frozenset[str]
    """Words that join two places."""
    countries: frozenset[str]
    """Countries that the table of places does not have in this form."""
    generic: frozenset[str]
    """Words that occur in many names of places: ``Saint``, ``Beach``."""
    endings: tuple[str, ...]
    """Endings of names of places."""
    never: frozenset[str]
    """Words that open captions, kickers and teasers, not datelines."""
    german: frozenset[str]
    """Words that identify a sentence as German."""
    before_places: frozenset[str]
    """Prepositions before a place: ``in``."""
    media: frozenset[str]
    """Words in names of papers and stations."""
    domains: frozenset[str]
    """Top-level domains of outlets that use their domain as their name."""
    self_branding_outlets: frozenset[str]
    """Outlets that open their own reports with their name, as printed."""
    markers: frozenset[str]
    """Words before the names in an agency's byline."""
    reporters: tuple[str, ...]
    """East Asian words for a reporter."""
    correspondents: frozenset[str]
    """What stands in brackets after a place instead of an agency, in scripts with spaces: a correspondent, a desk."""
    dispatch_words: tuple[str, ...]
    """East Asian words for a dispatch, which end a dateline."""
    own: tuple[str, ...]
    """East Asian words with which a paper refers to itself."""

    @classmethod
    def of(cls, files: DataFiles) -> DatelineTables:
        """Build the tables from the data files of the grammar."""

        def row(key: str) -> tuple[str, ...]:
            return files.rows("datelines", key)

        def words(key: str) -> frozenset[str]:
            return frozenset(row(key))

        towns = (town for key in ("german", "colon", "other") for town in files.rows("towns", key))
        return cls(
            towns=frozenset((*towns, *row("places"))),
            colon_towns=frozenset(files.rows("towns", "colon")),
            inside=words("inside"),
            joining=words("joining"),
            countries=words("lands"),
            generic=words("generic"),
            endings=row("endings"),
            never=words("never"),
            german=words("german"),
            before_places=words("before_places"),
            media=words("media"),
            domains=words("domains"),
            self_branding_outlets=words("houses"),
            markers=words("markers"),
            reporters=row("reporters"),
            correspondents=words("correspondents"),
            dispatch_words=row("filed"),
            own=row("own"),
        )
