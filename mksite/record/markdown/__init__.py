"""Markdown as editors type it, to safe HTML as GitHub's preview shows it, and `[[links]]`."""
