"""Records to the Catalogue: every name leads to an id, every relation is indexed."""
