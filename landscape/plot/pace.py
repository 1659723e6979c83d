"""How often a window draws, and how long it may stay away from what else there is to do."""

FRAME = 16
"""Milliseconds of one picture on most screens."""
TURN = 0.025
"""Seconds after which a window that draws looks for what else there is to do."""
