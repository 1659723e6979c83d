"""The panels of the window, one widget each."""
