"""The workspace of surfaces: its stage, its panels and what links them."""
