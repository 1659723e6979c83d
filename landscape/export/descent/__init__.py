"""Files of a surface and its runs: their renderer and table."""
