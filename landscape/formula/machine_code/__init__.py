"""Machine code from the text of kernels, by Numba and LLVM: all that decides what a compiled kernel computes.

``compiler`` compiles a text, and ``native`` has Numba do it without keeping anything; ``intrinsics`` are the functions
of the kernels' language that Numba does not have, with ``exponential`` and ``trigonometric`` for numbers side by side,
on the formats of ``floating_point``; ``llvm`` is what they share. Compiled kernels are kept under a hash of every file
of this folder (:mod:`landscape.formula.disk_cache`): what changes their code belongs here, and imports nothing of
Landscape from elsewhere.
"""
