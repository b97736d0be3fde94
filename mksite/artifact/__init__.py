"""What is written: stale pages rendered, files replaced whole, a site published in one step."""
