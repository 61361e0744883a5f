"""Articles leave here: one module for each format."""
