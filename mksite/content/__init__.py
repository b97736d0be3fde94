"""The content model: front matter, site.yaml, addresses, Problems."""
