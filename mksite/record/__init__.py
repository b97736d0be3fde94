"""Sources to Records: parsing, checks, Markdown, translations."""
