"""What a kill at a random moment of editing, autosaving, saving or closing does: nothing that a person would notice.

``inside`` works without a pause, ``outside`` kills it and looks. ``python -m tests.killing`` does so many times; a few
of them are tests.
"""
