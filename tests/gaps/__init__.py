"""How long the window does not answer: gaps of its event loop while a person does one thing after another.

``python -m tests.gaps [name ...]`` prints one table, each operation in a process of its own. To add an operation, write
a function with :func:`tests.gaps.operation.operation` above it in one of the modules here (``surfaces.py``, …); the
table and the test find it.
"""
