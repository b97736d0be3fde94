"""Atom feeds of the site and of every entity."""
