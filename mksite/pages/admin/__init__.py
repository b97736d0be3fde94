"""The editing page under /admin/: Sveltia CMS over the content model."""
