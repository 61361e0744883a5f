"""
Hold rules as data (curated phrases, and lines that recur in a corpus), and match lines against them.

A `Catalogue` is loaded from TOML files, merged with ``|``, and narrowed to a page; `Rules` then says which rules a line matches.
"""

from __future__ import annotations

from newsnorm.catalogue.catalogue import Catalogue
from newsnorm.catalogue.forms import LineForms
from newsnorm.catalogue.matching import Match, Rules
from newsnorm.catalogue.rules import Example, Rule, Seen, Side, Site, Table, Tier
from newsnorm.catalogue.slots import Context

__all__ = ["Catalogue", "Context", "Example", "LineForms", "Match", "Rule", "Rules", "Seen", "Side", "Site", "Table", "Tier"]
