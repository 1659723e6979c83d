"""The window: widgets that show a session and emit edits."""
