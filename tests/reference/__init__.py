"""Trajectories and rates from PyTorch and optax, stored so that they can be compared with where neither is installed.

``python -m tests.reference.make`` writes ``optimizers.json`` and ``schedules.json`` anew; each says where it is from.
"""
