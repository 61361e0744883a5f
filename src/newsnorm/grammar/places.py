"""Look up names of cities, countries and states."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newsnorm.resources import DataFiles


@attrs.frozen
class Places:
    """
    Names of places, in lower case.

    >>> places = Places(cities=frozenset({"new york", "singapore"}), regions=frozenset({"texas", "singapore"}))
    >>> "texas" in places, places.is_region_only("texas"), places.is_region_only("singapore")
    (True, True, False)
    >>> places.open_with_city(["New", "York", "today"])
    True
    """

    cities: frozenset[str]
    regions: frozenset[str]
    """Countries and states."""

    @classmethod
    def of(cls, files: DataFiles) -> Places:
        """Build the table from the data files of the grammar."""
        return cls(cities=files.words("places", "cities"), regions=files.words("places", "countries", "states"))

    def __contains__(self, name: object) -> bool:
        """Return whether a name in lower case is a city, a country or a state."""
        return name in self.cities or name in self.regions

    def is_region_only(self, name: str) -> bool:
        """Return whether a name in lower case is a country or a state, and not a city as well."""
        return name in self.regions and name not in self.cities

    def open_with_city(self, words: Sequence[str]) -> bool:
        """Return whether the first words, in any case, are the name of a city."""
        return any(" ".join(words[:size]).lower().strip(",.") in self.cities for size in range(1, len(words) + 1))
