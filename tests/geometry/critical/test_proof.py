"""A single zero is proven in a box only where the surface is smooth on all of it."""

import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical.enclosure import enclosure
from landscape.geometry.critical.limits import never
from landscape.geometry.critical.proof import proven_zero

DOMAIN = (-2.0, 2.0, -2.0, 2.0)


def is_proven(formula: str, half: float) -> bool:
    enclosed = enclosure(surface(formula, domain=(DOMAIN[:2], DOMAIN[2:])), DOMAIN, never)
    return proven_zero(enclosed, DOMAIN, (-half, half, -half, half), (0.0, 0.0)) is not None


@pytest.mark.parametrize("step", ["floor(x + 1.5)", "where(x + y < 0.5, 0, 1)", "round(y)"])
def test_no_zero_is_proven_in_a_box_in_which_the_surface_jumps(step: str) -> None:
    """The gradient is that of a bowl on both sides of the jump, which is a place of its own."""
    assert is_proven(f"x^2 + y^2 + {step}", 0.2)
    assert not is_proven(f"x^2 + y^2 + {step}", 0.9)
    assert is_proven("x^2 + y^2", 0.9)
