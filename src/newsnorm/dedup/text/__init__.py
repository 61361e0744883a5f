"""Texts as deduplication sees them: ids and texts, and the tokens of a batch of texts as flat arrays."""
