"""The files of content/ and assets/: where they lie and what their bytes are."""
