"""Update rules run on surfaces: one start, or many at once."""
