"""Landscape: see optimization."""
__version__ = "0.1.0"
