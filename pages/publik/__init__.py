"""Pages open to anyone."""
