"""Critical points from the literature and from exact solution: counts on a box, and some points with their values."""

from typing import TypeAlias

Box: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


def square(half: float) -> Box:
    return ((-half, half), (-half, half))


COUNTS: dict[str, tuple[Box, tuple[int, int, int]]] = {
    "sphere": (square(5.12), (1, 0, 0)), "ravine": (square(3), (1, 0, 0)), "booth": (square(10), (1, 0, 0)),
    "matyas": (square(10), (1, 0, 0)), "rosenbrock": (((-2, 2), (-1, 3)), (1, 0, 0)), "trid": (square(4), (1, 0, 0)),
    "zakharov": (square(5), (1, 0, 0)), "himmelblau": (square(6), (4, 1, 4)),
    "six_hump_camel": (((-2, 2), (-1.2, 1.2)), (6, 2, 7)), "three_hump_camel": (square(5), (3, 0, 2)),
    "beale": (square(4.5), (1, 0, 2)), "goldstein_price": (square(2), (4, 1, 4)),
    "styblinski_tang": (square(5), (4, 1, 4)), "mccormick": (((-1.5, 4), (-3, 4)), (2, 0, 1)),
    "branin": (((-5, 10), (0, 15)), (3, 0, 2)), "freudenstein_roth": (((-10, 15), (-5, 5)), (2, 0, 0)),
    "dixon_price": (square(10), (2, 0, 1)), "mueller_brown": (((-1.5, 1.2), (-0.2, 2)), (3, 0, 2)),
    "peaks": (square(3), (3, 3, 3)), "double_well": (square(2), (2, 0, 1)), "four_well": (square(2), (4, 1, 4)),
    "saddle_escape": (square(2), (2, 0, 1)), "saddle": (square(2), (0, 0, 1)), "wave_saddle": (square(2), (1, 0, 1)),
    "easom": (((-1, 7.3), (-1, 7.3)), (5, 4, 4)), "rastrigin": (square(5.12), (121, 100, 220)),
    "griewank": (square(10), (17, 18, 24)), "bohachevsky": (square(2), (25, 16, 40)),
    "bird": (square(6.283185307179586), (6, 6, 11)), "adjiman": (((-1, 2), (-1, 1)), (0, 0, 2)),
}  # fmt: skip
"""Minima, maxima and saddles by catalogue id."""

POINTS = [
    ("himmelblau", "minimum", (-2.805118, 3.131313), 0),
    ("himmelblau", "minimum", (-3.779310, -3.283186), 0),
    ("himmelblau", "minimum", (3.584428, -1.848127), 0),
    ("himmelblau", "maximum", (-0.270845, -0.923039), 181.616522),
    ("himmelblau", "saddle", (3.385154, 0.073852), 13.3119),
    ("himmelblau", "saddle", (0.086678, 2.884255), 67.7192),
    ("himmelblau", "saddle", (-3.073026, -0.081353), 104.0152),
    ("himmelblau", "saddle", (-0.127961, -1.953715), 178.3372),
    ("six_hump_camel", "minimum", (0.089842, -0.712656), -1.031628),
    ("six_hump_camel", "minimum", (1.703607, -0.796084), -0.215464),
    ("six_hump_camel", "minimum", (1.607105, 0.568651), 2.104250),
    ("six_hump_camel", "maximum", (1.230230, 0.162335), 2.496295),
    ("six_hump_camel", "saddle", (0, 0), 0),
    ("three_hump_camel", "minimum", (1.747552, -0.873776), 0.298638),
    ("three_hump_camel", "saddle", (1.070542, -0.535271), 0.877362),
    ("beale", "minimum", (3, 0.5), 0),
    ("beale", "saddle", (0, 1), 14.203125),
    ("beale", "saddle", (0.100538, -2.644514), 9.864512),
    ("goldstein_price", "minimum", (0, -1), 3),
    ("goldstein_price", "minimum", (-0.6, -0.4), 30),
    ("goldstein_price", "minimum", (1.8, 0.2), 84),
    ("goldstein_price", "minimum", (1.2, 0.8), 840),
    ("goldstein_price", "maximum", (0.8, 0.2), 1155),
    ("goldstein_price", "saddle", (-0.4, -0.6), 35),
    ("goldstein_price", "saddle", (0.6, 0.4), 990),
    ("styblinski_tang", "minimum", (-2.903534, -2.903534), -78.332331),
    ("styblinski_tang", "maximum", (0.156731, 0.156731), 0.391225),
    ("mccormick", "minimum", (-0.547198, -1.547198), -1.913223),
    ("mccormick", "saddle", (1.547198, 0.547198), 1.913223),
    ("branin", "minimum", (3.141593, 2.275), 0.397887),
    ("branin", "saddle", (0, 6), 19.602113),
    ("freudenstein_roth", "minimum", (11.412779, -0.896805), 48.984254),
    ("mueller_brown", "minimum", (-0.558224, 1.441726), -146.699517),
    ("mueller_brown", "saddle", (-0.822002, 0.624313), -40.664844),
    ("peaks", "minimum", (0.228279, -1.625535), -6.551133),
    ("rosenbrock", "minimum", (1, 1), 0),
    ("dixon_price", "saddle", (1 / 3, 0), 2 / 3),
    ("saddle_escape", "minimum", (0, 1), -0.25),
    ("bird", "minimum", (4.701043, 3.152939), -106.764537),
    ("easom", "minimum", (3.141593, 3.141593), -1),
]
