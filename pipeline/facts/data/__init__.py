"""Reference data on French territory."""
