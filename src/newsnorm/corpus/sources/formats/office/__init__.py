"""Extract the text of word processor documents, one line per paragraph."""
