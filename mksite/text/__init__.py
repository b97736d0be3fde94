"""Names, slugs, order in lists, typography."""
