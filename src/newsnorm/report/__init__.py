"""Word results for people, as lines of text or as a page; nothing is decided here."""
