"""How a release is cited: in words, and as files for reference managers."""
