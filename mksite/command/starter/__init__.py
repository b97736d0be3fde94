"""What a new archive starts with: files with gaps, and the words that fill them by language."""
