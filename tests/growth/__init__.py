"""What is left of what is opened and closed, shown and hidden, typed and taken back, again and again.

``python -m tests.growth`` does each of ``doings.py`` 50 times in one window and types 500 formulas, and prints what
there is more of afterwards than after a warm-up: widgets, objects, threads, timers, files and memory. The exit code is
1 if that is more than ``bounds.py`` allows. ``--times``, ``--formulas`` and the names of some do less of it; fewer
times are among the tests. To add something, write a function in ``doings.py``.
"""
