"""Names to ids: the registry, how a name is resolved, and which name is shown."""
