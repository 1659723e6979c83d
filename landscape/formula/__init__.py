"""The language on the blackboard: text to tree, and from the tree derivatives, kernels and the typeset equation.

``tree`` is the value everything else works on. ``syntax`` reads text into it, by ``tokens`` and ``parser``, with the
words of ``vocabulary`` and the budgets of ``builder``; ``mistakes`` and ``refusals`` say what is wrong and where.
``special`` are functions that NumPy does not have. ``derivatives`` differentiates a tree exactly, ``kernels`` and
``lanes`` write it as Python that Numba compiles in ``machine_code``; ``kernel_cache`` has the result in memory,
``disk_cache`` on the disk. ``balls`` are rigorous enclosures. ``typeset`` writes a tree for people, with ``symbols``.
Nothing here knows what a surface or an optimizer is.
"""
