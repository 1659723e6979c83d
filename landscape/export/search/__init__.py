"""Files of searches: their renderer and table."""
