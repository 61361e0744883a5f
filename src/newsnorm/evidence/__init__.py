"""How sure we are: linear weights for fields, a chain for the extent of a report, a forest for relations; models are data."""
