"""Propose pairs of texts that are worth comparing, because they share enough sampled features."""
