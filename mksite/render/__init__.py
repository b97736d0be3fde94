"""Pages to bytes: Jinja templates, their closures, the interface texts."""
