"""What is to be seen, without drawing it.

Everything that is computed is the answer to a ``question``; ``asking`` computes them and ``answers`` keeps them. A
folder for each workspace says which questions its document asks, and turns document and answers into a ``scene``: an
immutable description that the window and every exporter draw with the same code. ``timeline`` tells which step is shown
when; ``palette`` holds the colours; ``text`` numbers and names.
"""
