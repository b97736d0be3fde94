"""The flow from content/ to public/: inputs, planning, capabilities, the build itself."""
