"""The language on the blackboard: text to tree, and from the tree derivatives, kernels and the typeset equation.

``tree`` is the value everything else works on. ``syntax`` reads text into it, by ``tokens`` and ``parser``, and
``mistakes`` says what is wrong and where. ``derivatives`` differentiates a tree exactly, ``kernels`` writes it as
Python that Numba compiles in ``compiler``, with ``words`` of our own; ``compiled`` has the result, ``kept`` keeps it on
the disk. ``typeset`` writes a tree for people, with ``symbols``. Nothing here knows what a surface or an optimizer is.
"""
