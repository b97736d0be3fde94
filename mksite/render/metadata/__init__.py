"""What a page says to machines: JSON-LD."""
