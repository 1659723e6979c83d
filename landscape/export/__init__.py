"""From a session to a file: the same scene, drawn by the same code, frame by frame."""
