"""Trajectories, rates, gradients and trainings from PyTorch and optax, stored for where neither is installed.

``python -m tests.reference.make`` writes ``optimizers.json``, ``schedules.json`` and ``networks.json`` anew; each says
where it is from.
"""
