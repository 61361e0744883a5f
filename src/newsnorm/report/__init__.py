"""Word results for people, as lines of text; nothing is decided here."""
