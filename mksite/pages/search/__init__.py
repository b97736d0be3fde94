"""search/: the page to search on, and the index that its script reads."""
