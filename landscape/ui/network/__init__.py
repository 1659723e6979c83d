"""The workspace of the networks: its stage, its pages and its panels."""
