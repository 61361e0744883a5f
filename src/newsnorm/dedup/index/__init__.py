"""Texts and their features on disk: rows in SQLite, postings in sorted segments."""
