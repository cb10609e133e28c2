"""The user guide as the room shows it: the same Markdown that is read in the repository."""
