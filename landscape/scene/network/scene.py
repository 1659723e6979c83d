"""Two networks in training, as an immutable description: drawn alike on the screen and in a file.

A :class:`Course` is what is known of the whole training; a :class:`Moment` is what is to be seen at one step of it.
Parts that did not change are the same objects in the next course, and are not drawn anew.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.network.data.samples import Data
from landscape.scene.layers import CurvePanel, Range
from landscape.scene.network.convolution import Convolution
from landscape.scene.network.norm_lines import NormSection
from landscape.scene.standings import Heading, Row

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Cloud:
    """The data in the plane: two inputs, or one input and what is to be predicted."""

    places: Floats
    """(rows, 2)."""
    shades: Floats
    """(rows, classes): 1 for the class that a row is of, or for each of its labels; of a number to be predicted how low
    and how high it is."""
    tested: NDArray[np.bool_]
    """(rows,): kept for testing."""
    x: Range
    y: Range
    several: bool = False
    """Whether a row may have several labels, or none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Pictures:
    """The data as small pictures."""

    pixels: NDArray[np.uint8]
    """(pictures, side, side, channels), row 0 at the top; 1 channel: grey, or 3: red, green and blue."""
    classes: NDArray[np.intp]
    data: Data
    """Of which they are."""


@dataclass(frozen=True, kw_only=True, eq=False)
class LayerHistory:
    """What came into the activation of one layer, in the course of the training."""

    title: str
    density: NDArray[np.float32]
    """(bins, moments) in [0, 1]: share of the values against the fullest bin of the moment; lowest values first."""
    steps: Floats
    """(moments,)."""
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Twin:
    """One of the two networks."""

    name: str
    color: str
    note: str
    """What became of it, where it did not reach its last step; how its numbers are to be read."""
    note_step: int
    layers: tuple[LayerHistory, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """Everything that is known of a training, as far as it has come."""

    title: str
    steps: int
    """Length of the time line."""
    known: int
    """As far as both have come."""
    data: Cloud | Pictures
    twins: tuple[Twin, ...]
    curves: tuple[CurvePanel, ...]
    statistics: str
    """Which means and variances batch norm takes for what is shown; empty where there is no batch norm."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Region:
    """What a network says everywhere in the plane."""

    shades: NDArray[np.float32]
    """(rows, columns, classes), row 0 at the bottom; NaN where the network has no number."""
    lines: tuple[Floats, ...]
    """(k, 2) each: where the answer changes from one class to another."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Regions:
    """Which labels a network gives everywhere in the plane: several, or none."""

    shares: NDArray[np.float32]
    """(rows, columns, classes), row 0 at the bottom: above one half where the label is given; NaN where the network has
    no number."""
    lines: tuple[tuple[Floats, ...], ...]
    """(k, 2) each, for each class: where its share is one half."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """What a network predicts along its one input."""

    points: Floats
    """(k, 2)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Guesses:
    """What a network takes pictures for."""

    classes: NDArray[np.intp]
    data: Data
    """Of which the pictures are: what was guessed last may be older than the data that are shown."""


@dataclass(frozen=True, kw_only=True)
class LayerState:
    """Numbers of one layer at a step."""

    gradient: float
    """Norm of the gradient of its weights."""
    idle: float
    """Share of units that are dead, or of activations that are saturated; NaN where there is no such thing."""
    kept: tuple[bool, ...] = ()
    """Which units dropout keeps for the first row of the mini-batch; empty without dropout, and of a convolution."""


@dataclass(frozen=True, kw_only=True)
class SoftmaxTable:
    """The softmax of one row in numbers, or a sigmoid for each class."""

    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    """A row for each class: its name, and what the columns hold; for sigmoids another one, of their sums."""
    labels: tuple[int, ...]
    """Which classes the row is of: several or none where that can be."""
    sigmoids: bool
    sentence: str


@dataclass(frozen=True, kw_only=True, eq=False)
class TwinState:
    """One of the two networks at a step."""

    step: int
    """The step whose weights are shown: at or before the one that was asked for."""
    answer: Region | Regions | Fit | Guesses
    layers: tuple[LayerState, ...]
    numbers: str
    """Loss and accuracy there, as a line of text."""
    remembered: float
    """The loss over the training rows with batch norm's running statistics; NaN without batch norm."""
    norm: tuple[NormSection, ...] = ()
    """What the norm of the first hidden layer makes of one number, line by line; empty where there is none."""
    convolution: Convolution | None = None
    """None where the network has none."""
    softmax: SoftmaxTable | None = None
    """None where the loss is no cross-entropy of classes."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Moment:
    """What is to be seen at one step."""

    twins: tuple[TwinState | None, ...]
    """None for one of which nothing is known yet."""
    sentence: str
    """Which of the two has reached the threshold when."""
    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()
    """How each of them does, as lines of a table under the headings."""
