"""Capabilities: each module takes the Catalogue and gives Pages.

The order is that of the site's front page; it does not matter for the result.
"""
