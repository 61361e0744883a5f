"""Take the text out of documents of word processors, a line for each paragraph."""
