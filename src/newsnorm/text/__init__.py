"""Handle characters, words, sentences and casing; nothing here is specific to news."""
