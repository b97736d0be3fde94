"""The cache folder `.mksite/`: values, packs of many small byte strings, the lock."""
