"""A text as duplicate detection sees it: tokens, and where they stand."""
