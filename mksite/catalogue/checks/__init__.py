"""What only the whole archive shows to be wrong."""
