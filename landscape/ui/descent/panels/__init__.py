"""The panels beside a surface, one widget each."""
