"""Which pairs of texts are worth comparing: sampled features that both share."""
