"""Searches of hyper-parameters: their document, edits, checks, and the form it has in a file."""
