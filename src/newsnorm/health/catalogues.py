"""Check the user's rules: are they sound, and what do they change?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsnorm.catalogue import Catalogue
from newsnorm.errors import CatalogueError
from newsnorm.records.health import Diagnosis


def examine_catalogue(path: Path) -> Iterator[Diagnosis]:
    """Load a file or a folder of rules, which checks their examples, and compare it with the shipped rules."""
    topic = str(path)
    try:
        catalogue = Catalogue.load(path)
    except CatalogueError as error:
        yield Diagnosis(topic=topic, code="catalogue-wrong", is_problem=True, values={"error": str(error)})
        return
    learned = sum(rule.origin == "learned" for rule in catalogue.rules)
    if not catalogue.rules and not catalogue.sites:
        yield Diagnosis(topic=topic, code="catalogue-empty", is_problem=True)
        return
    values = {"rules": len(catalogue.rules), "learned": learned, "sites": len(catalogue.sites)}
    yield Diagnosis(topic=topic, code="catalogue", values=values)
    shipped = {rule.id for rule in Catalogue.default().rules}
    replaced = [rule.id for rule in catalogue.rules if rule.id in shipped]
    if replaced:
        yield Diagnosis(topic=topic, code="catalogue-replaces", values={"count": len(replaced), "first": replaced[0]})
    unproved = [rule.id for rule in catalogue.rules if rule.origin != "learned" and rule.kind != "hint" and not rule.examples]
    if unproved:
        yield Diagnosis(topic=topic, code="catalogue-unproved", values={"count": len(unproved), "first": unproved[0]})
