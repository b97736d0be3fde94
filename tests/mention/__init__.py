"""Tests of mksite.mention."""
