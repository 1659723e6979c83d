"""Strategies that look for a minimum in other ways than step after step of one rule, one file each.

Whatever module here has a ``STRATEGY`` can be run, beside the rules of the catalogue: menus, forms, the Python API and
the tests find it. Such a module says what the strategy is called, what can be set of it and what it tells of each step,
and holds two kernels as plain Python: ``begin`` and ``step`` (see :mod:`landscape.descent.strategies.frame`).
"""
