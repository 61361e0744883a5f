"""Whether a proposed pair is related: alignment, measures, kind, differences."""
