"""Verify proposed pairs: align their passages, measure them, classify the relation, and list the differences."""
