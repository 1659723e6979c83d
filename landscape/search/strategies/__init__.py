"""Search strategies: plain generators that ask for trials and are told their results; one file each.

Each is called with a :class:`~landscape.search.strategies.asking.Plan` and yields
:class:`~landscape.search.strategies.asking.Ask`; what ``send`` gives it are the results, in the same order, the
smaller the better and infinite where there is none. It knows units in [0, 1] and steps, and nothing of what they mean.
All get the same budget: as many steps as ``trials`` whole runs.
"""
