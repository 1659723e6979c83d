"""Widths of the sides."""

LEFT, RIGHT = 328, 264
