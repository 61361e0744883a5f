"""Characters, words and casing; nothing here is specific to news."""
