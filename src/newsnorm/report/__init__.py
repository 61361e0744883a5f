"""Present results to people, as lines of text or as an HTML page; nothing is decided here."""
