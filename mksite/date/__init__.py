"""Dates as editors write them (EDTF), the words for them, and hints at what was meant."""
