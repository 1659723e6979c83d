"""The file formats: one module each, found by their place in this folder."""
