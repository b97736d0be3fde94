"""Press releases from elsewhere: files to Markdown, and the facts that their texts state."""
