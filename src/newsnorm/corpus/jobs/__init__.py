"""Run the jobs over files: normalise texts, relate articles, learn the lines that sites repeat."""
