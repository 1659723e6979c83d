"""Published results about networks, done again over five seeds: ``python -m tests.claims``."""
