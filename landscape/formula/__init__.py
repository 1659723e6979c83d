"""The language on the blackboard: text to tree, and from the tree derivatives, kernels and the typeset equation.

``syntax`` reads text, ``tree`` is the value everything else works on, ``derivatives`` differentiates it exactly,
``kernels`` compiles it, ``typeset`` writes LaTeX. Nothing here knows what a surface or an optimizer is.
"""
