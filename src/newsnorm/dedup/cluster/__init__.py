"""Cluster related texts, and correct pairs with cluster evidence: templates count less, round-ups are cut off."""
