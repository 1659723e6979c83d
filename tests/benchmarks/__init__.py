"""How fast it is, side by side with others: ``python -m tests.benchmarks [module ...]`` prints one table.

A module of this folder that defines ``ROWS`` (a sequence of :class:`tests.benchmarks.harness.Row`) takes part. Nothing
here is collected as a test. Comparators that are not installed are skipped by name.
"""
