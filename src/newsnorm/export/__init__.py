"""Write articles and relations: one module for each format."""
