"""Cluster related texts, and let the clusters correct pairs: templates count for less, round-ups are cut off."""
