"""Word results for people: lines of text, without a decision of their own."""
