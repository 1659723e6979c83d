"""What the person made: one frozen value, the edits that change it, undo, and the file it is saved in."""
