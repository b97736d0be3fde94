"""What the time of a build decides: embargoes, what has ended, what is new."""
