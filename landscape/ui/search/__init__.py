"""The workspace of searches in the window."""
