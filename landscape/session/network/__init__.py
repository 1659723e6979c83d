"""Networks in training: their document, edits, checks, and the form it has in a file."""
