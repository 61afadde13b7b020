"""Pages for those who must act: all counts, never a name."""
