"""Shapes of the drawings."""
