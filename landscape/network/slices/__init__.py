"""Slices of the loss landscape: ``slice`` on the planes of ``directions``, by ``line`` after line."""
