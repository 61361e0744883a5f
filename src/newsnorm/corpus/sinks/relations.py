"""Name the files of relations and clusters."""

RELATIONS = "relations.jsonl"
"""Pairs of related articles, one per line."""
CLUSTERS = "clusters.jsonl"
"""Groups of articles that carry the same report, one a line."""
