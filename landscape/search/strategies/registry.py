"""The strategies by name: the only list of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from landscape.search.strategies.asha import asha
from landscape.search.strategies.asking import Strategy
from landscape.search.strategies.coarse_to_fine import coarse_to_fine
from landscape.search.strategies.grid import grid
from landscape.search.strategies.halving import halving
from landscape.search.strategies.population import population
from landscape.search.strategies.random import random
from landscape.search.strategies.sobol import sobol
from landscape.search.strategies.tpe import tpe

StrategyName: TypeAlias = Literal["grid", "random", "sobol", "coarse_to_fine", "halving", "asha", "population", "tpe"]

STRATEGIES: Mapping[str, Strategy] = MappingProxyType(
    {
        "grid": grid,
        "random": random,
        "sobol": sobol,
        "coarse_to_fine": coarse_to_fine,
        "halving": halving,
        "asha": asha,
        "population": population,
        "tpe": tpe,
    }
)
