"""What is to be seen, without drawing it.

``questions`` and ``answers`` compute and keep what a session needs; ``build`` turns a session and its answers into a
``scene``: an immutable description that the window and every exporter draw with the same code. What begins with
``network`` does the same for networks in training. ``timeline`` tells which step is shown when; ``palette`` holds the
colours; ``text`` the sentences in the picture.
"""
