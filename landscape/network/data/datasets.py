"""The data sets, each one entry of ``DATASETS``; menus, the command line and the tests follow from it.

Inputs are of about unit size, so that the same learning rates suit all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.formulas import refuse_reductions
from landscape.catalogue.parameters import Parameter
from landscape.descent.noise import batches
from landscape.errors import InputError
from landscape.formula.syntax import parse_expression, unknown_name_error
from landscape.formula.tree import evaluate, free_names
from landscape.resources import asset

Array: TypeAlias = NDArray[np.float64]
REACH, RADIUS = 1.8, 1.2
"""Half a side of the square of overlapping regions, and the radius of each."""
Columns: TypeAlias = tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Draw:
    """What the rows of a data set are made of."""

    labels: NDArray[np.int64]
    """(n,): the class each row is to have; 0 where values are predicted."""
    chance: Array
    """(n, 3), evenly spread in (0, 1]."""
    normal: Array
    """(n, 2), standard normal."""
    values: Mapping[str, float]
    """Of the parameters."""
    formula: str
    columns: Columns
    seed: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """A kind of data."""

    titles: Mapping[str, str]
    make: Callable[[Draw], tuple[Array, NDArray[np.int64] | Array]]
    """Returns inputs (n, d), without noise, and targets (n,); of labels (n, classes), 1 for each that a row has."""
    predicts: Literal["classes", "labels", "values"] = "classes"
    """Of each row its one class; each class, as a label that it has or has not; or numbers."""
    classes: int = 2
    """How many; the parameter ``classes`` goes first."""
    parameters: tuple[Parameter, ...] = ()
    noise: float = 0.1
    """What suits it: standard deviation of what is added to each input, or to the values to be predicted."""
    formula: str = ""
    """What is taken where none is given; empty for data that need none."""
    channels: int = 0
    """Of its pictures, 8×8 pixels each, one channel behind the other; 0: it has none."""
    has_columns: bool = False
    """Whether its rows are the columns that a person gave, all of them."""


def _turned(angle: Array, radius: Array) -> Array:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _gaussians(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    centre = draw.values["distance"] / np.sqrt(8.0) * np.where(draw.labels == 0, 1.0, -1.0)
    return np.column_stack([centre, centre]), draw.labels


def _circles(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    radius = np.where(draw.labels == 0, draw.values["ratio"], 1.0)
    return _turned(2.0 * np.pi * draw.chance[:, 0], 1.6 * radius), draw.labels


def _spirals(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    along = draw.chance[:, 0]
    angle = 2.0 * np.pi * (draw.values["turns"] * along + draw.labels / draw.values["classes"])
    return _turned(angle, 2.0 * along), draw.labels


def _moons(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    angle = np.pi * draw.chance[:, 0]
    upper = draw.labels == 0
    x = np.where(upper, np.cos(angle), 1.0 - np.cos(angle))
    y = np.where(upper, np.sin(angle), 0.5 - np.sin(angle))
    return np.column_stack([x - 0.5, y - 0.25]), draw.labels


def _pinwheel(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    """Return blades bent by e^distance: Johnson et al. 2016, arXiv:1603.06277."""
    along, across = 1.0 + 0.3 * draw.normal[:, 0], 0.07 * draw.normal[:, 1]
    angle = 2.0 * np.pi * draw.labels / draw.values["classes"] + draw.values["twist"] * np.exp(along)
    return _turned(angle, along) + _turned(angle + 0.5 * np.pi, across), draw.labels


def _regions(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    """Return points evenly spread in a square; each has the labels of the discs that it lies in: of none to all."""
    count = int(draw.values["classes"])
    angle = 2.0 * np.pi * (np.arange(count) / count + 0.25)
    centres = _turned(angle, np.full(count, draw.values["distance"]))
    inputs = REACH * (2.0 * draw.chance[:, :2] - 1.0)
    apart = np.hypot(*(inputs[:, None] - centres).transpose(2, 0, 1))
    return inputs, (apart <= RADIUS).astype(np.int64)


def _board(draw: Draw, squares: int, gap: float) -> tuple[Array, NDArray[np.int64]]:
    """Return points in the squares of their class, ``gap`` apart from those of the other."""
    row, column = np.divmod(np.arange(squares * squares), squares)
    inputs = np.empty((len(draw.labels), 2))
    side = 4.0 / squares
    for label in (0, 1):
        mine = draw.labels == label
        own = np.flatnonzero((row + column) % 2 == label)
        chosen = own[np.minimum((draw.chance[mine, 0] * len(own)).astype(np.int64), len(own) - 1)]
        corner = np.column_stack([column[chosen], row[chosen]]) * side - 2.0
        inputs[mine] = corner + 0.5 * gap + (side - gap) * draw.chance[mine, 1:]
    return inputs, draw.labels


def _above(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    """Return points on both sides of y = f(x): class 1 above."""
    x = 4.0 * draw.chance[:, 0] - 2.0
    distance = draw.values["margin"] + 1.5 * draw.chance[:, 1]
    y = _formula(draw.formula, {"x": x}) + np.where(draw.labels == 1, distance, -distance)
    return np.column_stack([x, y]), draw.labels


def _function(draw: Draw) -> tuple[Array, Array]:
    """Return x evenly spaced, or where the formula has a y, points evenly spread in a square."""
    n, limit = len(draw.labels), draw.values["limit"]
    if "y" in free_names(parse_expression(draw.formula)):
        inputs = limit * (2.0 * draw.chance[:, :2] - 1.0)
        return inputs, _formula(draw.formula, {"x": inputs[:, 0], "y": inputs[:, 1]})
    x = np.linspace(-limit, limit, n)
    return x[:, None], _formula(draw.formula, {"x": x})


def _chebyshev(draw: Draw) -> tuple[Array, Array]:
    x = np.linspace(-1.0, 1.0, len(draw.labels))
    return x[:, None], np.cos(draw.values["degree"] * np.arccos(x))


def _formula(text: str, names: Mapping[str, Array]) -> Array:
    tree = parse_expression(text)
    refuse_reductions([tree])
    for name in sorted(free_names(tree) - set(names)):
        raise unknown_name_error(name, text, names)
    found = np.broadcast_to(evaluate([tree], names)[0], np.shape(names["x"]))
    if not np.all(np.isfinite(found)):
        raise InputError('"{formula}" has no finite value at some of the inputs', formula=text)
    return np.array(found)


def _digits(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    """Return pictures of 8×8 with values from 0 to 1; of no class more than there are."""
    pixels, digits = _pictures()
    order = batches(draw.seed, 1, len(digits), len(digits))[0]
    asked = np.bincount(draw.labels, minlength=10)
    chosen = np.concatenate([order[digits[order] == label][: asked[label]] for label in range(10)])
    return pixels[chosen], digits[chosen]


@lru_cache(maxsize=1)
def _pictures() -> tuple[Array, NDArray[np.int64]]:
    with np.load(asset("data", "digits.npz")) as file:
        return file["pixels"] / 16.0, file["digits"].astype(np.int64)


def _colours(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    """Return pictures of 8×8 in three colours with a square of 3×3, whose class is its colour plus its place, mod 3.

    The place is left, in the middle, or right: neither the colour nor the place alone tells the class.
    """
    count = len(draw.labels)
    color, row = np.minimum((draw.chance[:, :2] * (3, 6)).astype(np.int64), (2, 5)).T
    light = 0.6 + 0.4 * draw.chance[:, 2]
    column = np.array((0, 2, 5))[(draw.labels - color) % 3]
    pictures = np.zeros((count, 3, 8, 8))
    for down in range(3):
        for right in range(3):
            pictures[np.arange(count), color, row + down, column + right] = light
    return pictures.reshape(count, -1), draw.labels


def _points(draw: Draw) -> tuple[Array, NDArray[np.int64]]:
    inputs, targets = _measurements(draw)
    return inputs, targets.astype(np.int64)


def _measurements(draw: Draw) -> tuple[Array, Array]:
    table = np.array([column for _, column in draw.columns], dtype=np.float64).T
    return table[:, :-1], table[:, -1]


def _parameter(name: str, default: float, minimum: float, maximum: float) -> Parameter:
    return Parameter(name=name, default=default, minimum=minimum, maximum=maximum)


def _whole(name: str, default: int, minimum: int, maximum: int) -> Parameter:
    return Parameter(name=name, default=default, minimum=minimum, maximum=maximum, scale="integer")


DATASETS: Mapping[str, Dataset] = {
    "gaussians": Dataset(
        titles={"en": "Two Gaussians", "zh": "两个高斯分布"},
        make=_gaussians,
        parameters=(_parameter("distance", 3.0, 0.0, 6.0),),
        noise=0.6,
    ),
    "circles": Dataset(
        titles={"en": "Circles", "zh": "同心圆"},
        make=_circles,
        parameters=(_parameter("ratio", 0.5, 0.0, 0.95),),
    ),
    "xor": Dataset(
        titles={"en": "XOR", "zh": "异或"},
        make=lambda draw: _board(draw, 2, draw.values["gap"]),
        parameters=(_parameter("gap", 0.3, 0.0, 1.5),),
        noise=0.0,
    ),
    "spirals": Dataset(
        titles={"en": "Spirals", "zh": "螺旋线"},
        make=_spirals,
        parameters=(_whole("classes", 2, 2, 6), _parameter("turns", 1.0, 0.1, 3.0)),
    ),
    "moons": Dataset(titles={"en": "Moons", "zh": "双月"}, make=_moons),
    "checkerboard": Dataset(
        titles={"en": "Checkerboard", "zh": "棋盘"},
        make=lambda draw: _board(draw, int(draw.values["squares"]), 0.0),
        parameters=(_whole("squares", 4, 2, 8),),
        noise=0.0,
    ),
    "pinwheel": Dataset(
        titles={"en": "Pinwheel", "zh": "风车"},
        make=_pinwheel,
        parameters=(_whole("classes", 3, 2, 8), _parameter("twist", 0.25, -1.0, 1.0)),
        noise=0.0,
    ),
    "above": Dataset(
        titles={"en": "Above and below a formula", "zh": "公式曲线的上方与下方"},
        make=_above,
        parameters=(_parameter("margin", 0.1, 0.0, 1.0),),
        noise=0.0,
        formula="sin(2x)",
    ),
    "digits": Dataset(
        titles={"en": "Handwritten digits", "zh": "手写数字"},
        make=_digits,
        classes=10,
        noise=0.0,
        channels=1,
    ),
    "colours": Dataset(
        titles={"en": "Coloured squares", "zh": "彩色方块"},
        make=_colours,
        classes=3,
        noise=0.1,
        channels=3,
    ),
    "points": Dataset(
        titles={"en": "Points of your own", "zh": "自己的点"},
        make=_points,
        noise=0.0,
        has_columns=True,
    ),
    "regions": Dataset(
        titles={"en": "Overlapping regions (several labels)", "zh": "重叠区域（多标签）"},
        make=_regions,
        predicts="labels",
        parameters=(_whole("classes", 3, 2, 4), _parameter("distance", 0.7, 0.2, 1.6)),
        noise=0.0,
    ),
    "function": Dataset(
        titles={"en": "Values of a formula", "zh": "公式的值"},
        make=_function,
        predicts="values",
        parameters=(_parameter("limit", 2.0, 0.1, 10.0),),
        formula="sin(3x)",
    ),
    "chebyshev": Dataset(
        titles={"en": "Chebyshev polynomial", "zh": "切比雪夫多项式"},
        make=_chebyshev,
        predicts="values",
        parameters=(_whole("degree", 4, 1, 12),),
        noise=0.0,
    ),
    "measurements": Dataset(
        titles={"en": "Values of your own", "zh": "自己的数值"},
        make=_measurements,
        predicts="values",
        noise=0.0,
        has_columns=True,
    ),
}
