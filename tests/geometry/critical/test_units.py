"""An answer does not depend on the units in which x, y and the values of a surface are measured."""

import re
from functools import cache

import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical import critical_points
from landscape.geometry.critical.points import CriticalPoints

_RINGS = "0.5 + (sin(x^2 + y^2)^2 - 0.5)/(1 + 0.001*(x^2 + y^2))^2"
_CROSSES = "0.5 + (sin(x^2 - y^2)^2 - 0.5)/(1 + 0.001*(x^2 + y^2))^2"
_CREASED = "0.5 + (sin(cos(abs(x^2 - y^2)))^2 - 0.5)/(1 + 0.001*(x^2 + y^2))^2"
_CREASED_TOO = "0.5 + (cos(sin(abs(x^2 - y^2)))^2 - 0.5)/(1 + 0.001*(x^2 + y^2))^2"
_WEIERSTRASS = "sum(k, 0, 5, 0.5^k*(cos(2*pi*3^k*(x + 0.5)) + cos(2*pi*3^k*(y + 0.5))))"
_GAP = "x*y*(x^2 - y^2)/(x^2 + y^2)"
_TIP = "max(abs(x), abs(y))"

UNITS = [(1e-9, 1.0), (1e9, 1.0), (1.0, 1e-200), (1.0, 1e200), (3e-13, 7e150), (1e11, -1e-150)]
"""Of x and y, and of the values, of which a negative one turns minima into maxima."""
_TURNED = {"minimum": "maximum", "maximum": "minimum"}


@cache
def measured(
    formula: str, half: float, length: float = 1.0, height: float = 1.0, boxes: int = 40_000
) -> CriticalPoints:
    """Return the answer for a surface in these units, on the square about the origin with this half side."""
    scaled = re.sub(r"\b[xy]\b", lambda name: {"x": "u", "y": "v"}[name[0]], formula)
    text = f"u = x/{length!r}; v = y/{length!r}; {height!r}*({scaled})"
    domain = ((-half * length, half * length),) * 2
    return critical_points(surface(text, domain=domain), boxes=boxes, seconds=60)


def kind_of(kind: str | None, height: float) -> str | None:
    return kind if kind is None or height > 0 else _TURNED.get(kind, kind)


def told(found: CriticalPoints, length: float, height: float) -> tuple:
    """Return what is said, in the units 1: how much of everything, of which kind, with which index."""
    points = sorted((kind_of(point.kind, height), point.index, point.proven) for point in found)
    kinks = sorted(
        (str(kind_of(kink.kind, height)), kink.region, kink.breaks, len(kink.lines), str(kink.index))
        for kink in found.kinks
    )
    valleys = sorted((kind_of(valley.kind, height), len(valley.lines)) for valley in found.valleys)
    return points, kinks, valleys, [region.kind for region in found.regions], found.boundary_index


@pytest.mark.parametrize(("length", "height"), UNITS)
@pytest.mark.parametrize(
    ("formula", "half"),
    [(_CROSSES, 1.4), (_CREASED, 1.4), (_CREASED_TOO, 1.4), (_GAP, 2.0), (_TIP, 2.0), (_RINGS, 1.6)],
)
def test_what_is_told_is_the_same_in_all_units(formula: str, half: float, length: float, height: float) -> None:
    plain, found = measured(formula, half), measured(formula, half, length, height)
    assert told(found, length, height) == told(plain, 1.0, 1.0)
    assert found.share == pytest.approx(plain.share, rel=0.2)
    ours = sorted((point.value / height, point.x / length, point.y / length) for point in found)
    theirs = sorted((point.value, point.x, point.y) for point in plain)
    assert [value for value, *_ in ours] == pytest.approx([value for value, *_ in theirs], abs=1e-12)
    assert sum(map(sum, ours)) == pytest.approx(sum(map(sum, theirs)), abs=1e-9)
    bends = sorted(part / height * length * length for point in found for part in point.eigenvalues)
    assert bends == pytest.approx(sorted(part for point in plain for part in point.eigenvalues), rel=1e-9)


@pytest.mark.parametrize(("length", "height"), UNITS)
@pytest.mark.parametrize(
    ("formula", "half", "least"), [(_RINGS, 100.0, 1), (_CROSSES, 40.0, 60), (_WEIERSTRASS, 0.02, 40)]
)
def test_where_a_search_ends_early_the_points_beside_are_found_in_all_units(
    formula: str, half: float, least: int, length: float, height: float
) -> None:
    found = measured(formula, half, length, height, boxes=300)
    assert found.exhausted
    minima = found.of_kind("minimum" if height > 0 else "maximum")
    assert len(minima) >= least
    assert min(abs(point.x) + abs(point.y) for point in minima) < 1e-12 * length
