"""The panels of the workspace of searches."""
