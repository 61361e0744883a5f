"""Keep texts, relations and postings on disk: rows in SQLite, postings in sorted segments, recent postings in memory."""
