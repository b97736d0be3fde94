"""The archive to take away: CSV, JSON, SQLite, and what their columns mean."""
