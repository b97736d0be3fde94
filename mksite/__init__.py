"""mksite turns a git repository of Markdown press releases into a static archive."""
