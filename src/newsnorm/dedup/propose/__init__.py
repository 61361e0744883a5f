"""Propose the pairs of texts that are worth comparing: those that share enough sampled features."""
