"""The sides of a map of two hyper-parameters, and what theory knows on it."""

from dataclasses import dataclass

from landscape.catalogue.parameters import Parameter


@dataclass(frozen=True, kw_only=True)
class MapAxis:
    """One side of a map of two hyper-parameters; positions along it run from 0 to 1."""

    parameter: Parameter
    """Its range is that of the axis."""
    ticks: tuple[tuple[float, str], ...]
    fine_ticks: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class MapMark:
    """A point of a map that is known by theory."""

    point: tuple[float, float]
    label: str
