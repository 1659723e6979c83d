"""The language on the blackboard: text to tree, and from the tree derivatives, kernels and the typeset equation.

``tree`` is the value everything else works on. ``syntax`` reads text into it, by ``tokens`` and ``parser``, and
``mistakes`` says what is wrong and where. ``derivatives`` differentiates a tree exactly, ``kernels`` and ``lanes``
write it as Python that Numba compiles in ``machine_code``; ``kernel_cache`` has the result in memory, ``disk_cache`` on
the disk. ``balls`` are rigorous enclosures. ``typeset`` writes a tree for people, with ``symbols``. Nothing here knows
what a surface or an optimizer is.
"""
