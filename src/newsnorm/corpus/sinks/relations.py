"""The names of the files of relations and clusters."""

RELATIONS = "relations.jsonl"
"""Pairs of articles that are related, one a line."""
CLUSTERS = "clusters.jsonl"
"""Groups of articles that carry the same report, one a line."""
