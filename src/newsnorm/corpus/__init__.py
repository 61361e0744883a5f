"""What a run over a corpus needs: sources in, shards of articles and an account of everything out."""
