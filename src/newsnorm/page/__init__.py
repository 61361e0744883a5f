"""Provide one view of a page: its layout, made once from the page alone, and what the passes have found so far."""
