"""The preview on localhost."""
