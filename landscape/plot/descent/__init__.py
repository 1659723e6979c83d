"""Whole pictures of a surface and its runs, and the map of two hyper-parameters."""
