"""Write articles and relations, with one module per format."""
