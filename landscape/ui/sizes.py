"""Widths of the sides."""

LEFT, RIGHT, EDITOR = 328, 264, 392
