"""The lesson beside the stage: what it asks, what was predicted, the hands that were counted, and its editor."""
