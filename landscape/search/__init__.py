"""Hyper-parameter search: spaces and their scales, strategies that ask and are told, trials under one budget.

- ``spaces``: what may vary, and how evenly drawn numbers become values: linear, logarithmic, by 1 − value, whole.
- ``strategies``: grid, random, Sobol, coarse to fine, halving, ASHA, populations, TPE; one file each.
- ``objectives``: what a trial is: a run on a surface, many at once, or the training of a network.
- ``trials``, ``repeating``: one search, and the same with many seeds; ``truth``: what there was to be found.
"""
