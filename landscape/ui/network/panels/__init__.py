"""The panels beside the networks, one widget each."""
