"""The workspaces of the window: descent on surfaces, and networks in training."""
