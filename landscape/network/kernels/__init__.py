"""The network's kernels, and all that decides what their machine code computes.

``layers``, ``activations``, ``normalization`` and ``losses`` are what instructions call, ``interpreter`` is what runs
them; ``intrinsics`` and ``simd`` are the language that they are written in, and ``compiler`` compiles it. Compiled
kernels are kept under a hash of every file of this folder: what changes their code belongs here, and imports nothing of
Landscape from elsewhere but :mod:`landscape.formula.machine_code`.
"""
