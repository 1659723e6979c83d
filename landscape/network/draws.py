"""What a training draws at random at each step: the masks of dropout, and who exchanges with whom in CrossNorm.

All of it depends on the seed, the step and the layer alone, by the hash of :mod:`landscape.descent.noise`; the kernels
draw the same. So it can be told without training, and is the same for networks that differ in anything else.
"""

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import spread_stream, uniforms

_LAYERS = 1 << 40
"""Numbers of a layer before those of the next begin; those of the data are before the first."""
_PARTNERS = 1 << 60
"""The first number that partners are drawn with."""


def stream(seed: int) -> int:
    """Return where a training's counter begins, as a number of eight bytes with a sign."""
    return int(np.uint64(spread_stream(seed)).astype(np.int64))


def mask_offset(layer: int) -> int:
    """Return how far from there the numbers of a layer's masks begin."""
    return (1 + layer) * _LAYERS


def partner_offset(layer: int) -> int:
    """Return how far from there the numbers of a layer's partners begin."""
    return _PARTNERS + layer * _LAYERS


def threshold(share: float) -> int:
    """Return the first of the 2^53 numbers that a hash may be for which something is kept."""
    return int(share * 2.0**53)


def dropout_mask(seed: int, step: int, layer: int, units: int, rows: int, share: float) -> NDArray[np.bool_]:
    """Return (units, rows): which of a layer's numbers dropout keeps at a step, for the rows of the mini-batch.

    Args:
        seed: Of the training.
        step: Which is made: the first is 0.
        layer: Its place, the convolution included.
        units: What it gives for a row.
        rows: In the mini-batch.
        share: That is dropped.
    """
    count = units * rows
    drawn = uniforms(seed, count, 1, mask_offset(layer) + step * count)[:, 0]
    return np.asarray(drawn.reshape(units, rows) > share)


def partner_shift(seed: int, step: int, layer: int, rows: int) -> int:
    """Return how many places further on each row of a mini-batch finds the row that it takes mean and deviation of."""
    if rows < 2:
        return 0
    drawn = uniforms(seed, 1, 1, partner_offset(layer) + step)[0, 0]
    return 1 + (round(float(drawn) * 2.0**53) - 1) % (rows - 1)
