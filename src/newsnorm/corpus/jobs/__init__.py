"""What is done to a corpus: normalise it, relate its articles, learn its boilerplate."""
