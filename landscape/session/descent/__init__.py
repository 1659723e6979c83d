"""Descent: a surface and the runs on it; its document, edits, checks, and the form it has in a file."""
